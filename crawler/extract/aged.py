# ruff: noqa: E501 - rows of words
"""Read how old a page says its article is: "2 hours ago", "вчера, 14:20", "24 ноября, 14:20".

Such a stamp is told against the moment at which the page was read, so it is read only where
that is known, and only where it can mean nothing else: "2 hours ago" is a day if the whole hour
round it lies in that day, and never a minute; "3 days ago" may be four by another count.
Pure. Matched on text folded as dates are.
"""

import re
from datetime import datetime, timedelta
from functools import cache
from typing import Final, NamedTuple

from crawler.extract.clock import clock_in
from crawler.extract.month_names import fold_date, one_of
from crawler.extract.stamp import Written
from crawler.extract.written_day import day_of_some_year, nearest_before

_TODAY: Final = """
today|heute|aujourd'hui|aujourd’hui|hoy|hoje|oggi|vandaag|idag|i dag|í dag|tänään|täna|šodien|šiandien
dzisiaj|dziś|dnes|danes|danas|данас|днес|денес|сегодня|сьогодні|сёння|astăzi|azi|ma|σήμερα|bugün|bu gün
bugun|бүгін|დღეს|այսօր|היום|اليوم|امروز|آج|आज|আজ|இன்று|วันนี้|hôm nay|hari ini|今日|本日|今天|오늘|sot
"""
_YESTERDAY: Final = """
yesterday|gestern|hier|ayer|ontem|ieri|gisteren|igår|i går|í gær|eilen|eile|vakar|wczoraj|včera
včeraj|jučer|juče|јуче|вчера|вчора|учора|tegnap|χθες|χτες|dün|dünən|kecha|кеше|გუშინ|երեկ|אתמול
أمس|دیروز|গতকাল|நேற்று|เมื่อวาน|เมื่อวานนี้|hôm qua|kemarin|semalam|昨日|昨天|어제|dje
"""
_JUST_NOW: Final = """
just now|moments ago|gerade eben|soeben|à l'instant|ahora mismo|agora mesmo|agora há pouco|adesso|proprio ora
zojuist|just nu|nyss|akkurat nå|lige nu|juuri nyt|przed chwilą|właśnie teraz|právě teď|před chvílí|upravo sada
только что|щойно|току-що|az önce|şimdi|indicə|bir az əvvəl|الآن|لحظاتی پیش|هم اکنون|לפני רגע|अभी अभी|এইমাত্র
เมื่อสักครู่|vừa xong|baru saja|たった今|刚刚|剛剛|방금
"""
_BEFORE: Final = """
vor|il y a|hace|há|for|för|acum|przed|před|pred|prije|pre|пре|преди|πριν|πριν από|منذ|قبل|לפני|pirms|prieš|fyrir|para
"""
_AFTER: Final = """
ago|geleden|sedan|siden|sitten|tagasi|temu|назад|тому|тому назад|önce|əvvəl|oldin|avval|бұрын|წინ|առաջ|پیش|قبل|پہلے
पहले|আগে|ที่แล้ว|ที่ผ่านมา|trước|yang lalu|lalu|前|전|fa|atrás|ezelőtt|síðan|më parë
"""
_ONE: Final = """
a|an|one|ein|einer|einem|une|un|una|um|uma|uno|een|één|en|ett|et|jedną|jednu|одну|один|ένα|μία|bir|یک|एक|একটি|satu|se
"""
_MINUTES: Final = """
m|min|mins|minute|minutes|minuten|minuto|minutos|minuti|minut|minuty|minutter|minuter|minuut|minuuttia|minuutti
minutit|minutu|minūtēm|minučių|minutę|minuta|minută|minút|мин|минут|минуты|минуту|минути|хв|хвилин|хвилини|хвилину
λεπτά|λεπτό|dakika|dk|dəqiqə|dəq|daqiqa|минут|წუთის|րոպե|דקות|דקה|دقيقة|دقائق|دقیقه|منٹ|मिनट|মিনিট|นาที|phút|menit
minit|分|分钟|分鐘|분|perce|perccel|perc|minuta|mínútum
"""
_HOURS: Final = """
h|hr|hrs|hour|hours|std|stunde|stunden|heure|heures|hora|horas|ora|ore|uur|timme|timmar|tim|time|timer|t|tunti|tuntia
tund|tundi|stundas|stundām|valandas|valandų|godzinę|godziny|godzin|godz|hodinu|hodiny|hodin|hodinami|hodinou|hod|uro|uri|ur
sat|sata|sati|сат|сата|сати|час|часа|часов|ч|години|годин|годину|год|oră|ώρα|ώρες|saat|soat|сағат|საათის|ժամ
שעות|שעה|ساعة|ساعات|ساعت|گھنٹے|گھنٹہ|घंटे|घंटा|घण्टे|ঘণ্টা|ঘন্টা|ชั่วโมง|ชม|giờ|tiếng|jam|時間|小时|小時|시간|órája|órával|óra|klst|orë
"""
_TWO_HOURS: Final = "ساعتين|שעתיים"


def _one_of(words: str) -> str:
    cells = (word.strip() for line in words.splitlines() for word in line.split("|"))
    return one_of({fold_date(word) for word in cells if word})


_SIGN: Final = r"[\s.,:;|()\[\]-]*"
_IMPLIED: Final = frozenset({"oraja", "perce"})  # Hungarian: the ending says "ago"
_PARTS: Final = re.compile(r"\s*[|•·–—/]\s*|,\s|\s-\s")
_DIGIT: Final = re.compile(r"\d")
_LETTER: Final = re.compile(r"[^\W\d_]")
_LATE: Final = timedelta(minutes=15)  # a page may have been kept for its readers that long
_CLOCKS: Final = timedelta(minutes=5)  # by which the server's clock and ours may differ
_RECENT: Final = timedelta(days=7)  # a day without a year may be of any year: so old at most
_LONGEST: Final = 60
_MOST_LETTERS: Final = 14  # beside a clock and its day: a weekday, "at", "Uhr"


class _Patterns(NamedTuple):
    day: re.Pattern[str]  # "today"
    ago: re.Pattern[str]
    now: re.Pattern[str]


@cache  # most pages tell no age: compiling them is a tenth of what a worker starts with
def _patterns() -> _Patterns:
    number = rf"(?:(?P<n>\d{{1,3}})\s?|{_one_of(_ONE)}\s)?"
    unit = rf"(?:(?P<minutes>{_one_of(_MINUTES)})|(?P<hours>{_one_of(_HOURS)}))"
    return _Patterns(
        day=re.compile(
            rf"{_SIGN}(?:(?P<today>{_one_of(_TODAY)})|(?P<yesterday>{_one_of(_YESTERDAY)}))"
            r"(?![^\W\d_])"
        ),
        ago=re.compile(
            rf"{_SIGN}(?:(?P<before>{_one_of(_BEFORE)})\s)?\s*(?:(?:ca\.?|about|etwa|около)\s)?"
            rf"(?:(?P<two>{_one_of(_TWO_HOURS)})|{number}{unit})"
            rf"\.?(?:\s?(?P<after>{_one_of(_AFTER)}))?{_SIGN}"
        ),
        now=re.compile(rf"{_SIGN}{_one_of(_JUST_NOW)}{_SIGN}"),
    )


def read_aged(folded: str, language: str, now: datetime) -> Written | None:
    """Return the stamp that a short text tells against now, which is local to the page."""
    if len(folded) > _LONGEST:
        return None
    return _ago(folded, now) or _named(folded, now) or _without_year(folded, language, now)


def _ago(folded: str, now: datetime) -> Written | None:
    """Return the day of "2 hours ago" where there is but one."""
    for part in _PARTS.split(folded):
        if _patterns().now.fullmatch(part):
            return _within(now - _LATE, now)
        found = _patterns().ago.fullmatch(part)
        if found is None:
            continue
        unit = timedelta(minutes=1) if found["minutes"] else timedelta(hours=1)
        word = found["minutes"] or found["hours"]
        if not (found["before"] or found["after"] or word in _IMPLIED):
            continue  # how long it takes to read, most often
        count = 2 if found["two"] else int(found["n"] or 1)
        return _within(now - (count + 1) * unit - _LATE, now - (count - 0.5) * unit)
    return None


def _within(first: datetime, last: datetime) -> Written | None:
    return Written(last.date()) if first.date() == last.date() else None


def _named(folded: str, now: datetime) -> Written | None:
    """Return "today, 9:15" and "yesterday": the day as a word, with or without a time."""
    clock, zone, rest = clock_in(folded)
    named = _patterns().day
    found = named.match(rest) if clock else named.fullmatch(rest.rstrip(" .,:|-"))
    if found is None or len(_LETTER.findall(rest, found.end())) > _MOST_LETTERS:
        return None
    if _DIGIT.search(rest):
        return None
    here = now.astimezone(zone) if zone else now
    day = here.date() - timedelta(days=1 if found["yesterday"] else 0)
    return _not_ahead(Written(day, clock, zone), now)


def _without_year(folded: str, language: str, now: datetime) -> Written | None:
    """Return a day whose year is not told, if it was in the last week."""
    if (found := day_of_some_year(folded, language)) is None:
        return None
    month, number, rest = found
    day = nearest_before(month, number, now.date())
    clock, zone, rest = clock_in(rest)
    if (
        day is None
        or clock is None
        or len(_LETTER.findall(rest)) > _MOST_LETTERS
        or _DIGIT.search(rest)
    ):
        return None
    if now.date() - day > _RECENT:
        return None
    return _not_ahead(Written(day, clock, zone), now)


def _not_ahead(stamp: Written, now: datetime) -> Written | None:
    told = stamp.in_zone(now.tzinfo) if now.tzinfo else stamp.day
    ahead = isinstance(told, datetime) and told > now + _CLOCKS
    return None if ahead else stamp

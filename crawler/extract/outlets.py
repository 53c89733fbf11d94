# ruff: noqa: E501 - rows of names
"""Know an outlet where it is cited; give a Russian one's name in its first case."""

import re
from functools import cache
from typing import Final

from crawler.extract.agencies import KNOWN, bare_name, is_agency

# Too common as words, or too rarely a byline, to be known where nobody is cited.
_OUTLETS: Final = """
express, mirror, sun, daily mail, mail on sunday, independent, observer, newsweek, fortune, forbes, techcrunch, gizmodo,
wired, the verge, verge, ars technica, engadget, vox, slate, salon, vice, buzzfeed, huffpost, vogue, variety, deadline,
rolling stone, hollywood reporter, page six, tmz, vanity fair, new yorker, atlantic, intercept, daily beast, the hill,
business insider, marketwatch, quartz, barron's, espn, sky sports, sky, pc gamer, metro, globe, boston globe, fox, msnbc,
usa today, cbc, ctv, globe and mail, toronto star, question time, this morning, cbs this morning, rest of world,
bild, stern, focus, zeit, die zeit, faz, süddeutsche zeitung, handelsblatt, taz, tagesschau, zdf, ard, orf, srf, nzz,
le figaro, figaro, libération, l'express, bfm, bfmtv, france info, rfi, el país, el mundo, la vanguardia, clarín,
la nación, folha de s.paulo, o globo, corriere della sera, la repubblica, repubblica, la stampa, il sole 24 ore, rai,
de telegraaf, nrc, de standaard, le soir, gazeta wyborcza, rzeczpospolita, onet, tvn24, pap, ctk, čtk, mti, telex,
agerpres, bta, tanjug, ukrainska pravda, kyiv independent, suspilne, meduza, novaya gazeta, the insider, dozhd, tv rain,
rtvi, lenta.ru, gazeta.ru, izvestiya, rossiyskaya gazeta, moscow times, caucasian knot, jamnews, oc media, eurasianet,
imedi, pravda, rt, russia today, delfi, postimees, lsm, yle, nrk, svt, tv2, ritzau, ntb, stt, times of israel,
jerusalem post, ynet, walla, maariv, yedioth ahronoth, israel hayom, al-monitor, middle east eye, the national, al-ahram,
al-quds, asharq al-awsat, al hayat, al-akhbar, al-manar, sana, wam, spa, kuna, shargh, etemad, kayhan, iran daily,
tehran times, hamshahri, entekhab, fararu, jam-e jam, young journalists club, tolo, tolonews, pajhwok, khaama, dawn,
the news, ary, times of india, hindustan times, indian express, the hindu, ndtv, pti, ians, daily star, prothom alo,
nikkei, asahi, asahi shimbun, yomiuri, mainichi, nhk, jiji, kbs, chosun ilbo, joongang, hankyoreh, kcna, rodong sinmun,
scmp, south china morning post, global times, people's daily, cgtn, cctv, china daily, caixin, antara, bernama,
straits times, channel newsasia, cna, rappler, inquirer, abs-cbn, gma, vnexpress, sydney morning herald, the age,
the australian, rnz, news24, daily maverick, mail & guardian, punch, vanguard, this day, the nation, sabc, enca,
musavat, yeni müsavat, sputnik azərbaycan, sputnik armenia, azadlıq, azadlıq radiosu, meydan tv, toplum tv, itv,
xəzər tv, real tv, interfaks, rossiya segodnya, rtr, апа, sputnik азербайджан, фонтанка, белта, минвал, синьхуа, ирна, мехр, тасним, комсомольская правда, аргументы недели, вести.ру, медиазона, россия 24, россия сегодня, первый канал,
лента.ру, медуза, новая газета, московский комсомолец, мк, аргументы и факты, независимая газета, российская газета,
форбс, бильд, эхо москвы, эхо кавказа, дождь, евроньюс, кавказский узел, азербайджан 24, москва 24, звезда, правда,
украинская правда, habertürk, yeni şafak, takvim, star, akşam, türkiye, birgün, evrensel, karar, t24, diken, bianet,
odatv, a haber, halk tv, tele1, kanal d, show tv, fox tv, medyascope, kathimerini, lloyd's list, the grocer, platts, anadolu ajansı, 1tv, el-arabiya, el arabiya, el cezire, lent.az, axar.az, apasport, xalq qəzeti, نیویورک تایمز, واشنگتن پست, گاردین, وال استریت ژورنال, بی‌بی‌سی,
سی‌ان‌ان, فرانس پرس, اینترفاکس, اینترنشنال, شرق, اعتماد, کیهان, همشهری, انتخاب, فرارو, خبرآنلاین, تابناک, پرس‌تی‌وی, دویچه‌وله,
آکسیوس, اکسیوس, پولیتیکو, هاآرتص, اسکای‌نیوز, یورونیوز, العربیه, آپا, شانا, دنیای اقتصاد, جوان, وال‌استریت ژورنال, جام جم, خبرگزاری فرانسه, بی‌بی‌سی فارسی, رادیو فردا, ایران‌اینترنشنال, باشگاه خبرنگاران جوان, ایسکانیوز, رکنا
"""
# The last word of a paper's name: "South Florida Sun Sentinel".
_TITLES: Final = re.compile(
    r"\s(?:live|sentinel|sun|star|express|mirror|mail|standard|observer|chronicle|globe|review|today|press|reporter|"
    r"courier|examiner|inquirer|independent|insider|wire|online|leader|bulletin|monitor|dispatch|register|"
    r"republic|advertiser|argus|ledger|mercury|echo|newsroom|digest)$",
    re.IGNORECASE,
)
# "JAMnews", "RawStory": two words in one; "WFAA": a station of the United States.
_JOINED: Final = re.compile(
    r"[A-Z]\w*news|[KW][A-Z]{3}|[A-Z][a-z]+(?:Story|Press|Post|Wire|Times|Media|Inform|Today)"
)
# What a name is called beside what agencies.py knows for bylines.
_KINDS: Final = re.compile(
    r"\b(?:network|station|broadcaster|portal|website|newswire|correspondent)\b|канал|портал|радио|"
    r"журнал|сайт|корреспондент|müxbir|jurnal|portal|nəşri|muhabir|dergi|خبرنگار|مجله|سایت|تلویزیون"
)
_OFFICE: Final = re.compile(r"(?:(.+) )?Agency$", re.IGNORECASE)
_NEWS: Final = re.compile(r"\b(?:news|press|information|telegraph\w*)\b", re.IGNORECASE)
_RUSSIAN: Final = re.compile(r"[а-яё .-]+")
_PARTS: Final = re.compile(r"[ .-]")
# Russian cases: how a word ends, what is cut of it, and how it then ends in the genitive, dative,
# accusative, instrumental and prepositional.
_CASES: Final = (
    ("ия", 1, ("й", "ям", "я", "ями", "ях")),
    ("ая", 2, ("ой", "ой", "ую", "ой", "ой")),
    (("ый", "ой"), 2, ("ого", "ому", "ый", "ым", "ом")),
    ("ий", 2, ("ого", "ому", "ий", "им", "ом")),
    ("ел", 2, ("ла", "лу", "ел", "лом", "ле")),
    ("и", 1, ("ей", "ям", "и", "ями", "ях")),
    (("га", "ка", "ха", "жа", "ша", "ча", "ща"), 1, ("и", "е", "у", "ой", "е")),
    ("а", 1, ("ы", "е", "у", "ой", "е")),
    ("о", 1, ("а", "у", "о", "ом", "е")),
    ("ь", 1, ("я", "ю", "ь", "ем", "е")),
    (tuple("бвгджзклмнпрстфхцчшщ"), 0, ("а", "у", "", "ом", "е")),
)
# They call a branch by their name and a place or a language: "TRT Haber", "Interfax-Azerbaijan".
_BRANCHED: Final = frozenset(
    "bbc cnn trt ntv abc cbs nbc fox sky rfi dw sputnik interfax интерфакс спутник euronews "  # noqa: SIM905 - a row of words
    "bloomberg reuters afp espn би-би-си".split()
)
OUTLETS: Final = KNOWN | frozenset(
    " ".join(name.split()).removeprefix("the ") for name in _OUTLETS.split(",")
)


def is_known(name: str) -> bool:
    """Say whether a name is a known agency's or outlet's, in any case, or a branch's of one."""
    bare = bare_name(name)
    first, *more = _PARTS.split(bare)
    return (
        bare in OUTLETS
        or bare in _inflected()
        or (first in _BRANCHED and len(more) in {1, 2} and name[:1].isupper())
    )


def is_outlet(name: str, words_around: str = "") -> bool:
    """Say whether a name that is cited is an agency's or outlet's.

    More are known than is_agency knows: who is cited is seldom a person called Globe.
    """
    if (office := _OFFICE.match(name)) and not _NEWS.search(name):
        return is_known(
            office[1] or ""
        )  # "Anadolu Agency", but not the International Energy Agency
    return (
        is_known(name)
        or is_agency(name, words_around)
        or _KINDS.search(words_around) is not None
        or _TITLES.search(name) is not None
        or _JOINED.fullmatch(name) is not None
    )


def first_case(name: str) -> str:
    """Return a Russian outlet's name in the nominative: "Коммерсанту", "Известиям"."""
    first = _inflected().get(bare_name(name), "")
    if not first or name.isupper():
        return first.upper() or name
    shown = zip(_PARTS.split(name), _PARTS.split(first), strict=True)
    cased = [each if word.islower() else each[:1].upper() + each[1:] for word, each in shown]
    return "".join(
        part for pair in zip(cased, [*_PARTS.findall(name), ""], strict=True) for part in pair
    )


@cache
def _inflected() -> dict[str, str]:
    """Return the other cases of Russian outlets' names, with the first.

    Of several words all are declined ("Российской газете"), or the first alone ("Эху Кавказа").
    """
    forms: dict[str, str] = {}
    for name in sorted(filter(_RUSSIAN.fullmatch, OUTLETS)):
        words, signs = _PARTS.split(name), [*_PARTS.findall(name), ""]
        for case in range(5):
            all_of_them = [_declined(word, case) for word in words]
            for form in (all_of_them, [all_of_them[0], *words[1:]]):
                whole = "".join(part for pair in zip(form, signs, strict=True) for part in pair)
                forms.setdefault(whole, name)
    return {form: first for form, first in forms.items() if form not in OUTLETS}


def _declined(word: str, case: int) -> str:
    for end, cut, endings in _CASES:
        if word.endswith(end):
            return word[: len(word) - cut] + endings[case]
    return word

# ruff: noqa: E501 - one pattern a line, so that they can be compared
"""Find whom an article cites: "according to Report", "X reports citing Y", "told Z".

In English, Russian, Azerbaijani, Persian and Turkish. A name is a capitalised run of words (in
Persian: the words up to a comma or verb), so "Report" is an agency and "a report" is none.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import Final

from crawler.extract.agencies import is_agency
from storage.article import Attribution, Block

# A capitalised word; a full stop ends it unless a letter follows ("Mfa.Gov.Az") or precedes ("U.S.").
_WORD: Final = (
    r"(?:(?:[A-ZА-Я]\.){2,}|[^\W\d_a-zа-яёəıöüğşçñáéíóú][\w’'&/-]*(?:\.\w[\w’'&/-]*)*|"
    r"\d\w*\.\w+|[a-z]\w*\.(?:az|com|ru|ir|am|ge|org|net|info|tv))"
)
_LINK: Final = r"(?:of|for|and|the|al|bin|de|von|van|&)"
_QUOTED: Final = r"[«“\"][^«»“”\"]{2,60}[»”\"]"
_NAME: Final = rf"(?P<name>{_QUOTED}|{_WORD}(?:\s+(?:(?:{_LINK}\s+){{0,2}}{_WORD})){{0,6}})"
_KIND: Final = (
    r"(?:(?:the|a|an|its|his|her|their|local|state-run|state-owned|semi-official|official|iranian|"
    r"russian|turkish|azerbaijani|armenian|georgian|state|private|broadcaster|daily|newspaper|"
    r"news|agency|channel|website|outlet|tv|magazine|portal|report\s+by|report\s+from|reports\s+by|"
    r"statement\s+(?:by|from|of)|data\s+(?:by|from|of)|sources?\s+(?:at|in))\s+){0,6}"
)
_OWNER: Final = r"(?:news\s+agency|agency|newspaper|daily|magazine|news\s+website|channel)"
_SAY: Final = r"(?:reports?|reported|informs?|informed|writes|wrote|announced|quoted)"
_LOWER: Final = r"[а-яё][\w-]*"
_RU_NAME: Final = (
    rf"(?P<name>{_QUOTED}|{_WORD}(?:\s+(?:{_WORD}|{_LOWER}ого|{_LOWER}ов|{_LOWER}ой)){{0,4}}|"
    rf"{_LOWER}(?:\s+(?:{_LOWER}|{_WORD})){{0,5}})"
)
_RU_KIND: Final = (
    r"(?P<kind>(?:(?:информационное|информационного|государственное|агентство|агентства|агентству|информагентство|информагентства|"
    r"информагентству|телеканал|телеканала|телеканалу|газета|газеты|газете|издание|издания|изданию|портал|портала|"
    r"корреспондент|корреспонденту)\s+){0,3})"
)
_AZ_KIND: Final = r"(?:\s+(?:xəbər\s+)?(?:agentliyi\w*|informasiya\s+agentliyi\w*|telekanalı\w*|qəzeti\w*|saytı\w*))?"
_TR_OF: Final = r"[’'](?:nin|nın|nun|nün|in|ın|un|ün)"
_TR_TO: Final = r"(?:[’'](?:ye|ya|ne|na|e|a))"
_TR_KIND: Final = (
    r"(?:\s+(?:haber\s+)?(?:ajansı\w*|gazetesi\w*|kanalı\w*|televizyonu\w*)(?:[’']?\w+)?)?"
)
_FA_WORD: Final = r"(?!(?:که|در|از|با|روز|و|به|اعلام|گفت|این|طی|،)(?:\s|$))[\w‌]+"
_FA_NAME: Final = rf"(?P<name>{_FA_WORD}(?:\s+{_FA_WORD}){{0,4}})"

Patterns = tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
_AFTER: Final = rf"(?:\s+(?P<after>{_OWNER}))?"
_ONE_CITED: Final = rf"\s+(?P<kind>(?i:{_KIND})){_NAME}{_AFTER}"
_AZ_GENITIVE: Final = r"(?:[”»\"][-’']?|[-’'])(?:nin|nın|nun|nün|in|ın|un|ün)"
_AZ_DATIVE: Final = r"(?:[”»\"][-’']?|[-’'])(?:ya|yə|na|nə|a|ə)"

# Each with the words of which the text must hold one: looking for them first is ten times cheaper.
_PATTERNS: Final[dict[str, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "en": (
        (rf"(?i:according\s+to){_ONE_CITED}", ("according",)),
        (rf"(?i:\b(?:citing|quoting|quoted\s+by|reported\s+by|carried\s+by|with\s+reference\s+to)){_ONE_CITED}", ("citing", "quot", "reported by", "carried by", "reference")),
        (rf"\b(?:told|tells|interview\s+(?:with|to)|statement\s+to){_ONE_CITED}", ("told ", "tells ", "interview", "statement to")),
        (rf"{_NAME}{_AFTER}\s+(?P<verb>{_SAY})\b", (" report", " inform", " writes", " wrote", " quoted", " announced")),
    ),
    "ru": (
        (rf"(?i:со\s+ссылкой\s+на|ссылаясь\s+на|по\s+данным|по\s+информации|по\s+сообщению|по\s+сообщениям|согласно|по\s+словам|в\s+интервью)\s+{_RU_KIND}{_RU_NAME}", ("ссыл", "по данным", "по информации", "по сообщени", "согласно", "по словам", "интервью")),
        (rf"(?i:\b(?:сообщает|сообщил[аио]?|передает|передаёт|передал[аи]?|пишет|информирует|отмечает|цитирует|рассказал[аи]?))\s+{_RU_KIND}(?P<name>{_QUOTED}|{_WORD}(?:\s+{_WORD}){{0,4}})", ("сообщ", "переда", "пишет", "информирует", "отмечает", "цитирует", "рассказал")),
    ),
    "az": (
        (rf"{_NAME}(?:{_AZ_DATIVE})?(?P<after>{_AZ_KIND})\s+istinadən", ("istinadən",)),
        (rf"{_NAME}(?:{_AZ_GENITIVE})?(?P<after>{_AZ_KIND})\s+(?:verdiyi\s+|yaydığı\s+)?məlumatına\s+(?:görə|əsasən)", ("məlumatına",)),
        (rf"{_NAME}{_AZ_GENITIVE}(?P<after>{_AZ_KIND})\s+[^.]{{0,80}}?(?:verdiyi|yaydığı)\s+(?:məlumata|xəbərə)\s+(?:görə|əsasən)", ("verdiyi", "yaydığı")),
        (rf"{_NAME}(?P<after>{_AZ_KIND})\s+(?:xəbər\s+ver\w+|məlumat\s+(?:ver\w+|yay\w+)|yazır|yazıb)", ("xəbər ver", "məlumat", "yaz")),
        (rf"{_NAME}(?:{_AZ_DATIVE})(?P<after>{_AZ_KIND})\s+(?:açıqlamasında|müsahibəsində|açıqlama\s+ver\w+|bildirib|deyib|söyləyib)", ("açıqlama", "müsahibə", "bildirib", "deyib", "söyləyib")),
    ),
    "tr": (
        (rf"{_NAME}(?:{_TR_OF})?(?P<after>{_TR_KIND})\s+(?:haberine|aktardığına|bildirdiğine|verilerine|açıklamasına)\s+göre", ("göre",)),
        (rf"{_NAME}{_TR_TO}(?P<after>{_TR_KIND})\s+(?:göre|konuşan|konuştu|açıklama\w*|verdiği|demeç)", ("göre", "konuş", "açıklama", "verdiği", "demeç")),
        (rf"{_NAME}(?:[’'](?:yi|yı|i|ı|u|ü))?(?P<after>{_TR_KIND})\s+(?:kaynak\s+göster\w+|dayandır\w+)", ("kaynak", "dayandır")),
        (rf"{_NAME}(?P<after>{_TR_KIND})\s+(?P<verb>bildirdi|aktardı|duyurdu|yazdı)\b", ("bildirdi", "aktardı", "duyurdu", "yazdı")),
    ),
    "fa": (
        (rf"(?:به\s+گزارش|به\s+نقل\s+از|به\s+گفتهٔ?|بر\s+اساس\s+گزارش|طبق\s+گزارش|بنا\s+بر\s+گزارش|به\s+استناد)\s+(?P<kind>(?:(?:خبرنگار|خبرگزاری|شبکه|روزنامه|پایگاه\s+خبری|وبگاه|سایت)\s+){{0,3}}){_FA_NAME}", ("گزارش", "نقل از", "به گفته", "استناد")),
        (rf"(?:گفت‌?\s?و‌?\s?گو|گفتگو|مصاحبه)\s+با\s+(?P<kind>(?:(?:خبرنگار|خبرگزاری|شبکه|روزنامه)\s+){{0,3}}){_FA_NAME}", ("گو با", "مصاحبه با")),
        (r"به\s+(?P<kind>(?:خبرنگار\s+|خبرگزاری\s+){0,2})(?P<name>[\w‌]+)\s+(?P<verb>گفت|گفته)", ("گفت",)),
    ),
}  # fmt: skip
_VERB_LAST: Final = _PATTERNS["en"][3][0]
_CLAUSE: Final = re.compile(r"[,.!?”]\s")
_NOT_NAMES: Final = frozenset(
    "the a an he she they it we you i this that these those his her its their our reports sources "  # noqa: SIM905 - a row of words
    "officials reporters journalists media people him them us me who which what there then last "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december earlier later meanwhile also as in on at "
    "according but and or if when while after before since local police authorities lawmakers".split()
)
_NOT_BEGUN: Final = re.compile(
    r"^(?:на|за|от|о|об|этим|этому|котор\w+|чему|данным|этой|этого|ним|них|ему|ней|себе)\b",
    re.IGNORECASE,
)
_STOP_WORDS: Final = re.compile(
    r"\s+(?:что|который|которая|которые|сообщает|сообщил\w*|передает|передаёт|пишет|заявил\w*|в\s+\w+|на\s+\w+|с\s+\w+|и\s+\w+)\b.*$",
    re.IGNORECASE,
)
_SUFFIX: Final = re.compile(r"[-’'](?:nin|nın|nun|nün|in|ın|un|ün|ya|yə|na|nə|a|ə|e|ye|ne)$")
# "according to U.S. officials" names nobody.
_NOBODY: Final = re.compile(
    r"\.?\s+(?:officials?|sources?|media|authorities|officers?|lawmakers|diplomats|police|"
    r"analysts|experts|intelligence|law|state\s+media)\b"
)
# "Xarici İşlər Nazirliyinə": the case of what is referred to.
_AZ_ENDING: Final = re.compile(r"(?<=[iıuü])n[əa]$")
_POSSESSIVE: Final = re.compile(r"[’']s$|[.,;:’'-]+$")
MAX_ATTRIBUTIONS: Final = 50
# A name is sought from each letter on; in a word that does not end, that would take for ever.
_ENDLESS: Final = re.compile(r"[\w’'&/.-]{300}")
_LONG: Final = 1_000  # characters; in fewer nothing takes long


def read_attributions(blocks: tuple[Block, ...], language: str) -> tuple[Attribution, ...]:
    """Return who is cited, block by block; a name is given once for each block."""
    language = language or "en"
    patterns = _patterns(language) if language in _PATTERNS else ()
    found: dict[tuple[int, str], Attribution] = {}
    for index, pattern in _hinted(blocks, patterns) if patterns else ():
        for attribution in _in_block(blocks[index].text, index, pattern):
            found.setdefault((index, attribution.name.casefold()), attribution)
        if len(found) >= MAX_ATTRIBUTIONS:
            break
    return tuple(list(found.values())[:MAX_ATTRIBUTIONS])


@cache
def _patterns(language: str) -> Patterns:
    """Return a language's patterns; most workers never meet most languages."""
    return tuple((re.compile(text), hints) for text, hints in _PATTERNS[language])


def _hinted(blocks: tuple[Block, ...], patterns: Patterns) -> list[tuple[int, re.Pattern[str]]]:
    """Return the blocks that hold a pattern's hint, each with the pattern.

    Hints are sought in all blocks at once: most are nowhere.
    """
    texts = [block.text for block in blocks]
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    whole = _fold("\n".join(texts), plain=patterns is _patterns("en"))
    found = set()
    for number, (_, hints) in enumerate(patterns):
        for hint in hints:
            at = whole.find(hint)
            while at >= 0:
                index = bisect_right(starts, at) - 1
                found.add((index, number))
                at = whole.find(hint, starts[index + 1])
    return [(index, patterns[number][0]) for index, number in sorted(found)]


def _fold(text: str, *, plain: bool) -> str:
    """Fold case, each letter in its place; `plain`: the hints hold no letters but ASCII's."""
    if plain:  # a text of bytes is folded and searched twice as fast
        return text.encode("ascii", "replace").decode("ascii").lower()
    return text.replace("İ", "i").lower()  # the one letter that would become two


def _in_block(text: str, index: int, pattern: re.Pattern[str]) -> Iterator[Attribution]:
    if len(text) > _LONG and _ENDLESS.search(text):
        return
    for match in _matches(pattern, text):
        if not _NOBODY.match(text, match.end()):
            yield from _attributions(match, index)


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield what matches; a name before its verb is only sought where a clause begins.

    Trying it at every letter took half of the time that attributions cost.
    """
    if pattern.pattern != _VERB_LAST:
        yield from pattern.finditer(text)
        return
    end = 0
    for start in (0, *(mark.end() for mark in _CLAUSE.finditer(text))):
        if start >= end and (match := pattern.match(text, start)):
            end = match.end()
            yield match


def _attributions(match: re.Match[str], index: int) -> Iterator[Attribution]:
    parts = match.groupdict(default="")
    phrase = " ".join(match[0].split()).strip(" ,.")
    for name in _names(clean_cited(parts["name"]), phrase):
        if not name or name.split()[0].casefold() in _NOT_NAMES or _NOT_BEGUN.match(name):
            continue
        agency = is_agency(name, f"{parts.get('kind', '')} {parts.get('after', '')}")
        # "The ministry reports …" cites itself; only an agency's word is an origin.
        if agency or not parts.get("verb"):
            yield Attribution(name=name, phrase=phrase, block=index, agency=agency)


def _names(name: str, phrase: str) -> Iterator[str]:
    """Yield the name, or the two that capitals alone do not tell apart: "Nazir Trend-ə"."""
    name = _SUFFIX.sub("", name)
    if "istinadən" in phrase:
        name = _AZ_ENDING.sub("", name)
        first, _, rest = name.partition(" ")
        bare = _SUFFIX.sub("", first)
        if rest and (bare != first or is_agency(bare)):
            yield bare
            name = rest
    last = name.rpartition(" ")[2]
    yield last if last != name and is_agency(last) and not is_agency(name) else name


def clean_cited(text: str) -> str:
    """Cut quotes, a possessive and what runs on behind a name."""
    name = " ".join(text.split()).strip(' «»“”"')
    name = _STOP_WORDS.sub("", name)
    name = _POSSESSIVE.sub("", name.removeprefix("The ").removeprefix("the "))
    return name.strip(' «»“”"')

"""Turn the words where a name was found into names: cut, told apart, in their first case."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from crawler.extract.citing import Citing
from crawler.extract.names import is_personal
from crawler.extract.outlets import first_case, is_known, is_outlet
from crawler.extract.ways_to_cite import Stands, Whom
from storage.article import Block

_NOT_NAMES: Final = frozenset(
    "the a an he she they it we you i this that these those his her its their our reports "  # noqa: SIM905 - a row of words
    "sources officials reporters journalists media people him them us me who which what there "
    "then last monday tuesday wednesday thursday friday saturday sunday january february march "
    "april may june july august september october november december earlier later meanwhile "
    "also as in on at both by for from with to of about according but and or if when while "
    "after before since local police authorities lawmakers speaking citing report survey study "
    "poll first second bu bunu onun həmin bugün haberi haber açıklama yunan rus alman fransız "
    "ingiliz amerikan ما وی او آنها این آن یک خبر گزارش را و که از رئیس‌جمهور رییس‌جمهور وزیر "
    "سخنگو سخنگوی پلیس".split()
)
_LEADING: Final = _NOT_NAMES - {"report"}  # an agency's name, too
_NOT_BEGUN: Final = re.compile(
    r"(?:на|за|от|о|об|этим|этому|котор\w+|чему|данным|этой|этого|ним|них|ему|ней|себе|то|тем)\b|"
    r"(?:رسانه|منابع|منبع|مقام|مسئول|کارشناس|شاهد|برخی)",
    re.IGNORECASE,
)
_STOP_WORDS: Final = re.compile(
    r"\s(?:что|который|которая|которые|сообщает|сообщил\w*|передает|передаёт|пишет|заявил\w*|со|в\s\w+|на\s\w+|с\s\w+|и\s\w+)\b.*$",
    re.IGNORECASE,
)
# "according to U.S. officials" names nobody.
_NOBODY: Final = re.compile(
    r"\.?\s(?:officials?|sources?|media|authorities|officers?|lawmakers|diplomats|police|"
    r"analysts|experts|intelligence|law|state\smedia)\b"
)
_SUFFIX: Final = re.compile(
    r"[-’'](?:nin|nın|nun|nün|in|ın|un|ün|ya|yə|na|nə|a|ə|e|ye|ne|dan|den|dən)$"
)
# "Xarici İşlər Nazirliyinə": the case of what is referred to.
_AZ_ENDING: Final = re.compile(r"(?<=[iıuü])n(?:[əa]|[iıuü]n|[dt][əa]n|[dt][əa])$")
_POSSESSIVE: Final = re.compile(r"[’']s$|[.,;:’'-]+$")
_OWNED: Final = re.compile(r"(.{2,40}?)(?:[’']s|(?<=[sxz])[’'])\s")  # "Axios' Kaveh Waddell"
_OF: Final = re.compile(r"\s(?:of|for|from)\s(?:the\s)?")
_PAPER: Final = re.compile(
    r"(?:Агентств|Информагентств|Газет|Журнал|Телеканал|Радиостанц|Издани|Портал|Сайт)\w{0,3}\s"
)
_FIRST: Final = re.compile(r"\b[A-Z][a-z]{1,30}(?:\s[A-Z]\.)?$")  # "Oprah", "John F."
_LONGEST_FIRST: Final = 36
_MOST_SEEN: Final = 50  # places where a name stands that are looked at
_SIGNS: Final = re.compile(r"[,.;:!?—–-]")
_KIND_ROOM: Final = 40  # letters before a name in which its kind stands
_QUOTES: Final = ' «»“”„"'


class Surnames:
    """The last words of names that an article gives in full: "Winfrey", "Harry"."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self._blocks = blocks

    @cached_property
    def _text(self) -> str:
        return "\n".join(block.text for block in self._blocks)

    def __contains__(self, name: object) -> bool:
        at = self._text.find(f" {name}")
        for _ in range(_MOST_SEEN):
            if at < 0:
                break
            first = _FIRST.search(self._text, max(0, at - _LONGEST_FIRST), at)
            end = at + 1 + len(str(name))
            whole = not self._text[end : end + 1].isalnum()
            if whole and first and first[0].lower() not in _NOT_NAMES:
                return True
            at = self._text.find(f" {name}", at + 1)
        return False


def cited_names(
    match: re.Match[str], way: Citing, surnames: Surnames
) -> Iterator[tuple[str, bool]]:
    """Yield each name that a way of citing found, and whether it is an agency's or outlet's."""
    if way.stands is Stands.BEHIND and _NOBODY.match(match.string, match.end("name")):
        return
    parts = match.groupdict(default="")
    name, teller = _cut(parts["name"]), _cut(parts.get("teller", ""))
    if teller and is_outlet(teller) and not is_known(f"{teller} {name}"):
        yield first_case(teller), True  # "Report Nazirliyə istinadən": two capitals in a row
    elif teller:
        name = f"{teller} {name}"
    kind = parts.get("kind", "").strip()
    if way.stands is not Stands.BEHIND:
        kind = _led_by(match.string, match.start("name"))
    kind, name = _kind_apart(kind, name)
    for each in _apart(name):
        outlet = is_outlet(each, f"{kind} {parts.get('after', '')}")
        if each and (outlet or _may_be_cited(each, way.whom, surnames)):
            yield each, outlet


def _kind_apart(kind: str, name: str) -> tuple[str, str]:
    """Return what a name is called, and the name: "Газета", "Бильд"."""
    if paper := _PAPER.match(name):
        return f"{kind} {paper[0]}", _cut(name[paper.end() :])
    if not is_known(name) and is_known(whole := f"{kind} {name}"):
        return "", whole  # "خبرگزاری فرانسه" is no agency called France
    return kind, name


def _led_by(text: str, at: int) -> str:
    """Return the two words before a name, if no sign stands between."""
    return " ".join(_SIGNS.split(text[max(0, at - _KIND_ROOM) : at])[-1].split()[-2:])


def _may_be_cited(name: str, whom: Whom, surnames: Surnames) -> bool:
    if whom is Whom.OUTLETS or name.casefold() in _NOT_NAMES or _NOT_BEGUN.match(name):
        return False
    return whom is Whom.ANYBODY or not (name in surnames or _is_full(name))


def _is_full(name: str) -> bool:
    """Say whether a person's name is given: plain words, each with its capital."""
    plain = name.replace(" ", "").isalpha() and not name.isupper()
    return plain and " " in name and is_personal(name)


def _cut(text: str) -> str:
    """Cut quotes, a possessive, what runs on behind a name and what only begins a sentence."""
    name = " ".join(text.split()).strip(_QUOTES)
    name = _STOP_WORDS.sub("", name)
    name = _SUFFIX.sub("", _POSSESSIVE.sub("", name)).strip(_QUOTES)
    first, _, rest = name.partition(" ")
    while rest and first.casefold() in _LEADING and not (first.isascii() and first.isupper()):
        name = rest
        first, _, rest = name.partition(" ")
    return name


def _apart(name: str) -> Iterator[str]:
    """Yield the names within: of two outlets both, of an outlet and its writer the outlet."""
    if (both := name.split(" and ")) != [name] and all(map(is_outlet, both)):
        yield from both
        return
    if (owned := _OWNED.match(name)) and is_outlet(owned[1]):
        yield owned[1]
        return
    if (of := _OF.search(name)) and not is_outlet(name[: of.start()]):
        rest = name[of.end() :]
        if is_outlet(rest):
            yield rest
            return
    name = first_case(_AZ_ENDING.sub("", name))
    first, _, last = name.rpartition(" ")
    apart = is_outlet(last) and (not is_outlet(name) or ("." in last and "." not in first))
    yield last if first and apart else name

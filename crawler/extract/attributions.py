"""Find whom an article cites: "according to Report", "X reports citing Y", "told Z"."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from crawler.extract.cited import Surnames, cited_names
from crawler.extract.citing import Citing, Ways, citings
from crawler.extract.ways_to_cite import Stands
from storage.article import Attribution, Block

MAX_ATTRIBUTIONS: Final = 50
# What a name may begin with; a pattern of one class is passed over the text in C.
_BEGINNING: Final = re.compile(r"[^\s_a-zа-яёəıöüğşçñáéíóú.,;:!?()’'-]")
_MOST_LOOKS: Final = 1_000  # stretches of a page that are looked at

Stretch = tuple[int, int, int, int]  # block, number of the way, from, to


def read_attributions(blocks: tuple[Block, ...], language: str) -> tuple[Attribution, ...]:
    """Return who is cited, block by block; a name is given once for each block."""
    citing = citings(language or "en")
    surnames = Surnames(blocks)
    found: dict[tuple[int, str], Attribution] = {}
    for index, number, start, end in _stretches(blocks, citing) if citing.ways else ():
        way, covered = citing.ways[number], 0
        for match in _matches(way, blocks[index].text, start, end):
            if match.start() < covered or not (
                names := list(cited_names(match, way, surnames))
            ):
                continue  # "Nazir Trend-ə deyib" holds from the second name on
            covered = match.end("name")
            phrase = " ".join(match[0].split()).strip(" ,.")
            for name, is_outlet in names:
                cited = Attribution(name=name, phrase=phrase, block=index, agency=is_outlet)
                found.setdefault((index, name.casefold()), cited)
        if len(found) >= MAX_ATTRIBUTIONS:
            break
    return tuple(list(found.values())[:MAX_ATTRIBUTIONS])


def _stretches(blocks: tuple[Block, ...], citing: Ways) -> Iterator[Stretch]:
    """Return where a way's hint stands, with the letters round it; what meets is one.

    Hints are sought in all blocks at once, those that begin alike by that: most are nowhere.
    A way is tried near its hint only: seeking a name at every letter took most of the time.
    """
    texts = [block.text for block in blocks]
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    whole = _fold("\n".join(texts), plain=citing is citings("en"))
    found: list[Stretch] = []
    for stem, sprouts in citing.stems:
        for at in _places(whole, stem):
            index = bisect_right(starts, at) - 1
            place = at - starts[index]
            for number, hint in sprouts:
                if whole.startswith(hint, at):
                    left, right = citing.ways[number].stands.value
                    found.append((index, number, max(0, place - left), place + right))
    return _merged(sorted(found[:_MOST_LOOKS]))


def _merged(stretches: list[Stretch]) -> Iterator[Stretch]:
    """Yield them with those of one way and block joined that meet; they come sorted."""
    last: Stretch | None = None
    for each in stretches:
        if last is not None and each[:2] == last[:2] and each[2] <= last[3]:
            last = (*last[:3], each[3])
            continue
        if last is not None:
            yield last
        last = each
    if last is not None:
        yield last


def _places(whole: str, hint: str) -> Iterator[int]:
    at = whole.find(hint)
    while at >= 0:
        yield at
        at = whole.find(hint, at + len(hint))


def _fold(text: str, *, plain: bool) -> str:
    """Fold case, each letter in its place; `plain`: the hints hold no letters but ASCII's."""
    if plain:  # a text of bytes is folded and searched twice as fast
        return text.encode("ascii", "replace").decode("ascii").lower()
    return text.replace("İ", "i").lower()  # the one letter that would become two


def _matches(way: Citing, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield what matches; a name that stands first is sought where a word can begin one."""
    if way.stands is Stands.BEHIND:
        yield from way.pattern.finditer(text, start, end)
        return
    for begin in _BEGINNING.finditer(text, start, end):
        at = begin.start()
        if not (at and text[at - 1].isalnum()) and (match := way.pattern.match(text, at, end)):
            yield match

"""A language's ways to cite, compiled, with what to seek in a text for all of them at once."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from crawler.extract.ways_to_cite import WAYS, Stands, Whom


@dataclass(frozen=True, slots=True)
class Citing:
    """One way to cite; groups of the pattern: name, and perhaps kind and after."""

    pattern: re.Pattern[str]
    hints: tuple[str, ...]  # the text holds one of these, in lower case, where this holds
    whom: Whom
    stands: Stands


Sprout = tuple[int, str]  # the number of a way, and a hint of it


@dataclass(frozen=True, slots=True)
class Ways:
    """A language's ways to cite, and what to seek for all of them."""

    ways: tuple[Citing, ...] = ()
    stems: tuple[tuple[str, tuple[Sprout, ...]], ...] = ()


def citings(language: str) -> Ways:
    """Return a language's ways; none where nobody has written them down."""
    return _compiled(language) if language in WAYS else Ways()


@cache
def _compiled(language: str) -> Ways:
    """Compile what one language needs; most workers never meet most languages."""
    ways = tuple(
        Citing(re.compile(text), hints, whom, stands)
        for stands, whom, text, hints in WAYS[language]
    )
    return Ways(ways, _stems(ways))


def _stems(ways: tuple[Citing, ...]) -> tuple[tuple[str, tuple[Sprout, ...]], ...]:
    """Return what hints of four same letters begin with, each with those hints: "report"."""
    sprouts: dict[str, list[Sprout]] = {}
    for number, way in enumerate(ways):
        for hint in way.hints:
            sprouts.setdefault(hint[:4], []).append((number, hint))
    return tuple(
        (_beginning([hint for _, hint in each]), tuple(each)) for each in sprouts.values()
    )


def _beginning(hints: list[str]) -> str:
    """Return the letters that all begin with."""
    same = takewhile(lambda letters: len(set(letters)) == 1, zip(*hints, strict=False))
    return "".join(letters[0] for letters in same)

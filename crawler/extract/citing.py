"""A language's ways to cite, compiled, with what to seek in a text for all of them at once."""

import re
from dataclasses import dataclass
from functools import cache

from crawler.extract.ways_to_cite import WAYS, Stands, Whom


@dataclass(frozen=True, slots=True)
class Citing:
    """One way to cite; groups of the pattern: name, and perhaps kind and after."""

    pattern: re.Pattern[str]
    hints: tuple[str, ...]  # the text holds one of these, in lower case, where this holds
    whom: Whom
    stands: Stands


# A way and one of its hints, with how far into the hint the stem stands that both share.
Sprout = tuple[int, str, int]


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
    """Return the hints that hold no other one, each with those that hold it: "report"."""
    hints = [(hint, number) for number, way in enumerate(ways) for hint in way.hints]
    stems: dict[str, list[Sprout]] = {}
    for hint, number in sorted(hints, key=lambda each: len(each[0])):
        stem = next((known for known in stems if known in hint), hint)
        stems.setdefault(stem, []).append((number, hint, hint.find(stem)))
    return tuple((stem, tuple(sprouts)) for stem, sprouts in stems.items())

"""Know with which of hundreds of phrases a line begins, at the price of one letter."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

_LENGTH: Final = 100
_MARKS: Final = re.compile(r"\W{0,4}")
_IDEOGRAPHS: Final = "\u2e80"


def by_letter(patterns: Iterable[str]) -> dict[str, list[str]]:
    """Sort patterns by the letter they begin with; those that begin with none: ""."""
    rows: dict[str, list[str]] = defaultdict(list)
    for pattern in patterns:
        for each in _spelled_out(pattern):
            rows[each[0] if each[0].isalnum() else ""].append(each)
    return rows


class ByLetter(dict[str, re.Pattern[str] | None]):
    """Patterns by the letter they begin with, each compiled when a text first begins with it.

    A desk's pages need a third of them, and a worker that is killed has the next one start.
    """

    def __init__(self, rows: Mapping[str, str], flags: int = 0) -> None:
        super().__init__()
        self._rows = rows
        self._flags = flags

    def __missing__(self, letter: str) -> re.Pattern[str] | None:
        row = self._rows.get(letter)
        pattern = None if row is None else re.compile(row, self._flags)
        if pattern is not None or letter < _IDEOGRAPHS:  # those without a pattern: not all
            self[letter] = pattern
        return pattern


class Openings:
    """Patterns in lower case, sorted by their first letter.

    One pattern of all of them would try each on each line: ten times the work.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        rows = by_letter(patterns)
        self._others = re.compile("|".join(rows.pop("", ["(?!)"])))
        self._by_letter = ByLetter({key: "|".join(row) for key, row in rows.items()})

    def begin(self, text: str) -> bool:
        """Tell whether a text begins with one of the patterns, after a few marks at most."""
        start = text[:_LENGTH].lower()
        if not start.isascii():
            start = start.replace("i̇", "i")
        first, at = start[:1], 0
        if not first.isalnum():
            at = _MARKS.match(start).end()  # type: ignore[union-attr]  # it matches nothing, too
            first = start[at : at + 1]
        pattern = self._by_letter[first]
        if pattern is not None and pattern.match(start, at):
            return True
        return not (at == 0 and first.isalpha()) and self._others.match(start) is not None


def _spelled_out(pattern: str) -> Iterator[str]:
    """Yield a pattern once for each choice it begins with: so each begins with one letter."""
    if pattern.startswith("["):
        end = pattern.index("]")
        for letter in pattern[1:end]:
            yield from _spelled_out(letter + pattern[end + 1 :])
    elif pattern.startswith("(?:"):
        end, bars = _first_group(pattern)
        rest = pattern[end + 1 :]
        if rest.startswith("?"):
            rest = rest[1:]
            yield from _spelled_out(rest)
        for start, stop in zip([2, *bars], [*bars, end], strict=True):
            yield from _spelled_out(pattern[start + 1 : stop] + rest)
    elif pattern[1:2] == "?":
        yield from (pattern[0] + pattern[2:], *_spelled_out(pattern[2:]))
    else:
        yield pattern


def _first_group(pattern: str) -> tuple[int, list[int]]:
    """Return where the group at the start ends, and where its own bars stand."""
    depth, bars = 0, []
    for at, sign in enumerate(pattern):
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 1:
            bars.append(at)
        if depth == 0:
            return at, bars
    raise ValueError(f"unclosed group: {pattern}")

"""Pairs of sentences as outlets changed them, each written for one kind of change.

Some were written with the rules, some after them, most by people who had not seen them. In nine
languages. tests/storage/test_changes.py wants each taken for what it is taken for today;
benchmarks/revisions.py prints what they are taken for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_ROWS: Final = Path(__file__).with_suffix(".txt")


@dataclass(frozen=True, slots=True)
class Pair:
    """One sentence before and after; empty: it was not there, or is gone."""

    written: str  # "with the rules", "after the rules", "by others"
    kind: str
    taken_for: str
    before: str
    after: str


def _read() -> Iterator[Pair]:
    for row in _ROWS.read_text("utf-8").splitlines()[1:]:
        yield Pair(*(field.strip() for field in row.split("|||")))


PAIRS: Final = tuple(_read())

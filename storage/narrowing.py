"""Say which texts may answer a query: words that must be there, or one of several.

Pure. What satisfies a narrowing is only a candidate; what it leaves out cannot match.
"""

from dataclasses import dataclass
from typing import assert_never


@dataclass(frozen=True, slots=True)
class Holds:
    """The text has this folded word, or one that begins so."""

    word: str
    begins: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """Each of these."""

    parts: tuple["Narrowing", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these."""

    parts: tuple["Narrowing", ...]


Narrowing = Holds | AllOf | AnyOf


def expression(narrowing: Narrowing) -> str:
    """Return it as the full-text index reads it; every word is quoted, so none is syntax."""
    match narrowing:
        case Holds(word, begins):
            quoted = word.replace('"', '""')
            return f'"{quoted}"{"*" if begins else ""}'
        case AllOf(parts):
            return f"({' AND '.join(map(expression, parts))})"
        case AnyOf(parts):
            return f"({' OR '.join(map(expression, parts))})"
        case _:
            assert_never(narrowing)


def may_answer(narrowing: Narrowing, folded: str) -> bool:
    """Say the same of a folded text, without an index: a word counts within others, too."""
    match narrowing:
        case Holds(word):
            return word in folded
        case AllOf(parts):
            return all(may_answer(part, folded) for part in parts)
        case AnyOf(parts):
            return any(may_answer(part, folded) for part in parts)
        case _:
            assert_never(narrowing)

"""Write how many of a thing there are, and name the first of them."""

from collections.abc import Sequence

from config.errors import Mistake


def count(number: int, noun: str) -> str:
    """Write "1 mistake", "2 mistakes", "3 entries", "2 ways", "1,000 matches"."""
    if number == 1:
        return f"1 {noun}"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{number:,} {noun[:-1]}ies"
    return f"{number:,} {noun}es" if noun.endswith(("s", "ch")) else f"{number:,} {noun}s"


def count_mistakes(mistakes: Sequence[Mistake]) -> str:
    """Write "2 mistakes", or "2 mistakes, 1 warning": a warning keeps no file from use."""
    warnings = sum(each.warning for each in mistakes)
    said = count(len(mistakes) - warnings, "mistake")
    return f"{said}, {count(warnings, 'warning')}" if warnings else said


def name_some(names: Sequence[str], most: int, *, joined: str = ", ") -> str:
    """Write "a, b, c", or "a, b and 7 more"."""
    more = len(names) - most
    return joined.join(names[:most]) + (f" and {more} more" if more > 0 else "")

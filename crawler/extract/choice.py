"""What a field was found to be: the value, where it stood, and what else it could have been."""

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from storage.article import Candidate, Provenance

T = TypeVar("T")


class Choice(NamedTuple, Generic[T]):
    """A field's value with its provenance and the candidates that lost."""

    value: T
    provenance: Provenance | None = None  # None: the page says nothing, value is the empty one
    candidates: tuple[Candidate, ...] = ()
    note: str = ""  # which fact of the page gave it: "og:title"


class Found(NamedTuple, Generic[T]):
    """One reading of a field, before the choice."""

    value: T
    provenance: Provenance
    note: str  # which fact of the page: "og:title"


def choose(found: Sequence[Found[T]], empty: T, best: int = 0) -> Choice[T]:
    """Take the best reading (the first unless told) and keep the others with their notes."""
    if not found:
        return Choice(value=empty)
    value, provenance, note = found[best]
    losers = [
        Candidate(value=written(other), provenance=where, note=fact)
        for index, (other, where, fact) in enumerate(found)
        if index != best
    ]
    return Choice(value, provenance, tuple(losers), note)


def written(value: object) -> str:
    """Return a reading as a person may read it."""
    if isinstance(value, str):
        return value
    if isinstance(value, (tuple, list)):
        return ", ".join(map(str, value))
    return str(value)

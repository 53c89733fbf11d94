"""What a field was found to be: the value, where it stood, and what else it could have been."""

from collections.abc import Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from storage.article import Candidate, Provenance

T = TypeVar("T")


class Found(NamedTuple, Generic[T]):
    """One reading of a field, before the choice."""

    value: T
    provenance: Provenance
    note: str  # which fact of the page: "og:title"


class Choice(NamedTuple, Generic[T]):
    """A field's value with its provenance and the readings that lost."""

    value: T
    provenance: Provenance | None = None  # None: the page says nothing, value is the empty one
    lost: Iterable[Found[Any]] = ()  # gone through once, by who explains
    note: str = ""  # which fact of the page gave it: "og:title"


def choose(found: Sequence[Found[T]], empty: T, best: int = 0) -> Choice[T]:
    """Take the best reading (the first unless told) and keep the others with their notes."""
    if not found:
        return Choice(value=empty)
    value, provenance, note = found[best]
    return Choice(value, provenance, (*found[:best], *found[best + 1 :]), note)


def first_of(found: Iterable[Found[T]], empty: T) -> Choice[T]:
    """Take the first reading; the others are read only when somebody asks for them."""
    others = iter(found)
    best = next(others, None)
    if best is None:
        return Choice(value=empty)
    return Choice(best.value, best.provenance, others, best.note)


def candidate(lost: Found[Any]) -> Candidate:
    """Return a reading that lost as a person may read it."""
    return Candidate(value=_written(lost.value), provenance=lost.provenance, note=lost.note)


def _written(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (tuple, list)):
        return ", ".join(map(str, value))
    return str(value)

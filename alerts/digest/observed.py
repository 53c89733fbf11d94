"""Keep what a digest saw of things that change by themselves, to write it once more.

How sources, channels and the canary fared can never be worked out again from what is stored of
them later; articles, matches and alerts can.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from types import UnionType
from typing import Any, Self, get_args, get_origin, get_type_hints

from alerts.digest.facts import CanaryFact, DeliveryFact, DigestFacts, GapFact, SourceFact
from alerts.precision import Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What a digest saw when it was written."""

    sources: tuple[SourceFact, ...] = ()
    gaps: tuple[GapFact, ...] = ()
    precisions: tuple[Precision, ...] = ()
    delivery: tuple[DeliveryFact, ...] = ()
    canary: CanaryFact | None = None
    rejected: str = ""

    @classmethod
    def of(cls, facts: DigestFacts) -> Self:
        """Return what is told of it in a digest's facts."""
        return cls(**{each.name: getattr(facts, each.name) for each in fields(cls)})


def to_plain(value: Any) -> Any:
    """Return a value as JSON knows it; what is at its default is left out."""
    if is_dataclass(value):
        named = ((each, getattr(value, each.name)) for each in fields(value))
        return {each.name: to_plain(field) for each, field in named if field != each.default}
    match value:
        case tuple():
            return [to_plain(each) for each in value]
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case timedelta():
            return [value.days, value.seconds, value.microseconds]
        case _:
            return value


def observed_again(plain: Mapping[str, Any] | None) -> Observed | None:
    """Return what to_plain was given; None: it was kept with other fields, or not at all."""
    if plain is None:
        return None
    try:
        again: Observed = _read(Observed, plain)
    except (KeyError, TypeError, ValueError):
        return None
    return again


def _read(kind: Any, plain: Any) -> Any:
    """Return a value of a type; the type says how it was written."""
    if plain is None:
        return None
    if get_origin(kind) is UnionType:
        (kind,) = (each for each in get_args(kind) if each is not type(None))
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], each) for each in plain)
    if is_dataclass(kind):
        kinds = get_type_hints(kind)
        return kind(**{name: _read(kinds[name], each) for name, each in plain.items()})  # type: ignore[operator]  # a class, not a value of one
    if issubclass(kind, date):
        return kind.fromisoformat(plain)
    return kind(*plain) if kind is timedelta else kind(plain)

"""Decide whether two articles tell one story, and why. Pure: signatures in, a reason out."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from storage.signature import EVERYDAY, Signature, unpack, unpack_names, unpack_sketch

CONTAINED = 0.92  # from here on one text holds the other, whenever it came out
REWRITTEN = 0.2
_MOSTLY = 0.75  # below this it may be the background alone that two articles share
REWRITTEN_WITHIN = timedelta(hours=48)
_TELLING = 3  # fewer names or numbers prove nothing
_NUMBERS_SHARED = 0.5
_NAMES_SHARED = 0.4
_NAMES_NEEDED = 4
_NUMBERS_NEEDED = 2


class Reason(StrEnum):
    """Why two articles tell one story, or only look so."""

    EXACT = "exact"  # the same words
    CONTAINED = "contained"  # one holds the other
    REWRITTEN = "rewritten"  # many of the same words, the same names and numbers, near in time
    NAMES = "names"  # rare names and numbers in common, near in time
    TEMPLATE = "template"  # the same words about other names or numbers: two stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """How two articles are related."""

    reason: Reason
    strength: float  # 0 to 1, to choose among several


class Compared:
    """An article that is compared with several stored ones; most of them are soon out."""

    def __init__(self, signature: Signature) -> None:
        self._signature = signature
        self._shingles = frozenset(signature.sketch)
        self._names = frozenset(signature.names)

    def by_words(self, stored: bytes, apart: float) -> Kinship | None:
        """Return how the article is related by words to a stored one, some seconds apart."""
        limit, sketch = unpack_sketch(stored)
        if limit == self._signature.limit:
            shorter = min(len(self._shingles), len(sketch))
            if shorter and len(self._shingles.intersection(sketch)) / shorter < REWRITTEN:
                return None
        other = unpack(stored)
        if other is None:
            return None
        return kinship(self._signature, other, timedelta(seconds=apart))

    def by_names(self, stored: bytes, apart: float) -> Kinship | None:
        """Return how the article is related by names to a stored one, some seconds apart."""
        if len(self._names.intersection(unpack_names(stored))) < _NAMES_NEEDED:
            return None
        other = unpack(stored)
        if other is None:
            return None
        return kinship_by_names(self._signature, other, timedelta(seconds=apart))


def kinship(one: Signature, other: Signature, apart: timedelta) -> Kinship | None:
    """Return how two articles are related by their words; None: they are not."""
    if one.fingerprint and one.fingerprint == other.fingerprint:
        return Kinship(reason=Reason.EXACT, strength=1.0)
    contained = containment(one, other)
    if contained < REWRITTEN:
        return None
    agrees = _agree(one.numbers, other.numbers, _NUMBERS_SHARED)
    if not agrees or not _agree(one.names, other.names, _NAMES_SHARED):
        return Kinship(reason=Reason.TEMPLATE, strength=contained)
    if contained >= CONTAINED:
        return Kinship(reason=Reason.CONTAINED, strength=contained)
    if apart <= REWRITTEN_WITHIN and (contained >= _MOSTLY or _leads_agree(one, other)):
        return Kinship(reason=Reason.REWRITTEN, strength=contained)
    return None


def can_tell_by_names(signature: Signature) -> bool:
    """Say whether an article has the names and figures that kinship_by_names asks for."""
    enough = len(signature.names) >= _NAMES_NEEDED and len(signature.numbers) >= _NUMBERS_NEEDED
    return enough and not EVERYDAY.issuperset(signature.numbers)


def kinship_by_names(one: Signature, other: Signature, apart: timedelta) -> Kinship | None:
    """Return how two articles are related when their words are not, as in a translation.

    People meet often: the same names alone prove nothing. The figures have to be the same, too.
    """
    names = set(one.names).intersection(other.names)
    numbers = set(one.numbers).intersection(other.numbers)
    shorter = min(len(one.names), len(other.names))
    if apart > REWRITTEN_WITHIN or len(names) < _NAMES_NEEDED or len(names) * 2 < shorter:
        return None
    if not _agree(one.numbers, other.numbers, _NUMBERS_SHARED):
        return None
    if len(numbers) < _NUMBERS_NEEDED or numbers <= EVERYDAY or not _leads_agree(one, other):
        return None
    return Kinship(reason=Reason.NAMES, strength=len(names) / shorter)


def containment(one: Signature, other: Signature) -> float:
    """Return how much of the shorter text the longer one holds, 0 to 1."""
    limit = min(one.limit, other.limit)
    first, second = _below(one, limit), _below(other, limit)
    shorter = min(len(first), len(second))
    return len(set(first).intersection(second)) / shorter if shorter else 0.0


def _below(signature: Signature, limit: int) -> tuple[int, ...]:
    if signature.limit == limit:
        return signature.sketch
    return signature.sketch[: bisect_left(signature.sketch, limit)]


def _leads_agree(one: Signature, other: Signature) -> bool:
    """Say whether the articles tell of those whom they begin with, one with the other's half.

    An outlet puts the same background below the news of every day: that alone is no story.
    """
    return _begins_with(one, other) + _begins_with(other, one) >= 1.0


def _begins_with(one: Signature, other: Signature) -> float:
    """Return how many of those whom one begins with the other one names, 0 to 1."""
    lead = one.names[: one.lead_names]
    return len(set(lead).intersection(other.names)) / len(lead) if lead else 1.0


def _agree(one: tuple[int, ...], other: tuple[int, ...], share: float) -> bool:
    """Say whether two lists of names or numbers could be of one event; the shorter rules."""
    shorter = min(len(one), len(other))
    return shorter < _TELLING or len(set(one).intersection(other)) >= shorter * share

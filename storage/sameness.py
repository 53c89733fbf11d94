"""Decide whether two articles tell one story, and why. Pure: signatures in, a reason out."""

from dataclasses import dataclass
from datetime import timedelta

from storage.signature import Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """Why two articles tell one story."""

    reason: str  # "exact", "contained", "rewritten", "names"
    strength: float  # 0 to 1, to choose among several


def kinship(one: Signature, other: Signature, apart: timedelta) -> Kinship | None:
    """Return why two articles tell one story; None: they do not."""
    if one.fingerprint and one.fingerprint == other.fingerprint:
        return Kinship(reason="exact", strength=1.0)
    contained = containment(one, other)
    if contained >= 0.5:
        return Kinship(reason="contained", strength=contained)
    return None


def containment(one: Signature, other: Signature) -> float:
    """Return how much of the shorter text the longer one holds, 0 to 1."""
    limit = min(one.limit, other.limit)
    first = {shingle for shingle in one.sketch if shingle < limit}
    second = {shingle for shingle in other.sketch if shingle < limit}
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter else 0.0

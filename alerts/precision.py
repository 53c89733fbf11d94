"""Measure how many of a rule's matches are worth telling, by what people said of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from math import sqrt

from storage.judgements import JudgementTally

WINDOW = timedelta(days=90)  # judgements that count
_Z = 1.959964  # of the normal distribution: 95 of 100 lie within


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """How many of a rule's judged matches were useful."""

    rule_id: str
    judged: int
    useful: int
    low: float  # the share of all matches that are useful lies, 95 times of 100,
    high: float  # between these two

    @property
    def share(self) -> float:
        """Return the share of the judged matches that were useful."""
        return self.useful / self.judged

    def __str__(self) -> str:
        """Write it in a line."""
        return (
            f"{self.useful} of {self.judged} judged useful, precision {self.share:.0%} "
            f"({self.low:.0%} to {self.high:.0%})"
        )


def precisions(tallies: Iterable[JudgementTally]) -> dict[str, Precision]:
    """Return the precision of each rule that was judged."""
    return {tally.rule_id: precision(tally) for tally in tallies}


def precision(tally: JudgementTally) -> Precision:
    """Return the precision of a rule of which at least one match was judged."""
    judged = tally.useful + tally.noise
    low, high = wilson(tally.useful, judged)
    return Precision(
        rule_id=tally.rule_id, judged=judged, useful=tally.useful, low=low, high=high
    )


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share: E. B. Wilson, JASA 22 (1927), 209 to 212.

    For few trials it keeps its promise where the textbook's interval does not: Brown, Cai and
    DasGupta, Statistical Science 16 (2001), 101 to 133.
    """
    share, spread = hits / of, _Z * _Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    # Rounding must not push the share itself out, where none or all of them were hits.
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


def precision_to_dict(found: Precision) -> dict[str, object]:
    """Return a precision as values that JSON knows."""
    return {
        "judged": found.judged,
        "useful": found.useful,
        "share": found.share,
        "low": found.low,
        "high": found.high,
    }

"""Hold each source to its promise: 95 of 100 pass every stage within its objective. Pure.

The stages are those of an article's way: published → seen → matched → delivered. What still
waits counts as late as soon as it has waited for longer than the objective. A publisher whose
clock or zone is wrong cannot be measured from publication on, and is named instead of blamed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from alerts.wording import lasting, wording
from config.counting import count
from config.settings import AlertSettings
from config.source import Source
from storage.lags import Lags, Passage

PROMISED = 0.95  # pass within the objective
BACKLOG_S = 86_400.0  # older when first seen: it was there before we watched
FEW = 5  # passages in a day; of fewer, one late one says nothing
EARLY_S = -120.0  # seen so long before it was published: no clock is that good
STEP_S = 1800.0  # time zones lie half an hour apart


class Stage(StrEnum):
    """A stage of an article's way, by what it ends with."""

    SEEN = "seen"  # after publication
    MATCHED = "matched"  # read and tried against every rule, after it was seen
    DELIVERED = "delivered"  # an alert, after the match


SAID = {
    Stage.SEEN: "{late} of {articles} were seen later than {most} after publication",
    Stage.MATCHED: "{late} of {articles} were read later than {most} after they were seen",
    Stage.DELIVERED: "{late} of {alerts} came later than {most} after the match{mostly}",
}
ADVICE = {
    Stage.SEEN: "poll it more often (every:), or raise its objective:",
    Stage.MATCHED: "presswatch sources --ledger says what waits; more extract: workers: "
    "if all are late, or raise its objective_matched:",
    Stage.DELIVERED: "presswatch outbox says why; mend the channel, "
    "or raise its objective_delivered:",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Objectives:
    """Within what time 95 of 100 should pass each stage."""

    seen: timedelta
    matched: timedelta
    delivered: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How a time is spread, in seconds."""

    count: int
    p50: float
    p95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How a publisher's stamps are off."""

    ahead: bool  # stamped after we had seen them; else none was ever fresh
    by_s: float
    articles: int  # that show it …
    of: int  # … of so many

    def __str__(self) -> str:
        """Write it for a person."""
        if self.ahead:
            return (
                f"{self.articles} of its last {self.of} articles were stamped after we had "
                f"seen them, by {lasting(self.by_s)}: its clock, or the timezone in its file, "
                f"is wrong"
            )
        return (
            f"none of its last {self.of} articles was younger than {lasting(self.by_s)} when "
            f"it appeared: its timezone here is wrong, or it stamps long before it publishes"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How the promise of one stage fares over a time."""

    stage: Stage
    objective_s: float
    spread: Spread | None  # None: nothing to measure
    late: int  # later than the objective, those that still wait included
    burn: float  # share of the error budget that is spent
    broken: bool  # beyond it, as far as can be said
    channel: str = ""  # on which most of the late alerts were owed

    def __str__(self) -> str:
        """Write it for a person."""
        if self.spread is None:
            return "nothing to measure"
        return (
            f"{self.said} (half within {lasting(self.spread.p50)}, "
            f"95 % within {lasting(self.spread.p95)})"
        )

    @property
    def said(self) -> str:
        """Say how many were late."""
        number = self.spread.count if self.spread else 0
        return SAID[self.stage].format(
            late=self.late,
            articles=count(number, "article"),
            alerts=count(number, "alert"),
            most=wording("en").exactly(timedelta(seconds=self.objective_s)),
            mostly=f", most of them on {self.channel}" if self.channel else "",
        )

    @property
    def advice(self) -> str:
        """Say what to do about it."""
        return ADVICE[self.stage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """How a source's promise fares, stage by stage."""

    seen: Kept
    matched: Kept
    delivered: Kept
    clock: Clock | None  # None: the publisher's clock seems right

    def __iter__(self) -> Iterator[Kept]:
        """Go through the stages in their order."""
        return iter((self.seen, self.matched, self.delivered))

    @property
    def broken(self) -> tuple[Kept, ...]:
        """Return the stages whose promise is broken."""
        return tuple(kept for kept in self if kept.broken)


def objectives_of(source: Source, settings: AlertSettings) -> Objectives:
    """Return a source's objectives; what it does not name, the settings do."""
    return Objectives(
        seen=source.objective or settings.objective,
        matched=source.objective_matched or settings.objective_matched,
        delivered=source.objective_delivered or settings.objective_delivered,
    )


def keep_promises(
    lags: Lags, sources: Iterable[Source], settings: AlertSettings
) -> dict[str, Promise]:
    """Judge every source, by its id."""
    ways = lags.by_source()
    return {
        each.id: keep_promise(ways.get(each.id, Lags()), objectives_of(each, settings))
        for each in sources
    }


def keep_promise(lags: Lags, objectives: Objectives) -> Promise:
    """Judge a source by how its articles passed each stage."""
    seen = [each for each in lags.seen if 0 <= each.seconds <= BACKLOG_S]
    clock = judge_clock([each.seconds for each in lags.seen if each.seconds <= BACKLOG_S])
    return Promise(
        seen=_keep(Stage.SEEN, seen, objectives.seen, told=clock is None),
        matched=_keep(Stage.MATCHED, lags.matched, objectives.matched),
        delivered=_keep(Stage.DELIVERED, lags.delivered, objectives.delivered),
        clock=clock,
    )


def _keep(
    stage: Stage, passages: Sequence[Passage], objective: timedelta, *, told: bool = True
) -> Kept:
    """Judge one stage; not told: its figures mean nothing, nobody is blamed."""
    limit = objective.total_seconds()
    late = [each for each in passages if each.seconds > limit]
    judged = [each.seconds for each in passages if each.known_at or each.seconds > limit]
    burn = len(late) / len(judged) / (1 - PROMISED) if judged else 0.0
    channels = Counter(each.channel for each in late).most_common(1)
    return Kept(
        stage=stage,
        objective_s=limit,
        spread=spread(judged),
        late=len(late),
        burn=round(burn, 2),
        broken=told and burn > 1 and len(judged) >= FEW,
        channel=channels[0][0] if channels else "",
    )


def spread(seconds: Sequence[float]) -> Spread | None:
    """Return how the seconds are spread; None: there are none."""
    if not seconds:
        return None
    ordered = sorted(seconds)
    return Spread(
        count=len(ordered),
        p50=ordered[(len(ordered) - 1) // 2],
        p95=ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))],
    )


def judge_clock(seconds: Sequence[float]) -> Clock | None:
    """Say so when a publisher's stamps are off, ahead or behind; None: they seem right."""
    if len(seconds) < FEW:
        return None
    ordered = sorted(seconds)
    early = [each for each in ordered if each < EARLY_S]
    if len(early) * 2 >= len(ordered):
        ahead = -early[len(early) // 2]
        return Clock(ahead=True, by_s=ahead, articles=len(early), of=len(ordered))
    least, middle = ordered[0], ordered[len(ordered) // 2]
    # Never once fresh, and all alike: a zone that is off shifts every article by the same.
    if least >= 2 * STEP_S - 600 and middle - least < STEP_S:
        return Clock(ahead=False, by_s=least, articles=len(ordered), of=len(ordered))
    return None

"""Note what a look at a source brought: links, gaps, polls, and when to look again.

One work of the writer, so that a crash leaves all of a look or nothing; it fetches nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from config.settings import PollSettings
from config.source import Source
from crawler.discover.outcome import PublisherAsks, Way
from crawler.discover.overlap import Missed
from crawler.rhythm import observe, rhythm_from_text, rhythm_to_text
from crawler.schedule import LastLook, next_check
from storage.article import Stamp
from storage.database import Transaction
from storage.found import Found
from storage.ledger import note_links
from storage.sources import Poll, SourceState, declare_gap, record_poll, save_source
from storage.stamp import instant
from storage.ways import WayState, save_way

log = structlog.get_logger(__name__)
NO_WISHES = PublisherAsks()
NETWORK_RETRY = timedelta(minutes=2)

NO_WAY = "no feed, sitemap or section page was found; name one in its entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayLook:
    """What one look at one way came to."""

    way: Way
    state: WayState  # as it is to be saved
    poll: Poll
    links: tuple[Found, ...] = ()
    gap: Missed | None = None
    drained: float = 0.0
    weight: float = 0.0  # how much it counts against the source; 0: it went well
    max_age: timedelta | None = None
    retry_after: timedelta | None = None
    asks: PublisherAsks = NO_WISHES


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What the next look's time depends on, apart from what was found."""

    now: datetime
    poll: PollSettings
    jitter: float
    ours: bool  # our own network is down: no source is to blame, and we look again soon


def failed_look(
    way: Way,
    before: WayState,
    reason: str,
    weight: float,
    now: datetime,
    *,
    retry_after: timedelta | None = None,
) -> WayLook:
    """Return a look that brought nothing; what we know of the way stays."""
    state = replace(
        before, last_polled=now, failures=before.failures + weight, last_error=reason
    )
    outcome = "failed" if weight else "deferred"
    said = Poll(
        source_id=before.source_id,
        way=way.polled,
        polled_at=now,
        outcome=outcome,
        reason=reason,
    )
    return WayLook(way=way, state=state, poll=said, weight=weight, retry_after=retry_after)


def write_looks(
    tx: Transaction,
    source: Source,
    state: SourceState,
    looks: list[WayLook],
    timing: Timing,
    *,
    retired: tuple[WayState, ...] = (),
) -> int:
    """Note new links, gaps and polls, and when to look again; return how many are new."""
    new: list[str] = []
    dates: list[datetime] = []
    for gone in retired:
        log.warning("way retired", source=source.id, way=gone.url, error=gone.last_error)
        save_way(tx, gone)
    for each in looks:
        fresh = note_links(tx, source.id, each.links, timing.now)
        new += fresh
        dates += first_sightings(each.links, set(fresh), timing.now)
        save_way(tx, each.state)
        record_poll(tx, replace(each.poll, new=len(fresh)))
        if each.gap is not None:
            gap = each.gap
            declare_gap(tx, source.id, each.way.polled, gap.since, gap.until, timing.now)
            log.warning("gap declared", source=source.id, way=each.way.polled,
                        since=gap.since, until=gap.until)  # fmt: skip
    save_source(tx, next_state(source, state, looks, dates, timing))
    return len(new)


def first_sightings(links: tuple[Found, ...], new: set[str], now: datetime) -> list[datetime]:
    """Return when the new links appeared, as far as their way says so."""
    fresh = [link for link in links if link.url in new]
    return [appeared(link.published, now) for link in fresh] or [now] * len(new)


def appeared(published: Stamp | None, now: datetime) -> datetime:
    """Return a link's time of publication, never later than now."""
    return min(instant(published), now) if published is not None else now


def next_state(
    source: Source,
    state: SourceState,
    looks: list[WayLook],
    dates: list[datetime],
    timing: Timing,
) -> SourceState:
    """Return what we know of the source after this look, its lease ended."""
    now = timing.now
    good = [each for each in looks if not each.weight and each.poll.outcome != "deferred"]
    failures = (
        0.0 if good else state.failures + max((each.weight for each in looks), default=1.0)
    )
    rhythm = rhythm_from_text(state.rhythm)
    if good:
        rhythm = observe(rhythm, dates, now)
    last = LastLook(
        failures=failures,
        retry_after=max((e.retry_after for e in looks if e.retry_after), default=None),
        max_age=min((e.max_age for e in good if e.max_age), default=None),
        asks=good[0].asks if len(good) == 1 else PublisherAsks(),
        took=now - state.last_polled if state.last_polled else None,
        drained=max((each.drained for each in good), default=0.0),
    )
    return replace(
        state,
        next_at=next_check(now, source, timing.poll, rhythm, last=last, jitter=timing.jitter),
        leased_until=None,
        failures=failures,
        last_polled=now,
        last_success=now if good else state.last_success,
        last_new=now if dates else state.last_new,
        last_error=""
        if good
        else ("; ".join(each.poll.reason for each in looks) or NO_WAY)[:500],
        rhythm=rhythm_to_text(rhythm),
    )

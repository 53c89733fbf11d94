"""Note what a look at a source brought: links, gaps, polls, and when to look again.

One work of the writer, so that a crash leaves all of a look or nothing; it fetches nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from config.settings import PollSettings
from config.source import Source
from crawler.discover.auto import NoAnswer
from crawler.discover.outcome import PublisherAsks, Way
from crawler.discover.overlap import Missed
from crawler.fetch.outage import NetworkDown, NetworkUp
from crawler.homes import Homes, tell_left
from crawler.rhythm import observe, rhythm_from_text, rhythm_to_text
from crawler.watch.schedule import LastLook, next_check
from storage.article import Stamp
from storage.due import settle_reading
from storage.found import Found
from storage.gaps import declare_gap
from storage.ledger import count_due
from storage.noting import leave_links, note_links
from storage.polls import Poll, record_poll
from storage.sources import SourceState, load_source, save_source
from storage.stamp import instant
from storage.subscriptions import subscriptions_of, want_subscription
from storage.transaction import Transaction
from storage.ways import WayState, save_way

log = structlog.get_logger(__name__)
NO_WISHES = PublisherAsks()
MOST_LEFT = 100  # links of one look that are written down as left to others
MOST_DUE = 2000  # links of one source that wait: a flood fills no disk

NO_WAY = NoAnswer(reason="no feed, sitemap or section page was found; name one in its entry")


@dataclass(frozen=True, slots=True, kw_only=True)
class WayLook:
    """What one look brought by one of the source's ways."""

    way: Way
    state: WayState  # as it is to be saved
    poll: Poll
    links: tuple[Found, ...] = ()
    left: tuple[tuple[Found, str], ...] = ()  # to others, with whose they are
    gap: Missed | None = None
    drained: float = 0.0
    weight: float = 0.0  # how much it counts against the source; 0: it went well
    max_age: timedelta | None = None
    retry_after: timedelta | None = None
    asks: PublisherAsks = NO_WISHES
    hub: str = ""  # which tells what is new; empty: none is announced
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """What a hub told us of a feed."""

    source_id: str
    way: str
    links: tuple[Found, ...]
    left: tuple[tuple[Found, str], ...]  # to others, with whose they are
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What the next look's time depends on, apart from what was found."""

    now: datetime
    poll: PollSettings
    jitter: float
    listening: bool = False  # hubs can reach us
    network: NetworkUp | NetworkDown  # down: no source is to blame, and we look again soon
    unanswered: NoAnswer = NO_WAY  # why there was no way to look at


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
    room = MOST_DUE - count_due(tx, source.id, timing.now, MOST_DUE)
    for each in looks:
        leave_links(tx, source.id, each.left[:MOST_LEFT], timing.now)
        fresh = note_links(tx, source.id, each.links, timing.now, most=room - len(new))
        new += fresh
        down = isinstance(timing.network, NetworkDown)
        if down and each.poll.outcome in ("failed", "deferred"):
            continue  # not the way's doing
        if len(new) >= room and each.links:
            each = full(each)
        dates += first_sightings(each.links, set(fresh), timing.now)
        save_way(tx, read_first(each, timing.now))
        record_poll(tx, replace(each.poll, new=len(fresh)))
        if each.gap is not None:
            gap = each.gap
            declare_gap(tx, source.id, each.way.polled, gap.since, gap.until, timing.now)
            log.warning("gap declared", source=source.id, way=each.way.polled,
                        since=gap.since, until=gap.until)  # fmt: skip
    if new:
        settle_reading(tx, source.id)
    pushed = timing.listening and heed_hubs(tx, source, looks, timing.now) and not new
    save_source(tx, next_state(source, state, looks, dates, timing, pushed=pushed))
    return len(new)


def full(look: WayLook) -> WayLook:
    """Return a look that may have left links out: the way is read again even if unchanged."""
    reason = f"more than {MOST_DUE:,} links wait to be read: the rest is left where it stands"
    state = replace(look.state, etag="", last_modified="", body_hash="")
    return replace(look, state=state, poll=replace(look.poll, reason=reason))


def leave_to_others(look: WayLook, source: Source, homes: Homes) -> WayLook:
    """Return a look with the links to outlets that are watched themselves set apart."""
    ours, left = homes.sort_out(source.id, look.links)
    if not left:
        return look
    reason = "; ".join(filter(None, (look.poll.reason, tell_left(left))))
    poll = replace(look.poll, reason=reason)
    return replace(look, links=tuple(ours), left=tuple(left), poll=poll)


def heed_hubs(tx: Transaction, source: Source, looks: list[WayLook], now: datetime) -> bool:
    """Want what the feeds' hubs offer; tell whether hubs tell us of every way looked at."""
    for each in looks:
        if each.poll.outcome == "read":
            want_subscription(tx, source.id, each.way.polled, each.hub, each.topic, now)
    known = subscriptions_of(tx, source.id)
    active = {way for way, each in known.items() if each.is_active(now)}
    return bool(looks) and all(each.way.polled in active for each in looks)


def write_pushed(tx: Transaction, pushed: Pushed) -> int:
    """Note the links a hub told us of, to be read in the source's turn; the window stays."""
    room = MOST_DUE - count_due(tx, pushed.source_id, pushed.at, MOST_DUE)
    leave_links(tx, pushed.source_id, pushed.left[:MOST_LEFT], pushed.at)
    new = note_links(tx, pushed.source_id, pushed.links, pushed.at, most=room)
    state = load_source(tx, pushed.source_id)
    if new and state is not None:
        dates = first_sightings(pushed.links, set(new), pushed.at)
        rhythm = observe(rhythm_from_text(state.rhythm), dates, pushed.at)
        save_source(tx, replace(state, rhythm=rhythm_to_text(rhythm), last_new=pushed.at))
        settle_reading(tx, pushed.source_id)
    said = Poll(source_id=pushed.source_id, way=pushed.way, polled_at=pushed.at,
                outcome="pushed", found=len(pushed.links), new=len(new))  # fmt: skip
    record_poll(tx, said)
    return len(new)


def read_first(look: WayLook, now: datetime) -> WayState:
    """Return the way's state, which remembers when its first links were noted."""
    if look.state.first_read is not None or not look.links:
        return look.state
    return replace(look.state, first_read=now)


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
    *,
    pushed: bool = False,
) -> SourceState:
    """Return what we know of the source after this look, its lease ended."""
    now = timing.now
    good = [each for each in looks if not each.weight and each.poll.outcome != "deferred"]
    if isinstance(timing.network, NetworkDown) and not good:
        again = now + timing.network.wait(now)
        return replace(state, next_at=again, leased_until=None, last_polled=now)
    weight = max((each.weight for each in looks), default=timing.unanswered.weight)
    failures = 0.0 if good else state.failures + weight
    reasons = "; ".join(each.poll.reason for each in looks) or timing.unanswered.reason
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
        pushed=pushed,
    )
    return replace(
        state,
        next_at=next_check(now, source, timing.poll, rhythm, last=last, jitter=timing.jitter),
        leased_until=None,
        failures=failures,
        last_polled=now,
        last_success=now if good else state.last_success,
        last_new=now if dates else state.last_new,
        last_error="" if good else reasons[:500],
        rhythm=rhythm_to_text(rhythm),
    )

"""Decide when a source is next due and when an article is looked at again.

Pure: the clock and the jitter come in as arguments; nothing is fetched or saved.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from config.settings import PollSettings
from config.source import Source
from crawler.discover.outcome import PublisherAsks
from crawler.local_zone import named_zone
from crawler.rhythm import Rhythm
from crawler.watch.cron import CronError, next_ring, parse_cron

FLOOR: Final = timedelta(minutes=1)  # whatever anybody asks for
CEILING: Final = timedelta(hours=24)
WORTH_A_LOOK: Final = 0.7  # articles that should have come until we look again
PUSHED: Final = 4  # times as far apart, where hubs tell us of all that is new
MOST_DRAINED: Final = 0.5  # of a way's window that may be new between two looks
ASKS_NOTHING: Final = PublisherAsks()
# After an article's first, second, … try. The first is soon over: a lost packet, a restart.
RETRIES: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 20, 50))
_JITTER: Final = 0.1  # share of the wait that jitter may add or take
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastLook:
    """What the poll that just ended says about the next one."""

    failures: float = 0.0  # weights since the last success: hard 1, soft ½, temporary ¼
    retry_after: timedelta | None = None  # the publisher's wish; None: none
    max_age: timedelta | None = None  # how long the answer is fresh; None: not said
    asks: PublisherAsks = ASKS_NOTHING  # ttl, skipHours, skipDays of the feeds
    took: timedelta | None = None  # since the look before; None: there was none
    pushed: bool = False  # hubs tell us, and this look found nothing that they had not told
    drained: float = 0.0  # the largest share of a way's window that was new at this look


def next_check(
    now: datetime,
    source: Source,
    poll: PollSettings,
    rhythm: Rhythm,
    *,
    last: LastLook,
    jitter: float,
) -> datetime:
    """Return when to look again; jitter is between -1 and 1."""
    if source.cron is not None and last.failures <= 0:
        return _by_cron(source, now) or now + CEILING
    wait = _wait(now, source, poll, rhythm, last)
    if last.failures > 0:
        wait = back_off(wait, last.failures)
    wait *= 1 + _JITTER * max(-1.0, min(1.0, jitter))
    if last.retry_after is not None:
        wait = max(wait, last.retry_after)  # never sooner than asked for, so after the jitter
    at = now + max(FLOOR, min(wait, CEILING))
    return at if source.every else min(awake(at, last.asks), now + CEILING)


def back_off(wait: timedelta, failures: float) -> timedelta:
    """Return the wait after failures: doubled for each whole one, a day at most."""
    doubled: timedelta = wait * 2.0 ** min(failures, 12.0)
    return min(doubled, max(wait, CEILING))


def retry_in(attempts: int) -> timedelta:
    """Return how long to wait after so many tries to fetch an article."""
    return RETRIES[min(max(attempts, 1), len(RETRIES)) - 1]


def next_refetch(
    first_seen: datetime, now: datetime, refetch: tuple[timedelta, ...]
) -> datetime | None:
    """Return when a fresh article is looked at again; None: it is fresh no more.

    What was missed while we were away is one look, not several.
    """
    looks = (first_seen + each for each in sorted(refetch))
    return next((at for at in looks if at > now), None)


def awake(at: datetime, asks: PublisherAsks) -> datetime:
    """Return the time, or the first hour after it that the feed does not ask to skip."""
    for _ in range(24 * 7):
        utc = at.astimezone(UTC)
        if utc.hour not in asks.skip_hours and utc.weekday() not in asks.skip_days:
            return at
        at = at.replace(minute=0, second=0, microsecond=0) + _HOUR
    return at


def _wait(
    now: datetime, source: Source, poll: PollSettings, rhythm: Rhythm, last: LastLook
) -> timedelta:
    if source.every is not None:
        return source.every
    wait = max(until_worth_a_look(now, poll, rhythm), last.asks.ttl, last.max_age or FLOOR)
    wait = min(wait * PUSHED if last.pushed else wait, poll.longest)
    if last.drained > MOST_DRAINED and last.took is not None:
        # Before ttl and max-age: a publisher whose window runs over does not ask to be missed.
        wait = min(wait, last.took * (MOST_DRAINED / last.drained))
    return max(wait, poll.shortest)


def until_worth_a_look(now: datetime, poll: PollSettings, rhythm: Rhythm) -> timedelta:
    """Return how long it usually takes until something new has appeared."""
    if rhythm.days < 1 or rhythm.total <= 0:
        return poll.every
    expected, at = 0.0, now
    while at - now < poll.longest:
        end = at.replace(minute=0, second=0, microsecond=0) + _HOUR
        rate = rhythm.rate(at)
        coming = rate * ((end - at) / _HOUR)
        if expected + coming >= WORTH_A_LOOK:
            return at - now + _HOUR * ((WORTH_A_LOOK - expected) / rate)
        expected, at = expected + coming, end
    return poll.longest


def _by_cron(source: Source, now: datetime) -> datetime | None:
    """Return when the source's cron line rings next; None: never, or it is none."""
    try:
        return next_ring(parse_cron(source.cron or ""), now, named_zone(source.timezone))
    except CronError:
        return None  # the configuration's check names it; the source is still polled daily

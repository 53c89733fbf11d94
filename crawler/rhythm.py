"""Learn when a source publishes, by hour and weekday, and notice when it falls silent.

Pure. A rhythm is a few dozen counts that fade with a half-life of four weeks, kept as one line
of text with the source. All hours are UTC.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Final

HALF_LIFE: Final = timedelta(days=28)
_SMOOTH: Final = 1.0  # articles each hour and weekday are thought to have before any was seen
_HOUR: Final = timedelta(hours=1)
_VERSION: Final = "1"

# Silence: so many articles should have come by now, and none did for longer than ever lately.
EXPECTED_BY_NOW: Final = 5.0
ENOUGH_DAYS: Final = 2.0
ENOUGH_ARTICLES: Final = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How much a source publishes, and when."""

    hours: tuple[float, ...] = (0.0,) * 24  # fading counts by hour of the day
    weekdays: tuple[float, ...] = (0.0,) * 7  # likewise, 0 is Monday
    days: float = 0.0  # fading length of our watch: with it, counts become rates
    as_of: datetime | None = None  # until when we watched; None: not begun
    last: datetime | None = None  # when the latest article appeared; None: none yet
    longest: timedelta = timedelta()  # the longest wait for an article lately

    @property
    def total(self) -> float:
        """Return how many articles the counts stand for."""
        return sum(self.hours)

    def rate(self, at: datetime) -> float:
        """Return how many articles an hour are usual at a time; 0: nothing is known."""
        if not self.total or not self.days:
            return 0.0
        at = at.astimezone(UTC)
        hour = (self.hours[at.hour] + _SMOOTH / 24) * 24 / (self.total + _SMOOTH)
        # A weekday not yet lived through says nothing: weekdays only count after two weeks.
        day = (self.weekdays[at.weekday()] + _SMOOTH / 7) * 7 / (self.total + _SMOOTH)
        return self.total / self.days / 24 * hour * (day if self.days > 12 else 1.0)

    def expected(self, since: datetime, until: datetime) -> float:
        """Return how many articles are usual in a span, of which at most four weeks count."""
        at, sum_ = max(since, until - HALF_LIFE), 0.0
        while at < until:
            end = min(until, at.replace(minute=0, second=0, microsecond=0) + _HOUR)
            sum_ += self.rate(at) * ((end - at) / _HOUR)
            at = end
        return sum_


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """The source publishes as usual, or is not known well enough to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """The source has published nothing for longer than is its way."""

    since: datetime  # its latest article
    usual: timedelta  # the longest wait for an article lately
    expected: float  # how many articles should have come since


def observe(rhythm: Rhythm, appeared: Iterable[datetime], now: datetime) -> Rhythm:
    """Return the rhythm with the articles that appeared since it was last told, in any order.

    `appeared` holds first sightings: an article is told once. What is dated before the watch
    began is history of unknown completeness and counts as seen now.
    """
    start = rhythm.as_of or now
    faded = _fade(rhythm, now)
    hours, weekdays = list(faded.hours), list(faded.weekdays)
    last, longest = faded.last, faded.longest
    for at in sorted(min(max(each.astimezone(UTC), start), now) for each in appeared):
        if rhythm.as_of is None:
            last = at  # the first look: how long these took to gather is not known
            continue
        hours[at.hour] += 1
        weekdays[at.weekday()] += 1
        if last is not None:
            longest = max(longest, at - last)
        last = max(last, at) if last else at
    return replace(
        faded, hours=tuple(hours), weekdays=tuple(weekdays), last=last, longest=longest
    )


def is_silent(rhythm: Rhythm, now: datetime) -> Silent | Speaking:
    """Say whether the source is silent against its own rhythm.

    `now` is the latest look that succeeded: what we could not see is not the source's silence.
    """
    if rhythm.last is None or rhythm.days < ENOUGH_DAYS or rhythm.total < ENOUGH_ARTICLES:
        return Speaking()
    wait = now - rhythm.last
    expected = rhythm.expected(rhythm.last, now)
    if expected < EXPECTED_BY_NOW or wait <= rhythm.longest:
        return Speaking()
    return Silent(since=rhythm.last, usual=rhythm.longest, expected=expected)


def rhythm_to_text(rhythm: Rhythm) -> str:
    """Write a rhythm as one line of some 200 characters."""
    moments = (rhythm.as_of, rhythm.last)
    stamps = [at.astimezone(UTC).isoformat(timespec="seconds") if at else "-" for at in moments]
    counts = (*rhythm.hours, *rhythm.weekdays)
    return " ".join(
        (
            _VERSION,
            *stamps,
            f"{rhythm.longest.total_seconds():.0f}",
            f"{rhythm.days:.4g}",
            *(f"{count:.3g}" for count in counts),
        )
    )


def rhythm_from_text(text: str) -> Rhythm:
    """Read what rhythm_to_text wrote; anything else is a rhythm not yet learned."""
    parts = text.split()
    if len(parts) != 5 + 24 + 7 or parts[0] != _VERSION:
        return Rhythm()
    try:
        as_of, last = (None if p == "-" else datetime.fromisoformat(p) for p in parts[1:3])
        counts = [float(part) for part in parts[5:]]
        longest = timedelta(seconds=float(parts[3]))
        days = float(parts[4])
    except (ValueError, OverflowError):
        return Rhythm()
    if not all(isfinite(number) for number in (*counts, days)):
        return Rhythm()
    return Rhythm(
        hours=tuple(counts[:24]),
        weekdays=tuple(counts[24:]),
        days=days,
        as_of=as_of,
        last=last,
        longest=longest,
    )


def _fade(rhythm: Rhythm, now: datetime) -> Rhythm:
    """Return the rhythm as of now: all counts weigh less, the watch is longer."""
    if rhythm.as_of is None or now <= rhythm.as_of:
        return replace(rhythm, as_of=rhythm.as_of or now)
    passed = now - rhythm.as_of
    weight = 0.5 ** (passed / HALF_LIFE)
    return replace(
        rhythm,
        hours=tuple(count * weight for count in rhythm.hours),
        weekdays=tuple(count * weight for count in rhythm.weekdays),
        days=rhythm.days * weight + passed / timedelta(days=1) * (1 + weight) / 2,
        longest=rhythm.longest * weight,
        as_of=now,
    )

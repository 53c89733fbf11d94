"""Decide when a message that did not get through is tried again, or given up.

Mail follows Postfix (5, 10, 20, 40 minutes, then about every 67; four days), webhooks follow
the schedule of Standard Webhooks (about 75 hours) with jitter.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from config.channel import ChannelKind
from storage.outbox import NotTaken

# Attempts whose end nobody saw: such a message may be what kills us. More often it is chance,
# a power that fails each minute: so it waits longer each time, and the others go first.
ABANDONED_MOST = 8
_AFTER_DEATHS = (*(timedelta(),) * 2, *(timedelta(minutes=m) for m in (1, 5, 15, 30, 60)))
_FIRST_TRY = timedelta(minutes=5)  # from when a message is owed, behind others
_EARLY = 4  # tries, half an hour or more of them
ASKED_MOST = timedelta(hours=24)  # of a Retry-After


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How patient a kind of channel is."""

    waits: tuple[timedelta, ...]  # after the first, second, … attempt
    give_up_after: timedelta | None  # None: when the waits are used up
    jitter: float  # share of a wait by which it may be longer or shorter


@dataclass(frozen=True, slots=True, kw_only=True)
class TryAt:
    """Try again then."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUp:
    """Try no more."""

    reason: str


MAIL = Schedule(
    waits=(*(timedelta(minutes=m) for m in (5, 10, 20, 40)), timedelta(seconds=4000)),
    give_up_after=timedelta(days=4),
    jitter=0.0,
)
WEBHOOK = Schedule(
    waits=(
        timedelta(seconds=5),
        timedelta(minutes=5),
        timedelta(minutes=30),
        *(timedelta(hours=h) for h in (2, 5, 10, 14, 20, 24)),
    ),
    give_up_after=None,
    jitter=0.2,
)


def schedule_of(kind: ChannelKind) -> Schedule:
    """Return the schedule of a kind of channel."""
    return MAIL if kind in {ChannelKind.EMAIL, ChannelKind.MAILDIR} else WEBHOOK


def rest_after(deaths: int) -> timedelta:
    """Return how long a message rests that was on its way at so many deaths of a process."""
    return _AFTER_DEATHS[min(deaths, len(_AFTER_DEATHS)) - 1]


def may_come(schedule: Schedule, missed: NotTaken, since: datetime, now: datetime) -> bool:
    """Tell whether a message need wait no longer, as its channel works that failed since then.

    Where the channel has taken nothing since the message was owed, it was not the message's
    doing. Any other may be what the receiver takes amiss, and comes only after a few tries.
    What the receiver asked to come much later comes then.
    """
    longest = schedule.waits[min(missed.tries, len(schedule.waits)) - 1] * (1 + schedule.jitter)
    asked = missed.due_at - now > longest
    blameless = missed.created_at >= since - _FIRST_TRY
    return not asked and (blameless or missed.tries <= _EARLY)


def next_try(
    schedule: Schedule,
    *,
    attempts: int,
    created_at: datetime,
    now: datetime,
    jitter: float,
    asked: timedelta | None = None,
) -> TryAt | GiveUp:
    """Decide after an attempt that failed; jitter is a draw from [-1, 1]."""
    wait = schedule.waits[min(attempts, len(schedule.waits)) - 1]
    wait *= 1 + schedule.jitter * jitter
    if asked is not None:
        wait = min(max(wait, asked), max(wait, ASKED_MOST))
    if attempts > len(schedule.waits):  # who slept for a week has not tried for a week
        if schedule.give_up_after is None:
            return GiveUp(reason=f"given up after {attempts} attempts")
        if now + wait - created_at > schedule.give_up_after:
            return GiveUp(reason=f"given up after {schedule.give_up_after.days} days")
    return TryAt(at=now + wait)

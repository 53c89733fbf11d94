"""Word what the operators are told when something of ours is broken, or works again.

They are told by another channel than the broken one, once per hour and channel, and once when
it works again. A notice that does not get through makes no further notice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from alerts.notification import (
    Notification,
    NotificationKind,
    from_json,
    iso,
    to_json,
)
from config.channel import Channel
from config.config import Config
from config.errors import Mistake
from config.rule import Severity
from storage.outbox import OutboxEntry, OutboxRow

LINES_MOST, EDIT_LINES_MOST = 10, 40
QUIET_KINDS = frozenset({NotificationKind.NOTICE, NotificationKind.ESCALATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Operators:
    """The channels that operators read."""

    channels: tuple[str, ...]

    def others(self, broken: str) -> tuple[str, ...]:
        """Return those that are not the broken one."""
        return tuple(each for each in self.channels if each != broken)

    def and_owners(self, config: Config, mistakes: Sequence[Mistake]) -> "Operators":
        """Add who owns the files with mistakes, where a channel bears the owner's name."""
        files = {mistake.path for mistake in mistakes}
        owners = {rule.owner for rule in config.rules if rule.place.path in files}
        theirs = (each.id for each in config.channels if each.id in owners)
        return Operators(channels=tuple(dict.fromkeys((*self.channels, *theirs))))


def operators_of(named: Sequence[str], channels: Sequence[Channel]) -> Operators:
    """Return the channels named for operators; none named: every default channel."""
    known = {each.id for each in channels}
    chosen = tuple(each for each in named if each in known)
    return Operators(channels=chosen or tuple(each.id for each in channels if each.default))


def notice(
    operators: Operators,
    broken: str,
    topic: str,
    subject: str,
    lines: Sequence[str],
    now: datetime,
) -> tuple[OutboxEntry, ...]:
    """Owe the operators one notice on every channel but the broken one; topic makes its key."""
    notification = Notification(
        kind=NotificationKind.NOTICE,
        severity=Severity.HIGH,
        subject=subject,
        created_at=iso(now),
        lines=tuple(lines),
    )
    return tuple(
        OutboxEntry(
            key=f"notice/{topic}/{channel}",
            channel=channel,
            kind=notification.kind,
            payload=to_json(notification),
            due_at=now,
            urgency=0,
            replaces=True,
        )
        for channel in operators.others(broken)
    )


def dead_letters(
    operators: Operators, channel: str, dead: Sequence[OutboxRow], now: datetime
) -> tuple[OutboxEntry, ...]:
    """Tell of a channel's dead letters of this hour, in one notice per hour."""
    recent = [row for row in dead if row.finished_at and now - row.finished_at < HOUR]
    lines = [f"{row.key}: {row.reason}" for row in recent[:LINES_MOST]]
    if len(recent) > LINES_MOST:
        lines.append(f"and {len(recent) - LINES_MOST} more")
    lines.append("See them with: presswatch outbox; send them again with: outbox retry KEY")
    count = "1 message" if len(recent) == 1 else f"{len(recent)} messages"
    subject = f"presswatch could not deliver {count} on {channel}"
    return notice(operators, channel, f"dead/{channel}/{now:%Y%m%dT%H}", subject, lines, now)


def failing(
    operators: Operators, channel: str, since: datetime, reason: str, now: datetime
) -> tuple[OutboxEntry, ...]:
    """Tell once that a channel has been failing for a while."""
    return notice(
        operators,
        channel,
        f"failing/{channel}/{since:%Y%m%dT%H%M%S}",
        f"presswatch cannot reach {channel}",
        (f"Failing since {iso(since)}: {reason}", "Nothing is lost: it is tried again."),
        now,
    )


def recovered(
    operators: Operators, channel: str, since: datetime, now: datetime
) -> tuple[OutboxEntry, ...]:
    """Tell that a channel works again."""
    return notice(
        operators,
        channel,
        f"recovered/{channel}/{since:%Y%m%dT%H%M%S}",
        f"presswatch reaches {channel} again",
        (f"It had been failing since {iso(since)}.",),
        now,
    )


def edit_rejected(
    readers: Operators, mistakes: Sequence[Mistake], reason: str, now: datetime
) -> tuple[OutboxEntry, ...]:
    """Tell once that an edit of the configuration is not live, and why."""
    lines = [row for mistake in mistakes for row in str(mistake).splitlines()]
    lines = [*(row for row in lines if row.strip(" ^")), *([reason] if reason else [])]
    mark = blake2b(repr(lines).encode(), digest_size=8).hexdigest()
    subject = "presswatch: an edited configuration is not live, the old one goes on"
    return notice(readers, "", f"edit/{mark}", subject, lines[:EDIT_LINES_MOST], now)


def escalation(operators: Operators, row: OutboxRow, now: datetime) -> tuple[OutboxEntry, ...]:
    """Tell the operators an alert that did not get through in its time."""
    told = from_json(row.payload)
    waited = int((now - row.created_at) / timedelta(minutes=1))
    because = f" ({row.reason})" if row.reason else ""
    reason = f"not delivered on {row.channel} after {waited} min{because}"
    loud = replace(
        told,
        kind=NotificationKind.ESCALATION,
        subject=f"Not delivered on {row.channel}: {told.subject}",
        reasons=(reason, *told.reasons),
    )
    return tuple(
        OutboxEntry(
            key=f"{row.key}/escalated/{channel}",
            channel=channel,
            kind=loud.kind,
            payload=to_json(loud),
            due_at=now,
            urgency=0,
            story_id=row.story_id,
        )
        for channel in operators.others(row.channel)
    )


HOUR = timedelta(hours=1)

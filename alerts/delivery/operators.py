"""Word what the operators are told when something of ours is broken, or works again.

They are told by another channel than the broken one, once per hour and channel, and once when
it works again. A notice that does not get through makes no further notice.
"""

from collections.abc import Iterable, Sequence
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
from alerts.wording import lasting
from config.channel import Channel
from config.config import Config
from config.counting import count
from config.errors import Mistake
from config.rule import Severity
from storage.outbox import OutboxEntry, OutboxRow

LINES_MOST, EDIT_LINES_MOST = 10, 40
HOUR = timedelta(hours=1)
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
        return self.and_these(each.id for each in config.channels if each.id in owners)

    def and_these(self, channels: Iterable[str]) -> "Operators":
        """Add channels, each of which is told once."""
        return Operators(channels=tuple(dict.fromkeys((*self.channels, *channels))))


def operators_of(named: Sequence[str], channels: Sequence[Channel]) -> Operators:
    """Return the channels named for operators; none named: every default channel."""
    known = {each.id for each in channels}
    chosen = tuple(each for each in named if each in known)
    return Operators(channels=chosen or tuple(each.id for each in channels if each.default))


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What operators are told once: the topic makes its key."""

    topic: str
    subject: str
    lines: tuple[str, ...]  # an indented one is shown as it stands
    about: str = ""  # the broken channel, on which it is not told; empty: none


def owe(readers: Operators, notice: Notice, now: datetime) -> tuple[OutboxEntry, ...]:
    """Owe a notice to its readers, on every channel but the broken one."""
    notification = Notification(
        kind=NotificationKind.NOTICE,
        severity=Severity.HIGH,
        subject=notice.subject,
        created_at=iso(now),
        lines=notice.lines,
    )
    return tuple(
        OutboxEntry(
            key=f"notice/{notice.topic}/{channel}",
            channel=channel,
            kind=notification.kind,
            payload=to_json(notification),
            due_at=now,
            urgency=0,
            replaces=True,
        )
        for channel in readers.others(notice.about)
    )


def dead_letters(channel: str, dead: Sequence[OutboxRow], now: datetime) -> Notice:
    """Tell of a channel's dead letters of this hour, in one notice per hour."""
    recent = [row for row in dead if row.finished_at and now - row.finished_at < HOUR]
    lines = [f"{row.key}: {row.reason}" for row in recent[:LINES_MOST]]
    if len(recent) > LINES_MOST:
        lines.append(f"and {len(recent) - LINES_MOST} more")
    lines.append("See them with: presswatch outbox; send them again with: outbox retry KEY")
    return Notice(
        topic=f"dead/{channel}/{now:%Y%m%dT%H}",
        subject=f"presswatch could not deliver {count(len(recent), 'message')} on {channel}",
        lines=tuple(lines),
        about=channel,
    )


def failing(channel: str, since: datetime, reason: str) -> Notice:
    """Tell once that a channel has been failing for a while."""
    return Notice(
        topic=f"failing/{channel}/{since:%Y%m%dT%H%M%S}",
        subject=f"presswatch cannot reach {channel}",
        lines=(f"Failing since {iso(since)}: {reason}", "Nothing is lost: it is tried again."),
        about=channel,
    )


def recovered(channel: str, since: datetime) -> Notice:
    """Tell that a channel works again."""
    return Notice(
        topic=f"recovered/{channel}/{since:%Y%m%dT%H%M%S}",
        subject=f"presswatch reaches {channel} again",
        lines=(f"It had been failing since {iso(since)}.",),
        about=channel,
    )


def edit_rejected(mistakes: Sequence[Mistake], reason: str) -> Notice:
    """Tell once that an edit of the configuration is not live, and why."""
    lines = [row for mistake in mistakes for row in str(mistake).splitlines()]
    lines += [reason] if reason else []
    mark = blake2b(repr(lines).encode(), digest_size=8).hexdigest()
    return Notice(
        topic=f"edit/{mark}",
        subject="presswatch: an edited configuration is not live, the old one goes on",
        lines=tuple(lines[:EDIT_LINES_MOST]),
    )


def settings_wait(names: Sequence[str], now: datetime) -> Notice:
    """Tell that edited settings are taken up only when the daemon starts again."""
    return Notice(
        topic=f"settings/{'+'.join(names)}/{now:%Y%m%dT%H%M%S}",
        subject="presswatch: edited settings wait for the next start",
        lines=(
            f"{', '.join(names)} of settings.yaml: what runs was built upon it.",
            "All else of the edit is live. Restart presswatch when it suits.",
        ),
    )


def escalation(operators: Operators, row: OutboxRow, now: datetime) -> tuple[OutboxEntry, ...]:
    """Tell the operators an alert that did not get through in its time."""
    told = from_json(row.payload)
    waited = lasting((now - row.created_at).total_seconds())
    because = f" ({row.reason})" if row.reason else ""
    reason = f"not delivered on {row.channel} after {waited}{because}"
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

"""Gather the messages that waited for each other into one.

After quiet hours, after a storm, after the first look at a source.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.fair import in_turn
from alerts.notification import (
    Item,
    Notification,
    NotificationKind,
    from_json,
    iso,
    to_json,
)
from alerts.routing.event import LOUDNESS, loudest
from alerts.routing.hold import QUIET, is_first_look, storming_rule
from alerts.wording import Wording
from storage.alert_log import ToldRow
from storage.holds import Hold
from storage.outbox import OutboxEntry, OutboxRow

ITEMS_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Roundup:
    """One message in the place of many, and what the storm count must know of it."""

    entry: OutboxEntry
    told: tuple[ToldRow, ...]


def gather(hold: Hold, rows: Sequence[OutboxRow], words: Wording, now: datetime) -> Roundup:
    """Write the round-up of a group of held messages, the loudest first."""
    told = [from_json(row.payload) for row in rows]
    notification = summarise(hold.hold, told, words, now)
    key = f"roundup/{hold.hold}/{hold.channel}/{now:%Y%m%dT%H%M%SZ}"
    entry = OutboxEntry(
        key=key,
        channel=hold.channel,
        kind=notification.kind,
        payload=to_json(notification),
        due_at=now,
        urgency=LOUDNESS.index(notification.severity),
    )
    return Roundup(entry=entry, told=_told(hold, notification, key, now))


def summarise(
    hold: str, told: Sequence[Notification], words: Wording, now: datetime
) -> Notification:
    """Say what was held, with counts; every story also stands in the digest."""
    severity = loudest(tuple(each.severity for each in told))
    counts = Counter(name for each in told for name in _rules(each))
    items = [_item(each) for each in _shown(told)]
    return Notification(
        kind=NotificationKind.ROUNDUP,
        severity=severity,
        subject=_subject(hold, told, words),
        created_at=iso(now),
        items=tuple(items),
        more=sum(each.article is not None for each in told) - len(items),
        counts=tuple(counts.most_common(20)),
    )


def _shown(told: Sequence[Notification]) -> list[Notification]:
    """Return the loudest that are about an article, no outlet's pushed out by another's."""
    about = [each for each in told if each.article]
    fair = in_turn(
        about, rank=_loudness, of=lambda each: each.article and each.article.source_id
    )
    chosen = {id(each) for each in fair[:ITEMS_MOST]}
    return sorted((each for each in about if id(each) in chosen), key=_loudness)


def _loudness(each: Notification) -> int:
    return LOUDNESS.index(each.severity)


def _subject(hold: str, told: Sequence[Notification], words: Wording) -> str:
    if hold == QUIET:
        return words.say("held_quiet", n=len(told))
    if is_first_look(hold):
        named = (each.article.newsroom for each in told if each.article)
        return words.say("held_first", n=len(told), newsroom=next(named, ""))
    return words.say("held_storm", n=len(told), rule=storming_rule(hold))


def _rules(notification: Notification) -> tuple[str, ...]:
    return tuple(rule.id for rule in notification.rules)


def _item(notification: Notification) -> Item:
    article = notification.article
    return Item(
        headline=article.headline if article else notification.subject,
        url=article.url if article else "",
        newsroom=article.newsroom if article else "",
        severity=notification.severity,
        rules=_rules(notification),
        told_at=notification.created_at,
    )


def _told(
    hold: Hold, notification: Notification, key: str, now: datetime
) -> tuple[ToldRow, ...]:
    """Count a storm's summary as one of the messages the storm allows."""
    rule_id = storming_rule(hold.hold)
    if not rule_id:
        return ()
    row = ToldRow(
        channel=hold.channel,
        story_id=0,  # no story: stories count from 1
        source_id="",
        rule_id=rule_id,
        severity=notification.severity,
        kind="update",
        key=key,
        held=False,
        subject=notification.subject,
        outlets=0,
        languages=0,
        facts=(),
        told_at=now,
    )
    return (row,)

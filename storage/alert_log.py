"""Remember what was told about which story on which channel.

Cooldowns, mail threads, updates and storms are all decided from these rows, elsewhere.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.stamp import from_text, maybe_from_text, to_text
from storage.transaction import Row, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRow:
    """One rule named in one message about one story."""

    channel: str
    story_id: int
    source_id: str
    rule_id: str
    severity: str
    kind: str  # alert | update
    key: str  # of the outbox row
    held: bool  # it went into a round-up instead of its own message
    subject: str
    outlets: int
    languages: int
    facts: tuple[str, ...]  # the figures already told
    told_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SentAlert:
    """One message about a story, and what became of it."""

    key: str
    channel: str
    story_id: int
    rule_ids: tuple[str, ...]
    severities: tuple[str, ...]  # one per rule
    kind: str
    subject: str
    told_at: datetime
    state: str  # of its outbox row
    finished_at: datetime | None  # None: it still waits


COLUMNS = """channel, story_id, source_id, rule_id, severity, kind, key, held, subject, outlets,
             languages, facts, told_at"""
# A coalesced update is told again under its key: the newest words win, the time stays.
RECORD = f"""
    INSERT INTO alert_log ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (key, rule_id) DO UPDATE
            SET outlets = excluded.outlets, languages = excluded.languages,
                facts = excluded.facts, severity = excluded.severity
"""  # noqa: S608 - our own column list
OF_STORY = f"SELECT {COLUMNS} FROM alert_log WHERE story_id = ? ORDER BY told_at, id"  # noqa: S608 - our own column list
BETWEEN = f"""
    SELECT {COLUMNS} FROM alert_log
     WHERE told_at >= ? AND told_at < ? AND story_id > 0
     ORDER BY id
"""  # noqa: S608 - our own column list
LAST_FROM_SOURCE = """
    SELECT channel, max(told_at) AS at FROM alert_log
     WHERE rule_id = ? AND told_at > ? AND source_id = ? AND kind = 'alert' GROUP BY channel
"""
LAST_OF_RULE = """
    SELECT channel, max(told_at) AS at FROM alert_log
     WHERE rule_id = ? AND told_at > ? AND kind = 'alert' GROUP BY channel
"""
RECENT = """
    SELECT channel, told_at FROM alert_log
     WHERE rule_id = ? AND told_at > ? AND held = 0 ORDER BY told_at
"""
SENT_BETWEEN = """
    SELECT log.key, log.channel, log.story_id, group_concat(log.rule_id, ' ') AS rules,
           group_concat(log.severity, ' ') AS severities, log.kind, log.subject, log.told_at,
           outbox.state, outbox.finished_at
      FROM alert_log AS log
      JOIN outbox ON outbox.key = log.key
     WHERE log.told_at >= ? AND log.told_at < ?
     GROUP BY log.key
     ORDER BY log.told_at, min(log.id)
"""


def record_told(tx: Transaction, rows: Iterable[ToldRow]) -> None:
    """Remember what was told; an update told again under its key keeps its first time."""
    tx.executemany(RECORD, [_values(row) for row in rows])


def told_of_story(tx: Transaction, story_id: int) -> list[ToldRow]:
    """Return everything told about a story on any channel, oldest first."""
    return [_told(row) for row in tx.fetch(OF_STORY, (story_id,))]


def told_between(tx: Transaction, since: datetime, until: datetime) -> list[ToldRow]:
    """Return what was told of stories in [since, until), in its order."""
    return [_told(row) for row in tx.fetch(BETWEEN, (to_text(since), to_text(until)))]


def last_told(
    tx: Transaction, rule_id: str, since: datetime, *, source_id: str | None = None
) -> dict[str, datetime]:
    """Return when a rule last alerted after since on each channel (about one source)."""
    if source_id is None:
        rows = tx.fetch(LAST_OF_RULE, (rule_id, to_text(since)))
    else:
        rows = tx.fetch(LAST_FROM_SOURCE, (rule_id, to_text(since), source_id))
    return {row["channel"]: from_text(row["at"]) for row in rows}


def recently_told(
    tx: Transaction, rule_id: str, since: datetime
) -> dict[str, tuple[datetime, ...]]:
    """Return per channel when a rule's own messages were told after since, oldest first."""
    found: dict[str, tuple[datetime, ...]] = {}
    for row in tx.fetch(RECENT, (rule_id, to_text(since))):
        found[row["channel"]] = (*found.get(row["channel"], ()), from_text(row["told_at"]))
    return found


def alerts_between(tx: Transaction, since: datetime, until: datetime) -> list[SentAlert]:
    """Return the messages told in [since, until) and what became of them, oldest first."""
    rows = tx.fetch(SENT_BETWEEN, (to_text(since), to_text(until)))
    return [
        SentAlert(
            key=row["key"],
            channel=row["channel"],
            story_id=row["story_id"],
            rule_ids=tuple(row["rules"].split()),
            severities=tuple(row["severities"].split()),
            kind=row["kind"],
            subject=row["subject"],
            told_at=from_text(row["told_at"]),
            state=row["state"],
            finished_at=maybe_from_text(row["finished_at"]),
        )
        for row in rows
    ]


def _values(row: ToldRow) -> tuple[object, ...]:
    return (
        row.channel, row.story_id, row.source_id, row.rule_id, row.severity, row.kind, row.key,
        int(row.held), row.subject, row.outlets, row.languages, json.dumps(row.facts),
        to_text(row.told_at),
    )  # fmt: skip


def _told(row: Row) -> ToldRow:
    return ToldRow(
        channel=row["channel"],
        story_id=row["story_id"],
        source_id=row["source_id"],
        rule_id=row["rule_id"],
        severity=row["severity"],
        kind=row["kind"],
        key=row["key"],
        held=bool(row["held"]),
        subject=row["subject"],
        outlets=row["outlets"],
        languages=row["languages"],
        facts=tuple(json.loads(row["facts"])),
        told_at=from_text(row["told_at"]),
    )

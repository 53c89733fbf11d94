"""Read how long articles took from stage to stage: published, seen, matched, delivered.

An address is seen when the ledger notes it, and its article is matched in the transaction that
stores it. What was there before we watched measures nothing, nor does what waits on purpose.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from storage.stamp import from_text, instant, maybe_from_text, stamp_from_text, to_text
from storage.transaction import Row, Transaction

MOST = 10_000  # of the newest addresses, and of the newest alerts


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One article, or one alert, on one stage of its way."""

    source_id: str
    seconds: float
    known_at: datetime | None  # None: it still waits, for so long already
    channel: str = ""  # of an alert


@dataclass(frozen=True, slots=True, kw_only=True)
class Lags:
    """Every passage of a time, by stage."""

    seen: tuple[Passage, ...] = ()  # since it was published
    matched: tuple[Passage, ...] = ()  # since it was seen: read, and tried against every rule
    delivered: tuple[Passage, ...] = ()  # since it matched

    def by_source(self) -> "dict[str, Lags]":
        """Return the passages of each source."""
        found: dict[str, dict[str, list[Passage]]] = {}
        for stage in ("seen", "matched", "delivered"):
            for each in getattr(self, stage):
                found.setdefault(each.source_id, {}).setdefault(stage, []).append(each)
        return {
            source: Lags(**{stage: tuple(passages) for stage, passages in stages.items()})
            for source, stages in found.items()
        }


# Ids ascend with time, so that the rows since then are found without an index of their own.
LAST = {table: f"SELECT max(id) AS id FROM {table}" for table in ("ledger", "alert_log")}  # noqa: S608 - our own names
AT = {
    table: f"SELECT id, {column} AS at FROM {table} WHERE id >= ? ORDER BY id LIMIT 1"  # noqa: S608 - our own names
    for table, column in (("ledger", "noted_at"), ("alert_log", "told_at"))
}
LOOKED_AT = """
    SELECT l.source_id, l.noted_at, a.first_seen, a.published_at,
           (SELECT min(first_read) FROM ways WHERE source_id = l.source_id) AS watched_since
      FROM ledger AS l
      LEFT JOIN ways AS w ON w.id = l.way_id
      LEFT JOIN articles AS a ON a.id = l.article_id
     WHERE l.id >= :first AND l.noted_at >= :since
       AND (:source IS NULL OR l.source_id = :source)
       AND (w.first_read IS NULL OR l.noted_at > w.first_read)
       AND (l.state = 'waiting' OR (l.state IN ('stored', 'duplicate_of') AND a.id IS NOT NULL))
     ORDER BY l.id DESC
     LIMIT :most
"""
# Only what went by itself and at once: nights, storms and first looks hold back on purpose.
TOLD = """
    SELECT log.source_id, log.channel, o.created_at, o.finished_at, o.state
      FROM (SELECT DISTINCT key, source_id, channel
              FROM alert_log
             WHERE id >= :first AND told_at >= :since AND kind = 'alert' AND held = 0
               AND (:source IS NULL OR source_id = :source)
             ORDER BY id DESC
             LIMIT :most) AS log
      JOIN outbox AS o ON o.key = log.key
     WHERE o.state IN ('pending', 'sent', 'dead')
"""


def lags(tx: Transaction, since: datetime, now: datetime, source_id: str | None = None) -> Lags:
    """Return how what was seen, and told, since then fared; None: of any source."""
    question = {"since": to_text(since), "source": source_id, "most": MOST}
    seen: list[Passage] = []
    matched: list[Passage] = []
    for row in tx.fetch(LOOKED_AT, question | {"first": _first_since(tx, "ledger", since)}):
        seen.extend(_seen(row))
        matched.append(_passage(row, row["noted_at"], row["first_seen"], now))
    told = tx.fetch(TOLD, question | {"first": _first_since(tx, "alert_log", since)})
    return Lags(
        seen=tuple(seen), matched=tuple(matched), delivered=tuple(_told(r, now) for r in told)
    )


def _seen(row: Row) -> Iterator[Passage]:
    """Give the way from publication to discovery, where the page tells when that began.

    A day without a time measures nothing, and what was published before we first looked at its
    source was there before we watched.
    """
    published = stamp_from_text(row["published_at"]) if row["published_at"] else None
    if not isinstance(published, datetime):
        return
    watched, seen = row["watched_since"], from_text(row["noted_at"])
    if watched and instant(published) < from_text(watched):
        return
    yield Passage(
        source_id=row["source_id"],
        seconds=(seen - instant(published)).total_seconds(),
        known_at=from_text(row["first_seen"]),
    )


def _told(row: Row, now: datetime) -> Passage:
    sent = row["finished_at"] if row["state"] == "sent" else None
    return _passage(row, row["created_at"], sent, now, channel=row["channel"])


def _passage(
    row: Row, began: str, ended: str | None, now: datetime, *, channel: str = ""
) -> Passage:
    known = maybe_from_text(ended)
    return Passage(
        source_id=row["source_id"],
        seconds=max(0.0, ((known or now) - from_text(began)).total_seconds()),
        known_at=known,
        channel=channel,
    )


def _first_since(tx: Transaction, table: str, since: datetime) -> int:
    """Return the id of the first row since then, by halving."""
    newest, begin = tx.one(LAST[table]), to_text(since)
    low, high = 1, int(newest["id"] or 0) + 1 if newest else 1
    while low < high:
        middle = (low + high) // 2
        row = tx.one(AT[table], (middle,))
        if row is None or row["at"] >= begin:
            high = middle
        else:
            low = int(row["id"]) + 1
    return low

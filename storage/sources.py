"""Remember when each source is due, and how it fares."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.stamp import from_text, maybe_from_text, maybe_to_text, to_text
from storage.transaction import Row, Transaction
from storage.ways import WayState, load_ways


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What we know of one source between two polls."""

    source_id: str
    next_at: datetime
    leased_until: datetime | None = None  # None: nobody polls it
    failures: float = 0.0  # hard 1, soft 0.5, temporary 0.25; 0 after a success
    last_polled: datetime | None = None  # None: never
    last_success: datetime | None = None  # None: never
    last_new: datetime | None = None  # when it last brought a new link; None: never
    last_error: str = ""  # empty: the last poll went well
    explored_at: datetime | None = None  # when its site was searched for ways; None: never
    told_at: datetime | None = None  # when somebody was told that it fails; None: nobody was
    rhythm: str = ""  # opaque here
    enabled: bool = True
    ways: tuple[WayState, ...] = ()


ENSURE = """
    INSERT INTO sources (id, next_at, failures, last_error, rhythm, enabled)
    VALUES (:id, :now, 0, '', '', 1)
    ON CONFLICT DO UPDATE SET enabled = 1
"""

DISABLE_OTHERS = (
    "UPDATE sources SET enabled = 0 WHERE id NOT IN (SELECT value FROM json_each(?))"
)

CLAIM_DUE = """
    UPDATE sources
       SET leased_until = :leased_until
     WHERE id IN (
               SELECT id
                 FROM sources
                WHERE next_at <= :now
                  AND enabled
                  AND (leased_until IS NULL OR leased_until <= :now)
                ORDER BY next_at
                LIMIT :limit
           )
 RETURNING *
"""

NEXT_DUE = """
    SELECT min(max(next_at, coalesce(leased_until, next_at))) AS at
      FROM sources
     WHERE enabled
"""

ALL = "SELECT * FROM sources ORDER BY id"
ONE = "SELECT * FROM sources WHERE id = ?"

SAVE = """
    UPDATE sources
       SET next_at = :next_at, leased_until = :leased_until, failures = :failures,
           last_polled = :last_polled, last_success = :last_success, last_new = :last_new,
           explored_at = :explored_at,
           last_error = :last_error, told_at = :told_at, rhythm = :rhythm
     WHERE id = :id
"""

POLL_SOON = """
    UPDATE sources
       SET next_at = :now
     WHERE id = :id AND next_at > :now AND coalesce(last_polled, '') <= :not_since
"""

TRY_AGAIN = """
    UPDATE sources
       SET next_at = :now
     WHERE id = :id AND next_at > :now AND failures > 0
"""


NO_LATER = """
    UPDATE sources
       SET next_at = :at
     WHERE id = :id AND next_at > :at AND failures <= 0
"""


def ensure_sources(tx: Transaction, ids: Iterable[str], now: datetime) -> None:
    """Make the configured sources known, new ones due at once; the others rest.

    A source that is taken out of the configuration and put back keeps its history.
    """
    known = list(ids)
    tx.executemany(ENSURE, [{"id": id_, "now": to_text(now)} for id_ in known])
    tx.execute(DISABLE_OTHERS, (json.dumps(known),))


def claim_due_sources(
    tx: Transaction, now: datetime, limit: int, lease: timedelta
) -> list[SourceState]:
    """Take up to limit sources that are due; nobody else gets them until the lease ends."""
    claim = {"now": to_text(now), "leased_until": to_text(now + lease), "limit": limit}
    rows = sorted(tx.fetch(CLAIM_DUE, claim), key=lambda row: str(row["next_at"]))
    return [_state(tx, row) for row in rows]


def next_due(tx: Transaction) -> datetime | None:
    """Return when the next source is due; None: there is none."""
    row = tx.one(NEXT_DUE)
    return None if row is None else maybe_from_text(row["at"])


def load_sources(tx: Transaction) -> list[SourceState]:
    """Return what we know of every source, those at rest included."""
    return [_state(tx, row) for row in tx.fetch(ALL)]


def load_source(tx: Transaction, source_id: str) -> SourceState | None:
    """Return what we know of one source; None: it was never configured."""
    row = tx.one(ONE, (source_id,))
    return None if row is None else _state(tx, row)


def save_source(tx: Transaction, state: SourceState) -> None:
    """Write down how a source fares; with leased_until None its lease ends.

    Its ways are saved one by one, by save_way.
    """
    tx.execute(
        SAVE,
        {
            "id": state.source_id,
            "next_at": to_text(state.next_at),
            "leased_until": maybe_to_text(state.leased_until),
            "failures": state.failures,
            "last_polled": maybe_to_text(state.last_polled),
            "last_success": maybe_to_text(state.last_success),
            "last_new": maybe_to_text(state.last_new),
            "explored_at": maybe_to_text(state.explored_at),
            "last_error": state.last_error,
            "told_at": maybe_to_text(state.told_at),
            "rhythm": state.rhythm,
        },
    )


def poll_soon(tx: Transaction, source_id: str, now: datetime, not_since: datetime) -> None:
    """Let a source be due now, unless it was looked at since."""
    soon = {"id": source_id, "now": to_text(now), "not_since": to_text(not_since)}
    tx.execute(POLL_SOON, soon)


def try_again(tx: Transaction, ids: Iterable[str], now: datetime) -> None:
    """Let those of the sources that fail be due now: a person may have mended what is wrong."""
    tx.executemany(TRY_AGAIN, [{"id": each, "now": to_text(now)} for each in ids])


def keep_pace(tx: Transaction, waits: Mapping[str, timedelta]) -> None:
    """Let sources be due no later than that after their last look; who fails waits longer."""
    for id_, wait in waits.items():
        row = tx.one(ONE, (id_,))
        if row is not None and (last := maybe_from_text(row["last_polled"])) is not None:
            tx.execute(NO_LATER, {"id": id_, "at": to_text(last + wait)})


def _state(tx: Transaction, row: Row) -> SourceState:
    return SourceState(
        source_id=row["id"],
        next_at=from_text(row["next_at"]),
        leased_until=maybe_from_text(row["leased_until"]),
        failures=row["failures"],
        last_polled=maybe_from_text(row["last_polled"]),
        last_success=maybe_from_text(row["last_success"]),
        last_new=maybe_from_text(row["last_new"]),
        explored_at=maybe_from_text(row["explored_at"]),
        last_error=row["last_error"],
        told_at=maybe_from_text(row["told_at"]),
        rhythm=row["rhythm"],
        enabled=bool(row["enabled"]),
        ways=tuple(load_ways(tx, row["id"])),
    )

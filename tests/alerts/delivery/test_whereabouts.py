"""Where a message is by now, in words an analyst understands."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from alerts.delivery.whereabouts import whereabouts
from storage.database import Database
from storage.dead_letters import drop, mark_dead
from storage.holds import fold
from storage.outbox import OutboxEntry, claim_due, enqueue, mark_retry, mark_sent
from storage.transaction import Transaction
from tests.making import NOW

KEY = "corridor/42/duty"
LATER = NOW + timedelta(minutes=20)
HOUR = timedelta(hours=1)


def entry(key: str = KEY, hold: str | None = None) -> OutboxEntry:
    return OutboxEntry(
        key=key, channel="duty", kind="alert", payload="{}", due_at=NOW, hold=hold
    )


def claimed(tx: Transaction) -> None:
    claim_due(tx, NOW, limit=1, lease=HOUR)


def tried(tx: Transaction) -> None:
    (row,) = claim_due(tx, NOW, limit=1, lease=HOUR)
    mark_retry(tx, row, LATER, "timed out")


def given_up(tx: Transaction) -> None:
    mark_dead(tx, KEY, "no such mailbox", NOW)


def gathered(tx: Transaction) -> None:
    fold(tx, [KEY], entry("roundup/quiet/duty"), NOW)
    mark_sent(tx, "roundup/quiet/duty", LATER)


@pytest.mark.parametrize(
    ("hold", "happens", "said"),
    [
        pytest.param(None, None, "alert, waits, due 2026-11-24 07:00Z", id="it waits"),
        pytest.param(None, claimed, "alert, waits, due 2026-11-24 07:00Z", id="under way"),
        pytest.param(
            None,
            tried,
            "alert, not through yet, again at 2026-11-24 07:20Z: timed out",
            id="it failed once",
        ),
        pytest.param(
            None,
            lambda tx: mark_sent(tx, KEY, LATER),
            "alert, sent 2026-11-24 07:20Z",
            id="somebody has it",
        ),
        pytest.param(
            None,
            given_up,
            f"alert, given up: no such mailbox; presswatch outbox retry {KEY}",
            id="a person must look",
        ),
        pytest.param(
            None,
            lambda tx: drop(tx, KEY, NOW, reason="old news"),
            "alert, dropped: old news",
            id="a person let it go",
        ),
        pytest.param(
            "quiet",
            None,
            "the channel's quiet hours, until 2026-11-24 07:00Z at the latest",
            id="at night",
        ),
        pytest.param("storm/corridor", None, "a storm, of which one summary", id="in a storm"),
        pytest.param("first/trend", None, "old news of an outlet new to us", id="a first look"),
        pytest.param(
            "quiet",
            gathered,
            "alert, gathered with others: sent 2026-11-24 07:20Z",
            id="in the morning's round-up",
        ),
    ],
)
async def test_a_message_says_where_it_is(
    database: Database,
    hold: str | None,
    happens: Callable[[Transaction], None] | None,
    said: str,
) -> None:
    await database.write(lambda tx: enqueue(tx, [entry(hold=hold)], NOW))
    if happens:
        await database.write(happens)
    assert said in await database.read(lambda tx: whereabouts(tx, KEY))


async def test_a_key_nobody_owed_says_so(database: Database) -> None:
    assert await database.read(lambda tx: whereabouts(tx, "no/such/key")) == "not owed"

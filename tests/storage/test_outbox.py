"""The outbox owes every message until somebody has taken it."""

from datetime import timedelta

from storage.database import Database
from storage.dead_letters import drop, mark_dead, mark_recipient_dead, replay
from storage.holds import Hold, due_holds, fold, held, release
from storage.outbox import (
    OutboxEntry,
    OutboxState,
    claim_due,
    enqueue,
    forget_words,
    free_leases,
    list_messages,
    load_message,
    mark_retry,
    mark_sent,
    next_due,
    outbox_sums,
    take_late,
)
from tests.making import NOW

LEASE = timedelta(minutes=3)


def entry(key: str = "ports/1/duty", **changes: object) -> OutboxEntry:
    values: dict[str, object] = {
        "key": key,
        "channel": "duty",
        "kind": "alert",
        "payload": "{}",
        "due_at": NOW,
    }
    return OutboxEntry(**(values | changes))  # type: ignore[arg-type]  # a table of changes


async def test_a_message_is_owed_once_under_its_key(database: Database) -> None:
    assert await database.write(lambda tx: enqueue(tx, [entry(), entry()], NOW)) == 1
    assert await database.write(lambda tx: enqueue(tx, [entry()], NOW)) == 0


async def test_a_claimed_message_is_nobody_elses_until_the_lease_ends(
    database: Database,
) -> None:
    await database.write(lambda tx: enqueue(tx, [entry()], NOW))

    async def claim(at: timedelta) -> list[int]:
        rows = await database.write(lambda tx: claim_due(tx, NOW + at, limit=9, lease=LEASE))
        return [row.attempts for row in rows]

    assert await claim(timedelta()) == [1]
    assert await claim(LEASE - timedelta(seconds=1)) == []
    assert await claim(LEASE) == [2]


async def test_the_loudest_go_first_and_what_is_not_due_waits(database: Database) -> None:
    later = NOW + timedelta(hours=1)
    entries = [
        entry("a", urgency=2),
        entry("b", urgency=0),
        entry("c", urgency=0, due_at=later),
        entry("d", channel="other"),
    ]
    await database.write(lambda tx: enqueue(tx, entries, NOW))
    rows = await database.write(
        lambda tx: claim_due(tx, NOW, limit=9, lease=LEASE, channel="duty")
    )
    assert [row.key for row in rows] == ["b", "a"]


async def test_an_attempt_that_nobody_saw_end_is_counted(database: Database) -> None:
    await database.write(lambda tx: enqueue(tx, [entry()], NOW))
    for round_ in range(3):
        at = NOW + round_ * LEASE
        rows = await database.write(
            lambda tx, at=at: claim_due(tx, at, limit=1, lease=LEASE)  # type: ignore[misc]  # at is bound here
        )
        assert rows[0].abandoned == round_


async def test_a_restart_gives_back_what_was_being_sent(database: Database) -> None:
    await database.write(lambda tx: enqueue(tx, [entry()], NOW))
    await database.write(lambda tx: claim_due(tx, NOW, limit=1, lease=LEASE))
    (freed,) = await database.write(free_leases)
    assert freed.abandoned == 1
    rows = await database.write(lambda tx: claim_due(tx, NOW, limit=1, lease=LEASE))
    assert (rows[0].attempts, rows[0].abandoned) == (2, 1)


async def test_a_late_sender_cannot_undo_what_the_next_one_did(database: Database) -> None:
    await database.write(lambda tx: enqueue(tx, [entry()], NOW))
    first = await database.write(lambda tx: claim_due(tx, NOW, limit=1, lease=LEASE))
    second = await database.write(lambda tx: claim_due(tx, NOW + LEASE, limit=1, lease=LEASE))
    late = NOW + timedelta(hours=9)
    assert not await database.write(lambda tx: mark_retry(tx, first[0], late, "slow"))
    assert await database.write(lambda tx: mark_retry(tx, second[0], late, "slow"))


async def test_a_receiver_that_has_it_ends_it_even_after_the_lease(database: Database) -> None:
    await database.write(lambda tx: enqueue(tx, [entry()], NOW))
    await database.write(lambda tx: claim_due(tx, NOW, limit=1, lease=LEASE))
    await database.write(lambda tx: mark_sent(tx, "ports/1/duty", NOW + 2 * LEASE))
    assert (
        await database.write(lambda tx: claim_due(tx, NOW + 3 * LEASE, limit=1, lease=LEASE))
        == []
    )


async def test_a_dead_letter_is_seen_and_sent_again_under_its_key(database: Database) -> None:
    await database.write(lambda tx: enqueue(tx, [entry()], NOW))
    await database.write(lambda tx: mark_dead(tx, "ports/1/duty", "550 no such user", NOW))
    dead = await database.read(lambda tx: list_messages(tx, state=OutboxState.DEAD))
    assert [(row.key, row.reason) for row in dead] == [("ports/1/duty", "550 no such user")]
    assert await database.write(lambda tx: replay(tx, "ports/1/duty", NOW))
    rows = await database.write(lambda tx: claim_due(tx, NOW, limit=1, lease=LEASE))
    assert [(row.key, row.attempts) for row in rows] == [("ports/1/duty", 1)]
    assert not await database.write(lambda tx: replay(tx, "ports/1/duty", NOW))


async def test_a_dropped_message_is_not_sent_and_can_come_back(database: Database) -> None:
    await database.write(lambda tx: enqueue(tx, [entry()], NOW))
    assert await database.write(lambda tx: drop(tx, "ports/1/duty", NOW))
    assert await database.write(lambda tx: claim_due(tx, NOW, limit=1, lease=LEASE)) == []
    assert await database.write(lambda tx: replay(tx, "ports/1/duty", NOW))


async def test_one_recipients_copy_becomes_a_dead_letter_of_its_own(database: Database) -> None:
    await database.write(lambda tx: enqueue(tx, [entry()], NOW))
    await database.write(
        lambda tx: mark_recipient_dead(tx, "ports/1/duty", "gone@desk.test", "550", NOW)
    )
    row = await database.read(lambda tx: load_message(tx, "ports/1/duty#gone@desk.test"))
    assert row is not None
    assert (row.state, row.recipients) == (OutboxState.DEAD, ("gone@desk.test",))
    sums = await database.read(outbox_sums)
    assert sums == {OutboxState.DEAD: 1, OutboxState.PENDING: 1}


async def test_held_messages_go_as_one_and_none_is_lost(database: Database) -> None:
    until = NOW + timedelta(hours=8)
    waiting = [entry(f"r/{n}/duty", hold="quiet", due_at=until) for n in range(3)]
    await database.write(lambda tx: enqueue(tx, waiting, NOW))
    assert await database.write(lambda tx: claim_due(tx, until, limit=9, lease=LEASE)) == []
    assert await database.read(lambda tx: due_holds(tx, NOW)) == []
    assert await database.read(next_due) == until
    (hold,) = await database.read(lambda tx: due_holds(tx, until))
    assert hold == Hold(channel="duty", hold="quiet", count=3)
    rows = await database.read(lambda tx: held(tx, hold))
    into = entry("roundup/quiet/duty", kind="roundup", due_at=until)
    await database.write(lambda tx: fold(tx, [row.key for row in rows], into, until))
    sums = await database.read(outbox_sums)
    assert sums == {OutboxState.FOLDED: 3, OutboxState.PENDING: 1}


async def test_a_single_held_message_goes_as_itself(database: Database) -> None:
    await database.write(lambda tx: enqueue(tx, [entry(hold="quiet")], NOW))
    await database.write(lambda tx: release(tx, "ports/1/duty", NOW))
    rows = await database.write(lambda tx: claim_due(tx, NOW, limit=1, lease=LEASE))
    assert [row.key for row in rows] == ["ports/1/duty"]


async def test_an_update_takes_the_place_of_one_that_still_waits(database: Database) -> None:
    later = NOW + timedelta(minutes=30)
    await database.write(
        lambda tx: enqueue(tx, [entry(payload="1", replaces=True, due_at=later)], NOW)
    )
    await database.write(lambda tx: enqueue(tx, [entry(payload="2", replaces=True)], NOW))
    rows = await database.write(lambda tx: claim_due(tx, NOW, limit=9, lease=LEASE))
    assert [row.payload for row in rows] == ["2"]
    await database.write(lambda tx: enqueue(tx, [entry(payload="3", replaces=True)], NOW))
    row = await database.read(lambda tx: load_message(tx, "ports/1/duty"))
    assert row is not None
    assert row.payload == "2", "what is being sent is not changed under the sender"


async def test_a_late_message_is_escalated_once(database: Database) -> None:
    late = entry(escalate_at=NOW + timedelta(minutes=20))
    await database.write(lambda tx: enqueue(tx, [late], NOW))
    at = NOW + timedelta(minutes=20)
    assert await database.write(lambda tx: take_late(tx, NOW)) == []
    assert len(await database.write(lambda tx: take_late(tx, at))) == 1
    assert await database.write(lambda tx: take_late(tx, at)) == []


async def test_old_messages_lose_their_words_but_never_their_key(database: Database) -> None:
    await database.write(lambda tx: enqueue(tx, [entry(payload='{"a":1}')], NOW))
    await database.write(lambda tx: mark_sent(tx, "ports/1/duty", NOW))
    later = NOW + timedelta(days=90)
    assert await database.write(lambda tx: forget_words(tx, later)) == 1
    assert await database.write(lambda tx: enqueue(tx, [entry()], later)) == 0

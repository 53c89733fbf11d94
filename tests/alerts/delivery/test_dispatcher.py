"""The dispatcher delivers what is owed: never an alert lost, at most one copy too many."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import pytest

from alerts.delivery.channels.outcome import Dead, Outcome, PartlySent, Sent, TryAgain
from alerts.delivery.dispatcher import Delivered, Dispatcher
from alerts.delivery.message import Message
from alerts.delivery.operators import Operators
from alerts.delivery.retry import WEBHOOK
from alerts.notification import to_json
from storage.database import Database
from storage.errors import DatabaseFull
from storage.outbox import (
    OutboxEntry,
    OutboxState,
    enqueue,
    list_messages,
    load_message,
    outbox_sums,
)
from storage.transaction import Transaction
from tests.alerts.telling import Clock, FakeSender, make_live_channel, make_notification
from tests.making import NOW

HOLD = timedelta(hours=8)


def owed(
    key: str = "corridor/42/duty", channel: str = "duty", **changes: object
) -> OutboxEntry:
    values: dict[str, object] = {
        "key": key,
        "channel": channel,
        "kind": "alert",
        "payload": to_json(make_notification()),
        "due_at": NOW,
        "urgency": 1,
    }
    return OutboxEntry(**(values | changes))  # type: ignore[arg-type]  # a table of changes


def dispatcher(database: Database, clock: Clock, **senders: FakeSender) -> Dispatcher:
    return Dispatcher(
        database=database,
        channels={name: make_live_channel(name, sender) for name, sender in senders.items()},
        operators=Operators(channels=("ops",)),
        clock=clock,
        jitter=lambda: 0.0,
    )


async def owe(database: Database, *entries: OutboxEntry) -> None:
    await database.write(lambda tx: enqueue(tx, entries or (owed(),), NOW))


async def test_what_is_due_is_sent_once(database: Database) -> None:
    duty = FakeSender()
    await owe(database)
    house = dispatcher(database, Clock(), duty=duty)
    assert await house.step() == Delivered(sent=1)
    assert await house.step() == Delivered()
    assert [message.key for message in duty.sent] == ["corridor/42/duty"]


class SmallDisk:
    """A database whose disk is full for some writes after each message."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.full = 0
        self.read = database.read

    async def write(self, work: Callable[[Transaction], Any]) -> Any:
        if self.full:
            self.full -= 1
            raise DatabaseFull("the disk is full")
        return await self.database.write(work)


async def test_row_85_what_was_sent_is_not_sent_again_because_it_could_not_be_noted(
    database: Database,
) -> None:
    class Duty(FakeSender):
        async def send(self, message: Message) -> Outcome:
            disk.full = 3
            return await super().send(message)

    disk, duty = SmallDisk(database), Duty()
    await owe(database)
    house = dispatcher(cast(Database, disk), Clock(), duty=duty)
    house.patience = timedelta()
    assert await house.step() == Delivered(sent=1)
    assert await house.step() == Delivered()
    assert len(duty.sent) == 1


async def test_row_84_no_message_is_begun_once_it_is_time_to_go(database: Database) -> None:
    """One that is cut off in the middle would come a second time after the next start."""
    duty = FakeSender()
    await owe(database, owed("corridor/1/duty"), owed("corridor/2/duty"))
    house = dispatcher(database, Clock(), duty=duty)
    done = await house.deliver("duty", stopping=lambda: len(duty.sent) == 1)
    assert done == {"sent": 1}
    left = await database.read(lambda tx: list_messages(tx, state=OutboxState.PENDING))
    assert [(row.key, row.attempts) for row in left] == [("corridor/2/duty", 0)]


async def test_what_did_not_get_through_is_tried_again_by_the_schedule(
    database: Database,
) -> None:
    clock, duty = Clock(), FakeSender(TryAgain(reason="HTTP 503"), TryAgain(reason="HTTP 503"))
    await owe(database)
    house = dispatcher(database, clock, duty=duty)
    assert await house.step() == Delivered(again=1)
    assert await house.step() == Delivered(), "not before its time"
    clock.forward(seconds=5)
    assert await house.step() == Delivered(again=1)
    clock.forward(minutes=5)
    assert await house.step() == Delivered(sent=1)
    assert len({message.key for message in duty.sent}) == 1


async def test_a_dead_letter_is_told_by_another_channel(database: Database) -> None:
    duty, ops = FakeSender(Dead(reason="550 no such user")), FakeSender()
    await owe(database)
    house = dispatcher(database, Clock(), duty=duty, ops=ops)
    assert (await house.step()).dead == 1
    await house.step()
    assert [m.subject for m in ops.sent] == ["presswatch could not deliver 1 message on duty"]
    assert "550 no such user" in ops.sent[0].text


async def test_a_lost_notice_makes_no_notice(database: Database) -> None:
    ops = FakeSender(*[Dead(reason="gone")] * 9)
    await owe(database)
    duty = FakeSender(Dead(reason="550"))
    house = dispatcher(database, Clock(), duty=duty, ops=ops)
    for _ in range(4):
        await house.step()
    assert len(ops.sent) == 1


async def test_row_76_a_receiver_that_is_gone_is_never_called_again(database: Database) -> None:
    duty = FakeSender(Dead(reason="HTTP 410", closed=True))
    await owe(database, *(owed(f"a/{number}/duty") for number in range(5)))
    house = dispatcher(database, Clock(), duty=duty)
    assert (await house.step()).dead == 5
    assert len(duty.sent) == 1


async def test_row_76_who_asks_us_to_wait_is_not_called_for_another_message_meanwhile(
    database: Database,
) -> None:
    clock = Clock()
    busy = TryAgain(reason="HTTP 429", after=timedelta(minutes=2))
    duty, other = FakeSender(busy), FakeSender()
    await owe(database, owed("a/1/duty"), owed("a/2/duty"), owed("a/3/other", "other"))
    house = dispatcher(database, clock, duty=duty, other=other)
    assert await house.step() == Delivered(sent=1, again=1)
    clock.forward(seconds=119)
    await owe(database, owed("a/4/duty"))
    assert await house.step() == Delivered()
    clock.forward(seconds=1)
    assert await house.step() == Delivered(sent=3)


@pytest.mark.parametrize("moved", [timedelta(hours=1), -timedelta(days=1)])
async def test_row_76_no_receiver_silences_its_channel_for_longer_than_an_hour(
    database: Database, moved: timedelta
) -> None:
    """Nor does a clock that is set back: the one message waits as long as was asked."""
    clock, duty = Clock(), FakeSender(TryAgain(reason="HTTP 429", after=timedelta(days=9999)))
    await owe(database, owed("a/1/duty"))
    house = dispatcher(database, clock, duty=duty)
    assert await house.step() == Delivered(again=1)
    clock.forward(seconds=moved.total_seconds())
    await owe(database, owed("a/2/duty", due_at=clock()))
    assert await house.step() == Delivered(sent=1)


async def test_only_those_still_owed_are_tried_again(database: Database) -> None:
    clock = Clock()
    duty = FakeSender(
        PartlySent(
            delivered=("a@desk.test",),
            refused=(("b@desk.test", "550"),),
            deferred=(("c@desk.test", "450"),),
        ),
        Sent(),
    )
    await owe(database)
    house = dispatcher(database, clock, duty=duty)
    assert (await house.step()).again == 1
    clock.forward(hours=1)
    assert (await house.step()).sent == 1
    assert [message.to for message in duty.sent] == [(), ("c@desk.test",)]
    refused = await database.read(lambda tx: load_message(tx, "corridor/42/duty#b@desk.test"))
    assert refused is not None
    assert refused.state is OutboxState.DEAD


async def test_row_78_a_poison_message_is_set_aside_and_the_queue_moves_on(
    database: Database,
) -> None:
    clock, duty = Clock(), FakeSender()
    await owe(database, owed("bad/1/duty", payload="{", urgency=0), owed("good/2/duty"))
    house = dispatcher(database, clock, duty=duty)
    await house.step()
    assert [message.key for message in duty.sent] == ["good/2/duty"]
    for _ in range(12):
        clock.forward(hours=25)
        await house.step()
    row = await database.read(lambda tx: load_message(tx, "bad/1/duty"))
    assert row is not None
    assert row.state is OutboxState.DEAD
    assert "given up after 10 attempts" in row.reason


async def test_row_78_a_message_that_kills_the_process_is_set_aside(database: Database) -> None:
    """Each process dies while sending; the row alone remembers."""
    await owe(database)
    clock = Clock()
    for _ in range(8):
        house = dispatcher(database, clock, duty=FakeSender())
        await house.recover()
        clock.forward(hours=1)
        assert await house._claim(house.channels["duty"]) is not None
    house = dispatcher(database, clock, duty=FakeSender())
    await house.recover()
    clock.forward(hours=1)
    assert await house.step() == Delivered(dead=1)


async def test_row_79_who_was_on_its_way_at_three_deaths_lets_the_others_go_first(
    database: Database,
) -> None:
    await owe(database, owed("mine/1/duty", urgency=0), owed("other/2/duty"))
    clock, rests = Clock(), []
    for deaths in range(1, 8):
        duty = FakeSender()
        house = dispatcher(database, clock, duty=duty)
        claimed = await house._claim(house.channels["duty"])
        assert claimed is not None
        assert claimed.key == "mine/1/duty"
        await house.recover()
        row = await database.read(lambda tx: load_message(tx, "mine/1/duty"))
        assert row is not None
        rests.append((row.due_at - clock()) // timedelta(minutes=1))
        if deaths == 3:
            await house.step()
            assert [message.key for message in duty.sent] == ["other/2/duty"]
        clock.now = max(clock.now, row.due_at)
    assert rests == [0, 0, 1, 5, 15, 30, 60]


async def test_row_79_our_own_deaths_take_no_patience_with_a_receiver(
    database: Database,
) -> None:
    await owe(database)
    clock, duty = Clock(), FakeSender(TryAgain(reason="HTTP 503"))
    for _ in range(2):
        house = dispatcher(database, clock, duty=duty)
        await house.recover()
        assert await house._claim(house.channels["duty"]) is not None
    house = dispatcher(database, clock, duty=duty)
    await house.recover()
    assert await house.step() == Delivered(again=1)
    row = await database.read(lambda tx: load_message(tx, "corridor/42/duty"))
    assert row is not None
    assert (row.attempts, row.abandoned) == (3, 2)
    assert row.due_at - clock() == WEBHOOK.waits[0]


class Receiver(FakeSender):
    """A receiver that is down while it is told to be, and never takes one message."""

    def __init__(self, never: str = "") -> None:
        super().__init__()
        self.down = True
        self.never = never
        self.asked: list[str] = []

    async def send(self, message: Message) -> Outcome:
        self.asked.append(message.key)
        if self.down or message.key == self.never:
            return TryAgain(reason="HTTP 503")
        return await super().send(message)


async def pass_time(database: Database, clock: Clock, duty: Receiver, minutes: int) -> None:
    house = dispatcher(database, clock, duty=duty)
    for _ in range(minutes):
        await house.step()
        clock.forward(minutes=1)


async def test_row_75_what_a_receiver_missed_comes_as_soon_as_it_takes_anything(
    database: Database,
) -> None:
    await owe(database, *(owed(f"corridor/{n}/duty") for n in range(3)))
    clock, duty = Clock(), Receiver()
    await pass_time(database, clock, duty, minutes=24 * 60)
    assert duty.sent == []
    duty.down = False
    await pass_time(database, clock, duty, minutes=5)
    assert duty.sent == []  # each of the three waits for hours
    await owe(database, owed("corridor/9/duty", due_at=clock()))
    await pass_time(database, clock, duty, minutes=5)
    assert [message.key for message in duty.sent] == [
        "corridor/9/duty", "corridor/0/duty", "corridor/1/duty", "corridor/2/duty",
    ]  # fmt: skip


async def test_row_78_what_a_receiver_never_takes_is_not_tried_with_each_that_it_takes(
    database: Database,
) -> None:
    await owe(database, owed("bad/1/duty"))
    clock, duty = Clock(), Receiver(never="bad/1/duty")
    duty.down = False
    for hour in range(24):
        await owe(database, owed(f"good/{hour}/duty", due_at=clock()))
        await pass_time(database, clock, duty, minutes=60)
    assert len(duty.sent) == 24
    assert duty.asked.count("bad/1/duty") <= 7
    row = await database.read(lambda tx: load_message(tx, "bad/1/duty"))
    assert row is not None
    assert row.state is OutboxState.PENDING


async def test_held_messages_come_as_one_when_their_time_has_come(database: Database) -> None:
    clock, duty = Clock(), FakeSender()
    waiting = [
        owed(f"corridor/{n}/duty", hold="quiet", due_at=NOW + HOLD, urgency=2) for n in range(3)
    ]
    await owe(database, *waiting)
    house = dispatcher(database, clock, duty=duty)
    assert await house.step() == Delivered()
    clock.forward(hours=8)
    assert await house.step() == Delivered(sent=1, folded=3)
    assert duty.sent[0].subject == "Held in quiet hours: 3 messages"
    assert "Corridor" not in duty.sent[0].subject
    assert await database.read(outbox_sums) == {OutboxState.FOLDED: 3, OutboxState.SENT: 1}


async def test_a_channel_that_is_taken_away_leaves_no_message_waiting_for_ever(
    database: Database,
) -> None:
    clock, ops = Clock(), FakeSender()
    await owe(database)
    house = dispatcher(database, clock, ops=ops)
    await house.step()
    assert ops.sent == [], "it may come back with the next edit"
    clock.forward(hours=1)
    await house.step()
    assert [m.subject for m in ops.sent] == ["presswatch could not deliver 1 message on duty"]
    assert "not configured any more" in ops.sent[0].text


async def test_a_channel_that_breaks_does_not_cut_off_another(database: Database) -> None:
    await owe(database, owed("a/1/duty"), owed("b/2/other", channel="other"))
    duty = FakeSender()
    house = dispatcher(database, Clock(), duty=duty, other=Broken())
    assert await house.step() == Delivered(sent=1, again=1)
    assert len(duty.sent) == 1


class Broken(FakeSender):
    """A sender with a mistake in it."""

    async def send(self, message: Message) -> Outcome:
        raise ZeroDivisionError


async def test_an_alert_that_is_late_is_escalated(database: Database) -> None:
    clock, ops = Clock(), FakeSender()
    duty = FakeSender(*[TryAgain(reason="connection refused")] * 9)
    await owe(database, owed(escalate_at=NOW + timedelta(minutes=20)))
    house = dispatcher(database, clock, duty=duty, ops=ops)
    await house.step()
    assert not ops.sent
    clock.forward(minutes=21)
    await house.step()
    told = [m.subject for m in ops.sent if m.kind == "escalation"]
    assert told == [
        "Not delivered on duty: [HIGH] Corridor: Ministers discuss the Zangazur corridor"
    ]
    assert "after 21 min (connection refused)" in ops.sent[-1].text + ops.sent[0].text


async def test_a_channel_that_fails_for_long_is_told_once_and_when_it_is_well(
    database: Database,
) -> None:
    clock, ops = Clock(), FakeSender()
    duty = FakeSender(*[TryAgain(reason="connection refused")] * 3)
    await owe(database)
    house = dispatcher(database, clock, duty=duty, ops=ops)
    for _ in range(6):
        await house.step()
        clock.forward(minutes=31)
    subjects = [message.subject for message in ops.sent]
    assert subjects == ["presswatch cannot reach duty", "presswatch reaches duty again"]

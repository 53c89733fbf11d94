"""A story is told from the real past: read, decided and written in one transaction."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from alerts.delivery.channels.outcome import Sent
from alerts.delivery.dispatcher import Dispatcher
from alerts.delivery.operators import Operators
from alerts.notification import ChangeNote, NotificationKind, from_json
from alerts.routing.event import EventKind, MatchedRule, StoryEvent
from alerts.routing.history import tell_story
from alerts.routing.routing import Routed
from config.rule import Severity, Threshold
from config.settings import AlertSettings
from storage.database import Database
from storage.matches import count_matches, last_matches, matches_between
from storage.outbox import OutboxState, list_messages, mark_sent, outbox_sums
from storage.transaction import Transaction
from tests.alerts.telling import (
    Clock,
    FakeSender,
    make_channel,
    make_event,
    make_live_channel,
    make_match,
    make_note,
    make_rule,
)
from tests.making import NOW

CHANNEL = make_channel()
EDIT = (ChangeNote(kind="number", before="12", after="17"),)


async def tell(database: Database, event: StoryEvent, now: datetime = NOW) -> Routed:
    return await database.write(
        lambda tx: tell_story(tx, event, [CHANNEL], now, settings=AlertSettings())
    )


def story(number: int, *matches: MatchedRule) -> StoryEvent:
    return make_event(*matches, story=number, article=make_note(id=number))


async def test_a_story_is_alerted_once_and_its_copies_update_one_message(
    database: Database,
) -> None:
    assert len((await tell(database, make_event())).entries) == 1
    for n, outlets in enumerate((("A", "B"), ("A", "B", "C"), ("A", "B", "C", "D")), 1):
        copy = make_event(kind=EventKind.COPY, outlets=outlets, article=make_note(id=7 + n))
        await tell(database, replace(copy, matches=()), NOW + timedelta(minutes=n))
    messages = await database.read(list_messages)
    assert [message.key for message in messages] == [
        "corridor/42/duty/update-1",
        "corridor/42/duty",
    ]
    update = from_json(messages[0].payload)
    assert update.reasons == ("now 4 outlets",)


async def test_an_update_that_was_sent_makes_room_for_the_next(database: Database) -> None:
    await tell(database, make_event())
    await tell(database, make_event(kind=EventKind.COPY, outlets=("A", "B")))
    later = NOW + timedelta(hours=1)
    key = "corridor/42/duty/update-1"
    await database.write(lambda tx: mark_sent(tx, key, later))
    routed = await tell(
        database, make_event(kind=EventKind.COPY, outlets=("A", "B", "C")), later
    )
    assert [entry.key for entry in routed.entries] == ["corridor/42/duty/update-2"]


async def test_the_same_event_told_again_owes_nothing_more(database: Database) -> None:
    await tell(database, make_event())
    routed = await tell(database, make_event())
    assert [each.key for each in routed.tellings] == [""]


async def test_an_edit_that_flips_a_rule_is_told(database: Database) -> None:
    await tell(database, make_event())
    edit = make_event(kind=EventKind.REVISION, revision=2, changes=EDIT)
    routed = await tell(database, replace(edit, matches=()))
    reasons = from_json(routed.entries[0].payload).reasons
    assert reasons == ("changed after publication (number)", "no longer matches corridor")
    again = make_event(kind=EventKind.REVISION, revision=3, changes=EDIT)
    routed = await tell(database, replace(again, matches=()))
    assert len(await database.read(list_messages)) == 2, "the update took the second edit in"


async def test_row_45_an_edit_war_is_one_alert(database: Database) -> None:
    await tell(database, make_event())
    for number in range(2, 42):
        edit = make_event(kind=EventKind.REVISION, revision=number, changes=EDIT)
        await tell(database, edit, NOW + timedelta(minutes=number))
    messages = await database.read(list_messages)
    kinds = Counter(from_json(each.payload).kind for each in messages)
    assert kinds[NotificationKind.ALERT] == 1
    assert len(messages) <= 2, "edits that nobody has read yet are one update"


async def test_a_threshold_over_time_counts_stories(database: Database) -> None:
    spike = make_match(
        make_rule("spike", threshold=Threshold(count=3, within=timedelta(hours=3)))
    )
    for n in range(1, 3):
        routed = await tell(database, story(n, spike))
        (telling,) = routed.tellings
        assert telling.silence.endswith("within 3 h: its threshold is 3")
    same = make_event(spike, story=2, article=make_note(id=22), outlets=("A", "B"))
    assert (await tell(database, same)).entries == (), "the same story is not counted twice"
    routed = await tell(database, story(3, spike))
    assert from_json(routed.entries[0].payload).reasons == ("3 within 3 h",)
    late = NOW + timedelta(hours=4)
    assert (await tell(database, story(4, spike), late)).entries == (), "the old ones are over"


async def test_row_82_a_storm_sends_twenty_then_one_summary_and_loses_nothing(
    database: Database,
) -> None:
    """Limits, row 82: 3,000 matches in a minute."""
    clock, duty = Clock(), FakeSender()
    house = Dispatcher(
        database=database,
        channels={"duty": make_live_channel("duty", duty)},
        operators=Operators(channels=()),
        clock=clock,
    )
    for n in range(1, 3001, 50):
        await database.write(lambda tx, n=n: tell_fifty(tx, n, clock.now))  # type: ignore[misc]  # n is bound here
        clock.forward(seconds=1)
        await house.step()
    assert len(duty.sent) == 20
    clock.forward(minutes=5)
    await house.step()
    assert len(duty.sent) == 21
    assert duty.sent[-1].subject == "Storm: 2980 more messages of corridor"
    assert "and 2960 more" in duty.sent[-1].text
    sums = await database.read(outbox_sums)
    assert sums == {OutboxState.SENT: 21, OutboxState.FOLDED: 2980}
    until = NOW + timedelta(days=1)
    matches = await database.read(lambda tx: matches_between(tx, NOW, until))
    assert len(matches) == 3000
    await database.write(lambda tx: tell_fifty(tx, 3001, clock.now))
    await house.step()
    assert len(duty.sent) == 21 + 19, "the summary is one of the twenty"


def tell_fifty(tx: Transaction, first: int, now: datetime) -> None:
    for n in range(first, first + 50):
        tell_story(tx, story(n), [CHANNEL], now, settings=AlertSettings())


async def test_matches_can_be_counted(database: Database) -> None:
    await tell(database, story(1))
    await tell(database, story(2))
    since = NOW - timedelta(days=1)
    assert await database.read(lambda tx: count_matches(tx, "corridor", since, "source")) == 1
    assert await database.read(lambda tx: count_matches(tx, "corridor", since, "story")) == 2
    assert await database.read(last_matches) == {"corridor": NOW}


async def test_a_kill_between_any_two_steps_loses_no_alert(tmp_path: Path) -> None:
    """200 kills around claim, send and mark: a kill is leaving off there and opening anew."""
    path = tmp_path / "presswatch.db"
    received: list[str] = []
    clock, owed = Clock(), 0
    for kill in range(200):
        database = await Database.open(path, now=clock.now)
        house = Dispatcher(
            database=database,
            channels={"duty": make_live_channel("duty", FakeSender())},
            operators=Operators(channels=()),
            clock=clock,
        )
        await house.recover()
        duty = house.channels["duty"]
        loud = make_rule(severity=Severity.URGENT)
        if kill % 4 == 0:
            owed += 1
            clock.forward(minutes=1)
            await tell(database, story(owed, make_match(loud)), clock.now)
        row = await house._claim(duty)
        if row is not None and kill % 4 > 0:  # killed after the claim, or …
            received.append(row.key)
            if kill % 4 > 1:  # … after the receiver took it, or after the mark
                await house._settle(duty, row, Sent())
        await database.close()
    database = await Database.open(path, now=clock.now)
    sums = await database.read(outbox_sums)
    await database.close()
    assert owed == 50
    assert sums == {OutboxState.SENT: 50}, "none lost, none dead"
    assert set(received) == {f"corridor/{n}/duty" for n in range(1, 51)}
    assert max(received.count(key) for key in received) == 2, "at most one copy, same key"

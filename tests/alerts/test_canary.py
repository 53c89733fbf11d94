"""The canary comes out each day, and each stage that stands still raises the alarm."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from alerts.canary import canary_rule, is_due
from alerts.delivery.canary_watch import CanaryWatch
from alerts.delivery.channels.outcome import TryAgain
from alerts.delivery.dispatcher import Dispatcher
from alerts.delivery.message import Message
from alerts.delivery.operators import Operators
from alerts.matching.reading import read_article
from alerts.matching.ruleset import RuleSet, compile_rules
from alerts.routing.event import EventKind
from alerts.routing.history import tell_story
from alerts.routing.report import report, story_note
from config.settings import AlertSettings
from storage.article import Article
from storage.canaries import latest_canary
from storage.database import Database
from storage.prepared import prepare
from storage.stories import load_story
from storage.storing import Stored, store_article
from storage.transaction import Transaction
from tests.alerts.telling import Clock, FakeSender, make_channel, make_live_channel, make_rule

SIX = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
CHANNEL = make_channel("canary-box", default=False)
DOWN = TryAgain(reason="connection refused")


@dataclass
class House:
    """Everything between a canary and its channel, and what of it stands still."""

    database: Database
    clock: Clock
    rules: RuleSet
    box: FakeSender
    ops: FakeSender
    storing: bool = True
    delivering: bool = True

    async def let_in(self, article: Article) -> None:
        if self.storing:
            await self.database.write(lambda tx: self._store(tx, article))

    def _store(self, tx: Transaction, article: Article) -> None:
        now = self.clock()
        stored = store_article(tx, prepare(article), now)
        assert isinstance(stored, Stored)
        story = load_story(tx, stored.story_id)
        assert story is not None
        matches = self.rules.match(read_article(article), now=now).matches
        event = report(
            article,
            story_note(story, {}),
            matches,
            kind=EventKind.COPY if stored.copy else EventKind.NEW,
            article_id=stored.article_id,
            now=now,
        )
        tell_story(tx, event, [CHANNEL], now, settings=AlertSettings())

    async def minutes(self, count: int) -> None:
        channels = {
            "canary-box": make_live_channel("canary-box", self.box),
            "ops": make_live_channel("ops", self.ops),
        }
        operators = Operators(channels=("canary-box", "ops"))
        watch = CanaryWatch(
            database=self.database,
            let_in=self.let_in,
            channel="canary-box",
            at=time(6),
            zone=ZoneInfo("UTC"),
            channels=channels,
            operators=operators,
            clock=self.clock,
        )
        house = Dispatcher(
            database=self.database, channels=channels, operators=operators, clock=self.clock
        )
        for _ in range(count // 5):
            await watch.step()
            if self.delivering:
                await house.step()
            self.clock.forward(minutes=5)


def make_house(database: Database, **still: object) -> House:
    values: dict[str, object] = {
        "database": database,
        "clock": Clock(SIX - timedelta(minutes=10)),
        "rules": compile_rules([make_rule(), canary_rule("canary-box")], []),
        "box": FakeSender(),
        "ops": FakeSender(),
    }
    return House(**(values | still))  # type: ignore[arg-type]  # a table of changes


async def test_a_canary_comes_out_every_day(database: Database) -> None:
    house = make_house(database)
    await house.minutes(3 * 24 * 60)
    days = [message.subject for message in house.box.sent]
    assert days == [f"[URGENT] Canary: Canary of 2026-11-{day}" for day in (24, 25, 26)]
    assert house.ops.sent == []
    latest = await database.read(latest_canary)
    assert latest is not None
    assert latest.came_at is not None


@pytest.mark.parametrize(
    ("still", "said"),
    [
        pytest.param({"storing": False}, "No rule matched it", id="nothing is stored"),
        pytest.param(
            {"rules": compile_rules([make_rule()], [])},
            "No rule matched it",
            id="rules are lost",
        ),
        pytest.param({"delivering": False}, "nobody tried to deliver", id="no dispatcher"),
        pytest.param(
            {"box": FakeSender(*[DOWN] * 99)}, "connection refused", id="the channel is down"
        ),
    ],
)
async def test_each_stage_that_stands_still_raises_the_alarm_once(
    database: Database, still: dict[str, object], said: str
) -> None:
    house = make_house(database, **still)
    await house.minutes(35)
    assert alarms_of(house) == [], "within its time there is no alarm"
    await house.minutes(4 * 60)
    alarms = alarms_of(house)
    assert len(alarms) == 1
    assert said in alarms[0].text


def alarms_of(house: House) -> list[Message]:
    return [m for m in house.ops.sent if "canary did not come out" in m.subject]


async def test_an_alarm_that_cannot_be_told_is_owed(database: Database) -> None:
    house = make_house(database, storing=False, ops=FakeSender(DOWN))
    await house.minutes(60)
    assert len(house.ops.sent) == 2, "once straight, once by the outbox"


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, "2026-11-24T05:59:00+00:00", False),
        (None, "2026-11-24T06:00:00+00:00", True),
        ("2026-11-24T06:00:00+00:00", "2026-11-24T23:00:00+00:00", False),
        ("2026-11-23T06:00:00+00:00", "2026-11-24T06:00:00+00:00", True),
        ("2026-11-20T06:00:00+00:00", "2026-11-24T11:00:00+00:00", True),
    ],
)
def test_it_is_due_once_a_day(last: str | None, now: str, due: bool) -> None:
    entered = datetime.fromisoformat(last) if last else None
    assert is_due(entered, time(6), ZoneInfo("UTC"), datetime.fromisoformat(now)) is due

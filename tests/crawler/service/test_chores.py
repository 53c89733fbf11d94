"""The chores of the store are done, but not by a clock that may be wrong."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from alerts.notification import from_json
from config.load import load_config
from crawler.live.configuration import Holder, make_live
from crawler.service.upkeep import Upkeep
from storage.database import Database
from storage.doctor import Finding
from storage.outbox import list_messages
from storage.sources import SourceState, ensure_sources, save_source
from storage.transaction import Transaction
from tests.making import NOW, make_article, make_config_folder
from tests.storage.keeping import keep, opened

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ROOM = Finding(what="9000 MB free below data", problem="")


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


def look(tx: Transaction, at: datetime) -> None:
    ensure_sources(tx, ["newsroom"], at)
    save_source(tx, SourceState(source_id="newsroom", last_polled=at, next_at=at + HOUR))


async def kept(database: Database) -> int:
    rows = await database.read(lambda tx: tx.fetch("SELECT id FROM articles"))
    return len(rows)


async def test_row_81_a_clock_that_leaps_purges_nothing_for_a_day(tmp_path: Path) -> None:
    folder = make_config_folder(tmp_path, settings="retention: {articles: 30d}\n")
    live, clock = Holder(make_live(load_config(folder, {}))), Clock()
    async with opened(tmp_path) as database:
        for number in range(3):
            article = make_article(
                f"Text {number} of its own.", url=f"https://a.example/{number}"
            )
            await keep(database, article, NOW)
        await database.write(lambda tx: look(tx, NOW))
        upkeep = Upkeep(database, live, clock, lambda: ROOM)
        await upkeep.step()
        clock.now += 40 * DAY
        with structlog.testing.capture_logs() as lines:
            await upkeep.step()
            clock.now += 23 * HOUR
            await upkeep.step()
        assert [line["event"] for line in lines] == [
            "the clock leapt; nothing old is purged for a day"
        ]
        assert await kept(database) == 3
        clock.now += 2 * HOUR
        await upkeep.step()
        assert await kept(database) == 1, "the newest stays"


async def test_row_81_so_does_one_that_leapt_before_the_start(tmp_path: Path) -> None:
    folder = make_config_folder(tmp_path, settings="retention: {articles: 30d}\n")
    live = Holder(make_live(load_config(folder, {})))
    async with opened(tmp_path) as database:
        for number in range(3):
            article = make_article(
                f"Text {number} of its own.", url=f"https://a.example/{number}"
            )
            await keep(database, article, NOW)
        await database.write(lambda tx: look(tx, NOW))
        await Upkeep(database, live, Clock(NOW + 40 * DAY), lambda: ROOM).step()
        assert await kept(database) == 3


async def test_a_disk_that_is_nearly_full_is_told_once_a_day(tmp_path: Path) -> None:
    live = Holder(make_live(load_config(make_config_folder(tmp_path), {})))
    scarce = Finding(what="300 MB free below data", problem="make room")
    clock, found = Clock(), [scarce]

    async with opened(tmp_path) as database:
        upkeep = Upkeep(database, live, clock, lambda: found[0])

        async def told() -> list[str]:
            await upkeep.step()
            rows = await database.read(list_messages)
            return [from_json(row.payload).lines[0] for row in rows]

        assert await told() == ["300 MB free below data."]
        clock.now += 2 * HOUR
        assert await told() == ["300 MB free below data."]
        clock.now += DAY
        assert len(await told()) == 2
        found[0] = ROOM
        clock.now += DAY
        assert len(await told()) == 2

"""An edit goes live whole and checked, waits for a yes, or changes nothing."""

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from config.load import load_config
from crawler.live.configuration import Holder, make_live
from crawler.live.planguard import ArchivePlan, accept
from crawler.live.reload import Rejected, Reloader, Same, Swapped, Waiting
from crawler.places import Places
from storage.database import Database
from storage.prepared import prepare
from storage.storing import store_article
from tests.making import EXAMPLE, NOW, make_article

RULES = "version: 1\nrules:\n  - {{id: ports, name: Ports, match: '{query}'}}\n"
ARCHIVED = 60  # more than plan.max_new


class Desk:
    """A folder of files, an archive, and the reloader that looks at both."""

    def __init__(self, places: Places, database: Database) -> None:
        self.places = places
        self.live = Holder(make_live(load_config(places.config, {})))
        self.reloader = Reloader(places, {}, self.live, ArchivePlan(database))

    def save(self, query: str) -> None:
        self.rules.write_text(RULES.format(query=query), encoding="utf-8")

    @property
    def rules(self) -> Path:
        return self.places.config / "rules" / "one.yaml"

    @property
    def query(self) -> str:
        match = self.live().config.rules[0].match
        return match.value if match else ""

    async def look(self) -> Swapped | Same | Rejected | Waiting:
        """Look at what was saved some seconds ago: a first look may meet it half saved."""
        outcome = await self.reloader.look(NOW)
        if isinstance(outcome, Same):
            outcome = await self.reloader.look(NOW)
        if isinstance(outcome, Swapped):
            self.live.swap(outcome.live)
        return outcome


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    places = Places(config=tmp_path / "config", data=tmp_path / "data")
    for folder in ("sources", "rules"):
        (places.config / folder).mkdir(parents=True)
    for name in ("settings.yaml", "channels.yaml", "digests.yaml", "sources/caspian.yaml"):
        shutil.copyfile(EXAMPLE / name, places.config / name)
    (places.config / "rules" / "one.yaml").write_text(RULES.format(query="strike"))
    places.prepare()
    database = await Database.open(places.database, now=NOW)
    for number in range(ARCHIVED):
        article = make_article(
            f"Harbour number {number} was closed on the {number}th day of the storm {number}.",
            headline=f"Harbour {number} closed",
            url=f"https://newsroom.example/{number}",
        )
        seen = NOW - timedelta(minutes=number + 1)
        await database.write(
            partial(
                store_article,
                prepared=prepare(article),
                now=seen,
            )
        )
    yield Desk(places, database)
    await database.close()


async def test_without_an_edit_nothing_happens(desk: Desk) -> None:
    assert isinstance(await desk.look(), Same)


async def test_a_good_edit_goes_live(desk: Desk) -> None:
    desk.save("port* AND strike*")
    assert isinstance(await desk.look(), Swapped)
    assert desk.query == "port* AND strike*"


async def test_row_91_a_bad_edit_changes_nothing_and_is_told_once(desk: Desk) -> None:
    desk.save("port strike")
    rejected = await desk.look()
    assert isinstance(rejected, Rejected)
    assert "E103" in str(rejected.mistakes[0])
    assert desk.query == "strike"
    assert isinstance(await desk.look(), Same)


async def test_row_91_a_file_met_half_saved_is_no_mistake(desk: Desk) -> None:
    desk.save("port strike")
    assert isinstance(await desk.reloader.look(NOW), Same)
    desk.save("port* AND strike*")
    assert isinstance(await desk.reloader.look(NOW), Swapped)
    desk.save("port strike")
    assert isinstance(await desk.reloader.look(NOW, force=True), Rejected)


async def test_an_edit_whose_own_tests_fail_changes_nothing(desk: Desk) -> None:
    desk.rules.write_text(
        "version: 1\nrules:\n  - id: ports\n    match: port*\n    tests: [{match: a harbour}]\n"
    )
    rejected = await desk.look()
    assert isinstance(rejected, Rejected)
    assert "E130 rule ports should match this text" in str(rejected.mistakes[0])
    assert desk.query == "strike"


async def test_an_edit_that_fires_too_often_waits_until_a_person_says_yes(desk: Desk) -> None:
    desk.save("harbour")
    waiting = await desk.look()
    assert isinstance(waiting, Waiting)
    assert f"up to {ARCHIVED} times a day" in waiting.reason
    assert waiting.plan is not None
    assert [(each.rule_id, len(each.newly)) for each in waiting.plan.rules] == [
        ("ports", ARCHIVED)
    ]
    assert desk.query == "strike"
    accept(desk.places, load_config(desk.places.config, {}).rules_fingerprint)
    assert isinstance(await desk.look(), Swapped)
    assert desk.query == "harbour"


async def test_a_yes_to_one_edit_is_none_to_the_next(desk: Desk) -> None:
    accept(desk.places, load_config(desk.places.config, {}).rules_fingerprint)
    desk.save("harbour OR closed")
    assert isinstance(await desk.look(), Waiting)

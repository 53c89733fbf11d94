"""An article is taken in with all that it owes, or not at all."""

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from alerts.matching.reading import Reading
from alerts.matching.ruleset import Matched, RuleSet
from alerts.notification import from_json
from crawler.live.configuration import Holder, load_live
from crawler.watch.ingest import Ingest
from storage.database import Database
from storage.ledger import Waiting
from storage.outbox import OutboxRow, list_messages
from storage.prepared import prepare
from storage.revising import Unchanged
from storage.storing import Kept, Stored
from tests.making import NOW, make_article, make_config_folder

RULES = """\
    rules:
      - {id: slow, match: '/(a|aa)+$/'}
      - {id: ports, match: port*}
    """


@dataclass
class Desk:
    """An archive and the one way into it."""

    database: Database
    ingest: Ingest

    async def take(self, text: str, url: str) -> Kept:
        page = prepare(make_article(text, url=url))
        link = Waiting(
            url=url, source_id="newsroom", way="", attempts=1, article_id=None,
            title="", published=None, noted_at=NOW,
        )  # fmt: skip
        return await self.ingest.take(page, link, NOW)

    async def owed(self) -> list[OutboxRow]:
        return await self.database.read(list_messages)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    live = load_live(make_config_folder(tmp_path / "config", rules=RULES), {})
    database = await Database.open(tmp_path / "presswatch.db", now=NOW)
    yield Desk(database, Ingest(database, Holder(live)))
    await database.close()


async def test_what_is_stored_owes_its_alerts(desk: Desk) -> None:
    assert isinstance(await desk.take("The port of Alat.", "https://n.example/1"), Stored)
    assert [row.key.split("/")[0] for row in await desk.owed()] == ["ports"]


async def test_the_same_page_again_owes_nothing_more(desk: Desk) -> None:
    await desk.take("The port of Alat.", "https://n.example/1")
    again = await desk.take("The port of Alat.", "https://n.example/1")
    assert isinstance(again, Unchanged)
    assert len(await desk.owed()) == 1


@pytest.mark.parametrize("together", [False, True])
async def test_of_articles_that_come_together_each_is_told_as_if_it_had_come_alone(
    desk: Desk, *, together: bool
) -> None:
    text = "The port of Alat on the Caspian was closed by a storm from the north on Tuesday."
    takes = [
        desk.take(f"{text}{'!' * n} {'Again.' * n}", f"https://n.example/{n}") for n in (0, 1)
    ]
    outcomes = await asyncio.gather(*takes) if together else [await take for take in takes]
    assert [isinstance(each, Stored) and each.joined for each in outcomes] == ["", "contained"]
    (alert,) = await desk.owed()
    told = from_json(alert.payload).story
    assert told is not None
    assert told.articles == 1, "the other one came after it"


async def test_a_rule_that_cannot_be_decided_is_named_to_the_operators_once_a_day(
    desk: Desk,
) -> None:
    for number in range(2):
        text = f"The port of Alat number {number}: {'a' * 60_000}!"
        await desk.take(text, f"https://n.example/{number}")
    keys = sorted(row.key for row in await desk.owed())
    notices = [key for key in keys if key.startswith("notice/")]
    assert notices == [f"notice/undecided/slow/{NOW:%Y%m%d}/duty-mail"]
    assert [key.split("/")[0] for key in keys if key not in notices] == ["ports"] * 2
    (row,) = [row for row in await desk.owed() if row.key in notices]
    told = from_json(row.payload)
    assert "slow: /(a|aa)+$/ took more than 100 ms, on https://n.example/" in told.lines[0]


async def test_the_desk_is_told_of_a_rule_of_its_own_that_cannot_be_decided(
    tmp_path: Path,
) -> None:
    folder = make_config_folder(tmp_path / "config", rules=RULES)
    (folder / "channels.yaml").write_text(
        "channels:\n"
        "  - {id: watch, kind: email, to: [ops@n.example]}\n"
        "  - {id: desk, kind: email, to: [desk@n.example], default: true}\n"
        "  - {id: loud, kind: email, to: [a@n.example], default: true, severities: [urgent]}\n"
    )
    (folder / "settings.yaml").write_text("alerts: {operator: [watch]}\n")
    async with await Database.open(tmp_path / "presswatch.db", now=NOW) as database:
        desk = Desk(database, Ingest(database, Holder(load_live(folder, {}))))
        await desk.take(f"The port of Alat: {'a' * 60_000}!", "https://n.example/1")
        told = {row.channel for row in await desk.owed() if row.key.startswith("notice/")}
    assert told == {"watch", "desk"}


class _Noting(RuleSet):
    """A rule set that notes in which thread it was asked."""

    threads: list[threading.Thread]

    def match(self, reading: Reading, *, now: datetime) -> Matched:
        self.threads.append(threading.current_thread())
        return super().match(reading, now=now)


@pytest.mark.parametrize(
    ("words", "beside"),
    [
        pytest.param(500, False, id="an ordinary article"),
        pytest.param(40_000, True, id="row 34: one that would hold the loop"),
    ],
)
async def test_row_34_a_long_text_is_matched_beside_the_loop(
    words: int, beside: bool, tmp_path: Path
) -> None:
    live = load_live(make_config_folder(tmp_path / "config", rules=RULES), {})
    ruleset = _Noting(live.ruleset.trees, live.ruleset.lists)
    ruleset.threads = []
    database = await Database.open(tmp_path / "presswatch.db", now=NOW)
    desk = Desk(database, Ingest(database, Holder(replace(live, ruleset=ruleset))))
    await desk.take("port " * words, "https://n.example/1")
    owed = await desk.owed()
    await database.close()
    (thread,) = ruleset.threads
    assert (thread is not threading.current_thread()) is beside
    assert [row.key.split("/")[0] for row in owed] == ["ports"]

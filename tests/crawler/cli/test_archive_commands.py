"""`presswatch show` tells a story's whole life, and what became of any address."""

import asyncio
import errno
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alerts.matching.reading import read_article
from alerts.matching.ruleset import compile_rules
from alerts.routing.event import EventKind
from alerts.routing.history import tell_story
from alerts.routing.report import report, story_note
from config.config import Config
from config.load import load_config
from crawler.cli.export import write_lines
from crawler.cli.group import presswatch
from storage.article import Article, Block
from storage.database import Database
from storage.found import Found
from storage.ledger import Ending, LedgerState, settle
from storage.noting import note_links
from storage.prepared import prepare
from storage.retention import purge
from storage.stories import load_story
from storage.storing import Stored, store_article
from storage.transaction import Transaction
from tests.making import NOW, make_article, make_config_folder

REJECTED = "https://newsroom.example/tags/ports"


@pytest.fixture
def folders(tmp_path: Path) -> list[str]:
    asyncio.run(fill(tmp_path / "presswatch.db"))
    config = make_config_folder(tmp_path / "config")
    return ["--config", str(config), "--data", str(tmp_path)]


async def fill(path: Path) -> None:
    async with await Database.open(path, now=NOW) as database:
        first = make_article("The port of Alat closed on 3 May, and 12 ships wait.")
        later = replace(first, body=(Block(text=first.body[0].text.replace("12", "17")),))
        for hours, article in enumerate((first, later)):
            keep = partial(
                store_article, prepared=prepare(article), now=NOW + timedelta(hours=hours)
            )
            await database.write(keep)
        for day, text in enumerate(("A railway was opened.", "A road was opened.")):
            old = make_article(text, url=f"https://newsroom.example/{day}")
            at = NOW - timedelta(days=9 - day)
            await database.write(partial(store_article, prepared=prepare(old), now=at))
        week = timedelta(days=9) - timedelta(hours=1)
        await database.write(lambda tx: purge(tx, NOW, keep=week, by_source={}))
        links = [Found(url=REJECTED, way="https://newsroom.example/feed")]
        await database.write(lambda tx: note_links(tx, "newsroom", links, NOW))
        ending = Ending(state=LedgerState.REJECTED, reason="list page")
        await database.write(lambda tx: settle(tx, REJECTED, ending, NOW))


def take_in(tx: Transaction, article: Article, config: Config) -> None:
    """Take an article in as ingest does."""
    stored = store_article(tx, prepare(article), NOW)
    assert isinstance(stored, Stored)
    story = load_story(tx, stored.story_id)
    assert story is not None
    rules = compile_rules(config.rules, config.terms)
    event = report(
        article,
        story_note(story, {}),
        rules.match(read_article(article), now=NOW).matches,
        kind=EventKind.NEW,
        article_id=stored.article_id,
        now=NOW,
    )
    tell_story(tx, event, config.channels, NOW, settings=config.settings.alerts)


async def tell(folder: Path, config: Config) -> None:
    article = make_article("Dockers at Poti strike again, and 40 wagons stand still.")
    async with await Database.open(folder / "presswatch.db", now=NOW) as database:
        await database.write(lambda tx: take_in(tx, article, config))


RULES = """
    rules:
      - {id: strikes, severity: high, match: strike}
      - {id: dockers, severity: high, match: docker*, mute_until: 2027-01-01}
      - {id: wagons, match: headline:wagons}
    """


def test_an_article_says_who_was_told_of_it_and_why_others_were_not(tmp_path: Path) -> None:
    folder = make_config_folder(
        tmp_path / "config",
        rules=RULES,
        channels="channels: [{id: duty, kind: email, to: [d@desk.test], default: true}]",
    )
    config = load_config(folder, {})
    asyncio.run(tell(tmp_path, config))
    folders = ["--config", str(folder), "--data", str(tmp_path)]
    said = show("1", folders).output
    assert "strikes (high) matched #1, 2026-11-24 07:00Z\n      duty: alert, waits, due" in said
    assert "not told: the rule is muted (mute_until: 2027-01-01)" in said
    assert show("story/1", folders).output == said

    told = json.loads(CliRunner().invoke(presswatch, ["show", "1", "--json", *folders]).output)[
        "matches"
    ]
    assert {each["rule_id"] for each in told} == {"strikes", "dockers"}

    def why(rule: str) -> str:
        return CliRunner().invoke(presswatch, ["rules", "why", rule, "1", *folders]).output

    assert "duty: alert, waits" in why("strikes")
    assert "the rule is muted" in why("dockers")
    assert "headline:wagons" in why("wagons")
    make_config_folder(
        folder, rules="rules: [{id: strikes, match: x}, {id: late, match: Poti}]"
    )
    assert "it matched when the article came in" in why("strikes")
    assert "nobody was told: it did not match when the article came in" in why("late")


def test_a_match_older_than_the_record_says_so(tmp_path: Path) -> None:
    folder = make_config_folder(tmp_path / "config", rules=RULES)
    asyncio.run(tell(tmp_path, load_config(folder, {})))

    async def forget() -> None:
        async with await Database.open(tmp_path / "presswatch.db", now=NOW) as database:
            await database.write(lambda tx: tx.execute("UPDATE matches SET tellings = '[]'"))

    asyncio.run(forget())
    said = show("1", ["--config", str(folder), "--data", str(tmp_path)]).output
    assert "not recorded: the match is older than this record" in said


def show(name: str, folders: list[str]) -> Result:
    return CliRunner().invoke(presswatch, ["show", name, *folders])


def test_an_article_is_shown_with_what_happened_to_its_story(folders: list[str]) -> None:
    said = show("#1", folders).output
    assert "2026-11-24 07:00Z  #1 newsroom: appeared" in said
    assert "2026-11-24 08:00Z  #1 newsroom: revision 2" in said
    assert "number: " in said


@pytest.mark.parametrize(
    ("name", "says"),
    [
        pytest.param(REJECTED, "rejected: list page", id="an address the ledger knows"),
        pytest.param("https://newsroom.example/x", "was never seen", id="one it does not"),
        pytest.param("#9", "was never seen", id="a number"),
        pytest.param("#2", "was there and was purged on 2026-11-24", id="one that is gone"),
    ],
)
def test_what_is_no_article_has_its_reason(folders: list[str], name: str, says: str) -> None:
    result = show(name, folders)
    assert result.exit_code == 1
    assert says in result.output


@pytest.mark.parametrize(
    ("before", "says"),
    [
        pytest.param(None, "nothing of it is left. Make room there", id="a new file"),
        pytest.param(
            "old", "the file that was there stays. Make room there", id="one is there"
        ),
    ],
)
def test_an_export_that_finds_no_room_leaves_nothing_behind_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], before: str | None, says: str
) -> None:
    target = tmp_path / "articles.jsonl"
    if before:
        target.write_text(before)

    def lines() -> Iterator[str]:
        yield "one"
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(SystemExit) as left:
        write_lines(lines(), target)
    assert left.value.code == 1
    assert f"not written: No space left on device; {says}" in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir()] == (["articles.jsonl"] if before else [])

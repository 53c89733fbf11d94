"""What a person says of a match on the command line is kept, listed and measured."""

import asyncio
import json
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from crawler.clock import utc_now
from crawler.live.kept import keep_live
from crawler.places import Places
from storage.database import Database
from storage.matches import MatchRow, record_matches
from storage.prepared import prepare
from storage.storing import Stored, store_article
from tests.crawler.cli.test_rules_commands import Desk
from tests.making import make_article, make_config_folder

RULES = "rules: [{id: ports, match: harbour}, {id: other, match: snow}]"
MATCHED = 4


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    places = Places(config=tmp_path / "config", data=tmp_path / "data")
    places.prepare()
    make_config_folder(places.config, rules=RULES)
    keep_live(places)
    asyncio.run(fill(places))
    return Desk(places)


async def fill(places: Places) -> None:
    day = utc_now() - timedelta(days=1)
    row = MatchRow(rule_id="ports", severity="normal", evidence_json="[]")
    async with await Database.open(places.database, now=day) as database:
        for number in range(1, MATCHED + 1):
            words = " ".join(f"word{number}x{each}" for each in range(40))
            article = make_article(
                f"The harbour of {words}.",
                headline=f"Port {number}",
                url=f"https://newsroom.example/{number}",
            )
            kept = await database.write(
                partial(store_article, prepared=prepare(article), now=day)
            )
            assert isinstance(kept, Stored)
            await database.write(
                lambda tx, kept=kept: record_matches(  # type: ignore[misc]  # kept is bound here
                    tx, kept.article_id, kept.story_id, 1, [row], day
                )
            )


def test_what_was_said_is_listed_and_makes_the_precision(desk: Desk) -> None:
    assert desk.rules("judge", "ports", "1", "useful").output == "ports on #1 was useful\n"
    address = "https://newsroom.example/2"
    assert desk.rules("judge", "ports", address, "noise", "--by", "leyla").exit_code == 0
    said = desk.rules("judged").output
    assert "noise  ports on #2 Port 2" in said
    assert "Z, leyla)" in said
    assert "ports: 1 of 2 judged useful, precision 50% (9% to 91%)" in said
    assert "2 judgements" in said
    assert "0 judgements" in desk.rules("judged", "other").output
    assert "1 of 2 judged useful, precision 50% (9% to 91%)" in desk.rules("stats").output


def test_the_last_word_counts_and_none_takes_it_back(desk: Desk) -> None:
    for verdict in ("noise", "useful"):
        assert desk.rules("judge", "ports", "1", verdict).exit_code == 0
    assert "ports: 1 of 1 judged useful" in desk.rules("judged").output
    assert desk.rules("judge", "ports", "1", "none").output == "ports on #1 is not judged\n"
    assert desk.rules("judged").output == "0 judgements\n"


def test_programs_read_the_same(desk: Desk) -> None:
    desk.rules("judge", "ports", "3", "noise", "--by", "leyla")
    said = json.loads(desk.rules("judged", "--json").output)
    (one,) = said["judgements"]
    assert (one["article"], one["rule"], one["verdict"], one["judge"]) == (
        3, "ports", "noise", "leyla",
    )  # fmt: skip
    assert said["precision"]["ports"]["judged"] == 1
    by_rule = {each["rule"]: each for each in json.loads(desk.rules("stats", "--json").output)}
    assert by_rule["ports"]["precision"] == said["precision"]["ports"]
    assert by_rule["other"]["precision"] is None


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        pytest.param(("other", "1", "noise"), 1, "other did not match #1", id="no match"),
        pytest.param(("port", "1", "noise"), 2, "did you mean ports?", id="no such rule"),
        pytest.param(("ports", "99", "noise"), 1, "99: was never seen", id="no such article"),
        pytest.param(("ports", "1", "bad"), 2, "'useful', 'noise', 'none'", id="no verdict"),
    ],
)
def test_what_cannot_be_judged_says_why(
    desk: Desk, words: tuple[str, ...], status: int, says: str
) -> None:
    result = desk.rules("judge", *words)
    assert (result.exit_code, says in result.output) == (status, True), result.output

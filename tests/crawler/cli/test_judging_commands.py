"""What a person says of a match on the command line is kept, listed and measured."""

import asyncio
import json
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.cli.group import presswatch
from crawler.clock import utc_now
from crawler.live.kept import keep_live
from crawler.places import Places
from storage.database import Database
from storage.judgements import Judgement, Verdict, judge
from storage.matches import MatchRow, record_matches
from storage.prepared import prepare
from storage.storing import Stored, store_article
from tests.crawler.cli.test_rules_commands import Desk
from tests.making import make_article, make_config_folder

RULES = "rules: [{id: ports, match: harbour}, {id: other, match: snow, not: chess}]"
MATCHED = 4
NOISE, USEFUL = 9, 9  # articles of the rule other; the noise is about football


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    places = Places(config=tmp_path / "config", data=tmp_path / "data")
    places.prepare()
    make_config_folder(places.config, rules=RULES)
    keep_live(places)
    asyncio.run(fill(places, "ports", ["The harbour"] * MATCHED))
    return Desk(places)


async def fill(places: Places, rule: str, texts: Sequence[str]) -> None:
    """Let a rule match articles with these words in them, each a story of its own."""
    day = utc_now() - timedelta(days=1)
    row = MatchRow(rule_id=rule, severity="normal", evidence_json="[]")
    async with await Database.open(places.database, now=day) as database:
        for number, text in enumerate(texts, 1):
            own = chr(ord("a") + number)  # letters only: figures would be numbers they share
            words = " ".join(f"{own}{chr(ord('a') + each)}{own}ord" for each in range(26))
            article = make_article(
                f"{text} of {words}.",
                headline=f"Port {number}",
                url=f"https://newsroom.example/{rule}/{number}",
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
    address = "https://newsroom.example/ports/2"
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


def judge_football(desk: Desk) -> list[int]:
    """Find snow over football noise, and snow over a pass useful; return the noise."""
    texts = [*["Snow over the Football Cup"] * NOISE, *["Snow over the pass"] * USEFUL]
    asyncio.run(fill(desk.places, "other", texts))
    numbers = range(MATCHED + 1, MATCHED + 1 + len(texts))
    said = [
        Judgement(
            article_id=number,
            rule_id="other",
            verdict=Verdict.NOISE if "Football" in text else Verdict.USEFUL,
            judge="",
            judged_at=utc_now(),
        )
        for number, text in zip(numbers, texts, strict=True)
    ]

    async def tell() -> None:
        async with await Database.open(desk.places.database, now=utc_now()) as database:
            for each in said:
                await database.write(partial(judge, judgement=each))

    asyncio.run(tell())
    return list(numbers[:NOISE])


def test_the_term_that_keeps_noise_out_comes_as_a_line_with_its_plan(desk: Desk) -> None:
    noise = judge_football(desk)
    said = desk.rules("suggest-not", "other").output
    line = """not: 'chess OR "Football Cup"'"""
    assert f"in place of its not:\n    {line}\n" in said
    assert '"Football Cup" stands in 9 of 9 noise and 0 of 9 useful' in said
    assert "other: +0 newly fire, -9 cease" in said
    told = json.loads(desk.rules("suggest-not", "other", "--json").output)
    assert told["not"] == line
    assert [each["article"] for each in told["plan"]["rules"][0]["ceases"]] == noise
    # Put where it says, the line does what was said, and there is no more to propose.
    make_config_folder(desk.places.config, rules=RULES.replace("not: chess", line))
    assert "other: +0 newly fire, -9 cease" in desk.rules("plan").output
    assert "too little to tell a term from chance" in desk.rules("suggest-not", "other").output


def test_too_few_judgements_say_so_and_nothing_else(desk: Desk) -> None:
    desk.rules("judge", "ports", "1", "noise")
    result = desk.rules("suggest-not", "ports")
    assert result.exit_code == 0
    assert "ports: 1 story judged noise, 0 useful" in result.output
    assert "too little to tell a term from chance" in result.output
    told = json.loads(desk.rules("suggest-not", "ports", "--json").output)
    assert (told["too_little"], told["terms"], told["not"]) == (True, [], None)
    assert desk.rules("suggest-not", "port").exit_code == 2


def test_the_status_says_how_much_was_judged(desk: Desk) -> None:
    folders = ("--config", str(desk.places.config), "--data", str(desk.places.data))
    assert "judged" not in CliRunner().invoke(presswatch, ["status", *folders]).output
    desk.rules("judge", "ports", "1", "noise")
    said = CliRunner().invoke(presswatch, ["status", *folders]).output
    assert "1 match judged in 90 days, 0 useful: presswatch rules judged" in said

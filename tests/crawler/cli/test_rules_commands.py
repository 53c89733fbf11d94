"""What `presswatch rules` says of an archive is what an analyst needs before an edit."""

import asyncio
import json
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alerts.canary import canary_article
from crawler.cli.group import presswatch
from crawler.clock import utc_now
from crawler.live.kept import keep_live
from crawler.places import Places
from storage.database import Database
from storage.prepared import prepare
from storage.storing import store_article
from tests.making import make_article, make_config_folder

ARCHIVED = 60  # in one day: more than a rule may fire before it is called noisy
LIVE = "rules: [{id: ports, match: strike}]"
EDITED = """\
    terms: {harbours: [harbour*]}
    rules:
      - id: ports
        match: '@harbours AND closed'
        tests: [{match: The harbour is closed}, {no_match: The harbour opens}]
      - {id: never, match: '"free port" OR harbour'}
      - {id: hollow, match: harbour, not: storm}
    """


class Desk:
    """A folder of edited files over an archive, and the command line."""

    def __init__(self, places: Places) -> None:
        self.places = places

    def rules(self, *words: str) -> Result:
        folders = ("--config", str(self.places.config), "--data", str(self.places.data))
        return CliRunner().invoke(presswatch, ["rules", *words, *folders])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    places = Places(config=tmp_path / "config", data=tmp_path / "data")
    places.prepare()
    make_config_folder(places.config, rules=LIVE)
    keep_live(places)
    make_config_folder(places.config, rules=EDITED)
    asyncio.run(fill(places))
    return Desk(places)


async def fill(places: Places) -> None:
    day = utc_now().replace(hour=0, minute=0) - timedelta(days=1)
    database = await Database.open(places.database, now=day)
    for number in range(ARCHIVED):
        article = make_article(
            f"Harbour number {number} was closed on the {number}th day of the storm {number}.",
            headline=f"Port of call {number}",
            url=f"https://newsroom.example/{number}",
        )
        at = day + timedelta(minutes=number)
        await database.write(
            partial(
                store_article,
                prepared=prepare(article),
                now=at,
            )
        )
    await database.close()


def test_a_plan_lists_what_newly_fires_and_warns_of_noisy_hollow_and_double_rules(
    desk: Desk,
) -> None:
    said = desk.rules("plan").output
    assert f"ports: +{ARCHIVED} newly fire, -0 cease" in said
    assert "body ¶1 “Harbour”" in said
    assert f"{ARCHIVED} articles; at most {2 * ARCHIVED} new in one day" in said
    assert f"W210 ports would have fired {ARCHIVED} times on" in said
    assert f"W211 hollow not: takes away {ARCHIVED} of {ARCHIVED} matches" in said
    assert f"W212 ports all its {ARCHIVED} matches are matches of never too" in said


def test_the_tests_of_one_rule_are_run_alone(desk: Desk) -> None:
    said = desk.rules("test", "ports").output
    assert "2 tests, 0 failed" in said
    assert "never" not in said
    assert "0 tests, 0 failed" in desk.rules("test", "never").output
    result = desk.rules("test", "port")
    assert result.exit_code == 2
    assert "no rule is called 'port'; did you mean ports?" in result.output


def test_clauses_that_nothing_needs_are_named(desk: Desk) -> None:
    said = desk.rules("mutate", "ports", "hollow").output
    assert "W214 ports would pass its tests without: @harbours\n" in said
    assert "W214 hollow would pass its tests without: not: storm" in said
    with_archive = desk.rules("mutate", "--archive", "hollow").output
    assert "1 clause, 0 that nothing needs" in with_archive
    assert desk.rules("mutate", "hollw").exit_code == 2


def test_the_daily_canary_is_no_part_of_a_plan(desk: Desk) -> None:
    make_config_folder(
        desk.places.config,
        rules=EDITED,
        settings="alerts: {canary_channel: canary}",
        channels="channels: [{id: canary, kind: maildir}]",
    )

    async def let_in() -> None:
        async with await Database.open(desk.places.database, now=utc_now()) as database:
            canary = canary_article(utc_now())
            await database.write(
                partial(store_article, prepared=prepare(canary), now=utc_now())
            )

    asyncio.run(let_in())
    said = desk.rules("plan").output
    assert f"{ARCHIVED} articles; at most" in said
    assert "presswatch-canary" not in said


def test_a_plan_for_programs_is_one_object(desk: Desk) -> None:
    said = json.loads(desk.rules("plan", "--json").output)
    assert said["articles"] == ARCHIVED
    assert {each["message"].split()[0] for each in said["warnings"]} >= {"W210", "W211"}


def test_a_rule_explains_itself_on_an_archived_article(desk: Desk) -> None:
    assert "“Harbour”" in desk.rules("why", "ports", "https://newsroom.example/1").output
    assert "storm" in desk.rules("why", "hollow", "#1").output


def test_tests_run_and_arms_that_nothing_used_are_named(desk: Desk) -> None:
    alone = desk.rules("test")
    assert alone.exit_code == 0
    assert "2 tests, 0 failed" in alone.output
    with_archive = desk.rules("test", "--archive").output
    assert "free port" in with_archive
    assert "W213" in with_archive


def test_spellings_that_a_list_lacks_are_found_in_the_archive(desk: Desk) -> None:
    result = desk.rules("suggest", "harbours")
    assert result.exit_code == 0, result.output
    assert desk.rules("suggest", "nowhere").exit_code == 2


@pytest.mark.parametrize(
    ("product", "ours"),
    [("factiva", '"oil gas"'), ("Elasticsearch", "oil OR gas"), ("twitter", "oil AND gas")],
)
def test_a_product_is_called_as_people_call_it(desk: Desk, product: str, ours: str) -> None:
    result = desk.rules("import", "--from", product, "oil gas")
    assert result.exit_code == 0
    assert result.output.splitlines()[0] == ours


def test_a_translation_is_written_as_a_rule_that_works(desk: Desk) -> None:
    theirs = '#harbour OR "the harbour\'s mouth"\nNOT (url:sport OR gull*)'
    result = desk.rules("import", "--from", "brandwatch", "--rule", "harbour", theirs)
    assert "    # left out: line 2, column 6: url:sport" in result.output
    (desk.places.config / "rules" / "harbour.yaml").write_text(result.output)
    tested = desk.rules("test", "harbour")
    assert tested.exit_code == 0, tested.output


def test_a_translation_is_pasted_below_the_rules_of_a_file_without_its_first_line(
    desk: Desk,
) -> None:
    ours, more = (
        desk.rules("import", "--from", "x", "--rule", name, "oil").output
        for name in ("one", "two")
    )
    first, pasted = more.split("\n", 1)
    assert "where a file has this line already, paste only what follows" in first
    (desk.places.config / "rules" / "harbour.yaml").write_text(ours + pasted)
    tested = desk.rules("test", "one", "two")
    assert tested.exit_code == 0, tested.output


def test_a_plan_says_that_an_edit_whose_tests_fail_does_not_go_live(desk: Desk) -> None:
    assert "not live yet" not in desk.rules("plan").output
    make_config_folder(
        desk.places.config, rules=EDITED.replace("harbour opens", "harbour closed")
    )
    assert "not live yet: 1 test of these rules fails" in desk.rules("plan").output

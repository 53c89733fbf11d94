"""A past day goes through again as it went, or the difference is named with its reason."""

import asyncio
import json
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.cli.group import presswatch
from storage.outbox import list_messages
from storage.retention import purge
from storage.transaction import Transaction
from tests.crawler.newsdesk import article, feed, item, watching
from tests.crawler.replay.week import BEGIN, RULES, Week, a_week
from tests.making import NOW, make_article

DAY = f"{BEGIN:%Y-%m-%d}"
STRIKE = "A strike closed the port of Alat, and the storm went on for a night and a day."
FERRY = "The ferry to Turkmenbashi sailed with rails and wagons on its deck at noon."


def replay(folder: Path, *words: str) -> tuple[int, str]:
    """Run the command on an installation; return its exit status and what it said."""
    places = ("--config", str(folder / "config"), "--data", str(folder / "data"))
    result = CliRunner().invoke(presswatch, ("replay", *words, *places))
    return result.exit_code, result.output


def lived(folder: Path, *texts: str) -> None:
    """Let a short day pass in which these texts came out."""

    async def live() -> None:
        async with a_week(folder, seed=0) as week:
            await told(week, *texts)

    asyncio.run(live())


async def told(week: Week, *texts: str) -> None:
    for number, text in enumerate(texts):
        await week.take(
            make_article(text, source_id="north", url=f"https://north.example/{number}")
        )
        week.forward(minutes=10)
        await week.app.dispatcher.step()


@pytest.mark.parametrize("seed", [1, 2])
def test_each_day_of_a_week_goes_through_again_as_it_went(tmp_path: Path, seed: int) -> None:
    async def live() -> list[str]:
        async with a_week(tmp_path, seed) as week:
            return [f"{day}" for day in await week.live_through(7)]

    for day in asyncio.run(live()):
        status, said = replay(tmp_path, day)
        assert (status, said.splitlines()[-1][:10]) == (0, "identical:"), said


async def test_what_was_fetched_read_and_mailed_goes_through_again(tmp_path: Path) -> None:
    daily = "digests: [{id: daily, name: Morning, to: [a@desk.test], at: '12:00'}]"
    async with watching(tmp_path, digests=daily) as desk:
        for number in range(4):
            link = desk.show(f"/{number}", article(number, published=desk.now[0]))
            desk.pages["/feed.xml"] = feed(item(link, published=desk.now[0]))
            await desk.look()
            await desk.app.press.step()
        desk.now[0] += timedelta(hours=2)
        await desk.app.press.step()
        assert len(await desk.messages("digest")) == 1
        # Beside the daemon that has it open.
        _, said = await asyncio.to_thread(replay, tmp_path, f"{NOW:%Y-%m-%d}")
    assert said.endswith("identical: 4 matches, 4 messages, 1 digest\n"), said


def test_the_summary_of_a_storm_counts_again_among_its_messages(tmp_path: Path) -> None:
    texts = (
        "A strike of the pilots closed the port of Alat for two weeks, the union has said.",
        "Dockers in Odessa left their cranes at noon: no port had such a strike since 1998.",
        "Storm waves broke nine windows of a hotel beside the port, and sank a yacht of Oslo.",
        "Because of a strike, grain for Yemen rots in silos behind the port, traders said.",
        "Herring, cod and eel are dearer: the fish market of Gdynia's port joined the strike.",
        "Chile sends marines into Valparaiso, whose port is shut by a strike of truckers.",
    )

    async def live() -> list[str]:
        async with a_week(tmp_path, seed=0) as week:
            for number, text in enumerate(texts):
                await week.app.dispatcher.step()
                url = f"https://north.example/{number}"
                await week.take(make_article(text, source_id="north", url=url))
                # After the fifth the storm is over: its summary goes out before the sixth.
                week.forward(minutes=16.2 if number == 4 else 1)
            messages = await week.app.database.read(list_messages)
            return [f"{row.kind} {row.hold}" for row in messages if row.channel == "duty"]

    owed = asyncio.run(live())
    assert owed[:2] == ["alert storm/ports", "roundup None"], owed
    status, said = replay(tmp_path, DAY)
    assert (status, said.splitlines()[-1][:10]) == (0, "identical:"), said


def test_a_digest_shows_again_what_waited_as_it_was_written(tmp_path: Path) -> None:
    text = "Two men were killed in a strike on the ferry of Aktau, said the harbour master."

    async def live() -> None:
        async with a_week(tmp_path, seed=0) as week:
            await week.app.press.step()  # its readers are known from here on
            week.now[0] = BEGIN.replace(day=26, hour=5, minute=50)  # ten minutes before it
            url = "https://north.example/1"
            await week.take(make_article(text, source_id="north", url=url))
            week.forward(minutes=20)
            await week.app.press.step()
            week.forward(minutes=20)
            await week.app.dispatcher.step()  # told only now

    asyncio.run(live())
    status, said = replay(tmp_path, "2026-03-26")
    assert (status, said.splitlines()[-1]) == (
        0, "identical: 1 match, 2 messages, 1 digest"
    ), said  # fmt: skip


def test_an_update_that_waited_over_midnight_waits_again(tmp_path: Path) -> None:
    async def live() -> set[str]:
        async with a_week(tmp_path, seed=0) as week:
            week.now[0] = BEGIN.replace(hour=22, minute=40)  # twenty minutes to midnight there
            for source, minutes in (("north", 15), ("south", 10), ("east", 60)):
                url = f"https://{source}.example/1"
                await week.take(make_article(STRIKE, source_id=source, url=url))
                if source == "north":
                    await week.app.dispatcher.step()
                week.forward(minutes=minutes)
            await week.app.dispatcher.step()
            return {row.key for row in await week.app.database.read(list_messages)}

    owed = asyncio.run(live())
    assert len([key for key in owed if "/duty" in key]) == 2, "the third has joined the second"
    status, said = replay(tmp_path, "2026-03-26")
    assert (status, said.splitlines()[-1][:10]) == (0, "identical:"), said


OTHERS = [
    pytest.param(
        RULES.replace("(strike OR storm)", "earthquake"),
        ("ports: told only then: 2", "now: it did not match (the rule was edited)"),
        id="an edit that asks for more",
    ),
    pytest.param(
        f"{RULES}  - {{id: ferries, match: ferry AND wagons}}\n",
        ("ferries: told only now: 2", "then: it did not match (the rule is new)"),
        id="a new rule",
    ),
    pytest.param(
        RULES.replace("id: ports, severity: high", "id: ports, severity: urgent"),
        ("ports: otherwise: 2", "alert to duty, night; now: as urgent (the rule was edited)"),
        id="a louder one",
    ),
    pytest.param(
        RULES.replace("{id: ports,", "{id: ports, mute_until: 2026-04-01,"),
        ("ports: told only then: 2", "now: the rule is muted (mute_until: 2026-04-01)"),
        id="a muted one",
    ),
    pytest.param(
        RULES.replace("match: 'harvest", "match: 'deck"),
        ("quiet: matching only now: 1", "match; then: it did not match"),
        id="one that only the digest tells",
    ),
]


@pytest.mark.parametrize(("rules", "said"), OTHERS)
def test_other_rules_are_told_apart_with_the_reason(
    tmp_path: Path, rules: str, said: tuple[str, ...]
) -> None:
    lived(tmp_path, STRIKE, FERRY)
    other = tmp_path / "edited" / "rules"
    other.mkdir(parents=True)
    (other / "all.yaml").write_text(rules)
    for named in (other, other.parent):
        status, output = replay(tmp_path, DAY, "--rules", str(named))
        assert (status, [each for each in said if each not in output]) == (1, []), output


def test_rules_are_named_by_the_hash_in_a_digest_or_by_a_commit(tmp_path: Path) -> None:
    lived(tmp_path, STRIKE, FERRY)
    git = (
        "git",
        "-C",
        str(tmp_path / "config"),
        "-c",
        "user.name=d",
        "-c",
        "user.email=d@d.test",
    )
    for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "first")):
        subprocess.run([*git, *words], check=True)  # noqa: S603 - our own words
    status, output = replay(tmp_path, DAY)
    rules = output.partition("then (")[2][:12]
    (tmp_path / "config" / "rules" / "all.yaml").write_text("rules: []\n")
    for named in (rules, "HEAD"):
        assert replay(tmp_path, DAY, "--rules", named)[0] == 0
    status, output = replay(tmp_path, DAY, "--rules", "no-such-commit")
    assert status == 2
    assert "is no folder, no hash of rules that were live, and no commit" in output


def test_row_105_no_name_of_rules_is_an_option_of_git(tmp_path: Path) -> None:
    lived(tmp_path, STRIKE)
    git = ("git", "init", "-q", str(tmp_path / "config"))
    subprocess.run(git, check=True)  # noqa: S603 - our own words
    out = tmp_path / "out"
    status, output = replay(tmp_path, DAY, f"--rules=--output={out}")
    assert (status, out.exists()) == (2, False)
    assert "is no folder, no hash of rules that were live, and no commit" in output


def test_the_rules_of_then_count_not_those_of_today(tmp_path: Path) -> None:
    lived(tmp_path, STRIKE)
    (tmp_path / "config" / "rules" / "all.yaml").write_text("rules: []\n")
    assert replay(tmp_path, DAY)[0] == 0


def test_what_was_purged_since_is_said_to_be(tmp_path: Path) -> None:
    async def live() -> None:
        async with a_week(tmp_path, seed=0) as week:
            await told(week, STRIKE, FERRY)
            later = week.now[0] + timedelta(days=9)
            keep = timedelta(days=1)
            await week.app.database.write(lambda tx: purge(tx, later, keep=keep, by_source={}))

    asyncio.run(live())
    _, output = replay(tmp_path, DAY)
    assert "ports: told only then: 2" in output
    assert "(its article has been purged since)" in output


def test_a_page_that_was_renewed_without_an_edit_is_said_to_be(tmp_path: Path) -> None:
    async def live() -> None:
        async with a_week(tmp_path, seed=0) as week:
            await week.edit_rules("rules: [{id: tags, match: 'tag:strikes'}]")
            first = make_article(STRIKE, source_id="north", url="https://north.example/1")
            await week.take(replace(first, tags=("strikes",)))
            week.forward(hours=1)
            await week.take(replace(first, tags=("ports",)), week.told[0][1])

    asyncio.run(live())
    _, output = replay(tmp_path, DAY)
    assert "(the page was renewed since, and only its later words are kept)" in output


def test_row_105_a_replay_writes_nothing_and_may_be_read_by_a_program(tmp_path: Path) -> None:
    lived(tmp_path, STRIKE, FERRY)
    file = tmp_path / "data" / "presswatch.db"
    before = file.read_bytes()
    found = json.loads(replay(tmp_path, DAY, "--json")[1])
    assert (found["identical"], found["articles"], found["messages"]) == (True, 2, 4)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (
            "2026-03-24",
            "what a replay needs is kept since 2026-03-25 08:30 (Europe/Berlin): "
            "presswatch replay 2026-03-25",
        ),
        ("2999-01-01", "2999-01-01 is still to come"),
        ("tuesday", "'tuesday' is no day; write "),
    ],
)
def test_a_day_that_cannot_be_gone_through_is_refused(
    tmp_path: Path, day: str, said: str
) -> None:
    lived(tmp_path, STRIKE)
    status, output = replay(tmp_path, day)
    assert (status, output[: len(said)]) == (2, said)


def test_on_the_day_of_an_upgrade_what_came_before_it_is_taken_as_recorded(
    tmp_path: Path,
) -> None:
    async def live() -> None:
        async with a_week(tmp_path, seed=0) as week:
            await week.app.press.step()
            await told(week, STRIKE)
            await week.app.database.write(forget_all_that_a_replay_needs)
            await week.app.begin()
            week.forward(hours=1)
            await told(week, FERRY, f"{FERRY} It was a harvest without grain.")
            week.forward(hours=24)
            await week.app.press.step()

    asyncio.run(live())
    assert replay(tmp_path, DAY)[0] == 0
    status, output = replay(tmp_path, f"{BEGIN + timedelta(days=1):%Y-%m-%d}")
    assert (status, "identical: 0 matches, 0 messages, 1 digest" in output) == (0, True), output


def forget_all_that_a_replay_needs(tx: Transaction) -> None:
    """Leave the database as an upgrade finds it."""
    for table in ("arrivals", "configurations", "configuration_files"):
        tx.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    tx.execute("UPDATE outbox SET begun = NULL")

"""What an operator reads of an installation says what is wrong, and what to do."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.cli.group import presswatch
from crawler.cli.status import Facts, verdict
from crawler.live.kept import keep_live
from crawler.places import Places
from crawler.service.web import listen
from storage.database import Database
from storage.lock import DataLock, holder_of
from storage.ways import WayState, save_way
from tests.making import make_config_folder

NOTHING = Facts(
    sources=0,
    unread=0,
    fresh=(),
    articles=0,
    waiting=0,
    last_poll=None,
    failing=(),
    silent=(),
    late=(),
    clocks=(),
    gaps=0,
    dead_messages=0,
    judged=0,
    useful=0,
)


def ask(command: str, tmp_path: Path, data: Path) -> tuple[int, str]:
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    settings = f"version: 1\nstatus: {{port: {port}}}\n"
    config = make_config_folder(tmp_path / "config", settings=settings)
    words = [command, "--config", str(config), "--data", str(data)]
    result = CliRunner().invoke(presswatch, words)
    return result.exit_code, result.output


def store_nothing(data: Path) -> None:
    async def opened() -> None:
        async with await Database.open(data / "presswatch.db", now=datetime.now(UTC)):
            pass

    data.mkdir()
    asyncio.run(opened())


def test_a_daemon_that_does_not_run_is_said(tmp_path: Path) -> None:
    store_nothing(tmp_path / "data")
    status, said = ask("status", tmp_path, tmp_path / "data")
    assert status == 1
    assert "1 source, 0 articles stored, 0 addresses waiting" in said
    assert "no daemon runs: presswatch run" in said


def test_a_source_that_was_just_added_says_what_becomes_of_its_back_numbers(
    tmp_path: Path,
) -> None:
    async def read_first() -> None:
        now = datetime.now(UTC)
        way = WayState(source_id="newsroom", url="https://newsroom.example/feed")
        async with await Database.open(
            tmp_path / "data" / "presswatch.db", now=now
        ) as database:
            await database.write(lambda tx: save_way(tx, replace(way, first_read=now)))

    (tmp_path / "data").mkdir()
    asyncio.run(read_first())
    _, said = ask("status", tmp_path, tmp_path / "data")
    assert "read for the first time in the last day: N; what was published" in said
    assert "is one message for each channel" in said


READ = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sources", "unread", "polled", "problems", "said"),
    [
        (3, 3, None, [], "nothing was read yet: look again in a few minutes"),
        (3, 3, None, ["no daemon runs"], "something needs a person"),
        (3, 2, READ, [], "well, as far as it was read: 2 of 3 sources not yet; "
         "look again in a few minutes"),
        (3, 0, READ, [], "all is well"),
        (0, 0, None, [], "all is well"),
    ],
)  # fmt: skip
def test_all_is_well_only_where_everything_was_read(
    sources: int, unread: int, polled: datetime | None, problems: list[str], said: str
) -> None:
    facts = replace(NOTHING, sources=sources, unread=unread, last_poll=polled)
    assert verdict(problems, facts, resting=False) == said


def test_nothing_is_called_well_that_nobody_watches() -> None:
    read = replace(NOTHING, sources=3, last_poll=READ)
    said = "nothing is wrong, and nothing is watched until a daemon runs: presswatch run"
    assert verdict([], read, resting=True) == said


def test_a_daemon_that_runs_and_does_not_answer_is_named(tmp_path: Path) -> None:
    store_nothing(tmp_path / "data")
    lock = DataLock.take(tmp_path / "data" / "presswatch.db")
    try:
        process = holder_of(tmp_path / "data" / "presswatch.db")
        status, said = ask("status", tmp_path, tmp_path / "data")
        doctor = ask("doctor", tmp_path, tmp_path / "data")
    finally:
        lock.release()
    assert status == 1
    assert f"the daemon (process {process}) runs but its page does not answer" in said
    assert "does not answer" in doctor[1]
    assert holder_of(tmp_path / "data" / "presswatch.db") == ""


@pytest.mark.parametrize("command", ["status", "sources", "search"])
def test_a_mistake_in_the_files_does_not_hide_what_runs(command: str, tmp_path: Path) -> None:
    store_nothing(tmp_path / "data")
    config = make_config_folder(tmp_path / "config")
    keep_live(Places(config=config, data=tmp_path / "data"))
    (config / "channels.yaml").write_text("version: 1\nchanels: []\n")
    words = [command, *["Baku"] * (command == "search")]
    words += ["--config", str(config), "--data", str(tmp_path / "data")]
    said = CliRunner().invoke(presswatch, words).output
    assert "has 1 mistake, what last was live goes on: presswatch check" in said
    assert {"status": "1 source, 0 articles stored", "sources": "not looked at yet",
            "search": "0 articles"}[command] in said  # fmt: skip


@pytest.mark.parametrize(
    ("command", "says"),
    [
        pytest.param(["rules", "plan"], "no difference", id="an edit of the rules is planned"),
        pytest.param(["rules", "test"], "0 tests", id="the rules' own tests run"),
        pytest.param(["rules", "stats"], "corridor: 0 fired", id="what fired"),
        pytest.param(["channels"], "duty-mail", id="the channels"),
    ],
)
def test_a_mistake_in_another_file_keeps_nobody_from_the_rules_and_channels(
    tmp_path: Path, command: list[str], says: str
) -> None:
    store_nothing(tmp_path / "data")
    config = make_config_folder(tmp_path / "config")
    keep_live(Places(config=config, data=tmp_path / "data"))
    (config / "settings.yaml").write_text("version: 1\nstatus: {port: eight}\n")
    words = [*command, "--config", str(config), "--data", str(tmp_path / "data")]
    result = CliRunner().invoke(presswatch, words)
    assert result.exit_code == 0
    assert "has 1 mistake, what last was live goes on: presswatch check" in result.output
    assert says in result.output


def test_an_edit_with_mistakes_is_not_planned_and_its_mistakes_are_shown(
    tmp_path: Path,
) -> None:
    store_nothing(tmp_path / "data")
    config = make_config_folder(tmp_path / "config")
    keep_live(Places(config=config, data=tmp_path / "data"))
    (config / "rules" / "all.yaml").write_text("rules:\n  - {id: corridor, match: 'a b'}\n")
    words = ["rules", "plan", "--config", str(config), "--data", str(tmp_path / "data")]
    result = CliRunner().invoke(presswatch, words)
    assert result.exit_code == 2
    assert "E103 two terms side by side" in result.output


def test_a_file_in_the_place_of_the_data_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    status, said = ask("doctor", tmp_path, tmp_path / "data")
    assert status == 1
    assert "this is a file, not a folder: name the data folder with --data DIR" in said

"""`presswatch digest preview` writes the digest of the window that is asked for."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.cli.group import presswatch
from crawler.clock import utc_now
from storage.database import Database
from storage.digest_windows import begin_reader
from tests.making import make_config_folder

DIGESTS = """
version: 1
digests:
  - {id: daily, name: Caspian watch, to: [desk@example.org], at: "07:00"}
"""


@pytest.fixture
def folders(tmp_path: Path) -> list[str]:
    """Make an installation whose daemon has been away for three days."""

    async def fill() -> None:
        async with await Database.open(tmp_path / "presswatch.db", now=utc_now()) as database:
            last = utc_now() - timedelta(days=3)
            await database.write(lambda tx: begin_reader(tx, "daily", "desk@example.org", last))

    asyncio.run(fill())
    config = make_config_folder(tmp_path / "config", digests=DIGESTS)
    return ["--config", str(config), "--data", str(tmp_path)]


@pytest.mark.parametrize(
    ("words", "missed"),
    [
        pytest.param((), True, id="a window as the daemon would make it says what was missed"),
        pytest.param(("--since", "3d"), False, id="a window of one's own missed nothing"),
    ],
)
def test_only_runs_that_were_due_were_missed(
    words: tuple[str, ...], missed: bool, folders: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    words = ("digest", "preview", *words, "--out", str(out), *folders)
    result = CliRunner().invoke(presswatch, words)
    assert result.exit_code == 0, result.output
    assert ("a run was missed" in (out / "daily.txt").read_text()) is missed


def test_an_answer_stands_alone(folders: list[str]) -> None:
    result = CliRunner().invoke(presswatch, ["digest", "send", *folders])
    assert result.output == "1 mail owed; a running daemon sends it, or 'presswatch once'\n"

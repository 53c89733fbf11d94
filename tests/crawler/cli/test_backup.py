"""A backup is the database alone, and says what else must be copied."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.cli.group import presswatch
from storage.database import Database
from tests.making import NOW, make_config_folder


async def make_database(path: Path) -> None:
    await (await Database.open(path, now=NOW)).close()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("version: 1\n", False),
        ("evidence: {folder: proofs}\n", True),
        pytest.param("evidence: {folder: [\n", False, id="files with mistakes stop no backup"),
    ],
)
def test_a_backup_says_that_evidence_is_not_in_it(
    settings: str, said: bool, tmp_path: Path
) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy.db"
    data.mkdir()
    asyncio.run(make_database(data / "presswatch.db"))
    config = make_config_folder(tmp_path / "config", settings=settings)
    words = ["backup", str(copy), "--config", str(config), "--data", str(data)]
    result = CliRunner().invoke(presswatch, words)
    assert result.exit_code == 0, result.output
    assert f"{copy}: " in result.output
    assert (f"{data / 'proofs'} is not in it" in result.output) is said
    assert copy.exists()

"""Files of the database that are moved, removed or replaced under the daemon."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.doctor import examine_all
from storage.errors import DatabaseMoved
from tests.making import make_article
from tests.storage.keeping import keep, opened

NAME = "press.sqlite"


def copied_over(folder: Path) -> None:
    shutil.copy(folder / NAME, folder / "copy")
    (folder / "copy").replace(folder / NAME)


@pytest.mark.parametrize(
    ("befalls", "said"),
    [
        pytest.param(copied_over, "was replaced", id="a backup is put in its place"),
        pytest.param(lambda at: (at / NAME).unlink(), "was removed", id="it is removed"),
        pytest.param(lambda at: (at / f"{NAME}-wal").unlink(), "wal was removed", id="its log"),
        pytest.param(lambda at: (at / f"{NAME}.lock").unlink(), "lock was removed", id="lock"),
        pytest.param(lambda at: at.rename(at.parent / "away"), "was removed", id="its folder"),
    ],
)
async def test_row_88_nothing_is_written_to_files_that_no_start_would_find(
    tmp_path: Path, befalls: Callable[[Path], object], said: str
) -> None:
    """What is sent but noted in a file that is gone would be sent again after the start."""
    folder = tmp_path / "data"
    folder.mkdir()
    async with opened(folder) as database:
        await keep(database, make_article("A first one.", url="https://a.example/1"))
        befalls(folder)
        with pytest.raises(DatabaseMoved, match=said):
            await keep(database, make_article("A second one.", url="https://a.example/2"))


async def test_row_88_moved_back_it_goes_on(tmp_path: Path) -> None:
    folder, away = tmp_path / "data", tmp_path / "away"
    folder.mkdir()
    async with opened(folder) as database:
        folder.rename(away)
        with pytest.raises(DatabaseMoved):
            await keep(database, make_article("A first one.", url="https://a.example/1"))
        away.rename(folder)
        await keep(database, make_article("A first one.", url="https://a.example/1"))
    assert not [one for one in examine_all(folder / NAME) if one.grave]


async def test_row_88_what_stood_in_a_log_that_was_removed_is_kept(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await keep(database, make_article("A first one.", url="https://a.example/1"))
        (tmp_path / f"{NAME}-wal").unlink()
        with pytest.raises(DatabaseMoved):
            await keep(database, make_article("A second one.", url="https://a.example/2"))
    async with opened(tmp_path) as database:
        kept = await database.read(lambda tx: tx.fetch("SELECT id FROM articles"))
    assert len(kept) == 1

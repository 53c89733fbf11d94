"""A lock says that the last end was a bad one until somebody has looked what it did."""

from pathlib import Path

import pytest

from storage.database import Database
from storage.errors import DatabaseFull
from storage.lock import DataLock
from tests.making import NOW


def test_row_85_one_that_cannot_be_written_is_let_go_of_again(tmp_path: Path) -> None:
    (tmp_path / "press.sqlite.lock").symlink_to("/dev/full")
    for _ in range(2):  # not "another presswatch runs on this data", which would be ourselves
        with pytest.raises(DatabaseFull, match="No space left"):
            DataLock.take(tmp_path / "press.sqlite")


async def test_a_bad_end_is_remembered_by_a_start_that_fails(tmp_path: Path) -> None:
    path, lock = tmp_path / "press.sqlite", tmp_path / "press.sqlite.lock"
    lock.write_text("4711\n")  # whoever that was died
    path.mkdir()  # no disk lets itself be read less
    with pytest.raises(DatabaseFull, match="cannot be read"):
        await Database.open(path, now=NOW)
    assert lock.read_text()
    path.rmdir()
    await (await Database.open(path, now=NOW)).close()
    assert not lock.read_text()

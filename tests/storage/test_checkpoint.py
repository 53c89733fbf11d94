"""The log is moved when it can be; why it cannot is said once."""

import logging
import sqlite3
from pathlib import Path

import pytest

from storage.checkpoint import Checkpointer


class Disk(sqlite3.Connection):
    """A connection to a database whose disk is full, as long as it is said to be."""

    full = True

    def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
        if self.full and "checkpoint" in sql:
            raise sqlite3.OperationalError("database or disk is full")
        return super().execute(sql, *parameters)  # type: ignore[arg-type]


def test_row_85_a_full_disk_is_one_line_however_often_the_log_cannot_be_moved(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    checkpointer = Checkpointer(tmp_path / "store.db")
    disk = Disk(tmp_path / "store.db")
    try:
        with caplog.at_level(logging.WARNING):
            for _ in range(5):
                checkpointer.move(disk)
            assert len(caplog.records) == 1
            disk.full = False
            checkpointer.move(disk)
            disk.full = True
            checkpointer.move(disk)
            assert len(caplog.records) == 2
    finally:
        disk.close()

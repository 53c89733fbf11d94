"""Move the write-ahead log back into the database, by the one writer only."""

import logging
import sqlite3
import time
from pathlib import Path

from storage.connection import BUSY_SECONDS

log = logging.getLogger(__name__)

LOG_BYTES = 32 * 1024 * 1024  # docs/security.md, row 87: it shrinks once no reader needs it
_WAIT = 1.0  # seconds until another try, when a reader still needs the log


def log_of(path: Path) -> Path:
    """Return where the write-ahead log of a database lies."""
    return path.with_name(path.name + "-wal")


class Checkpointer:
    """Decide when the log has grown enough, and move it."""

    def __init__(self, path: Path) -> None:
        self._log = log_of(path)
        self._not_before = 0.0
        self._trouble = ""  # why it cannot be moved, which is said once

    def is_due(self, *, idle: bool = False) -> bool:
        """Say whether the log should be moved now: a large one always, any when idle."""
        try:
            size = self._log.stat().st_size
        except FileNotFoundError:
            return False
        return size > (0 if idle else LOG_BYTES) and time.monotonic() >= self._not_before

    def move(self, connection: sqlite3.Connection) -> None:
        """Move what no reader still needs; never wait for one."""
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            blocked = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            self._trouble = ""
        except sqlite3.Error as error:
            # The log keeps what is committed, so nothing is lost by trying later.
            if self._trouble != str(error):
                log.warning("the write-ahead log could not be moved: %s", error)
            self._trouble = str(error)
            blocked = 1
        finally:
            connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
        self._not_before = time.monotonic() + _WAIT if blocked else 0.0

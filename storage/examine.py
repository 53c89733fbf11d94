"""Look at a database file before it is opened, so that a bad one is refused untouched."""

import sqlite3
from contextlib import closing
from pathlib import Path

from storage.checkpoint import log_of
from storage.connection import connect_read_only
from storage.errors import corrupt

_MAGIC = b"SQLite format 3\x00"
# Below this size a whole check takes well under a second, so every start makes one.
_SMALL = 64 * 1024 * 1024


def examine(path: Path, *, thorough: bool) -> None:
    """Raise DatabaseCorrupt when the file is no sound database.

    A large file is read whole only when thorough: after an end that was not a good one.
    """
    if not path.exists() or not path.stat().st_size:
        return
    _check_header(path)
    size = path.stat().st_size
    with closing(connect_read_only(path)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            if thorough or size <= _SMALL:
                found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
                if found != "ok":
                    raise corrupt(path, f"the database is damaged ({_one_line(found)})")
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            raise corrupt(path, f"the database is damaged ({error})") from error


def _check_header(path: Path) -> None:
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise corrupt(path, "this is no SQLite database, or its beginning was overwritten")
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    expected = pages * (65536 if page == 1 else page)
    log = log_of(path)
    # With a write-ahead log beside it the file may rightly be shorter than its header says.
    if path.stat().st_size < expected and not (log.exists() and log.stat().st_size):
        raise corrupt(
            path, f"the file is cut short: {path.stat().st_size} of {expected} bytes are there"
        )


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]

"""Set up SQLite connections: one that writes, and those that only read."""

import sqlite3
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from storage.transaction import Writer

C = TypeVar("C", bound=sqlite3.Connection)

# How long a connection waits for another process's lock (docs/security.md, row 86).
BUSY_SECONDS = 30.0
# Of each connection. Measured on 100,000 articles: the writer stores as fast with 4 MB as with
# 64, a source's page takes 1.6 times as long where a reader has only 4.
_CACHE_KIB = 16 * 1024
_PAGE = 16384  # an article's row is 1 to 10 KB: in pages of 4 KB a third would stay empty
_STATEMENTS = 512  # prepared ones, kept: preparing costs as much as a small insert


def connect_writer(path: Path) -> Writer:
    """Open the one connection that writes; it alone checkpoints the write-ahead log."""
    connection = _connect(path, Writer)
    # SQLite before 3.51.3 can damage the log when two connections checkpoint at once.
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    return connection


def connect_reader(path: Path) -> sqlite3.Connection:
    """Open a connection that refuses to write."""
    connection = _connect(path, sqlite3.Connection)
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("PRAGMA query_only = ON")
    return connection


def connect_read_only(path: Path) -> sqlite3.Connection:
    """Open a file that must be left untouched, whatever is in it."""
    uri = f"file:{quote(str(path.absolute()))}?mode=ro"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)


def use_log(connection: sqlite3.Connection) -> None:
    """Turn on the write-ahead log, which stays on in the file."""
    connection.execute(f"PRAGMA page_size = {_PAGE}")  # of a new file; an old one keeps its own
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA journal_size_limit = 0")


def _connect(path: Path, kind: type[C]) -> C:
    connection = sqlite3.connect(
        path,
        factory=kind,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,  # aiosqlite opens it in one thread and runs all in the same
        cached_statements=_STATEMENTS,
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = OFF")  # doctor looks for orphans
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return connection

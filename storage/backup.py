"""Copy the database while it is being written, and put a copy back after checking it.

Blocking: run it in a thread of its own.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from storage.connection import connect_read_only
from storage.errors import DatabaseFull, DatabaseMissing, corrupt, translate
from storage.examine import examine
from storage.lock import DataLock
from storage.migrate import migrations, refuse_newer, schema_version
from storage.ownership import hand_over


def backup(
    path: Path,
    target: Path,
    advance: Callable[[int], None] = lambda _: None,
    checking: Callable[[], None] = lambda: None,
) -> int:
    """Write a checked copy of one moment of the database; return its size in bytes.

    The daemon may go on writing meanwhile. The target appears only once it is whole. `advance`
    is told how many more kilobytes are copied, `checking` that the copy is being checked.
    """
    if not path.exists():
        raise DatabaseMissing(f"{path}: there is nothing to back up")
    if target.exists():
        raise FileExistsError("exists already; a backup never overwrites: name another file")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with closing(connect_read_only(path)) as source:
            source.set_progress_handler(_watch(part, advance), 20_000)
            source.execute("VACUUM INTO ?", (str(part),))
        checking()
        check(part)
        _settle(part, target)
    except sqlite3.Error as error:
        failed = translate(error, path)
        if isinstance(failed, DatabaseFull):  # it is the copy that found no room
            failed = translate(error, target)
        raise failed from error
    finally:
        part.unlink(missing_ok=True)
    return target.stat().st_size


def _watch(part: Path, advance: Callable[[int], None]) -> Callable[[], int]:
    """Return what SQLite calls now and then while it copies."""
    copied = 0

    def look() -> int:
        nonlocal copied
        size = part.stat().st_size if part.exists() else 0
        more = (size - copied) // 1000
        copied += more * 1000
        advance(more)
        return 0  # go on

    return look


def restore(copy: Path, path: Path, now: datetime) -> Path | None:
    """Put a copy in the database's place; return where the old file went, if there was one.

    The copy is checked first, whole; a running daemon or a newer schema is refused.
    """
    if not copy.exists():
        raise DatabaseMissing(f"{copy}: there is no such backup")
    check(copy)
    lock = DataLock.take(path)
    try:
        part = path.with_name(path.name + ".part")
        _copy(copy, part)
        aside = _set_aside(path, now)
        _settle(part, path)
        return aside
    finally:
        lock.release()


def check(path: Path) -> None:
    """Raise unless the file is a sound database that this version can read, from end to end."""
    examine(path, thorough=True)
    with closing(connect_read_only(path)) as connection:
        try:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            version = schema_version(connection)
        except sqlite3.DatabaseError as error:
            raise corrupt(path, f"the database is damaged ({error})") from error
    if found != "ok":
        raise corrupt(path, f"the database is damaged ({found})")
    if not version:
        raise corrupt(path, "this is a database, but none of presswatch")
    refuse_newer(version, migrations()[-1].number, path)


def _copy(copy: Path, part: Path) -> None:
    """Copy a file for the owner of the folder it goes to, and for nobody else's eyes."""
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with open(handle, "wb") as target, copy.open("rb") as source:  # noqa: PTH123 - by its handle
        shutil.copyfileobj(source, target, 1 << 20)
        hand_over(handle, part.parent)


def _set_aside(path: Path, now: datetime) -> Path | None:
    """Move the old file away together with its log: neither means much without the other."""
    if not path.exists():
        return None
    aside = path.with_name(f"{path.name}.replaced-{now:%Y%m%dT%H%M%S%f}")
    for ending in ("-wal", "-shm", ""):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside


def _settle(part: Path, target: Path) -> None:
    """Give a whole file its name, so that a crash leaves the one or the other."""
    handle = os.open(part, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    part.replace(target)

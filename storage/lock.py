"""Keep two daemons off the same data, and know whether the last one ended well."""

import contextlib
import fcntl
import os
import time
from pathlib import Path
from typing import Self

from storage.errors import DatabaseFull, DatabaseInUse


def holder_of(database: Path) -> str:
    """Return which process holds the lock of a database ("?": it did not say); empty: none."""
    try:
        handle = os.open(_lock_of(database), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _written_in(handle) or "?"
    finally:
        os.close(handle)
    return ""


def _lock_of(database: Path) -> Path:
    return database.with_name(database.name + ".lock")


def _written_in(handle: int) -> str:
    return os.pread(handle, 32, 0).decode("ascii", "replace").strip()


class DataLock:
    """Hold an exclusive lock beside the database for as long as it is open.

    The kernel lets go of it when the process dies, however it dies; what stays in the file then
    tells the next start that the last one did not end well.
    """

    def __init__(self, path: Path, handle: int, *, ended_well: bool) -> None:
        self.path = path
        self._handle = handle
        self.ended_well = ended_well

    @classmethod
    def take(cls, database: Path) -> Self:
        """Take the lock of a database; raise DatabaseInUse when another process has it."""
        path = _lock_of(database)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise DatabaseFull(f"{path}: cannot be written ({error.strerror})") from error
        holder = _written_in(handle)
        try:
            _lock(handle)
        except BlockingIOError as error:
            os.close(handle)
            raise DatabaseInUse(
                f"{database}: another presswatch (process {holder or 'unknown'}) runs on this "
                f"data; stop it first, or give this one a data directory of its own"
            ) from error
        lock = cls(path, handle, ended_well=not holder)
        try:
            lock._write(f"{os.getpid()}\n")
        except OSError as error:
            os.close(handle)
            raise DatabaseFull(f"{path}: cannot be written ({error.strerror})") from error
        return lock

    def release(self, *, sound: bool = True) -> None:
        """Let go, leaving the mark of a good end where the disk takes it.

        sound: False where nobody found out whether the last end did harm; its mark stays.
        """
        if sound or self.ended_well:
            with contextlib.suppress(OSError):
                self._write("")
        os.close(self._handle)

    def _write(self, text: str) -> None:
        # Cut first, the mark of a bad end would be lost where the disk takes no new one.
        os.pwrite(self._handle, text.encode("ascii"), 0)
        os.ftruncate(self._handle, len(text))


def _lock(handle: int) -> None:
    """Lock for ourselves alone; a command that asks who holds it has it for a moment."""
    for _ in range(3):
        with contextlib.suppress(BlockingIOError):
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        time.sleep(0.02)
    return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

"""Say what went wrong with the database, and what to do about it.

DatabaseError
├── TemporaryDatabaseError    try again: nothing of the failed work was written
│   ├── DatabaseBusy          another process holds the write lock
│   ├── DatabaseFull          the disk is full, or refuses to be written
│   └── DatabaseMoved         its files were moved, removed or replaced while it was open
└── PermanentDatabaseError    a person must act; the file was left as it is
    ├── DatabaseCorrupt       the file is damaged, cut short or no database
    ├── SchemaTooNew          a newer presswatch wrote it
    ├── SchemaTooOld          it waits for the daemon to bring it up to date
    ├── DatabaseInUse         another presswatch runs on this data
    ├── DatabaseMissing       nothing has been stored there yet
    └── DatabaseFault         a statement of ours is wrong: a bug
"""
# ruff: noqa: N818 - the names say what happened; that it is an error says the root

import sqlite3
from pathlib import Path


class DatabaseError(Exception):
    """The database did not do what was asked; the subclass says what to do about it."""


class TemporaryDatabaseError(DatabaseError):
    """Worth another try: nothing of the failed work was written."""


class DatabaseBusy(TemporaryDatabaseError):
    """Another process held the write lock for longer than we wait."""


class DatabaseFull(TemporaryDatabaseError):
    """The disk is full, or does not let itself be written."""


class DatabaseMoved(TemporaryDatabaseError):
    """A file of it was moved, removed or replaced; moved back, it goes on."""


class PermanentDatabaseError(DatabaseError):
    """Not worth another try: a person has to act, and the file was left as it is."""


class DatabaseCorrupt(PermanentDatabaseError):
    """The file is damaged, cut short, or no database at all."""


class SchemaTooNew(PermanentDatabaseError):
    """A newer presswatch has written this file."""


class SchemaTooOld(PermanentDatabaseError):
    """The file waits for the daemon to bring it up to date."""


class DatabaseInUse(PermanentDatabaseError):
    """Another presswatch runs on the same data."""


class DatabaseMissing(PermanentDatabaseError):
    """Nothing has been stored there yet."""


class DatabaseFault(PermanentDatabaseError):
    """A statement of ours is wrong: a bug to be reported."""


def corrupt(path: Path, what: str) -> DatabaseCorrupt:
    """Return the error for a damaged file, with what a person can do."""
    return DatabaseCorrupt(
        f"{path}: {what}. The file was left untouched. Look with 'presswatch doctor'; to go "
        f"on, 'presswatch restore BACKUP' puts a sound backup in the database's place and "
        f"keeps the old file beside it"
    )


def translate(error: sqlite3.Error, path: Path) -> DatabaseError:
    """Return our error for one of SQLite's, told apart by its result code."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return DatabaseBusy(f"{path}: another process holds the database ({error}); try again")
    if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}:
        return DatabaseFull(f"{path}: the disk is full or cannot be written ({error})")
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return corrupt(path, f"the database is damaged ({error})")
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return DatabaseFull(
            f"{path}: cannot be opened for writing ({error}); the user that presswatch runs as "
            f"must own it, or be let in, it and its folder: chown, or chmod"
        )
    return DatabaseFault(f"{path}: {error}")

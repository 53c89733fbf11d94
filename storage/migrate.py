"""Bring a database up to the schema of this version: forward only, after a copy.

Each file in migrations/ is one step; its number is the user_version it leads to. A step runs in
one transaction, so that a crash leaves the schema before it or after it.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from storage.errors import SchemaTooNew, SchemaTooOld


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One step of the schema."""

    number: int
    name: str
    sql: str


def migrations() -> tuple[Migration, ...]:
    """Return all steps in order."""
    found = [
        Migration(
            number=int(entry.name[:4]), name=entry.name, sql=entry.read_text(encoding="utf-8")
        )
        for entry in files("storage").joinpath("migrations").iterdir()
        if entry.name.endswith(".sql")
    ]
    return tuple(sorted(found, key=lambda step: step.number))


def schema_version(connection: sqlite3.Connection) -> int:
    """Return the number of the last step this database has taken."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check_schema(
    connection: sqlite3.Connection, path: Path, steps: tuple[Migration, ...]
) -> None:
    """Raise unless the database stands exactly at this version's schema."""
    version, newest = schema_version(connection), steps[-1].number
    refuse_newer(version, newest, path)
    if version < newest:
        raise SchemaTooOld(
            f"{path}: schema {version}, this presswatch needs {newest}; "
            f"start 'presswatch run' (or 'once') once to bring it up to date"
        )


def refuse_newer(version: int, newest: int, path: Path) -> None:
    """Raise SchemaTooNew when the file is from a later version than this one."""
    if version > newest:
        raise SchemaTooNew(
            f"{path}: schema {version}, this presswatch knows up to {newest}; it was left "
            f"untouched. Install the newer presswatch again, or restore an older backup"
        )


def migrate(
    connection: sqlite3.Connection, path: Path, steps: tuple[Migration, ...], now: datetime
) -> Path | None:
    """Take the steps that are missing; return the copy made before, if there was data."""
    version = schema_version(connection)
    missing = [step for step in steps if step.number > version]
    copy = _copy(connection, path, version, now) if missing and version else None
    try:
        for step in missing:
            _take(connection, step)
    except sqlite3.Error:
        if copy and schema_version(connection) == version:
            copy.unlink()  # nothing has changed, and each try makes another
        raise
    return copy


def _copy(connection: sqlite3.Connection, path: Path, version: int, now: datetime) -> Path:
    copy = path.with_name(f"{path.name}.schema-{version}.{now:%Y%m%dT%H%M%S%f}")
    try:
        connection.execute("VACUUM INTO ?", (str(copy),))
    except sqlite3.Error:
        copy.unlink(missing_ok=True)  # half of one takes the room that the next try needs
        raise
    return copy


def _take(connection: sqlite3.Connection, step: Migration) -> None:
    # executescript commits what is open before it starts: so the script opens its own.
    try:
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{step.sql}\n;PRAGMA user_version = {step.number};\nCOMMIT;"
        )
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise

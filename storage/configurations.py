"""Remember what was live and since when: each text of the configuration once, by its hash.

A file holds no secret, only where one lies (config/secrets.py). What a text says is no business
of this module.
"""

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.stamp import from_text, to_text
from storage.transaction import Transaction

MOST = 1000  # configurations: who lets a program write rules shall not fill the disk


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What was live from a moment on."""

    since: datetime
    version: str  # of presswatch
    fingerprint: str
    rules_fingerprint: str
    files: Mapping[str, bytes] | None  # by name; None: they were gone before they could be kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What was live at a moment, without its files."""

    id: int
    since: datetime
    version: str
    fingerprint: str
    rules_fingerprint: str
    kept: bool  # its files are


COLUMNS = "id, since, version, fingerprint, rules_fingerprint, files"
NEWEST = f"SELECT {COLUMNS} FROM configurations ORDER BY id DESC LIMIT 1"  # noqa: S608 - our own column list
ALL = f"SELECT {COLUMNS} FROM configurations ORDER BY since, id"  # noqa: S608 - our own column list
NOTE = """
    INSERT INTO configurations (since, version, fingerprint, rules_fingerprint, files)
    VALUES (?, ?, ?, ?, ?)
"""
SUPPLY = "UPDATE configurations SET files = ? WHERE id = ?"
KEEP_FILE = "INSERT OR IGNORE INTO configuration_files (hash, content) VALUES (?, ?)"
FILES = """
    SELECT named.key AS name, content
      FROM configurations, json_each(configurations.files) AS named
      JOIN configuration_files ON hash = named.value
     WHERE configurations.id = ?
"""
# The one that was live when the oldest article came in still says what that was told by.
FORGET = """
    DELETE FROM configurations
     WHERE id < (SELECT max(id) FROM configurations
                  WHERE since <= coalesce((SELECT min(first_seen) FROM articles), since))
        OR id <= (SELECT max(id) FROM configurations) - ?
"""
FORGET_FILES = """
    DELETE FROM configuration_files
     WHERE hash NOT IN (SELECT value FROM configurations, json_each(files))
"""


def note_configuration(tx: Transaction, live: Configuration) -> None:
    """Keep what has gone live; nothing is written where it was live already, files and all.

    Called once more for the same, it supplies the files that could not be read the first time.
    """
    newest = tx.one(NEWEST)
    same = (live.version, live.fingerprint)
    if newest is None or (newest["version"], newest["fingerprint"]) != same:
        names = None if live.files is None else _keep_files(tx, live.files)
        stamps = (to_text(live.since), live.version, live.fingerprint, live.rules_fingerprint)
        tx.execute(NOTE, (*stamps, names))
    elif newest["files"] is None and live.files is not None:
        tx.execute(SUPPLY, (_keep_files(tx, live.files), newest["id"]))


def configurations(tx: Transaction) -> list[Span]:
    """Return what was live and since when, the oldest first."""
    return [
        Span(
            id=row["id"],
            since=from_text(row["since"]),
            version=row["version"],
            fingerprint=row["fingerprint"],
            rules_fingerprint=row["rules_fingerprint"],
            kept=row["files"] is not None,
        )
        for row in tx.fetch(ALL)
    ]


def configuration_files(tx: Transaction, number: int) -> dict[str, bytes]:
    """Return the texts of what was live, by the names of their files."""
    rows = tx.fetch(FILES, (number,))
    return {row["name"]: zlib.decompress(row["content"]) for row in rows}


def forget_configurations(tx: Transaction) -> None:
    """Let go of what was live before the oldest article came in, and of too many."""
    if tx.execute(FORGET, (MOST,)).rowcount:
        tx.execute(FORGET_FILES)


def _keep_files(tx: Transaction, files: Mapping[str, bytes]) -> str:
    """Keep texts that are not kept yet; return the hashes by name, as JSON."""
    hashes = {name: hashlib.sha256(body).hexdigest() for name, body in files.items()}
    for name, body in files.items():
        tx.execute(KEEP_FILE, (hashes[name], zlib.compress(body)))
    return json.dumps(hashes)

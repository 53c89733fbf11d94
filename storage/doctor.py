"""Look the database and what runs it over, and say what a person should do.

Blocking and read-only: run it in a thread of its own, beside a daemon or without one.
"""

import pyexpat
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from storage.backup import check
from storage.connection import connect_read_only
from storage.errors import DatabaseError, SchemaTooOld
from storage.migrate import check_schema, migrations

Version = tuple[int, ...]

# What is known to be wrong below a version, and what it means here (docs/security.md, row 99).
KNOWN_FAULTS: tuple[tuple[str, Version, str], ...] = (
    (
        "Python",
        (3, 11, 15),
        "headlines can forge e-mail headers; we clean them, too",
    ),
    (
        "SQLite",
        (3, 51, 3),
        "two connections that checkpoint can damage the log; ours never do",
    ),
    (
        "Expat",
        (2, 6, 0),
        "a huge token fed slowly takes for ever; we never feed it slowly",
    ),
)
ROOM = 500 * 1024 * 1024

ORPHANS = {
    "articles without their story": """
        SELECT count(*) FROM articles WHERE story_id NOT IN (SELECT id FROM stories)
    """,
    "stories without an article": """
        SELECT count(*) FROM stories WHERE id NOT IN (SELECT story_id FROM articles)
    """,
    "revisions without their article": """
        SELECT count(*) FROM revisions WHERE article_id NOT IN (SELECT id FROM articles)
    """,
    "articles that no search finds": """
        SELECT count(*) FROM articles
         WHERE id <= (SELECT max(id) FROM search_index_docsize)
           AND id NOT IN (SELECT id FROM search_index_docsize)
    """,
    "searchable texts without their article": """
        SELECT count(*) FROM search_index_docsize WHERE id NOT IN (SELECT id FROM articles)
    """,
    "stories that miscount their articles": """
        SELECT count(*) FROM stories
         WHERE articles <> (SELECT count(*) FROM articles WHERE story_id = stories.id)
    """,
    "links stored without an article": """
        SELECT count(*) FROM ledger WHERE state = 'stored' AND article_id IS NULL
    """,
    "matches without their article": """
        SELECT count(*) FROM matches WHERE article_id NOT IN (SELECT id FROM articles)
    """,
    "judgements without their match": """
        SELECT count(*) FROM judgements AS said
         WHERE NOT EXISTS (SELECT 1 FROM matches
                            WHERE article_id = said.article_id AND rule_id = said.rule_id)
    """,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    what: str
    problem: str  # empty: it is as it should be
    grave: bool = False  # the daemon should not run like this


def examine_all(path: Path) -> list[Finding]:
    """Look at the versions, the disk and the database."""
    return [*examine_versions(running_versions()), examine_disk(path), *_examine_database(path)]


def running_versions() -> dict[str, Version]:
    """Return the versions of what runs us."""
    return {
        "Python": sys.version_info[:3],
        "SQLite": sqlite3.sqlite_version_info,
        "Expat": pyexpat.version_info,
    }


def examine_versions(running: dict[str, Version]) -> Iterator[Finding]:
    """Compare versions with those that have known faults."""
    for name, mended, fault in KNOWN_FAULTS:
        have = ".".join(map(str, running[name]))
        need = ".".join(map(str, mended))
        problem = f"{fault}; mended in {need}" if running[name] < mended else ""
        yield Finding(what=f"{name} {have}", problem=problem)


def examine_disk(path: Path) -> Finding:
    """Say whether there is room to go on for a while."""
    free, folder = room_below(path)
    problem = "make room: a full disk stops all writing" if free < ROOM else ""
    return Finding(what=f"{free // 1_000_000} MB free below {folder}", problem=problem)


def room_below(path: Path) -> tuple[int, Path]:
    """Return how many bytes are free where a file is, or would be, and in which folder."""
    folder = next(parent for parent in path.absolute().parents if parent.is_dir())
    return shutil.disk_usage(folder).free, folder


def _examine_database(path: Path) -> Iterator[Finding]:
    if path.parent.exists() and not path.parent.is_dir():
        problem = "this is a file, not a folder: name the data folder with --data DIR"
        yield Finding(what=str(path.parent), problem=problem, grave=True)
        return
    if not path.exists():
        yield Finding(what=str(path), problem="nothing is stored here yet: presswatch run")
        return
    try:
        check(path)
        yield Finding(what=f"{path} is sound", problem="")
        yield from _examine_owner(path)
        yield from _orphans(path)
    except SchemaTooOld as error:  # sound, and brought up to date by the next start
        yield Finding(what=str(path), problem=str(error).removeprefix(f"{path}: "))
    except (DatabaseError, sqlite3.Error) as error:
        problem = str(error).removeprefix(f"{path}: ")
        yield Finding(what=str(path), problem=problem, grave=True)


def _examine_owner(path: Path) -> Iterator[Finding]:
    """Say whether the folder's owner, as whom a service runs, may not write the database."""
    owner, folder = path.stat().st_uid, path.parent.stat().st_uid
    if folder not in {owner, 0}:
        problem = (
            f"user {owner} owns it, user {folder} the folder: chown --reference={path.parent}"
        )
        yield Finding(what=str(path), problem=f"{problem} {path}", grave=True)


def _orphans(path: Path) -> Iterator[Finding]:
    with closing(connect_read_only(path)) as connection:
        check_schema(connection, path, migrations())
        for what, query in ORPHANS.items():
            count = connection.execute(query).fetchone()[0]
            problem = f"{count} of them; back up, and report this as a bug" if count else ""
            yield Finding(what=f"no {what}" if not count else what, problem=problem)

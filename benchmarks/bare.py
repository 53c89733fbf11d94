"""Bare sqlite3, a peer of the store: it inserts the very rows that were stored, in batches.

Both begin with copies of one database, whatever its size. Bare sqlite3 inserts by executemany
into the same tables with the same indices, the full-text rows among them; it looks nothing up,
finds no story, and writes a link once, as it stands in the end. That both have written the same
number of rows into each table is checked.

Between the two stands the store that seeks no story: what is left of it is the price of rows
that are Python objects, of look-ups, and of the daemon's way through the one writer.
"""

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.made import NOW
from benchmarks.taking_in import fill
from storage.article import Article
from storage.connection import connect_writer
from storage.database import Database
from storage.folded import fold_article
from storage.prepared import Prepared, prepare
from storage.search import index_waiting
from storage.signature import pack
from storage.storing import catch_up

BATCHES = (100, 512)  # articles that bare sqlite3 inserts in one commit
TURNS = 3
TABLES = ("ways", "articles", "article_urls", "stories", "ledger")
WORDS = "search_index (rowid, words)"
_COUNTED = (*TABLES, "search_index_docsize")

Rows = dict[str, list[tuple[Any, ...]]]


def compare(grown: Path, made: Sequence[Article], stored: int) -> dict[str, float]:
    """Add articles to copies of a database all ways, in turns; return the CPU µs of one."""
    texts = [fold_article(article) for article in made]
    before, ours, bare = (
        grown.with_name(f"{name}.sqlite") for name in ("before", "ours", "bare")
    )
    shutil.copy(grown, before)
    asyncio.run(index_all(before))
    lowest: dict[str, float] = {}
    rows: Rows = {}
    for _ in range(TURNS):
        shutil.copy(before, ours)
        turn = {"no story sought": asyncio.run(fill_alone(ours, made, stored, unsigned))}
        remove(ours)
        shutil.copy(before, ours)
        turn["presswatch"] = asyncio.run(fill_alone(ours, made, stored, prepare))
        rows = rows_beyond(before, ours, texts)
        for batch in BATCHES:
            shutil.copy(before, bare)
            turn[f"bare, {batch} a commit"] = insert_bare(bare, rows, batch)
            if (wrong := counts(bare)) != counts(ours):
                raise AssertionError(f"not the same rows: {wrong} and {counts(ours)}")
            remove(bare)
        remove(ours)
        lowest = {name: min(cpu, lowest.get(name, cpu)) for name, cpu in turn.items()}
    remove(before)
    print(f"both wrote {', '.join(f'{len(lines)} {table}' for table, lines in rows.items())}")
    return {name: cpu / len(made) * 1e6 for name, cpu in lowest.items()}


async def index_all(path: Path) -> None:
    """Put what waits for the index into it, so that it is no part of the comparison."""
    async with await Database.open(path, now=NOW) as database:
        while await database.write(index_waiting):
            pass


def unsigned(article: Article) -> Prepared:
    """Prepare an article by which no other is found, in as many bytes."""
    page = prepare(article)
    blank = replace(page.signature, sketch=(), names=(), lead_names=0, numbers=())
    return replace(page, signed=pack(blank).ljust(len(page.signed), b"\0"))


async def fill_alone(
    path: Path, made: Sequence[Article], stored: int, prepare: Callable[[Article], Prepared]
) -> float:
    """Store articles, all indexed and the log moved; return CPU seconds."""
    database = await Database.open(path, now=NOW)
    await database.write(partial(catch_up, newest=stored))
    spent = await fill(database, iter(made), len(made), stored, prepare)
    begun = time.process_time()
    await database.write(index_waiting)
    await database.close()
    return spent.cpu + time.process_time() - begun


def rows_beyond(before: Path, after: Path, texts: Sequence[str]) -> Rows:
    """Return the rows that one database has and the other had not, and the words to index."""
    with closing(sqlite3.connect(after)) as connection:
        connection.execute("ATTACH ? AS before", (str(before),))
        rows: Rows = {}
        for table in TABLES:
            newer = f"rowid NOT IN (SELECT rowid FROM before.{table})"  # noqa: S608 - our own tables
            rows[table] = connection.execute(
                f"SELECT * FROM main.{table} WHERE {newer} ORDER BY rowid"  # noqa: S608 - our own tables
            ).fetchall()
    rows[WORDS] = [(row[0], text) for row, text in zip(rows["articles"], texts, strict=True)]
    return rows


def counts(path: Path) -> dict[str, int]:
    """Return how many rows each table has."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own tables
            for table in _COUNTED
        }


def insert_bare(path: Path, rows: Rows, batch: int) -> float:
    """Insert rows with plain sqlite3 in batches, the log moved; return CPU seconds."""
    connection = connect_writer(path)
    batches = -(-len(rows["articles"]) // batch)
    begun = time.process_time()
    for turn in range(batches):
        connection.execute("BEGIN IMMEDIATE")
        for table, lines in rows.items():
            part = lines[len(lines) * turn // batches : len(lines) * (turn + 1) // batches]
            if part:
                places = ", ".join("?" * len(part[0]))
                connection.executemany(f"INSERT INTO {table} VALUES ({places})", part)  # noqa: S608 - our own tables
        connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    seconds = time.process_time() - begun
    connection.close()
    return seconds


def remove(path: Path) -> None:
    """Delete a database with its log and lock."""
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()

"""Bare sqlite3, a peer of the store: it inserts the very rows that were stored, in batches.

With executemany, the full-text rows among them; it looks nothing up, and finds no story.
"""

import asyncio
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.made import NOW, articles
from benchmarks.taking_in import fill
from storage.article import Article
from storage.connection import connect_writer, use_log
from storage.database import Database
from storage.folded import fold_article
from storage.migrate import migrate, migrations
from storage.search import index_waiting

BATCHES = (100, 512)  # articles that bare sqlite3 inserts in one commit
TABLES = ("ways", "articles", "article_urls", "stories", "ledger")


def compare(folder: Path, count: int) -> dict[str, float]:
    """Insert the same articles all ways, in turns; return the lowest CPU seconds of each."""
    made = list(islice(articles(), count))
    texts = [fold_article(article) for article in made]
    lowest: dict[str, float] = {}
    for _ in range(3):
        ours = folder / "ours.sqlite"
        turn = {"presswatch": asyncio.run(fill_alone(ours, iter(made), count))}
        for batch in BATCHES:
            bare = folder / "bare.sqlite"
            turn[f"bare, {batch} a commit"] = insert_bare(bare, ours, texts, batch)
            remove(bare)
        remove(ours)
        lowest = {name: min(cpu, lowest.get(name, cpu)) for name, cpu in turn.items()}
    return lowest


async def fill_alone(path: Path, made: Iterator[Article], count: int) -> float:
    """Store articles in a fresh database, all indexed and the log moved; return CPU seconds."""
    database = await Database.open(path, now=NOW)
    spent = await fill(database, made, count, 0)
    begun = time.process_time()
    await database.write(index_waiting)
    await database.close()
    return spent.cpu + time.process_time() - begun


def insert_bare(path: Path, source: Path, texts: Sequence[str], batch: int) -> float:
    """Insert another database's rows with plain sqlite3 in batches; return CPU seconds."""
    rows: dict[str, list[Any]] = {}
    with closing(sqlite3.connect(source)) as connection:
        for table in TABLES:
            select = f"SELECT * FROM {table}"  # noqa: S608 - our own tables
            rows[table] = connection.execute(select).fetchall()
    rows["search_index (rowid, words)"] = list(enumerate(texts, 1))
    connection = connect_writer(path)
    use_log(connection)
    migrate(connection, path, migrations(), NOW)
    begun = time.process_time()
    batches = -(-len(texts) // batch)
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

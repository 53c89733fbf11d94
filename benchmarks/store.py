"""Measure the store against bare sqlite3: python -m benchmarks.store [--json] [--million].

Both insert the same rows (article, address, story, ledger, two indexes, full text): bare
sqlite3 with executemany in batches, from rows made beforehand, the store one article at a time
through its writer, as the daemon does, the look for its story included. Signing and folding are
the caller's work and are told apart. The comparison counts CPU time, which neighbours disturb
least.
"""

import argparse
import asyncio
import json
import random
import resource
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.labelled import Maker, corpus_sentences
from storage.article import Article, Block
from storage.articles import store_article
from storage.connection import connect_writer, use_log
from storage.database import Database
from storage.folded import Folded, fold_article
from storage.found import Found
from storage.ledger import LedgerState, note_links, settle
from storage.migrate import migrate, migrations
from storage.search import search
from storage.signature import Signature, sign
from storage.transaction import Transaction

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
_AT_ONCE = 100  # articles under way, as from a few busy sources

Prepared = tuple[Article, Signature, Folded]


def articles(count: int, seed: int = 3) -> Iterator[Article]:
    """Make articles of 2.3 KB on average, each with words of its own."""
    maker = Maker(corpus_sentences(), seed)
    lines, chance = maker.sentences, random.Random(seed)
    for number in range(count):
        body = [maker.reword(chance.choice(lines), 0.7) for _ in range(chance.randrange(6, 20))]
        body.append(f"The {number % 997} of them came from {chance.choice(maker.names)}.")
        source = f"outlet-{number % 50}"
        yield Article(
            source_id=source,
            url=f"https://{source}.example/news/2026/11/24/{number}-{chance.choice(maker.words)}",
            headline=chance.choice(lines)[:80],
            published_at=NOW + timedelta(seconds=number),
            language="en",
            authors=("A. Reporter",),
            body=tuple(Block(text=" ".join(body[i : i + 2])) for i in range(0, len(body), 2)),
        )


def prepare(made: Sequence[Article]) -> tuple[list[Prepared], float]:
    """Sign and fold; return the microseconds that took per article."""
    begun = time.process_time()
    done = [(article, sign(article), fold_article(article)) for article in made]
    return done, (time.process_time() - begun) / len(made) * 1e6


def one_article(article: Article, signature: Signature, folded: Folded, now: datetime) -> Any:
    """Return the work that ingesting one article is."""

    def work(tx: Transaction) -> None:
        found = Found(url=article.url, way=f"https://{article.source_id}.example/feed")
        note_links(tx, article.source_id, [found], now)
        stored = store_article(tx, article, signature, folded, now)
        settle(tx, article.url, LedgerState.STORED, article_id=stored.article_id, now=now)

    return work


async def through_the_store(database: Database, prepared: Sequence[Prepared], at: int) -> float:
    """Store articles through the writer; return the seconds."""
    begun = time.perf_counter()
    for start in range(0, len(prepared), _AT_ONCE):
        batch = prepared[start : start + _AT_ONCE]
        now = NOW + timedelta(seconds=at + start)
        await asyncio.gather(*(database.write(one_article(*one, now)) for one in batch))
    return time.perf_counter() - begun


TABLES = (
    "ways", "articles", "article_urls", "stories", "sketch_keys", "name_keys", "ledger",
)  # fmt: skip


def bare(path: Path, source: Path, texts: Sequence[Folded]) -> float:
    """Insert another database's rows with plain sqlite3 in batches; return the CPU seconds."""
    rows: dict[str, list[Any]] = {}
    with closing(sqlite3.connect(source)) as connection:
        for table in TABLES:
            select = f"SELECT * FROM {table}"  # noqa: S608 - our own tables
            rows[table] = connection.execute(select).fetchall()
    connection = connect_writer(path)
    use_log(connection)
    migrate(connection, path, migrations(), NOW)
    rows["search_index"] = [
        (number, text.headline, text.body, text.rest) for number, text in enumerate(texts, 1)
    ]
    begun = time.process_time()
    batches = len(texts) // _AT_ONCE
    for batch in range(batches):
        connection.execute("BEGIN IMMEDIATE")
        for table, lines in rows.items():
            part = lines[len(lines) * batch // batches : len(lines) * (batch + 1) // batches]
            if part:
                connection.executemany(statement(table, part[0]), part)
        connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    seconds = time.process_time() - begun
    connection.close()
    return seconds


def statement(table: str, row: Sequence[Any]) -> str:
    """Return the statement that inserts one row."""
    columns = "(rowid, headline, body, rest)" if table == "search_index" else ""
    places = ", ".join("?" * len(row))
    return f"INSERT INTO {table} {columns} VALUES ({places})"  # noqa: S608 - our own tables


async def grow(path: Path, sizes: Sequence[int]) -> list[dict[str, Any]]:
    """Fill one database up to each size; return the figures at each."""
    figures = []
    made = articles(sizes[-1])
    text = 0
    seconds = 0.0
    async with await Database.open(path, now=NOW) as database:
        stored = 0
        for size in sizes:
            spent, last = 0.0, 0.0
            while stored < size:
                part = [
                    one for _, one in zip(range(min(5000, size - stored)), made, strict=False)
                ]
                prepared, signing = prepare(part)
                text += sum(len(one.text.encode()) + len(one.headline) for one in part)
                last = await through_the_store(database, prepared, stored) / len(part)
                spent += last * len(part)
                stored += len(part)
            seconds += spent
            figures.append(
                {
                    "stored": stored,
                    "articles_per_second": round(stored / seconds),
                    "last_per_second": round(1 / last),
                    "signing_us": round(signing),
                    "text_mb": round(text / 1e6, 1),
                    "search_ms": round(await first_page(database) * 1000, 2),
                }
            )
    size_mb = await asyncio.to_thread(lambda: path.stat().st_size) / 1e6
    figures[-1]["size_over_text"] = round(size_mb / (text / 1e6), 2)
    return figures


async def first_page(database: Database) -> float:
    """Return the seconds that the first page of a selective query takes."""
    begun = time.perf_counter()
    for query in ("minister AND 77", "headline:police AND 5*", "corridor"):
        await database.read(lambda tx, query=query: search(tx, query, limit=20))  # type: ignore[misc]
    return (time.perf_counter() - begun) / 3


def compare(folder: Path, count: int) -> dict[str, float]:
    """Insert the same articles both ways, in turns; return the medians."""
    made = list(articles(count))
    prepared, _ = prepare(made)
    ours, theirs = [], []
    for turn in range(3):
        source = folder / f"ours-{turn}.sqlite"
        ours.append(asyncio.run(fill(source, prepared)))
        theirs.append(
            bare(folder / f"bare-{turn}.sqlite", source, [one[2] for one in prepared])
        )
    return {"ours": sorted(ours)[1], "bare": sorted(theirs)[1]}


async def fill(path: Path, prepared: Sequence[Prepared]) -> float:
    """Store articles in a fresh database, the log moved at the end; return the CPU seconds."""
    begun = 0.0
    async with await Database.open(path, now=NOW) as database:
        begun = time.process_time()
        await through_the_store(database, prepared, 0)
    return time.process_time() - begun


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--million", action="store_true", help="takes ten minutes")
    parser.add_argument("--small", action="store_true", help="stop at 10,000")
    options = parser.parse_args()
    sizes = [1_000, 10_000] if options.small else [1_000, 100_000]
    sizes += [1_000_000] if options.million else []
    with tempfile.TemporaryDirectory() as folder:
        both = compare(Path(folder), 5_000)
        figures = asyncio.run(grow(Path(folder) / "grown.sqlite", sizes))
    ratio = both["ours"] / both["bare"]
    print(
        f"5,000 articles: ours {both['ours']:.2f} CPU s, bare {both['bare']:.2f}: {ratio:.2f} ×"
    )
    for row in figures:
        print("  ".join(f"{name} {value}" for name, value in row.items()))
    if options.json:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({**figures[-1], "over_bare": round(ratio, 2), "peak_mb": round(peak)}))


if __name__ == "__main__":
    main()

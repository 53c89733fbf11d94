"""Measure the store beside bare sqlite3: python -m benchmarks.store [--json] [--size N].

What is measured is what the daemon does, by the daemon's own functions (taking_in.py). Signing,
folding and compressing happen in the worker that reads a page; here they are told apart
(`prepare_us`). Beside it, at each size up to 100,000, bare sqlite3 inserts the same rows on top
of the same database (bare.py), in batches of 100 and of 512 per commit.

Rates are of wall clock in one process; the comparison counts CPU time, in turns. The million
takes half an hour, most of it to make a million articles; with --copies most articles are
copies of others under new keys, and only the last ones of each size are stored and timed.
"""

import argparse
import asyncio
import json
import resource
import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.bare import BATCHES, compare
from benchmarks.copies import Copier
from benchmarks.made import NOW, STEP, articles
from benchmarks.taking_in import PART, fill
from crawler.loading import collect_seldom
from storage.article import Article
from storage.connection import connect_reader, connect_writer
from storage.database import Database
from storage.narrowing import AllOf, Holds, Narrowing
from storage.search import index_waiting, search
from storage.signature import sign
from storage.stories import place
from storage.storing import catch_up
from storage.transaction import Transaction

SIZES = (1_000, 10_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)
_COMPARED = 2_000  # articles added by both on top of each size
_COMPARED_UPTO = 100_000  # a larger database takes long to copy
COPIED = 50_000  # with --copies, sizes from here on
QUERIES: tuple[Narrowing, ...] = (
    AllOf((Holds("minister"), Holds("77"))),
    AllOf((Holds("police"), Holds("harbour"), Holds("5", begins=True))),
    Holds("corridor"),
    AllOf((Holds("the"), Holds("government"), Holds("said"))),
)


async def grow(path: Path, sizes: Sequence[int], *, copied: bool) -> list[dict[str, Any]]:
    """Fill one database up to each size; return the figures of each stretch.

    Copied: from 50,000 on the last articles of a stretch are stored, those before are copies.
    """
    figures: list[dict[str, Any]] = []
    made, text, stored = articles(), 0.0, 0
    for size in sizes:
        if copied and size >= COPIED:
            await asyncio.to_thread(copy_up, path, size - PART * 2)
            text, stored = text / stored * (size - PART * 2), size - PART * 2
        async with await Database.open(path, now=NOW) as database:
            await database.write(partial(catch_up, newest=stored))
            spent = await fill(database, made, size - stored, stored)
            placing = await database.write(partial(placing_us, made=list(islice(made, 300))))
        stored, text = size, text + spent.text
        figures.append(
            {
                "stored": stored,
                "articles_per_second": round(spent.articles / spent.seconds),
                "cpu_us": round(spent.cpu / spent.articles * 1e6),
                "place_us": placing,
                "prepare_us": round(spent.preparing / spent.articles * 1e6),
                "size_over_text": round(stored_bytes(path) / text, 2),
                "search_ms": [first_page(path, query) for query in QUERIES],
            }
        )
        if size <= _COMPARED_UPTO:
            both = await asyncio.to_thread(compare, path, list(islice(made, _COMPARED)), size)
            figures[-1] |= ratios(both)
        print("  ".join(f"{name} {value}" for name, value in figures[-1].items()), flush=True)
    return figures


def ratios(both: dict[str, float]) -> dict[str, float]:
    """Print what an article costs each way; return how many times ours is bare sqlite3's."""
    ours = both["presswatch"]
    for who, cpu in both.items():
        print(f"{who:>20}: {cpu:6.0f} CPU µs, ours {ours / cpu:.2f} ×")
    over = {f"over_bare_{n}": round(ours / both[f"bare, {n} a commit"], 2) for n in BATCHES}
    return over | {f"{who}, us": round(cpu) for who, cpu in both.items()}


def copy_up(path: Path, size: int) -> None:
    """Fill the database up with copies of its own articles."""
    with closing(connect_writer(path)) as connection:
        connection.execute("BEGIN")
        index_waiting(Transaction(connection))
        connection.execute("COMMIT")
        Copier(connection, NOW, STEP).fill(size)


def placing_us(tx: Transaction, made: Sequence[Article]) -> int:
    """Return the CPU microseconds of finding an article's story, its signature at hand."""
    signatures = [sign(article) for article in made]
    begun = time.thread_time()
    for signature in signatures:
        place(tx, signature, NOW)
    return round((time.thread_time() - begun) / len(made) * 1e6)


def stored_bytes(path: Path) -> int:
    """Return how large the database is, its log moved or not."""
    with closing(connect_reader(path)) as connection:
        pages: int = connection.execute("PRAGMA page_count").fetchone()[0]
        return pages * int(connection.execute("PRAGMA page_size").fetchone()[0])


def first_page(path: Path, query: Narrowing) -> float:
    """Return the CPU milliseconds of the first 20 candidates, on a fresh connection."""
    with closing(connect_reader(path)) as connection:
        begun = time.thread_time()
        search(Transaction(connection), query, limit=20)
        return round((time.thread_time() - begun) * 1000, 1)


def restart(path: Path) -> float:
    """Return the seconds until a new writer knows the candidates for stories again."""
    with closing(connect_writer(path)) as connection:
        begun = time.perf_counter()
        newest = connection.execute("SELECT max(id) FROM articles").fetchone()[0]
        connection.execute("BEGIN")
        catch_up(Transaction(connection), newest)
        return round(time.perf_counter() - begun, 2)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--size", type=int, default=100_000, help="articles stored in the end")
    parser.add_argument("--copies", action="store_true", help="from 50,000 on fill with copies")
    parser.add_argument("--keep", type=Path, help="where to leave the database")
    options = parser.parse_args()
    collect_seldom()
    sizes = [size for size in SIZES if size < options.size] + [options.size]
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "grown.sqlite"
        figures = asyncio.run(grow(path, sizes, copied=options.copies))
        again = restart(path)
        print(f"known again after a start: {again} s")
        if options.keep:
            shutil.move(path, options.keep)
    if options.json:
        last = {name: value for name, value in figures[-1].items() if name != "search_ms"}
        peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        print(json.dumps({**last, "restart_s": again, "peak_mb": peak, "by_size": figures}))


if __name__ == "__main__":
    main()

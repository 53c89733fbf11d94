"""Measure the store beside bare sqlite3: python -m benchmarks.store [--json] [--size N].

What is measured is what the daemon does, by the daemon's own functions: a poll's links are
noted and claimed (crawler/watch/read.py, 20 at a time), then each article is taken in by
crawler.watch.ingest.commit: its story found, the ledger settled, its next look set. All goes
through the one writer with 100 articles under way. Signing, folding and compressing happen in
the worker that reads a page; here they are told apart (`prepare_us`). Beside it, bare sqlite3
inserts the very rows that were stored with executemany, in batches of 100 and of 512 per
commit, the full-text rows among them; it looks nothing up, and finds no story.

Rates are of wall clock in one process; the comparison counts CPU time, in turns. The million
takes half an hour, most of it to make a million articles; with --copies most articles are
copies of others under new keys, and only the last ones of each size are stored and timed.
"""

import argparse
import asyncio
import json
import random
import resource
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from alerts.matching.ruleset import Matched
from benchmarks.copies import Copier
from benchmarks.labelled import Maker, corpus_sentences
from config.config import Config
from config.settings import Settings
from crawler.live.configuration import Live, make_live
from crawler.watch.ingest import Arrival, commit
from crawler.watch.read import AT_ONCE, LEASE
from storage.article import Article, Block
from storage.connection import connect_reader, connect_writer, use_log
from storage.database import Database
from storage.folded import fold_article
from storage.found import Found
from storage.ledger import Waiting, claim_links, note_links
from storage.migrate import migrate, migrations
from storage.narrowing import AllOf, Holds, Narrowing
from storage.prepared import Prepared, prepare
from storage.search import index_waiting, search
from storage.signature import sign
from storage.stories import place
from storage.storing import catch_up
from storage.transaction import Transaction

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
SIZES = (1_000, 10_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)
_UNDER_WAY = 100  # articles, as from five busy sources
_SOURCES = 50
_PART = 2_000  # articles made and prepared together
_COMPARED = 6_000
_COPIED = 50_000  # with --copies, sizes from here on
BATCHES = (100, 512)  # articles that bare sqlite3 inserts in one commit
QUERIES: tuple[Narrowing, ...] = (
    AllOf((Holds("minister"), Holds("77"))),
    AllOf((Holds("police"), Holds("harbour"), Holds("5", begins=True))),
    Holds("corridor"),
    AllOf((Holds("the"), Holds("government"), Holds("said"))),
)


class Wording:
    """A sentence of the corpus, seven of ten of whose plain words are exchanged for others."""

    def __init__(self, sentence: str) -> None:
        self.words = sentence.split(" ")
        plain = [at for at, word in enumerate(self.words) if word.islower()]
        self.turns = [
            [at for i, at in enumerate(plain) if (i + turn) % 10 < 7] for turn in range(10)
        ]

    def say(self, words: Sequence[str], chance: random.Random) -> str:
        """Return the sentence with other words."""
        text, places = self.words.copy(), self.turns[chance.randrange(10)]
        for at, word in zip(places, chance.choices(words, k=len(places)), strict=True):
            text[at] = word
        return " ".join(text)


def articles(seed: int = 3) -> Iterator[Article]:
    """Make articles of 1.8 KB on average, each with words of its own.

    Words are exchanged for others as often as the press uses them: of a text's 290 words some
    220 are different, as in the corpus.
    """
    maker = Maker(corpus_sentences(), seed)
    lines, chance = maker.sentences, random.Random(seed)
    words = [word.lower() for line in lines for word in line.split() if word.isalpha()]
    wordings = [Wording(line) for line in lines]
    number = 0
    while True:
        body = [
            wording.say(words, chance)
            for wording in chance.choices(wordings, k=chance.randrange(6, 20))
        ]
        body.append(f"The {number % 997} of them came from {chance.choice(maker.names)}.")
        source = f"outlet-{number // AT_ONCE % _SOURCES}"
        yield Article(
            source_id=source,
            url=f"https://{source}.example/news/2026/11/24/{number}-{chance.choice(words)}",
            headline=chance.choice(lines)[:80],
            published_at=NOW + timedelta(seconds=number),
            language="en",
            authors=("A. Reporter",),
            body=tuple(Block(text=" ".join(body[i : i + 2])) for i in range(0, len(body), 2)),
        )
        number += 1


def live_of_no_rules() -> Live:
    """Return a configuration without rules: matching is measured by benchmarks.rules."""
    config = Config(
        settings=Settings(),
        sources=(),
        terms=(),
        rules=(),
        channels=(),
        digests=(),
        fingerprint="",
        rules_fingerprint="",
    )
    return make_live(config)


LIVE = live_of_no_rules()


async def take_in(database: Database, prepared: Sequence[Prepared], now: datetime) -> None:
    """Let articles in as the daemon does: noted and claimed by the poll, stored one by one."""
    polls = [prepared[at : at + AT_ONCE] for at in range(0, len(prepared), AT_ONCE)]
    links = await asyncio.gather(*(poll_of(database, poll, now) for poll in polls))
    arrivals = [
        Arrival(page=page, link=link, matched=Matched(matches=()), at=now)
        for page, link in zip(prepared, [link for each in links for link in each], strict=True)
    ]
    await asyncio.gather(
        *(database.write(partial(commit, arrival=each, live=LIVE)) for each in arrivals)
    )


async def poll_of(
    database: Database, prepared: Sequence[Prepared], now: datetime
) -> list[Waiting]:
    """Note the links of one source's poll and claim them, in two works as the daemon does."""
    source = prepared[0].article.source_id
    way = f"https://{source}.example/feed"
    found = [Found(url=each.article.url, way=way) for each in prepared]
    await database.write(lambda tx: note_links(tx, source, found, now))
    return await database.write(lambda tx: claim_links(tx, source, now, AT_ONCE, LEASE))


@dataclass
class Spent:
    """What storing cost so far."""

    articles: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    preparing: float = 0.0
    text: int = 0


async def fill(database: Database, made: Iterator[Article], count: int, at: int) -> Spent:
    """Store so many articles; return what that cost."""
    spent = Spent()
    while spent.articles < count:
        begun = time.process_time()
        part = list(islice(made, min(_PART, count - spent.articles)))
        spent.text += sum(len(one.text.encode()) + len(one.headline.encode()) for one in part)
        making = time.process_time()
        prepared = [prepare(article) for article in part]
        spent.preparing += time.process_time() - making
        begun, cpu = time.perf_counter(), time.process_time()
        for start in range(0, len(part), _UNDER_WAY):
            now = NOW + timedelta(seconds=at + spent.articles + start)
            await take_in(database, prepared[start : start + _UNDER_WAY], now)
        spent.seconds += time.perf_counter() - begun
        spent.cpu += time.process_time() - cpu
        spent.articles += len(part)
    return spent


async def grow(path: Path, sizes: Sequence[int], *, copied: bool) -> list[dict[str, Any]]:
    """Fill one database up to each size; return the figures of each stretch.

    Copied: from 50,000 on the last articles of a stretch are stored, those before are copies.
    """
    figures: list[dict[str, Any]] = []
    made, text, stored = articles(), 0.0, 0
    for size in sizes:
        if copied and size >= _COPIED:
            await asyncio.to_thread(copy_up, path, size - _PART * 2)
            text, stored = text / stored * (size - _PART * 2), size - _PART * 2
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
        print("  ".join(f"{name} {value}" for name, value in figures[-1].items()), flush=True)
    return figures


def copy_up(path: Path, size: int) -> None:
    """Fill the database up with copies of its own articles."""
    with closing(connect_writer(path)) as connection:
        connection.execute("BEGIN")
        index_waiting(Transaction(connection))
        connection.execute("COMMIT")
        Copier(connection, NOW).fill(size)


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
    sizes = [size for size in SIZES if size < options.size] + [options.size]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        both = compare(folder, min(_COMPARED, options.size))
        ours = both["presswatch"]
        for who, cpu in both.items():
            print(f"{who:>20}: {cpu:6.2f} CPU s, ours {ours / cpu:.2f} ×")
        path = folder / "grown.sqlite"
        figures = asyncio.run(grow(path, sizes, copied=options.copies))
        again = restart(path)
        print(f"known again after a start: {again} s")
        if options.keep:
            shutil.move(path, options.keep)
    if options.json:
        last = {name: value for name, value in figures[-1].items() if name != "search_ms"}
        ratios = {
            f"over_bare_{n}": round(ours / both[f"bare, {n} a commit"], 2) for n in BATCHES
        }
        peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        print(
            json.dumps(
                {**last, **ratios, "restart_s": again, "peak_mb": peak, "by_size": figures}
            )
        )


if __name__ == "__main__":
    main()

"""A full disk, a foreign lock, a kill: what was acknowledged stays, whole, and nothing else."""

import asyncio
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from storage.articles import articles_between
from storage.checkpoint import LOG_BYTES
from storage.doctor import examine_all
from storage.errors import DatabaseBusy, DatabaseFull, TemporaryDatabaseError, translate
from storage.storing import Stored
from storage.transaction import Transaction
from tests.making import NOW, make_article
from tests.storage.keeping import keep, opened

ROOT = Path(__file__).parent.parent.parent


def page(number: int) -> str:
    return f"https://a.example/{number}"


async def test_a_full_disk_undoes_the_work_and_writing_goes_on_when_there_is_room(
    tmp_path: Path,
) -> None:
    big = " ".join(f"word{number}" for number in range(20_000))
    async with opened(tmp_path) as database:
        await keep(database, make_article("A first one that fits.", url=page(1)))
        await database.write(lambda tx: cap(tx, 4))
        outcomes = await asyncio.gather(
            *(keep(database, make_article(f"{n} {big}", url=page(n))) for n in range(2, 6)),
            return_exceptions=True,
        )
        assert all(isinstance(outcome, DatabaseFull) for outcome in outcomes)
        kept = await database.read(
            lambda tx: articles_between(tx, NOW, NOW + timedelta(hours=1))
        )
        assert [one.article.url for one in kept] == [page(1)]
        await database.write(lambda tx: cap(tx, 1_000_000))
        assert isinstance(await keep(database, make_article(big, url=page(2))), Stored)
    assert not [one for one in examine_all(tmp_path / "press.sqlite") if one.grave]


def cap(tx: Transaction, pages: int) -> None:
    """Let the file grow by so many pages and no more, as a full disk would."""
    row = tx.one("PRAGMA page_count")
    assert row is not None
    tx.execute(f"PRAGMA max_page_count = {row[0] + pages}")


async def test_row_86_a_foreign_lock_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "press.sqlite"
    async with opened(tmp_path) as database:
        foreign = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        with closing(foreign):
            foreign.execute("BEGIN IMMEDIATE")
            writing = asyncio.gather(
                *(keep(database, make_article(f"Number {n}", url=page(n))) for n in range(5))
            )
            threading.Timer(0.3, foreign.execute, ("COMMIT",)).start()
            outcomes = await writing
    assert all(isinstance(outcome, Stored) for outcome in outcomes)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (sqlite3.SQLITE_BUSY, DatabaseBusy),
        (sqlite3.SQLITE_LOCKED, DatabaseBusy),
        (sqlite3.SQLITE_FULL, DatabaseFull),
        (sqlite3.SQLITE_IOERR_WRITE, DatabaseFull),
    ],
)
def test_what_passes_is_said_to_be_worth_another_try(
    code: int, error: type[TemporaryDatabaseError]
) -> None:
    cause = sqlite3.OperationalError("as SQLite says it")
    cause.sqlite_errorcode = code
    assert type(translate(cause, Path("press.sqlite"))) is error


async def test_row_87_the_log_is_moved_once_a_long_reader_ends(tmp_path: Path) -> None:
    path = tmp_path / "press.sqlite"
    log = path.with_name("press.sqlite-wal")
    async with opened(tmp_path) as database:
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM articles").fetchall()
            for _ in range(5):
                await database.write(lambda tx: fill(tx, 8_000_000))
            grown = size(log)
            reader.execute("COMMIT")
        assert grown > LOG_BYTES
        async with asyncio.timeout(20):
            while size(log) > 1_000_000:  # until the blocked checkpoint is tried again
                await database.write(lambda tx: fill(tx, 1))


def fill(tx: Transaction, size: int) -> None:
    tx.execute(
        "INSERT INTO polls (source_id, way, polled_at, outcome, found, new, reason, elapsed_ms)"
        " VALUES ('a', 'w', '', '', 0, 0, ?, 0)",
        ("x" * size,),
    )


def size(path: Path) -> int:
    return path.stat().st_size


WRITER = textwrap.dedent(
    """
    import asyncio, sys
    from pathlib import Path
    from tests.making import NOW, make_article
    from tests.storage.keeping import keep, opened

    async def one(database, number):
        url = f"https://a.example/{number}"
        article = make_article(f"Number {number} of many, told at length.", url=url)
        await keep(database, article)
        print(number, flush=True)

    async def main():
        start = int(sys.argv[2])
        async with opened(Path(sys.argv[1])) as database:
            await asyncio.gather(*(one(database, n) for n in range(start, start + 2000)))

    asyncio.run(main())
    """
)


async def test_row_83_a_kill_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    acknowledged: set[str] = set()
    for start in range(0, 6000, 2000):
        process = subprocess.Popen(  # noqa: S603, ASYNC220 - our own words in our own Python
            [sys.executable, "-c", WRITER, str(tmp_path), str(start)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        for line in process.stdout:
            acknowledged.add(f"https://a.example/{line.strip()}")
            if len(acknowledged) % 150 == 149:
                process.send_signal(signal.SIGKILL)
                break
        rest = process.stdout.read().split()
        acknowledged.update(f"https://a.example/{number}" for number in rest)
        process.wait()
        process.stdout.close()
        assert not [one for one in examine_all(tmp_path / "press.sqlite") if one.grave]
    async with opened(tmp_path) as database:
        hour = NOW + timedelta(hours=1)
        kept = await database.read(lambda tx: articles_between(tx, NOW, hour, limit=9999))
    assert acknowledged
    assert acknowledged <= {one.article.url for one in kept}
    found = examine_all(tmp_path / "press.sqlite")
    assert not [one for one in found if "of them" in one.problem]

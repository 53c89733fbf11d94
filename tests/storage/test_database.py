"""The writer commits in groups, readers only read, and a second daemon is refused."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from storage.connection import connect_writer
from storage.database import Database
from storage.errors import (
    DatabaseCorrupt,
    DatabaseError,
    DatabaseFault,
    DatabaseInUse,
    DatabaseMissing,
    SchemaTooNew,
    SchemaTooOld,
)
from storage.migrate import Migration, migrate, migrations, schema_version
from storage.transaction import Transaction
from tests.making import NOW

DECLARE = """
    INSERT INTO gaps (source_id, way, since, until, declared_at) VALUES ('s', ?, '', '', '')
"""


def declare(way: str) -> Callable[[Transaction], None]:
    def work(tx: Transaction) -> None:
        tx.execute(DECLARE, (way,))

    return work


def count(tx: Transaction) -> int:
    return len(tx.fetch("SELECT 1 FROM gaps"))


def fail_after_writing(tx: Transaction) -> None:
    tx.execute(DECLARE, ("failed",))
    raise ValueError("no")


async def test_what_is_written_is_read_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "data" / "press.sqlite"
    async with await Database.open(path, now=NOW) as database:
        await asyncio.gather(*(database.write(declare(str(way))) for way in range(250)))
        assert await database.read(count) == 250
    async with await Database.open(path, now=NOW) as database:
        assert await database.read(count) == 250


async def test_a_work_that_raises_takes_nothing_of_its_neighbours_along(tmp_path: Path) -> None:
    async with await Database.open(tmp_path / "press.sqlite", now=NOW) as database:
        outcomes = await asyncio.gather(
            database.write(declare("before")),
            database.write(fail_after_writing),
            database.write(declare("after")),
            return_exceptions=True,
        )
        assert isinstance(outcomes[1], ValueError)
        ways = await database.read(
            lambda tx: [row["way"] for row in tx.fetch("SELECT way FROM gaps")]
        )
        assert sorted(ways) == ["after", "before"]


async def test_a_caller_that_went_away_hurts_nobody(tmp_path: Path) -> None:
    async with await Database.open(tmp_path / "press.sqlite", now=NOW) as database:
        gone = asyncio.create_task(database.write(declare("gone")))
        await asyncio.sleep(0)
        gone.cancel()
        await database.write(declare("stays"))
        assert await database.read(count) in {1, 2}


async def test_a_reader_cannot_write(tmp_path: Path) -> None:
    async with await Database.open(tmp_path / "press.sqlite", now=NOW) as database:
        with pytest.raises(DatabaseError, match="readonly"):
            await database.read(declare("no"))
        assert await database.read(count) == 0


async def test_a_wrong_statement_is_said_to_be_ours(tmp_path: Path) -> None:
    async with await Database.open(tmp_path / "press.sqlite", now=NOW) as database:
        with pytest.raises(DatabaseFault, match="no such table"):
            await database.write(lambda tx: tx.execute("DELETE FROM nowhere"))


async def test_a_closed_database_says_so(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "press.sqlite", now=NOW)
    await database.close()
    with pytest.raises(DatabaseError, match="closed"):
        await database.write(declare("late"))


COUNT_FOR_MINUTES = """
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT 100000000)
    SELECT count(*) FROM numbers
"""


@pytest.mark.parametrize("in_sqlite", [True, False])
async def test_row_84_what_is_read_for_minutes_holds_up_no_end(
    tmp_path: Path, in_sqlite: bool
) -> None:
    """A digest is written from one snapshot, which takes long on a busy machine."""
    begun, enough, done = (threading.Event() for _ in range(3))

    def work(tx: Transaction) -> None:
        begun.set()
        if in_sqlite:
            tx.one(COUNT_FOR_MINUTES)
        else:
            enough.wait(20)
        done.set()

    path = tmp_path / "press.sqlite"
    database = await Database.open(path, now=NOW)
    database.patience = 30 if in_sqlite else 0
    reading = asyncio.create_task(database.read(work))
    await asyncio.to_thread(begun.wait)
    reading.cancel()
    await database.close()
    assert not done.is_set()
    enough.set()
    async with await Database.open(path, now=NOW) as again:
        assert await again.read(count) == 0


async def test_row_90_a_second_daemon_is_refused_and_a_visitor_is_not(tmp_path: Path) -> None:
    path = tmp_path / "press.sqlite"
    async with await Database.open(path, now=NOW) as database:
        with pytest.raises(DatabaseInUse, match="stop it first"):
            await Database.open(path, now=NOW)
        async with await Database.visit(path) as visitor:
            await visitor.write(declare("by a command"))
        assert await database.read(count) == 1
    async with await Database.open(path, now=NOW) as database:
        assert await database.read(count) == 1


async def test_a_visitor_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing):
        await Database.visit(tmp_path / "press.sqlite")
    assert not any(tmp_path.iterdir())  # noqa: ASYNC240 - a folder of the test's own


async def make_file(path: Path, *, version: int) -> None:
    async with await Database.open(path, now=NOW) as database:
        await database.write(declare("kept"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


async def test_a_newer_schema_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "press.sqlite"
    await make_file(path, version=9999)
    before = path.read_bytes()
    with pytest.raises(SchemaTooNew, match="newer presswatch"):
        await Database.open(path, now=NOW)
    with pytest.raises(SchemaTooNew):
        await Database.visit(path)
    assert path.read_bytes() == before


async def test_a_visitor_leaves_an_older_schema_to_the_daemon(tmp_path: Path) -> None:
    path = tmp_path / "press.sqlite"
    await make_file(path, version=migrations()[-1].number - 1)
    with pytest.raises(SchemaTooOld, match="presswatch run"):
        await Database.visit(path)


def overwrite(path: Path, offset: int, junk: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(junk)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        pytest.param(lambda path: path.write_bytes(b"<html>" * 99), "no SQLite", id="a page"),
        pytest.param(lambda path: path.write_bytes(b"short"), "no SQLite", id="a few bytes"),
        pytest.param(lambda path: overwrite(path, 0, b"\0" * 16), "no SQLite", id="no magic"),
        pytest.param(
            lambda path: path.write_bytes(path.read_bytes()[:-5000]), "cut short", id="cut"
        ),
        pytest.param(
            lambda path: overwrite(path, 4096, b"\xa5" * 20_000), "damaged", id="pages of junk"
        ),
        pytest.param(  # which SQLite reads without a word, but for quick_check
            lambda path: overwrite(path, path.stat().st_size - 16_384 + 8, b"\xff" * 4),
            "damaged",
            id="a place within a page",
        ),
    ],
)
async def test_row_88_a_damaged_file_is_refused_untouched(
    tmp_path: Path, damage: Callable[[Path], object], says: str
) -> None:
    path = tmp_path / "press.sqlite"
    async with await Database.open(path, now=NOW) as database:
        await asyncio.gather(*(database.write(declare(f"{way:0500}")) for way in range(50)))
    damage(path)
    before = path.read_bytes()
    with pytest.raises(DatabaseCorrupt, match=says) as caught:
        await Database.open(path, now=NOW)
    assert "restore" in str(caught.value)
    assert path.read_bytes() == before


async def test_an_older_schema_is_brought_up_after_a_copy_that_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "press.sqlite"
    first = migrations()[:1]
    with closing(connect_writer(path)) as connection:
        migrate(connection, path, first, NOW)
        connection.execute(DECLARE, ("kept",))
    async with await Database.open(path, now=NOW) as database:
        assert await database.read(count) == 1
    [copy] = [file for file in tmp_path.iterdir() if ".schema-1." in file.name]  # noqa: ASYNC240 - a folder of the test's own
    assert f"brought up to date; {copy} is the database before" in caplog.text
    with closing(sqlite3.connect(copy)) as connection:
        assert schema_version(connection) == 1
    with closing(sqlite3.connect(path)) as connection:
        assert schema_version(connection) == migrations()[-1].number


def test_a_step_that_fails_leaves_the_schema_before_it(tmp_path: Path) -> None:
    path = tmp_path / "press.sqlite"
    bad = Migration(number=2, name="0002_bad.sql", sql="CREATE TABLE x (y); SELECT nonsense;")
    with closing(connect_writer(path)) as connection:
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, path, (*migrations()[:1], bad), NOW)
        assert schema_version(connection) == 1
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema")}
    assert "articles" in names
    assert "x" not in names


@pytest.mark.parametrize("room", [0, 10_000], ids=["for no copy", "for no step"])
def test_row_85_an_upgrade_that_finds_no_room_leaves_no_copy(tmp_path: Path, room: int) -> None:
    path = tmp_path / "press.sqlite"
    steps = migrations()

    def copies() -> list[Path]:
        return list(tmp_path.glob("*.schema-*"))

    with closing(connect_writer(path)) as connection:
        migrate(connection, path, steps[:1], NOW)
        if room:
            connection.execute("PRAGMA max_page_count = 1")  # no page more than there are
        else:
            connection.set_progress_handler(lambda: bool(copies()), 1)  # in its middle
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, path, steps, NOW)
        connection.set_progress_handler(None, 1)
        assert schema_version(connection) == 1
    assert not copies()


def test_the_steps_are_numbered_without_a_gap() -> None:
    assert [step.number for step in migrations()] == list(range(1, len(migrations()) + 1))

"""Keep the one database open: one writer with group commit, and readers beside it.

aiosqlite owns the threads. A work is a plain function of a Transaction; it runs in the writer's
thread together with others that wait, and its caller goes on after the commit. What the works
do is none of this module's business.
"""

import asyncio
import logging
import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar, cast

import aiosqlite

from storage.batch import MOST_WORKS, Done, Outcome, Undone, Work, run_batch
from storage.checkpoint import Checkpointer, log_of
from storage.connection import connect_reader, connect_writer, use_log
from storage.errors import (
    DatabaseError,
    DatabaseFull,
    DatabaseMissing,
    DatabaseMoved,
    translate,
)
from storage.examine import examine
from storage.lock import DataLock
from storage.migrate import check_schema, migrate, migrations, refuse_newer, schema_version
from storage.open_files import OpenFiles
from storage.transaction import Transaction

T = TypeVar("T")
log = logging.getLogger(__name__)

_IDLE_SECONDS = 5.0  # after so long without a write the log is moved
_PATIENCE = 2.0  # seconds for what is being read when it is time to go


class Database:
    """The open database; made by open (the daemon) or visit (a command beside it)."""

    def __init__(self, path: Path, lock: DataLock | None) -> None:
        self.path = path
        self.patience = _PATIENCE
        self._lock = lock  # None: a visitor, which leaves migrating and the log to the daemon
        self._writer: aiosqlite.Connection | None = None
        self._readers: list[aiosqlite.Connection] = []
        self._free: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        self._waiting: deque[tuple[Work, asyncio.Future[Any]]] = deque()
        self._bell = asyncio.Event()
        self._closing = False
        self._writing: asyncio.Task[None] | None = None
        self._checkpointer = Checkpointer(path)
        self._files = OpenFiles(())

    @classmethod
    async def open(cls, path: Path, *, readers: int = 2, now: datetime) -> Self:
        """Open for the daemon: alone on this data, brought up to date, checked first."""
        lock = await asyncio.to_thread(DataLock.take, path)
        database = cls(path, lock)
        try:
            await database._inspect(thorough=not lock.ended_well)
            await database._connect(partial(_prepare, path=path, now=now), readers)
            database._files = OpenFiles((path, log_of(path), lock.path))
        except BaseException:
            await database.close()
            raise
        return database

    @classmethod
    async def visit(cls, path: Path) -> Self:
        """Open beside a daemon that may be running: nothing is migrated, writes are short."""
        if not await asyncio.to_thread(path.exists):
            raise DatabaseMissing(f"{path}: nothing is stored here yet; start 'presswatch run'")
        database = cls(path, None)
        try:
            await database._inspect(thorough=False)
            await database._connect(partial(_check_visitor, path=path), readers=1)
        except BaseException:
            await database.close()
            raise
        return database

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run the work in the writer's thread and return its result once it is committed.

        Works that wait together share a commit: what one raises takes back only its own changes
        and is raised here, and the others may be run once more. A work whose caller has gone
        away before it began is not run.
        """
        if self._closing or self._writing is None:
            raise DatabaseError(f"{self.path}: the database is closed")
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, future))
        self._bell.set()
        return cast("T", await future)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run the work on a connection that only reads, within one snapshot."""
        if self._closing:
            raise DatabaseError(f"{self.path}: the database is closed")
        reader = await self._free.get()
        try:
            return await _run(reader, partial(_read, work))
        except sqlite3.Error as error:
            raise translate(error, self.path) from error
        finally:
            self._free.put_nowait(reader)

    async def close(self) -> None:
        """Write what still waits, move the log, close the connections, let go of the lock.

        What somebody still reads is broken off, and left to itself where that takes too long.
        """
        self._closing = True
        self._bell.set()
        if self._writing is not None:
            await self._writing
        await self._close_readers()
        if self._writer is not None:
            await self._writer.close()
        self._readers, self._writer = [], None
        if self._lock is not None:
            self._lock.release(sound=self._writing is not None)
            self._lock = None

    async def _close_readers(self) -> None:
        closing = set()
        for reader in self._readers:
            await reader.interrupt()
            closing.add(asyncio.create_task(reader.close()))
        if closing:
            await asyncio.wait(closing, timeout=self.patience)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _inspect(self, *, thorough: bool) -> None:
        try:
            await asyncio.to_thread(examine, self.path, thorough=thorough)
        except sqlite3.Error as error:
            raise translate(error, self.path) from error
        except OSError as error:
            raise DatabaseFull(f"{self.path}: cannot be read ({error.strerror})") from error

    async def _connect(
        self, prepare: Callable[[sqlite3.Connection], object], readers: int
    ) -> None:
        try:
            self._writer = await aiosqlite.Connection(partial(connect_writer, self.path), 64)
            await _run(self._writer, prepare)
            for _ in range(readers):
                reader = await aiosqlite.Connection(partial(connect_reader, self.path), 64)
                self._readers.append(reader)
                self._free.put_nowait(reader)
        except sqlite3.Error as error:
            raise translate(error, self.path) from error
        self._writing = asyncio.create_task(self._write_all(self._writer))  # close awaits it

    async def _write_all(self, writer: aiosqlite.Connection) -> None:
        """Write batch after batch until closed; the batches gather while the last one runs."""
        while not (self._closing and not self._waiting):
            if not self._waiting:
                await self._rest(writer)
                continue
            batch = self._take()
            outcomes = await self._run_batch(writer, [work for work, _ in batch])
            self._waiting.extendleft(reversed(batch[len(outcomes) :]))
            for (_, future), outcome in zip(batch, outcomes, strict=False):
                self._settle(future, outcome)
            full = any(map(_is_full, outcomes))  # moving the log makes room, if anything does
            if self._lock is not None and self._checkpointer.is_due(idle=full):
                await _run(writer, self._checkpointer.move)
        if self._lock is not None and self._checkpointer.is_due(idle=True):
            await _run(writer, self._checkpointer.move)

    async def _run_batch(
        self, writer: aiosqlite.Connection, works: list[Work]
    ) -> list[Outcome]:
        try:
            self._files.must_be_there()
            return await _run(writer, partial(run_batch, works=works))
        except DatabaseMoved as error:
            return [Undone(error)] * len(works)
        except Exception as error:  # the writer has to outlive whatever befalls one batch
            log.exception("a batch could not be written")
            return [Undone(error)] * len(works)

    async def _rest(self, writer: aiosqlite.Connection) -> None:
        self._bell.clear()
        try:
            async with asyncio.timeout(_IDLE_SECONDS):
                await self._bell.wait()
        except TimeoutError:
            if self._lock is not None and self._checkpointer.is_due(idle=True):
                await _run(writer, self._checkpointer.move)

    def _take(self) -> list[tuple[Work, asyncio.Future[Any]]]:
        batch: list[tuple[Work, asyncio.Future[Any]]] = []
        while self._waiting and len(batch) < MOST_WORKS:
            work, future = self._waiting.popleft()
            if not future.done():  # its caller has gone away
                batch.append((work, future))
        return batch

    def _settle(self, future: asyncio.Future[Any], outcome: Outcome) -> None:
        if future.done():
            return
        if isinstance(outcome, Done):
            future.set_result(outcome.result)
        elif isinstance(outcome.error, sqlite3.Error):
            error = translate(outcome.error, self.path)
            error.__cause__ = outcome.error
            future.set_exception(error)
        else:
            future.set_exception(outcome.error)


async def _run(connection: aiosqlite.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    """Run a whole function in the connection's thread: a call per row costs 150 µs each."""
    # aiosqlite has no public way to hand over a function; this is the one its own calls take.
    execute: Callable[..., Awaitable[Any]] = connection._execute
    return cast("T", await execute(lambda: work(connection._conn)))


def _is_full(outcome: Outcome) -> bool:
    error = outcome.error if isinstance(outcome, Undone) else None
    return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL


def _read(work: Callable[[Transaction], T], connection: sqlite3.Connection) -> T:
    connection.execute("BEGIN")
    try:
        return work(Transaction(connection))
    finally:
        connection.execute("ROLLBACK")


def _prepare(connection: sqlite3.Connection, path: Path, now: datetime) -> None:
    steps = migrations()
    refuse_newer(schema_version(connection), steps[-1].number, path)
    use_log(connection)
    if before := migrate(connection, path, steps, now):
        log.warning("brought up to date; %s is the database before: delete it later", before)


def _check_visitor(connection: sqlite3.Connection, path: Path) -> None:
    check_schema(connection, path, migrations())

"""Open the database of an installation for one command."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from crawler.cli.places import FOUND_PROBLEMS, leave
from storage.database import Database, Transaction
from storage.errors import DatabaseError

T = TypeVar("T")


def read(data_dir: Path, work: Callable[[Transaction], T]) -> T:
    """Read from the database beside a running daemon."""
    return _run(data_dir, work, writing=False)


def write(data_dir: Path, work: Callable[[Transaction], T]) -> T:
    """Write to the database, which a running daemon may hold open too."""
    return _run(data_dir, work, writing=True)


def _run(data_dir: Path, work: Callable[[Transaction], T], *, writing: bool) -> T:
    async def once() -> T:
        database = await Database.visit(data_dir / "presswatch.db")
        try:
            return await (database.write(work) if writing else database.read(work))
        finally:
            await database.close()

    try:
        return asyncio.run(once())
    except DatabaseError as error:
        leave(str(error), FOUND_PROBLEMS)

"""What every test has: a log as the last one found it, and a database where it asks for one."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

from storage.database import Database
from tests.making import NOW


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    """Put back the log's configuration: a command that a test ran in-process set its own."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """Open a new database."""
    async with await Database.open(tmp_path / "presswatch.db", now=NOW) as database:
        yield database

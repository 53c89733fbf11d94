"""Store articles the way ingest does, for tests of the store."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from storage.article import Article
from storage.database import Database
from storage.prepared import prepare
from storage.revising import Revised, Unchanged
from storage.storing import Purged, Stored, store_article
from tests.making import NOW


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Database]:
    """Open the database of a folder, and close it."""
    async with await Database.open(folder / "press.sqlite", now=NOW) as database:
        yield database


async def keep(
    database: Database, article: Article, now: datetime = NOW
) -> Stored | Revised | Unchanged | Purged:
    """Store one article."""
    prepared = prepare(article)
    return await database.write(lambda tx: store_article(tx, prepared, now))

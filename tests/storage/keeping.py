"""Store articles the way ingest does, for tests of the store."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from storage.article import Article
from storage.articles import Purged, Revised, Stored, Unchanged, store_article
from storage.database import Database
from storage.folded import fold_article
from storage.signature import sign
from tests.making import NOW


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Database]:
    """Open the database of a folder, and close it."""
    async with await Database.open(folder / "press.sqlite", now=NOW) as database:
        yield database


async def keep(
    database: Database, article: Article, now: datetime = NOW
) -> Stored | Revised | Unchanged | Purged:
    """Store one article, signed and folded."""
    signature, folded = sign(article), fold_article(article)
    return await database.write(lambda tx: store_article(tx, article, signature, folded, now))

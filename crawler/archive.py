"""Read the archive as rules read it, slice by slice, so that a long look frees the loop."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import datetime

from alerts.canary import SOURCE_ID as CANARY
from alerts.explaining.plan import Archived
from alerts.matching.reading import read_article
from config.source import Source
from crawler.progress import Advance
from storage.articles import StoredArticle, articles_between
from storage.database import Database

SLICE = 100  # articles read between two turns of the loop
MOST = 20_000  # articles an edit is tried on


async def read_archive(
    database: Database,
    sources: Mapping[str, Source],
    since: datetime,
    until: datetime,
    advance: Advance = lambda _: None,
) -> list[Archived]:
    """Return the articles first seen in a span, at most 20,000, the oldest first.

    The daily canary is no news, and no rule but its own is for it.
    """
    archive: list[Archived] = []
    async for part in archive_slices(database, sources, since, until):
        archive += part
        advance(len(part))
    return archive


async def archive_slices(
    database: Database, sources: Mapping[str, Source], since: datetime, until: datetime
) -> AsyncIterator[list[Archived]]:
    """Yield the same a hundred at a time, read beside the loop."""
    after, told = 0, 0
    while told < MOST and (found := await _slice(database, since, until, after)):
        after, told = found[-1].id, told + len(found)
        yield await asyncio.to_thread(_archived_all, found, sources)


def _archived_all(found: list[StoredArticle], sources: Mapping[str, Source]) -> list[Archived]:
    return [archived(each, sources) for each in found if each.article.source_id != CANARY]


async def _slice(
    database: Database, since: datetime, until: datetime, after: int
) -> list[StoredArticle]:
    return await database.read(
        lambda tx: articles_between(tx, since, until, after_id=after, limit=SLICE)
    )


def archived(stored: StoredArticle, sources: Mapping[str, Source]) -> Archived:
    """Return one stored article as a plan looks at it."""
    source = sources.get(stored.article.source_id)
    return Archived(
        article_id=stored.id,
        headline=stored.article.headline,
        seen_at=stored.first_seen,
        reading=read_article(stored.article, source=source),
    )

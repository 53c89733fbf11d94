"""Read the archive as rules read it, slice by slice, so that a long look frees the loop."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

from alerts.plan import Archived
from alerts.reading import read_article
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
    """Return the articles first seen in a span, at most 20,000, the oldest first."""
    archive: list[Archived] = []
    after = 0
    while len(archive) < MOST:
        found = await _slice(database, since, until, after)
        if not found:
            break
        after = found[-1].id
        archive += [archived(each, sources) for each in found]
        advance(len(found))
        await asyncio.sleep(0)
    return archive


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

"""Let the daily canary in by the way of every article: a page, a worker, the ingest."""

import html
from datetime import datetime
from zoneinfo import ZoneInfo

from alerts.canary import SOURCE_ID
from alerts.delivery.canary_watch import CanaryWatch
from alerts.delivery.dispatcher import Dispatcher
from config.source import Source
from crawler.clock import Clock
from crawler.live.configuration import Holder
from crawler.watch.ingest import Ingest
from crawler.workers.pool import Undone, Workers
from crawler.workers.work import read_page
from storage.article import Article
from storage.database import Database
from storage.ledger import Waiting

SOURCE = Source(id=SOURCE_ID, url="https://canary.presswatch.invalid", name="presswatch")
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{headline}</title>
<meta property="og:type" content="article"><meta property="og:title" content="{headline}">
<meta property="article:published_time" content="{published}"></head>
<body><article><h1>{headline}</h1>{paragraphs}</article></body></html>
"""


class CanaryLost(Exception):  # noqa: N818 - says what it is
    """The canary's page could not be read."""


class Door:
    """The door that a canary comes in by."""

    def __init__(
        self, database: Database, live: Holder, workers: Workers, clock: Clock
    ) -> None:
        self._ingest = Ingest(database, live)
        self._workers = workers
        self._clock = clock

    async def let_in(self, article: Article) -> None:
        """Read the canary's page as any other and take it in; raises CanaryLost."""
        page = page_of(article).encode()
        seen = page, article.url, "text/html", SOURCE, self._clock()
        done = await self._workers.run(read_page, *seen)
        if isinstance(done, Undone):
            raise CanaryLost(f"{done.fault}: {done.reason}")
        if reason := done.value.imprint.not_article:
            raise CanaryLost(reason)
        now = self._clock()
        await self._ingest.take(done.value, _link(article, now), now)


def page_of(article: Article) -> str:
    """Write the page that a canary stands on."""
    return PAGE.format(
        headline=html.escape(article.headline),
        published=article.published_at.isoformat() if article.published_at else "",
        paragraphs="".join(f"<p>{html.escape(block.text)}</p>" for block in article.body),
    )


def open_watch(door: Door, dispatcher: Dispatcher, live: Holder) -> CanaryWatch | None:
    """Open the watch that the configuration asks for; None: it asks for none."""
    settings = live().config.settings
    if settings.alerts.canary_channel is None:
        return None
    return CanaryWatch(
        database=dispatcher.database,
        let_in=door.let_in,
        channel=settings.alerts.canary_channel,
        at=settings.alerts.canary_at,
        zone=ZoneInfo(settings.timezone),
        channels=dispatcher.channels,
        operators=dispatcher.operators,
        clock=dispatcher.clock,
    )


def _link(article: Article, now: datetime) -> Waiting:
    """Stand in for the link that no feed has led to."""
    return Waiting(
        url=article.url,
        source_id=SOURCE_ID,
        way=SOURCE.url,
        attempts=1,
        article_id=None,
        title=article.headline,
        published=article.published_at,
        noted_at=now,
    )

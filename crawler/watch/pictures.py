"""Fetch the pictures that a digest may show, when their story comes in, and keep them small.

Only for digests that want thumbnails, once per story, through the guarded fetcher: a reader's
mail program never asks a publisher for anything.
"""

import sys
from collections.abc import Callable
from datetime import timedelta
from importlib.util import find_spec

import structlog

from alerts.digest.scope import rules_of
from config.source import Source
from crawler.clock import Clock
from crawler.fetch.outcome import Fetched, FetchKind, FetchRequest, reason_of
from crawler.live.configuration import Holder
from crawler.watch.look import Fetches
from crawler.workers.pool import Undone, Workers
from crawler.workers.reduce import CONTENT_TYPE, reduce_picture
from storage.articles import StoredArticle, load_articles
from storage.database import Database
from storage.thumbnails import Thumbnail, keep_thumbnail, wanted_thumbnails

log = structlog.get_logger(__name__)
FRESH = timedelta(hours=6)  # an older story has been in a digest without, or soon will be
AT_ONCE = 10


def can_reduce() -> bool:
    """Tell whether the library that reduces pictures is installed."""
    return find_spec("PIL") is not None


class Pictures:
    """The one who sees to pictures."""

    def __init__(
        self,
        database: Database,
        fetcher: Fetches,
        workers: Workers,
        live: Holder,
        clock: Clock,
        *,
        able: Callable[[], bool] = can_reduce,
    ) -> None:
        self._database = database
        self._fetcher = fetcher
        self._workers = workers
        self._live = live
        self._clock = clock
        self._able = able
        self._told = False

    async def step(self) -> int:
        """See to the newest stories; return how many pictures were asked for."""
        rules = self._rules()
        if not rules or not self._is_able():
            return 0
        since = self._clock() - FRESH
        articles = await self._database.read(
            lambda tx: load_articles(tx, wanted_thumbnails(tx, rules, since, limit=AT_ONCE))
        )
        for stored in articles:
            kept, now = await self._ask(stored), self._clock()
            await self._database.write(
                lambda tx, stored=stored, kept=kept, now=now: keep_thumbnail(  # type: ignore[misc]  # all are bound here
                    tx, stored.id, kept, now
                )
            )
        return len(articles)

    def _rules(self) -> set[str]:
        config = self._live().config
        wanting = [plan for plan in config.digests if plan.thumbnails]
        return {rule for plan in wanting for rule in rules_of(plan, config.rules)}

    def _is_able(self) -> bool:
        able = self._able()
        if not able and not self._told:
            log.warning(
                "a digest wants thumbnails, but Pillow is not installed",
                install=f"{sys.prefix}/bin/pip install 'presswatch[thumbnails]'",
            )
        self._told = not able
        return able

    async def _ask(self, stored: StoredArticle) -> Thumbnail:
        article = stored.article
        source = self._live().sources.get(article.source_id)
        if source is None or article.lead_image is None or not article.lead_image.url:
            return Thumbnail(reason="the page names no picture")
        return await self._fetch(article.lead_image.url, source)

    async def _fetch(self, url: str, source: Source) -> Thumbnail:
        request = FetchRequest(url=url, kind=FetchKind.PICTURE, source=source)
        outcome = await self._fetcher.fetch(request)
        if not isinstance(outcome, Fetched):
            return Thumbnail(reason=reason_of(outcome)[:300])
        done = await self._workers.run(reduce_picture, outcome.body)
        if isinstance(done, Undone):
            return Thumbnail(reason=f"{done.fault}: {done.reason}"[:300])
        return Thumbnail(content_type=CONTENT_TYPE, content=done.value)

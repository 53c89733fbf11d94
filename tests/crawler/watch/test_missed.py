"""What a source published while we could not look is exactly what its declared gaps cover."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import xxhash

from config.settings import PollSettings
from config.source import Source
from crawler.discover.outcome import Way
from crawler.fetch.outage import NetworkUp
from crawler.fetch.outcome import (
    Failed,
    FailureKind,
    Fetched,
    FetchRequest,
    NotModified,
    Outcome,
)
from crawler.watch.look import Looker
from crawler.workers.pool import Workers
from storage.database import Database
from storage.gaps import gaps_between
from storage.ledger import load_link
from storage.sources import ensure_sources, load_source
from tests.making import NOW, make_source

MINUTE = timedelta(minutes=1)
FEED = "https://newsroom.example/feed.xml"
WINDOW = 5
POLL = PollSettings()


@dataclass
class Site:
    """A site whose feed shows its newest articles, on a network that fails at times."""

    published: Sequence[datetime]
    now: datetime = NOW
    down: bool = False

    async def fetch(self, request: FetchRequest) -> Outcome:
        if self.down:
            return Failed(url=request.url, kind=FailureKind.TIMEOUT, reason="no answer")
        body = self.feed()
        digest = xxhash.xxh64_hexdigest(body)
        if digest == request.body_hash:
            return NotModified(
                url=request.url, etag=None, last_modified=None, max_age=None,
                body_hash=digest, fetched_at=self.now, elapsed=0.1,
            )  # fmt: skip
        return Fetched(
            url=request.url, status=200, content_type="application/rss+xml", headers={},
            body=body, etag=None, last_modified=None, body_hash=digest, fetched_at=self.now,
            elapsed=0.1, max_age=None,
        )  # fmt: skip

    def feed(self) -> bytes:
        out = [(n, at) for n, at in enumerate(self.published) if at <= self.now]
        items = "".join(
            f"<item><title>Article {n}</title><link>{url(n)}</link>"
            f"<pubDate>{at.isoformat()}</pubDate></item>"
            for n, at in reversed(out[-WINDOW:])
        )
        return f"<rss><channel><title>Newsroom</title>{items}</channel></rss>".encode()

    def network(self, source: Source | None = None) -> NetworkUp:
        return NetworkUp()

    async def ways(self, source: Source, now: datetime) -> tuple[Way, ...]:
        raise AssertionError("the source names its feed")


def url(n: int) -> str:
    return f"https://newsroom.example/news/{n}"


def moments(dice: random.Random) -> list[datetime]:
    """Return when 60 articles are published, in bursts and lulls."""
    at, out = NOW, []
    for _ in range(60):
        out.append(at)
        at += MINUTE * dice.choice([1, 2, 3, 20])
    return out


@pytest.mark.parametrize("seed", range(4))
async def test_missed_articles_are_those_that_declared_gaps_cover(
    tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    site = Site(moments(dice))
    source = replace(make_source(), feeds=(FEED,))
    database = await Database.open(tmp_path / "store.db", now=NOW)
    workers = Workers(1, seconds=5, memory_mb=512)
    looker = Looker(database, site, workers, site, lambda: site.now)

    try:
        await database.write(lambda tx: ensure_sources(tx, [source.id], NOW))
        looked = NOW
        while site.now < site.published[-1] + 30 * MINUTE:
            site.down = dice.random() < 0.5
            state = await database.read(lambda tx: load_source(tx, source.id))
            assert state is not None
            await looker.look(source, state, POLL, 0.0)
            looked = looked if site.down else site.now
            site.now += MINUTE * dice.choice([3, 7, 15]) + MINUTE / 2
        gaps = await database.read(lambda tx: gaps_between(tx, NOW, site.now))
        seen = await database.read(
            lambda tx: {n for n in range(60) if load_link(tx, url(n)) is not None}
        )
    finally:
        await workers.close()
        await database.close()
    first = min(seen)
    out = [n for n, at in enumerate(site.published) if first < n and at <= looked]
    missed = {n for n in out if n not in seen}
    covered = {
        n for n, at in enumerate(site.published) if any(g.since < at < g.until for g in gaps)
    }
    assert missed == covered
    assert gaps  # else the run shows nothing
    assert len(seen) > 10

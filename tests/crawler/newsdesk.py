"""A whole desk on loopback: a site that says what a test wants, and all that reads it."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from config.load import load_config
from crawler.app import App, Ports, open_live
from crawler.live.configuration import make_live
from crawler.once import Once, poll_and_deliver
from crawler.places import Places
from crawler.workers.pool import Workers
from storage.coverage import ledger_sums
from storage.ledger import LedgerRow, LedgerState, load_link
from storage.outbox import OutboxRow, list_messages
from tests.crawler.fetch.servers import Page, Site, answer, serving
from tests.crawler.workers.here_and_now import HereAndNow
from tests.making import NOW, make_config_folder

HOUR = timedelta(hours=1)
RULE = """\
rules:
  - {id: corridor, match: 'corridor*'}
"""


_TO_LETTERS = str.maketrans("0123456789", "abcdefghij")


def article(n: int, *, text: str = "", head: str = "", published: datetime = NOW) -> bytes:
    """Write an article's page; its words are its own unless a text is given."""
    own = " ".join(f"word{n}x{each} corridor{n}x{each}" for each in range(60))
    words = text or own.translate(_TO_LETTERS)  # figures would be numbers that articles share
    return (
        f"<!doctype html><html lang=en><head><title>Report {n}</title>{head}"
        f"<meta property='article:published_time' content='{published.isoformat()}'></head>"
        f"<body><article><h1>Report {n} on the corridor</h1>"
        f"<p>Report {n}. {words}.</p><p>The corridor of report {n} was discussed by "
        f"ministers{n} and envoys{n} at length.</p></article></body></html>"
    ).encode()


def feed(*items: str) -> bytes:
    """Write an RSS feed of items."""
    body = f"<rss version='2.0'><channel><title>f</title>{''.join(items)}</channel></rss>"
    return answer(body.encode(), "Content-Type: application/rss+xml")


def item(link: str, guid: str = "", published: datetime | None = NOW) -> str:
    """Write an item of a feed."""
    stamp = f"<pubDate>{published.isoformat()}</pubDate>" if published else ""
    return f"<item><title>t</title><link>{link}</link><guid>{guid or link}</guid>{stamp}</item>"


@dataclass
class Desk:
    """The site, the desk that watches it, and the hands of its clock."""

    site: Site
    app: App
    pages: dict[str, Page]
    now: list[datetime] = field(default_factory=list)

    async def look(self, after: timedelta = HOUR) -> Once:
        """Poll, read and deliver all that is due, then let time pass."""
        once = await poll_and_deliver(self.app)
        self.now[0] += after
        return once

    def show(self, path: str, page: bytes) -> str:
        """Put a page on the site and return its address."""
        self.pages[path] = answer(page, "Content-Type: text/html")
        return f"{self.site.url}{path}"

    async def messages(self, kind: str = "alert") -> list[OutboxRow]:
        """Return what was or is to be told."""
        rows = await self.app.database.read(lambda tx: list_messages(tx, limit=1000))
        return [row for row in rows if row.kind == kind]

    async def sums(self) -> dict[LedgerState, int]:
        """Return what became of all addresses, states without any left out."""
        sums = await self.app.database.read(ledger_sums)
        return {state: count for state, count in sums.items() if count}

    async def link(self, url: str) -> LedgerRow | None:
        """Return what the ledger says of an address."""
        return await self.app.database.read(lambda tx: load_link(tx, url))


@contextlib.asynccontextmanager
async def watching(
    folder: Path,
    *,
    rules: str = RULE,
    source: str = "feeds: ['{url}/feed.xml']",
    settings: str = "",
    workers: Workers | None = None,
    **files: str,
) -> AsyncIterator[Desk]:
    """Watch a site on loopback; its feed stands at /feed.xml unless told otherwise.

    files: others of the configuration, as make_config_folder names them.
    """
    pages: dict[str, Page] = {}
    async with serving(pages) as site:
        places = Places(config=folder / "config", data=folder / "data")
        entry = f"id: local, name: Local, url: '{site.url}', {source.format(url=site.url)}"
        make_config_folder(
            places.config,
            settings=f"fetch: {{gap: 0s, allow_private: [local]}}\n{settings}",
            sources=f"sources: [{{{entry}}}]\n",
            rules=rules,
            **files,
        )
        now = [NOW]
        ports = Ports(clock=lambda: now[0], workers=workers or HereAndNow())
        async with open_live(make_live(load_config(places.config, {})), places, ports) as app:
            yield Desk(site=site, app=app, pages=pages, now=now)

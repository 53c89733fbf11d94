"""Fetch with one client and print what a request cost; benchmarks.fetch runs them.

Every client asks 500 (or 10,000) hosts, 50 at a time, over one kept connection per host; the
first round (connections, robots.txt, caches) is not counted.
"""

import argparse
import asyncio
import json
import os
import resource
import ssl
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

from benchmarks.fetch_server import AUTHORITY, ETAG

AT_ONCE = 50
Ask = Callable[[str], Awaitable[int]]  # fetches a URL, returns the length of its body
Figures = dict[str, float]


def urls(scheme: str, port: int, hosts: int, path: str) -> list[str]:
    """Name one URL on each of so many hosts."""
    return [
        f"{scheme}://127.{1 + n // 62500}.{n // 250 % 250}.{1 + n % 250}:{port}/{path}"
        for n in range(hosts)
    ]


def peak_mb() -> float:
    """Return the most memory this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def rounds(ask: Ask, todo: list[str], requests: int) -> Figures:
    """Ask every host once, then measure so many requests, 50 at a time."""

    async def worker(mine: list[str], times: int) -> None:
        for n in range(times):
            await ask(mine[n % len(mine)])

    shares = [todo[n::AT_ONCE] for n in range(AT_ONCE)]
    first = [[url.replace("/page", "/small") for url in share] for share in shares]
    await asyncio.gather(*(worker(share, len(share)) for share in first))
    await asyncio.gather(*(worker(share, 4) for share in shares))
    before = peak_mb()
    started = time.process_time()
    times = requests // AT_ONCE
    await asyncio.gather(*(worker(share, times) for share in shares))
    spent = time.process_time() - started
    peak = peak_mb()
    return {
        "us": spent / (times * AT_ONCE) * 1e6,
        "rss_mb": peak,
        "growth_mb": peak - before,
    }


def tls_context() -> ssl.SSLContext:
    """Make the context that trusts the server's throw-away authority."""
    return ssl.create_default_context(cafile=os.environ[AUTHORITY])


async def aiohttp_client(
    todo: list[str], requests: int, known: bool, *, kept: bool = True
) -> Figures:
    """Measure aiohttp: no limit on connections; all of them kept, or a new one each time."""
    import aiohttp

    tls = tls_context() if todo[0].startswith("https") else True
    connector = (
        aiohttp.TCPConnector(limit=0, keepalive_timeout=600, ssl=tls)
        if kept
        else aiohttp.TCPConnector(limit=0, force_close=True)
    )
    headers = {"If-None-Match": ETAG} if known else {}
    async with aiohttp.ClientSession(connector=connector, headers=headers) as session:

        async def ask(url: str) -> int:
            async with session.get(url) as response:
                assert response.status == (304 if known else 200)
                return len(await response.read())

        return await rounds(ask, todo, requests)


async def httpx_client(
    todo: list[str], requests: int, known: bool, *, ours: bool = False
) -> Figures:
    """Measure an httpx client: with its own transport, or with ours."""
    import httpx

    from crawler.fetch.transport import GuardedTransport

    everything = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    transport: httpx.AsyncBaseTransport = (
        GuardedTransport(idle=len(todo), idle_seconds=600)
        if ours
        else httpx.AsyncHTTPTransport(limits=everything)
    )
    headers = {"If-None-Match": ETAG} if known else {}
    extensions = {"allow_private": True}
    async with httpx.AsyncClient(transport=transport, headers=headers) as client:

        async def ask(url: str) -> int:
            response = await client.get(url, extensions=extensions)
            assert response.status_code == (304 if known else 200)
            return len(response.content)

        return await rounds(ask, todo, requests)


async def presswatch_client(
    todo: list[str], requests: int, known: bool, *, kept: bool = True
) -> Figures:
    """Measure our Fetcher: guard, robots, pace, limits, bounded decoding, hash and all.

    kept: a connection per host is kept, as the other clients do; else as in production.
    """
    from config.settings import FetchSettings
    from config.source import Source
    from crawler.fetch.client import Fetcher
    from crawler.fetch.outcome import Fetched, FetchKind, FetchRequest, NotModified
    from crawler.fetch.transport import GuardedTransport

    tls = tls_context() if todo[0].startswith("https") else None
    transport = GuardedTransport(idle=len(todo), idle_seconds=600, tls=tls) if kept else None
    settings = FetchSettings(gap=timedelta(0), allow_private=("bench",))
    fetcher = Fetcher(settings, transport=transport)
    source = Source(id="bench", url=todo[0], name="Bench")
    etag = ETAG if known else None

    async def ask(url: str) -> int:
        outcome = await fetcher.fetch(
            FetchRequest(url=url, kind=FetchKind.PAGE, source=source, etag=etag)
        )
        assert isinstance(outcome, NotModified if known else Fetched), outcome
        return len(outcome.body) if isinstance(outcome, Fetched) else 0

    try:
        return await rounds(ask, todo, requests)
    finally:
        await fetcher.close()


def scrapy_client(todo: list[str], requests: int, known: bool) -> Figures:
    """Measure Scrapy with robots.txt, delays and log switched off."""
    import scrapy
    from scrapy.crawler import CrawlerProcess

    headers = {"If-None-Match": ETAG} if known else {}
    marks: list[float] = []

    class Spider(scrapy.Spider):  # type: ignore[misc]  # peers are Any
        name = "bench"
        handle_httpstatus_list = [304]  # noqa: RUF012 - Scrapy's way

        async def start(self):  # type: ignore[no-untyped-def]
            for n in range(len(todo) + requests):
                url = todo[n % len(todo)]
                yield scrapy.Request(url, headers=headers, dont_filter=True)

        def parse(self, response):  # type: ignore[no-untyped-def]
            assert response.status == (304 if known else 200)
            marks.append(time.process_time())

    process = CrawlerProcess(
        {
            "LOG_ENABLED": False,
            "ROBOTSTXT_OBEY": False,
            "CONCURRENT_REQUESTS": AT_ONCE,
            "DOWNLOAD_DELAY": 0,
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    process.crawl(Spider)
    process.start()
    counted = marks[len(todo) :]
    spent = (counted[-1] - counted[0]) / (len(counted) - 1)
    return {"us": spent * 1e6, "rss_mb": peak_mb(), "growth_mb": 0.0}


def main() -> None:
    """Run one client over one case and print its figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("client")
    parser.add_argument("scheme", choices=["http", "https"])
    parser.add_argument("port", type=int)
    parser.add_argument("hosts", type=int)
    parser.add_argument("case", choices=["page", "small", "304"])
    parser.add_argument("requests", type=int)
    given = parser.parse_args()
    known, requests = given.case == "304", given.requests
    todo = urls(given.scheme, given.port, given.hosts, "small" if known else given.case)
    match given.client:
        case "aiohttp":
            figures = asyncio.run(aiohttp_client(todo, requests, known))
        case "aiohttp-new":
            figures = asyncio.run(aiohttp_client(todo, requests, known, kept=False))
        case "httpx":
            figures = asyncio.run(httpx_client(todo, requests, known))
        case "transport":
            figures = asyncio.run(httpx_client(todo, requests, known, ours=True))
        case "presswatch":
            figures = asyncio.run(presswatch_client(todo, requests, known))
        case "production":
            figures = asyncio.run(presswatch_client(todo, requests, known, kept=False))
        case _:
            figures = scrapy_client(todo, requests, known)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()

"""Row 95 and "Process": connections and memory stay bounded, however many hosts."""

import asyncio
import gc
import gzip
import random
import ssl
import tracemalloc
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from config.settings import FetchSettings
from crawler.fetch.client import Fetcher
from crawler.fetch.connection import Connection
from crawler.fetch.idle import IdleConnections
from crawler.fetch.limits import MIB, ExchangeLimits
from crawler.fetch.outcome import Failed, Fetched, NotModified
from crawler.fetch.transport import GuardedTransport
from tests.crawler.fetch.servers import (
    QUICK,
    Page,
    answer,
    asking,
    fetching,
    flood,
    hang_up,
    serving,
)
from tests.crawler.fetch.test_guard import LOCAL, client_tls, server_tls

PAGE = answer(b"<p>The page</p>")


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts files by /proc")
async def test_row_95_of_many_hosts_only_so_many_connections_stay_open() -> None:
    async with serving({"/page": PAGE}, host="0.0.0.0") as site:
        transport = GuardedTransport(limits=QUICK.exchange, idle=10)
        settings = FetchSettings(gap=timedelta(0), allow_private=("local",))
        fetcher = Fetcher(settings, limits=QUICK, transport=transport)
        before = open_files()
        for number in range(1, 61):
            url = f"http://127.0.1.{number}:{site.port}/page"
            assert isinstance(await fetcher.fetch(asking(url)), Fetched)
        await asyncio.sleep(0.05)
        assert open_files() - before <= 2 * 10 + 2
        await fetcher.close()
        await asyncio.sleep(0.05)
        assert open_files() - before <= 1


async def test_row_95_an_idle_connection_is_not_used_after_its_time() -> None:
    async with serving({"/page": PAGE}) as site:
        transport = GuardedTransport(limits=QUICK.exchange, idle_seconds=0.0)
        settings = FetchSettings(gap=timedelta(0), allow_private=("local",))
        fetcher = Fetcher(settings, limits=QUICK, transport=transport)
        for _ in range(3):
            await fetcher.fetch(asking(f"{site.url}/page"))
        assert site.connections == 3
        await fetcher.close()


async def test_row_95_what_waited_too_long_is_closed_when_another_begins_to_wait() -> None:
    connections = [Connection(ExchangeLimits()) for _ in range(4)]
    idle = IdleConnections(limit=100, seconds=15.0)
    for second, connection in enumerate(connections[:3]):
        idle.put(f"host {second}", connection, now=float(second))
    idle.put("host 3", connections[3], now=16.5)
    assert [each.closed for each in connections] == [True, True, False, False]
    assert len(idle) == 2


async def test_a_connection_of_a_trusted_source_is_not_lent_to_another_one() -> None:
    """What one source may reach, another one must not reach over its open connection."""
    async with serving({"/page": PAGE}) as site, fetching() as fetcher:
        request = asking(f"{site.url}/page")
        assert isinstance(await fetcher.fetch(request), Fetched)
        stranger = replace(request, source=replace(request.source, id="stranger"))
        assert not isinstance(await fetcher.fetch(stranger), Fetched)
        assert len(site.heads) == 1


async def test_row_95_memory_stays_flat_over_many_polls() -> None:
    pages: dict[str, Page] = {
        "/page": answer(b"<p>" + b"text " * 4000, 'ETag: "1"'),
        "/broken": hang_up(answer(b"x", length=99)),
        "/garbage": b"garbage\r\n\r\n",
    }
    async with serving(pages) as site, fetching() as fetcher:

        async def polls(times: int) -> None:
            for _ in range(times):
                for path in pages:
                    await fetcher.fetch(asking(site.url + path))
                site.heads.clear()

        await polls(20)
        gc.collect()
        tracemalloc.start()
        await polls(20)
        gc.collect()
        first = tracemalloc.get_traced_memory()[0]
        await polls(30)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - first
        tracemalloc.stop()
        assert grown < 64 * 1024


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(flood(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 65536), id="a giant header"),
        pytest.param(
            flood(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;", b"x" * 65536),
            id="a giant chunk extension",
        ),
        pytest.param(
            flood(
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ", b"x" * 65536
            ),
            id="a giant trailer",
        ),
    ],
)
async def test_row_13_a_flood_costs_next_to_no_memory(page: Page) -> None:
    async with serving({"/page": page}) as site, fetching() as fetcher:
        tracemalloc.start()
        outcome = await fetcher.fetch(asking(f"{site.url}/page"))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert isinstance(outcome, Failed)
        assert peak < 2 * MIB


async def test_row_95_many_large_bodies_at_once_do_not_add_up_in_memory() -> None:
    size = 4 * MIB
    line = b"<p>" + random.Random(1).randbytes(40_000).hex().encode() + b"</p>"
    body = gzip.compress((line * (size // len(line) + 1))[:size])
    limits = replace(QUICK, exchange=ExchangeLimits())
    page = answer(body, "Content-Encoding: gzip")
    async with serving({"/page": page}, host="0.0.0.0") as site, fetching(limits) as fetcher:

        async def length(number: int) -> int:
            outcome = await fetcher.fetch(asking(f"http://127.0.1.{number}:{site.port}/page"))
            return len(outcome.body) if isinstance(outcome, Fetched) else 0

        tracemalloc.start()
        lengths = await asyncio.gather(*(length(number) for number in range(1, 13)))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert lengths == [size] * 12
    assert peak < 44 * MIB  # 12 of them, each joined from its pieces, would be 96


async def test_row_9_over_tls_a_cut_line_is_no_end_of_a_body() -> None:
    async def torn(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n<p>half of the")
        await writer.drain()
        await asyncio.sleep(0.02)
        raw = writer.transport
        assert isinstance(writer.get_extra_info("ssl_object"), ssl.SSLObject)
        raw.abort()  # no close_notify: somebody cut the line

    async with (
        serving({"/page": torn}, tls=server_tls("paper.example")) as site,
        fetching(resolve=LOCAL, tls=client_tls()) as fetcher,
    ):
        outcome = await fetcher.fetch(asking(f"https://paper.example:{site.port}/page"))
        assert isinstance(outcome, Failed)


async def test_over_tls_a_proper_goodbye_is_the_end_of_a_body() -> None:
    page = hang_up(b"HTTP/1.1 200 OK\r\n\r\n<p>whole</p>")
    async with (
        serving({"/page": page}, tls=server_tls("paper.example")) as site,
        fetching(resolve=LOCAL, tls=client_tls()) as fetcher,
    ):
        outcome = await fetcher.fetch(asking(f"https://paper.example:{site.port}/page"))
        assert isinstance(outcome, Fetched)


async def test_a_body_is_told_by_its_hash_and_not_by_its_tag() -> None:
    async with serving({"/page": answer(b"<p>1</p>", 'ETag: "1"')}) as site, fetching() as f:
        first = await f.fetch(asking(f"{site.url}/page"))
        assert isinstance(first, Fetched)
        again = asking(f"{site.url}/page", body_hash=first.body_hash)
        assert isinstance(await f.fetch(again), NotModified)
        site.pages = {"/page": answer(b"<p>2</p>", 'ETag: "1"')}
        assert isinstance(await f.fetch(again), Fetched)

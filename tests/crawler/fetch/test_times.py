"""docs/security.md, rows 7 and 8: nobody keeps us longer or feeds us more than we want."""

import asyncio
from dataclasses import replace

import pytest

from crawler.fetch.limits import ExchangeLimits
from crawler.fetch.outcome import Failed, FailureKind, Fetched, FetchKind
from tests.crawler.fetch.servers import (
    IMPATIENT,
    Page,
    answer,
    asking,
    drip,
    fetch_page,
    fetching,
    flood,
    hang_up,
    serving,
)

LONG = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
ENDLESS = b"HTTP/1.1 200 OK\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


async def silent(_: asyncio.StreamWriter) -> None:
    """Say nothing, for ever."""
    await asyncio.sleep(3600)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(flood(ENDLESS, b"x" * 65536), id="no length"),
        pytest.param(flood(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n"), id="chunks"),
    ],
)
async def test_row_7_an_endless_body_is_cut_off_at_the_limit(page: Page) -> None:
    outcome = await fetch_page(page)
    assert isinstance(outcome, Failed)
    assert outcome.kind is FailureKind.BODY_TOO_LARGE


async def test_row_7_a_feed_is_cut_off_on_the_wire_before_it_is_unfolded_to_its_limit() -> None:
    """10 MiB may come over the wire, 15 MiB may come of it."""
    outcome = await fetch_page(ENDLESS + b"x" * (11 << 20), kind=FetchKind.FEED)
    assert isinstance(outcome, Failed)
    assert outcome.kind is FailureKind.BODY_TOO_LARGE
    assert "on the wire" in outcome.reason


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        pytest.param(silent, FailureKind.TIMEOUT, id="no answer"),
        pytest.param(
            drip(b"HTTP/1.1 200 OK\r\nX: ", b"x"),
            FailureKind.TIMEOUT,
            id="a header letter by letter",
        ),
        pytest.param(
            drip(b"HTTP/1.1 200 OK\r\n", b"X: 1\r\n"), FailureKind.TIMEOUT, id="fields"
        ),
        pytest.param(drip(LONG, b"", every=10), FailureKind.TIMEOUT, id="a body that stops"),
        pytest.param(drip(LONG, b"x"), FailureKind.TOO_SLOW, id="a byte at a time"),
        pytest.param(
            drip(CHUNKED, b"1\r\nx\r\n", every=0.05),
            FailureKind.TOO_SLOW,
            id="a chunk at a time",
        ),
        pytest.param(drip(LONG, b"x" * 7, every=0.05), FailureKind.TOO_SLOW, id="140 B/s"),
        pytest.param(
            drip(LONG, b"x" * 100), FailureKind.TIMEOUT, id="fast enough, without end"
        ),
    ],
)
async def test_row_8_whoever_is_slow_is_left_within_the_time(
    page: Page, kind: FailureKind
) -> None:
    async with serving({"/page": page}) as site, fetching(IMPATIENT) as fetcher:
        loop = asyncio.get_running_loop()
        started = loop.time()
        outcome = await fetcher.fetch(asking(f"{site.url}/page"))
        assert isinstance(outcome, Failed)
        assert outcome.kind is kind
        assert loop.time() - started < IMPATIENT.exchange.total + 0.5


async def test_row_8_the_time_is_that_of_the_whole_journey() -> None:
    pages: dict[str, Page] = {
        f"/{hop}": drip(
            b"", f"HTTP/1.1 302 F\r\nLocation: /{hop + 1}\r\n".encode(), every=0.25, times=1
        )
        for hop in range(9)
    }
    limits = replace(IMPATIENT, exchange=replace(IMPATIENT.exchange, total=0.6))
    async with serving(pages) as site, fetching(limits) as fetcher:
        outcome = await fetcher.fetch(asking(f"{site.url}/0"))
        assert isinstance(outcome, Failed)
        assert outcome.kind is FailureKind.TIMEOUT
        assert len(site.paths) < 5


async def test_row_8_a_slow_host_holds_up_no_other() -> None:
    async with (
        serving({"/page": silent}) as slow,
        serving({"/page": answer(b"<p>ok</p>")}, host="127.0.0.2") as quick,
        fetching(IMPATIENT) as fetcher,
    ):
        waiting = asyncio.create_task(fetcher.fetch(asking(f"{slow.url}/page")))
        await asyncio.sleep(0)
        outcome = await fetcher.fetch(asking(f"{quick.url}/page"))
        assert isinstance(outcome, Fetched)
        assert not waiting.done()
        assert isinstance(await waiting, Failed)


async def test_a_pause_of_ours_is_not_held_against_the_server() -> None:
    """The body is larger than what we hold unread, so the server had to wait for us."""
    limits = replace(IMPATIENT, exchange=ExchangeLimits(slow_seconds=0.0, gap=0.2))
    outcome = await fetch_page(hang_up(answer(b"x" * 5_000_000)), limits=limits)
    assert isinstance(outcome, Fetched)
    assert len(outcome.body) == 5_000_000


async def test_a_cancelled_fetch_closes_its_connection_and_gives_back_its_place() -> None:
    asked = asyncio.Event()

    async def slow(writer: asyncio.StreamWriter) -> None:
        asked.set()
        await silent(writer)

    pages: dict[str, Page] = {"/slow": slow, "/page": answer(b"<p>ok</p>")}
    async with serving(pages) as site, fetching(IMPATIENT) as fetcher:
        for _ in range(70):  # more than there are places
            task = asyncio.create_task(fetcher.fetch(asking(f"{site.url}/slow")))
            await asked.wait()
            asked.clear()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        assert isinstance(await fetcher.fetch(asking(f"{site.url}/page")), Fetched)

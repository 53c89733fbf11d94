"""docs/security.md, rows 9 to 15: only one whole answer is ever stored."""

import asyncio
import gzip
import socket
import struct
from dataclasses import replace

import httpx
import pytest

from crawler.fetch.outcome import (
    Disallowed,
    Failed,
    FailureKind,
    Fetched,
    FetchKind,
    NotModified,
)
from crawler.fetch.transport import GuardedTransport
from storage.canonical import LONGEST_URL
from tests.crawler.fetch.servers import (
    IMPATIENT,
    Handler,
    Page,
    answer,
    asking,
    drip,
    fetch_page,
    fetching,
    flood,
    hang_up,
    serving,
    with_robots,
)

HELLO = b"<html><p>Hello</p></html>"
EARLY = b"HTTP/1.1 103 Early Hints\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def reset(data: bytes) -> Handler:
    """Send data, then tear the connection down with RST."""

    async def handler(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        await asyncio.sleep(0.02)
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    return handler


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(hang_up(answer(HELLO, length=100)), id="less than Content-Length"),
        pytest.param(hang_up(CHUNKED + b"5\r\nhello\r\n"), id="no last chunk"),
        pytest.param(hang_up(CHUNKED + b"ff\r\nhello"), id="half a chunk"),
        pytest.param(hang_up(b""), id="nothing at all"),
        pytest.param(hang_up(b"HTTP/1.1 200 OK\r\nContent-"), id="half a header"),
        pytest.param(reset(answer(HELLO, length=100)), id="reset in the body"),
        pytest.param(reset(b"HTTP/1.1 200 OK\r\n\r\n" + HELLO), id="reset, no length"),
    ],
)
async def test_row_9_a_truncated_answer_is_never_taken_for_a_whole_one(page: Page) -> None:
    outcome = await fetch_page(page)
    assert isinstance(outcome, Failed)
    assert outcome.kind is FailureKind.TRUNCATED


async def test_row_9_a_body_without_a_length_ends_where_the_connection_ends() -> None:
    outcome = await fetch_page(hang_up(b"HTTP/1.1 200 OK\r\n\r\n" + HELLO))
    assert isinstance(outcome, Fetched)
    assert outcome.body == HELLO


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello",
        CHUNKED.removesuffix(b"\r\n")
        + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\nhello",
        CHUNKED + b"zz\r\nhello\r\n0\r\n\r\n",
        CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n",
        CHUNKED + b"5\r\nhelloXX0\r\n\r\n",
        CHUNKED + b"fffffffffffffffff\r\nhello",
    ],
)
async def test_row_10_contradictory_framing_is_an_error_and_ends_the_connection(
    raw: bytes,
) -> None:
    async with (
        serving({"/page": raw, "/next": answer(HELLO)}) as site,
        fetching() as fetcher,
    ):
        outcome = await fetcher.fetch(asking(f"{site.url}/page"))
        assert isinstance(outcome, Failed)
        assert outcome.kind is FailureKind.BAD_RESPONSE
        assert isinstance(await fetcher.fetch(asking(f"{site.url}/next")), Fetched)
        assert site.connections == 2


PLANTED = answer(b"<p>planted</p>", status="404 Not Found")


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(answer(HELLO) + PLANTED, id="at once"),
        pytest.param(drip(answer(HELLO), PLANTED, 0.03, 1), id="while the connection is idle"),
        pytest.param(answer(HELLO) + b"\r\n\r\ngarbage", id="garbage"),
    ],
)
async def test_row_11_an_answer_nobody_asked_for_is_never_given_to_the_next_request(
    first: Page,
) -> None:
    async with (
        serving({"/page": first, "/next": answer(b"<p>genuine</p>")}) as site,
        fetching() as fetcher,
    ):
        asked = await fetcher.fetch(asking(f"{site.url}/page"))
        assert isinstance(asked, Fetched)
        assert asked.body == HELLO
        await asyncio.sleep(0.5)  # for the one that comes a little later, on a busy machine
        outcome = await fetcher.fetch(asking(f"{site.url}/next"))
        assert isinstance(outcome, Fetched)
        assert outcome.body == b"<p>genuine</p>"
        assert site.connections == 2


async def test_a_connection_is_used_again_after_a_proper_answer() -> None:
    pages = {"/1": answer(HELLO), "/2": CHUNKED + b"5\r\nhello\r\n0\r\nX-Trailer: 1\r\n\r\n"}
    async with serving(pages) as site, fetching() as fetcher:
        for path in ("/1", "/2", "/1", "/2"):
            assert isinstance(await fetcher.fetch(asking(site.url + path)), Fetched)
        assert site.connections == 1


@pytest.mark.parametrize("size", [100_000, 600_000, 3_000_000])
async def test_a_connection_with_an_unread_rest_is_not_used_again(size: int) -> None:
    """Of a robots.txt only the start is read; the rest must not stand in the next one's way."""
    pages = {"/robots.txt": answer(b"#" * size), "/page": answer(HELLO)}
    async with serving(pages) as site, fetching(IMPATIENT) as fetcher:
        for _ in range(2):
            first = await fetcher.fetch(asking(f"{site.url}/robots.txt", FetchKind.ROBOTS))
            assert isinstance(first, Fetched)
            assert len(first.body) == min(size, 500 * 1024)
            assert isinstance(await fetcher.fetch(asking(f"{site.url}/page")), Fetched)


async def test_a_body_left_unread_does_not_stop_the_next_answer() -> None:
    """Much unread body makes us stop reading; that must end with the exchange."""
    size = 300_000

    async def in_two_parts(writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"x" * 200_000, length=size))
        await writer.drain()
        await asyncio.sleep(0.02)
        writer.write(b"x" * (size - 200_000))
        await writer.drain()

    pages: dict[str, Page] = {"/large": in_two_parts, "/page": answer(HELLO)}
    transport = GuardedTransport(limits=IMPATIENT.exchange)
    rights = {"allow_private": True}
    async with serving(pages) as site:
        for path in ("/large", "/page"):
            request = httpx.Request("GET", site.url + path, extensions=rights)
            response = await transport.handle_async_request(request)
            await asyncio.sleep(0.06)
            assert response.status_code == 200
            assert isinstance(response.stream, httpx.AsyncByteStream)
            await response.stream.aclose()
        await transport.aclose()


async def test_a_connection_that_was_closed_while_idle_is_replaced_without_a_word() -> None:
    async with serving({"/page": hang_up(answer(HELLO))}) as site, fetching() as fetcher:
        for _ in range(3):
            assert isinstance(await fetcher.fetch(asking(f"{site.url}/page")), Fetched)
        assert site.paths == ["/page"] * 3


async def test_row_12_an_announced_giant_is_refused_before_it_is_read() -> None:
    giant = flood(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000000\r\n\r\n", b"x" * 1000)
    outcome = await fetch_page(giant)
    assert isinstance(outcome, Failed)
    assert outcome.kind is FailureKind.BODY_TOO_LARGE
    assert "announced" in outcome.reason


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(flood(b"HTTP/1.1 200 OK\r\n", b"X-Flood: 1\r\n" * 100), id="many fields"),
        pytest.param(flood(b"HTTP/1.1 200 OK\r\nX-Giant: ", b"x" * 65536), id="a giant field"),
        pytest.param(flood(b"HTTP/1.1 200 ", b"O" * 65536), id="a giant status line"),
        pytest.param(flood(b"", EARLY), id="1xx without end"),
        pytest.param(EARLY * 9 + answer(HELLO), id="nine times 1xx"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\n" + b"X: 1\r\n" * 201 + b"Content-Length: 0\r\n\r\n",
            id="201 fields",
        ),
        pytest.param(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n!",
            id="another protocol",
        ),
    ],
)
async def test_row_13_a_header_without_measure_ends_the_connection(page: Page) -> None:
    outcome = await fetch_page(page)
    assert isinstance(outcome, Failed)
    assert outcome.kind is FailureKind.BAD_RESPONSE


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\n" + answer(HELLO), id="103"),
        pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n" + answer(HELLO), id="100"),
        pytest.param(EARLY * 8 + answer(HELLO), id="eight times 103"),
        pytest.param(
            CHUNKED + b"19;name=value\r\n" + HELLO + b"\r\n0\r\nContent-Type: x/y\r\n\r\n",
            id="chunk extension and trailer",
        ),
    ],
)
async def test_row_13_what_may_precede_or_follow_is_skipped(raw: bytes) -> None:
    outcome = await fetch_page(raw)
    assert isinstance(outcome, Fetched)
    assert outcome.body == HELLO
    assert outcome.content_type is None


async def test_row_13_of_a_giant_field_only_the_beginning_is_kept() -> None:
    outcome = await fetch_page(answer(HELLO, f"Link: <{'y' * 50_000}>"))
    assert isinstance(outcome, Fetched)
    assert len(outcome.headers["link"]) == LONGEST_URL + 1


async def test_row_7_an_endless_body_that_unfolds_to_nothing_is_left_at_its_size() -> None:
    head = b"HTTP/1.1 404 Not Found\r\nContent-Encoding: gzip\r\n\r\n"
    begun, empty_blocks = gzip.compress(b"")[:10], b"\x00\x00\x00\xff\xff" * 10_000
    outcome = await fetch_page(flood(head + begun, empty_blocks))
    assert isinstance(outcome, Failed)
    assert outcome.kind is FailureKind.NOT_FOUND


async def test_row_13_endless_trailers_end_the_connection() -> None:
    outcome = await fetch_page(
        flood(CHUNKED + b"5\r\nhello\r\n0\r\n", b"X-Trailer: 1\r\n" * 99)
    )
    assert isinstance(outcome, Failed)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"<html>HTTP/0.9 has no header</html>", id="HTTP/0.9"),
        pytest.param(b"SSH-2.0-OpenSSH_9.6\x1b[31m\r\n", id="an SSH banner"),
        pytest.param(b"HTTP/1.1 20000 OK\r\n\r\n", id="five digits"),
        pytest.param(b"HTTP/1.1 abc OK\r\n\r\n", id="no digits"),
        pytest.param(b"HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", id="HTTP/2.0 in text"),
        pytest.param(b"\x15\x03\x01\x00\x02\x02\x46", id="TLS"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: a\x00b\r\n\r\n", id="NUL in a header"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: \x9b31m\r\n\r\n", id="CSI in what we name"
        ),
    ],
)
async def test_row_14_what_is_not_http_fails_with_one_clean_line(raw: bytes) -> None:
    outcome = await fetch_page(raw)
    assert isinstance(outcome, Failed)
    assert outcome.kind is FailureKind.BAD_RESPONSE
    assert outcome.reason.isprintable()


@pytest.mark.parametrize("status", ["999 Request denied", "600 X", "204 No Content", "205 R"])
async def test_row_15_an_odd_status_stores_nothing(status: str) -> None:
    body = b"" if status.startswith("204") else HELLO
    outcome = await fetch_page(answer(body, status=status))
    assert isinstance(outcome, Failed)
    assert outcome.kind is FailureKind.ODD_STATUS


async def test_row_15_a_part_nobody_asked_for_is_not_stored() -> None:
    part = answer(HELLO, "Content-Range: bytes 0-24/9999", status="206 Partial Content")
    outcome = await fetch_page(part)
    assert isinstance(outcome, Failed)
    assert outcome.kind is FailureKind.ODD_STATUS


async def test_row_15_a_304_without_a_condition_is_an_error() -> None:
    outcome = await fetch_page(b"HTTP/1.1 304 Not Modified\r\n\r\n")
    assert isinstance(outcome, Failed)
    assert outcome.kind is FailureKind.ODD_STATUS


async def test_row_15_a_304_has_no_body_whatever_its_length_says() -> None:
    raw = b'HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\nETag: "2"\r\n\r\n'
    outcome = await fetch_page(raw, etag='"1"')
    assert isinstance(outcome, NotModified)
    assert outcome.etag == '"2"'


async def test_row_15_a_304_without_a_length_ends_at_once_and_keeps_its_connection() -> None:
    raw = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'
    async with serving({"/page": raw}) as site, fetching(IMPATIENT) as fetcher:
        for _ in range(2):
            again = replace(asking(f"{site.url}/page"), etag='"1"')
            assert isinstance(await fetcher.fetch(again), NotModified)
        assert site.connections == 1


async def test_row_14_a_rule_of_robots_txt_is_told_in_one_clean_line() -> None:
    rule = b"User-agent: *\nDisallow: /a\xc2\x9b31m\xe2\x80\xae\n"
    pages: dict[str, Page] = {"/robots.txt": answer(rule, "Content-Type: text/plain")}
    async with serving(pages) as site, fetching() as fetcher:
        asked = with_robots(asking(f"{site.url}/a%C2%9B31m%E2%80%AE", FetchKind.PAGE))
        outcome = await fetcher.fetch(asked)
    assert isinstance(outcome, Disallowed)
    assert outcome.reason.isprintable()
    assert r"/a\x9b31m\u202e" in outcome.reason

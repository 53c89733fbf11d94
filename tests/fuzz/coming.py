"""Fuzzed: what comes in from outlets and hubs, from the wire to the article."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, cast
from urllib.parse import parse_qsl

import httpx

from crawler.charset import decode
from crawler.discover.discovery import discover_links
from crawler.discover.outcome import Discovered, Way, WayKind
from crawler.discover.websub import (
    LEASE,
    Confirmed,
    Subscription,
    announced,
    answer_intent,
    is_genuine,
)
from crawler.extract import extract_article
from crawler.extract.json import to_json
from crawler.extract.legible import legible
from crawler.extract.text import to_text
from crawler.fetch.connection import Connection
from crawler.fetch.decode import decoders, unfold
from crawler.fetch.errors import BadEncodingError, ExchangeError
from crawler.fetch.exchange import Exchange
from crawler.fetch.limits import EXCHANGE_LIMITS, FETCH_LIMITS
from crawler.fetch.outcome import Failed, FetchKind, FetchRequest
from crawler.fetch.robots import pack, read_robots
from crawler.fetch.target import UrlRefusedError, read_target
from crawler.fetch.verdict import Journey, judge
from storage.canonical import UnusableUrl, canonical_url, identity
from storage.signature import sign
from tests.making import NOW, make_source

URL = "https://newsroom.example/news/a-long-story-of-the-day"
SOURCE = make_source()
CODINGS = ("gzip", "deflate", "br", "zstd", "gzip, br", "")
STEP = 64 * 1024
HUB = Subscription(
    hub="https://hub.example/", topic=URL, callback="https://us.example/websub/x", secret="s"
)


def read_coding(data: bytes) -> None:
    """Undo a content coding; the first byte says which."""
    if not data:
        return
    coding = CODINGS[data[0] % len(CODINGS)]
    with suppress(BadEncodingError):
        chain = decoders(coding, 2)
        for step in unfold(chain, data[1:]):
            assert len(step) <= 2 * STEP


def read_way(data: bytes) -> None:
    """Discover links in a feed, sitemap or section page; the first byte says which."""
    kinds = list(WayKind)
    way = Way(kind=kinds[(data[0] if data else 0) % len(kinds)], url=URL)
    outcome = discover_links(data[1:], way.url, None, SOURCE, now=NOW, way=way)
    if isinstance(outcome, Discovered):
        assert len(outcome.links) <= 2000
        for link in outcome.links:
            (link.url + link.title).encode()
            assert len(link.url) <= 2083
            assert len(link.title) <= 500


def read_rules_of_a_host(data: bytes) -> None:
    """Read a robots.txt and ask it."""
    written = read_robots(pack(data), "presswatch")
    assert written.allows(URL) in {True, False}
    assert written.crawl_delay >= 0


def read_page(data: bytes) -> None:
    """Extract an article, sign it, keep it and take it back."""
    extract_article(legible(data), URL, now=NOW)
    article = extract_article(data, URL, now=NOW)
    to_text(article).encode()
    sign(article)
    assert json.loads(json.dumps(to_json(article))) == to_json(article)


def read_charset(data: bytes) -> None:
    """Turn bytes into text, however they call themselves."""
    label, _, body = data.partition(b"\n")
    decode(body, f"text/html; charset={label.decode('latin-1')}").encode()


def read_address(data: bytes) -> None:
    """Read an address as the fetcher and the ledger do."""
    text = data.decode("utf-8", "replace")
    with suppress(UrlRefusedError):
        read_target(text)
    with suppress(UnusableUrl):
        once = canonical_url(text)
        assert canonical_url(once) == once
        identity(once)


def hear_hub(data: bytes) -> None:
    """Judge what a hub says: a query, a signature, a Link header, a line each."""
    query, signature, link = [*data.decode("latin-1").split("\n", 2), "", ""][:3]
    said = answer_intent({"hub.topic": URL, **dict(parse_qsl(query))}, HUB)
    if isinstance(said, Confirmed):
        assert 0 < len(said.challenge) <= 2000
        assert said.lease <= 4 * LEASE
    assert not is_genuine(data, signature, HUB)
    hub, _ = announced(link, "", "")
    assert not hub or hub.startswith(("http://", "https://"))


def read_answer(data: bytes) -> None:
    """Take an HTTP answer off the wire; the first byte says in pieces of what size."""
    size = 1 + (data[0] if data else 0)
    pieces = [data[at : at + size] for at in range(1, len(data), size)]
    asyncio.run(_ask(iter(pieces)))


async def _ask(pieces: Iterator[bytes]) -> None:
    exchange = Exchange(_Server(pieces), FETCH_LIMITS, "presswatch/1")
    request = FetchRequest(url=URL, source=SOURCE, kind=FetchKind.PAGE)
    try:
        answer = await exchange.ask(request, read_target(URL), allow_private=False, seconds=60)
    except ExchangeError as error:
        is_one_line(str(error))
        return
    journey = Journey(request=request, url=URL, redirects=(), fetched_at=NOW, elapsed=0.0)
    verdict = judge(answer, journey, FETCH_LIMITS)
    if isinstance(verdict, Failed):
        is_one_line(verdict.reason)


def is_one_line(reason: str) -> None:
    """Hold that a reason can stand in a log and on a page."""
    assert reason.isprintable(), reason


class _Server(httpx.AsyncBaseTransport):
    """Answer over one connection with the pieces, then hang up."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces = pieces

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        connection = Connection(EXCHANGE_LIMITS)
        wire = _Wire()
        connection.connection_made(cast(asyncio.Transport, wire))
        asking = asyncio.create_task(connection.ask(b"GET / HTTP/1.1\r\n\r\n"))
        await asyncio.sleep(0)
        for piece in self.pieces:
            if not wire.closed:
                connection.data_received(piece)
        if not wire.closed:
            connection.eof_received()
        connection.connection_lost(None)
        try:
            status, headers = await asking
        finally:
            connection.finish()
        return httpx.Response(status, headers=headers, stream=_Body(connection))


class _Wire:
    """What a connection writes to."""

    closed = False

    def write(self, data: bytes) -> None:
        """Send nothing."""

    def abort(self) -> None:
        """Hang up."""
        self.closed = True

    def pause_reading(self) -> None:
        """All that is to come has come."""

    def resume_reading(self) -> None:
        """All that is to come has come."""

    def get_extra_info(self, name: str) -> Any:
        """Know nothing."""


class _Body(httpx.AsyncByteStream):
    """What the connection has read."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def __aiter__(self) -> Any:
        while piece := await self.connection.read():
            yield piece

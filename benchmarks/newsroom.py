"""Serve one newsroom of many hosts on loopback, in a process of its own.

    python -m benchmarks.newsroom HOSTS ARTICLES [plain|validators|comment|token|…]

Every host has an address of 127.2.0.0/16, a robots.txt, a feed of its articles, and pages:
those of ../shared/corpus, gzipped as they lie there, or, where it is not, pages of our own. It
prints the port and serves until its input ends. The last word says how it answers whoever comes
again: with the same bytes, with 304 to whoever has its ETag, or with other bytes each time, in
one of the ways of benchmarks/restless.py.
"""

import asyncio
import gzip
import itertools
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final
from xml.sax.saxutils import escape

from benchmarks.restless import CHANGES, Change
from benchmarks.truth import CORPUS, Page, corpus
from crawler.demo.newsroom import OUTLETS, PAGES
from crawler.demo.story import Story

_SEED: Final = 20261125
_NEWEST: Final = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
_OWN_PAGES: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One article of the newsroom: where it is to be had, and the page with its truth."""

    host: int
    path: str
    page: Page

    def url(self, port: int) -> str:
        """Return its address."""
        return f"http://{address(self.host)}:{port}{self.path}"

    def title(self) -> str:
        """Return its title as a feed gives it."""
        return str(self.page.truth.get("title") or f"Report {self.page.id}")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage(Page):
    """A page that we wrote, for a machine without the corpus."""

    html: bytes = field(repr=False)

    def read(self) -> bytes:
        """Return the page."""
        return self.html


def address(host: int) -> str:
    """Return the address of a host."""
    return f"127.2.{host // 250}.{host % 250 + 1}"


def articles(hosts: int, count: int) -> Iterator[Served]:
    """Yield the newsroom's articles; the same numbers give the same ones.

    A page that comes round again stands at another host: the newsroom has its wire copies.
    """
    pages = list(corpus()) if CORPUS.exists() else list(own_pages())
    random.Random(_SEED).shuffle(pages)
    for number in range(count):
        yield Served(
            host=number % hosts,
            path=f"/news/2026/11/{number:05d}-report-from-the-region",
            page=pages[number % len(pages)],
        )


def own_pages() -> Iterator[Page]:
    """Write pages by the demo's templates, each with words of its own."""
    dice = random.Random(_SEED)
    words = [
        "".join(dice.choice("eeaaiioutnsrldcmpbgfhvk") for _ in range(dice.randint(2, 10)))
        for _ in range(6_000)
    ]
    for number in range(_OWN_PAGES):
        paragraphs = tuple(
            " ".join(dice.choices(words, k=dice.randint(30, 60))).capitalize() + "."
            for _ in range(dice.randint(6, 16))
        )
        story = Story(
            slug=f"own-{number}",
            url=f"https://own.example/{number}",
            headline=" ".join(dice.choices(words, k=9)).capitalize(),
            author="Nigar Bayramli",
            published=(_NEWEST - timedelta(hours=number)).isoformat(),
            language="en",
            paragraphs=paragraphs,
        )
        outlet = OUTLETS[number % 2]
        html = PAGES.get_template(f"{outlet.markup}.html.j2").render(story=story, outlet=outlet)
        truth: dict[str, Any] = {
            "title": story.headline,
            "published": story.published,
            "published_precision": "day",
            "body_paragraphs": list(paragraphs),
        }
        yield OwnPage(
            dataset="own", id=story.slug, url=story.url, truth=truth, html=html.encode()
        )


def feed(served: list[Served], port: int) -> bytes:
    """Write one host's feed."""
    items = "".join(
        f"<item><title>{escape(each.title())}</title><link>{each.url(port)}</link>"
        f"<guid>{each.url(port)}</guid></item>"
        for each in served
    )
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
    return f"{head}<title>Outlet {served[0].host}</title>{items}</channel></rss>".encode()


def answer(body: bytes, kind: str) -> bytes:
    """Write a whole answer; every client that is measured here takes gzip."""
    packed = body if body[:2] == b"\x1f\x8b" else gzip.compress(body, 6)
    head = (
        f"HTTP/1.1 200 OK\r\nServer: newsroom\r\nContent-Type: {kind}\r\n"
        f"Content-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n"
    )
    return head.encode() + packed


NOT_FOUND: Final = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def answers(hosts: int, count: int, port: int) -> dict[tuple[str, bytes], bytes]:
    """Return what each host says at each path."""
    every = list(articles(hosts, count))
    said = {
        (address(each.host), each.path.encode()): answer(packed(each.page), "text/html")
        for each in every
    }
    shown: list[list[Served]] = [[] for _ in range(hosts)]
    for each in every:
        shown[each.host].append(each)
    for host, own in enumerate(shown):
        said[address(host), b"/feed.xml"] = answer(feed(own, port), "application/rss+xml")
        robots = b"User-agent: *\nDisallow: /private/\n"
        said[address(host), b"/robots.txt"] = answer(robots, "text/plain")
    return said


def packed(page: Page) -> bytes:
    """Return a page's bytes, gzipped as they lie in the corpus."""
    if isinstance(page, OwnPage):
        return page.html
    return (CORPUS / page.dataset / f"{page.id}.html.gz").read_bytes()


class Server(asyncio.Protocol):
    """Answer each request with what lies ready for its host and path."""

    def __init__(self, said: dict[tuple[str, bytes], bytes]) -> None:
        self._said = said
        self._pending = b""
        self._transport: asyncio.Transport | None = None
        self._host = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport, and note which host is asked."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._host = transport.get_extra_info("sockname")[0]

    def data_received(self, data: bytes) -> None:
        """Answer what is complete; these clients ask one thing at a time."""
        assert self._transport is not None
        self._pending += data
        if not self._pending.endswith(b"\r\n\r\n"):
            return
        request, self._pending = self._pending, b""
        path = request.split(b" ", 2)[1]
        self._transport.write(
            self.reply(request, self._said.get((self._host, path), NOT_FOUND))
        )

    def reply(self, request: bytes, said: bytes) -> bytes:
        """Return what is answered."""
        return said


class Knowing(Server):
    """Give every answer a validator, and no answer twice to one who has it."""

    def reply(self, request: bytes, said: bytes) -> bytes:
        """Return the whole, or that it is what the client has."""
        if b"\r\nif-none-match:" in request.lower():
            return b"HTTP/1.1 304 Not Modified\r\n\r\n"
        return said.replace(b"\r\n", b'\r\nETag: "first"\r\n', 1)


class Restless(Server):
    """Say the same in other bytes each time."""

    def __init__(self, said: dict[tuple[str, bytes], bytes], change: Change) -> None:
        super().__init__(said)
        self._change = change

    _times = itertools.count()

    def reply(self, request: bytes, said: bytes) -> bytes:
        """Return the answer with a page that was changed, where it is one."""
        body = said.partition(b"\r\n\r\n")[2]
        kind = said.partition(b"Content-Type: ")[2].partition(b"\r\n")[0].decode()
        if kind != "text/html":
            return said
        page = self._change(gzip.decompress(body), next(self._times))
        return answer(gzip.compress(page, 1), kind)


MANNERS: Final[dict[str, Callable[[dict[tuple[str, bytes], bytes]], Server]]] = {
    "plain": Server,
    "validators": Knowing,
    **{name: partial(Restless, change=change) for name, change in CHANGES.items()},
}


async def main() -> None:
    """Listen, print the port, serve until the input ends."""
    hosts, count = int(sys.argv[1]), int(sys.argv[2])
    manner = MANNERS[sys.argv[3] if len(sys.argv) > 3 else "plain"]
    said: dict[tuple[str, bytes], bytes] = {}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: manner(said), "0.0.0.0", 0, backlog=4096)  # noqa: S104 - all of 127/8
    port = server.sockets[0].getsockname()[1]
    said.update(answers(hosts, count, port))
    print(port, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())

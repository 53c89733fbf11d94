"""Real servers on loopback that say exactly what a test wants them to say, and no more."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

from config.settings import FetchSettings
from config.source import Source
from crawler.clock import Clock, utc_now
from crawler.fetch.client import Fetcher
from crawler.fetch.limits import ExchangeLimits, FetchLimits
from crawler.fetch.outcome import FetchKind, FetchRequest, Outcome
from crawler.fetch.resolver import Resolver
from crawler.fetch.transport import GuardedTransport
from crawler.homes import NOBODY_ELSE, Homes

Handler = Callable[[asyncio.StreamWriter], Awaitable[None]]
Page = bytes | Handler

QUICK = FetchLimits(quick_retries=())  # everything else as in production
# For tests about time: times that a test can wait for.
IMPATIENT = FetchLimits(
    exchange=ExchangeLimits(
        connect=0.5, first_byte=0.3, gap=0.2, total=1.0, slow_bytes=200, slow_seconds=0.15
    ),
    quick_retries=(),
)
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def answer(
    body: bytes = b"", *fields: str, status: str = "200 OK", length: int | None = None
) -> bytes:
    """Write an answer; its length is the body's unless told otherwise."""
    size = len(body) if length is None else length
    head = [f"HTTP/1.1 {status}", f"Content-Length: {size}", *fields]
    return "\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body


def redirect(to: str, status: int = 302) -> bytes:
    """Write a redirect."""
    return answer(b"", f"Location: {to}", status=f"{status} Moved")


def hang_up(data: bytes) -> Handler:
    """Send data, then close the connection."""

    async def handler(writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        writer.close()

    return handler


def drip(start: bytes, piece: bytes, every: float = 0.02, times: int = 1000) -> Handler:
    """Send the start, then piece after piece with a pause between them."""

    async def handler(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        for _ in range(times):
            await asyncio.sleep(every)
            writer.write(piece)
            await writer.drain()

    return handler


def flood(start: bytes, piece: bytes) -> Handler:
    """Send the start, then the piece again and again, as fast as it is read."""

    async def handler(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)

    return handler


@dataclass(slots=True, kw_only=True)
class Site:
    """One server: what it answers, and what it has seen."""

    pages: Mapping[str, Page]
    scheme: str = "http"
    port: int = 0
    host: str = "127.0.0.1"
    heads: list[str] = field(default_factory=list)  # of all requests, in order
    connections: int = 0
    bytes_seen: int = 0
    under_way: int = 0
    most_under_way: int = 0

    @property
    def url(self) -> str:
        """Return the address of the home page, without the slash."""
        return f"{self.scheme}://{self.host}:{self.port}"

    @property
    def paths(self) -> list[str]:
        """Return what was asked for, in order, robots.txt left out."""
        return [path for path in self.all_paths if path != "/robots.txt"]

    @property
    def all_paths(self) -> list[str]:
        """Return everything that was asked for, in order."""
        return [head.split(" ")[1] for head in self.heads]

    def head_of(self, path: str) -> str:
        """Return the head of the last request for the path."""
        return next(head for head in reversed(self.heads) if head.split(" ")[1] == path)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request after the other, as long as the connection lives."""
        self.connections += 1
        try:
            while not writer.is_closing():
                head = await reader.readuntil(b"\r\n\r\n")
                self.heads.append(head.decode("latin-1"))
                self.under_way += 1
                self.most_under_way = max(self.most_under_way, self.under_way)
                try:
                    await self._answer(head, writer)
                finally:
                    self.under_way -= 1
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()
            with suppress(ConnectionError, ssl.SSLError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _answer(self, head: bytes, writer: asyncio.StreamWriter) -> None:
        path = head.split(b" ")[1].decode("latin-1")
        page = self.pages.get(path, NOT_FOUND)
        if isinstance(page, bytes):
            writer.write(page)
            await writer.drain()
        else:
            await page(writer)


@asynccontextmanager
async def serving(
    pages: Mapping[str, Page], *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> AsyncIterator[Site]:
    """Serve the pages on a free port; a path that is not there is a 404."""
    site = Site(pages=pages, scheme="https" if tls else "http", host=host)
    tasks: set[asyncio.Task[None]] = set()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(site.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(connected, host, 0, ssl=tls, limit=2**20)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


def resolving(names: Mapping[str, str | list[str]]) -> Resolver:
    """Make a resolver that knows these names only."""

    async def resolve(host: str, port: int) -> list[str]:
        found = names[host]
        return [found] if isinstance(found, str) else found

    return resolve


def make_source(url: str = "http://127.0.0.1", *, robots: bool = False) -> Source:
    """Make the source "local"; robots.txt is left out unless the test is about it."""
    return Source(id="local", url=url, name="Local", robots=robots)


@asynccontextmanager
async def fetching(
    limits: FetchLimits = QUICK,
    *,
    private: bool = True,
    gap: float = 0.0,
    resolve: Resolver | None = None,
    tls: ssl.SSLContext | None = None,
    clock: Clock = utc_now,
    homes: Homes = NOBODY_ELSE,
) -> AsyncIterator[Fetcher]:
    """Make a fetcher that may go to loopback for "local" and "guest", and close it."""
    settings = FetchSettings(
        contact="https://desk.example/crawler",
        gap=timedelta(seconds=gap),
        allow_private=("local", "guest") if private else (),
    )
    transport = GuardedTransport(limits=limits.exchange, resolve=resolve, tls=tls)
    fetcher = Fetcher(
        settings,
        limits=limits,
        transport=transport,
        clock=clock,
        chance=lambda: 0.0,
        homes=lambda: homes,
    )
    try:
        yield fetcher
    finally:
        await fetcher.close()


def asking(url: str, kind: FetchKind = FetchKind.PAGE, **details: str) -> FetchRequest:
    """Make a request of the source "local"."""
    return FetchRequest(url=url, kind=kind, source=make_source(url), **details)


async def fetch_page(
    page: Page, *, kind: FetchKind = FetchKind.PAGE, limits: FetchLimits = QUICK, **asked: str
) -> Outcome:
    """Serve one page and fetch it once."""
    async with serving({"/page": page}) as site, fetching(limits) as fetcher:
        return await fetcher.fetch(asking(f"{site.url}/page", kind, **asked))


def with_robots(request: FetchRequest) -> FetchRequest:
    """Return the request of a source that heeds robots.txt."""
    return replace(request, source=replace(request.source, robots=True))

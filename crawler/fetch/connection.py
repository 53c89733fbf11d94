"""Carry one HTTP/1.1 exchange at a time over one connection, and trust nothing it says.

llhttp (through httptools) reads the framing, strictly: two lengths, a length beside chunks, a
bad chunk are errors. Here are the limits around it: times, header, and what must not follow
an answer. Knows nothing of hosts, pools or bodies' meaning.
"""

import asyncio
import ssl
from collections import deque
from typing import cast

import httptools

from crawler.fetch.errors import (
    AnswerTooSlowError,
    BadResponseError,
    ExchangeError,
    TrickledBodyError,
    TruncatedError,
)
from crawler.fetch.limits import KIB, ExchangeLimits
from crawler.fetch.printable import printable

Headers = list[tuple[bytes, bytes]]
_ENOUGH = 256 * KIB  # of unread body: then the server has to wait for us


class Connection(asyncio.Protocol):
    """One connection to one server, carrying one exchange after the other."""

    def __init__(self, limits: ExchangeLimits) -> None:
        self._limits = limits
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._parser: httptools.HttpResponseParser | None = None  # None: nothing was asked
        self._waiter: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.closed = False
        self.idle_since = 0.0
        self._clear()

    def _clear(self) -> None:
        """Forget the last exchange."""
        self._headers: Headers = []
        self._status = 0
        self._head_done: bool = False
        self._complete: bool = False
        self._reusable: bool = False
        self._paused: bool = False
        self._until_close = False
        self._said_goodbye = False
        self._informational = self._received = self._bodiless = 0
        self._chunks: deque[bytes] = deque()
        self._unread = 0
        self._error: ExchangeError | None = None
        self._started = self._window_at = self._deadline = 0.0
        self._window_bytes = 0

    # What the owner does

    async def ask(self, request: bytes) -> tuple[int, Headers]:
        """Send the request and return status and header of the answer."""
        self._begin()
        if self._error is None:
            cast(asyncio.Transport, self._transport).write(request)
        while not self._head_done and self._error is None:
            await self._wait()
        if not self._head_done:
            raise cast(ExchangeError, self._error)
        return self._status, self._headers

    async def read(self) -> bytes:
        """Return the next piece of the body; an empty one is its proper end."""
        while not self._chunks:
            if self._error is not None:
                raise self._error
            if self._complete:
                return b""
            await self._wait()
        piece = b"".join(self._chunks) if len(self._chunks) > 1 else self._chunks[0]
        self._chunks.clear()
        self._unread = 0
        if self._paused and not self.closed:
            self._paused = False
            self._window_at = self._loop.time()  # we made it wait: that is not its slowness
            self._window_bytes = 0
            self._deadline = self._window_at + self._limits.gap
            cast(asyncio.Transport, self._transport).resume_reading()
        return piece

    @property
    def answered(self) -> bool:
        """Say whether any byte of an answer has come."""
        return self._received > 0

    def finish(self) -> bool:
        """End the exchange; True: the connection may carry another one."""
        self._stop_timer()
        self._parser = None
        if self._complete and self._reusable and not (self._paused or self.closed):
            return True
        self.abort()
        return False

    def abort(self) -> None:
        """Close at once, whatever is under way."""
        self._stop_timer()
        self.closed = True
        if self._transport is not None:
            self._transport.abort()

    def _begin(self) -> None:
        self._clear()
        self._parser = httptools.HttpResponseParser(self)
        if self.closed:
            self._error = TruncatedError("the connection was closed before we asked")
            return
        now = self._loop.time()
        self._started = self._window_at = now
        self._deadline = now + self._limits.first_byte
        self._timer = self._loop.call_at(
            now + min(self._limits.first_byte, self._limits.gap), self._look_at_clock
        )

    async def _wait(self) -> None:
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _fail(self, error: ExchangeError) -> None:
        """End the exchange with an error; what came after a whole answer is no error of it."""
        if not self._complete and self._error is None:
            self._error = error
        self.abort()
        self._wake()

    # Time

    def _look_at_clock(self) -> None:
        """Fail when the deadline has passed, else look again when it does."""
        now = self._loop.time()
        total = self._started + self._limits.total
        if self._paused and now < total:
            self._deadline = now + self._limits.gap
        deadline = min(self._deadline, total)
        if now < deadline:
            self._timer = self._loop.call_at(deadline, self._look_at_clock)
            return
        self._fail(AnswerTooSlowError(f"no end after {now - self._started:.1f} s"))

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _count(self, size: int) -> None:
        """Move the deadline on, and hang up on one who trickles."""
        now = self._loop.time()
        self._received += size
        self._bodiless += size
        if not self._head_done:
            # A header that comes byte by byte has the time of a first byte, not more.
            return
        self._deadline = now + self._limits.gap
        self._window_bytes += size
        elapsed = now - self._window_at
        if elapsed >= self._limits.slow_seconds:
            if self._window_bytes < self._limits.slow_bytes * elapsed:
                speed = self._window_bytes / elapsed
                self._fail(
                    TrickledBodyError(f"{speed:.0f} bytes a second over {elapsed:.0f} s")
                )
            self._window_at, self._window_bytes = now, 0

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Feed the parser; bytes that nobody asked for end the connection."""
        if self._parser is None:
            self.abort()
            return
        self._count(len(data))
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._fail(BadResponseError(f"not an HTTP answer: {printable(str(error))}"))
        except httptools.HttpParserUpgrade:
            self._fail(BadResponseError("the server changed the protocol"))
        # Header, trailers and chunk extensions: the parser keeps or skips them unseen.
        if self._bodiless > self._limits.header_bytes:
            reason = f"more than {self._limits.header_bytes} bytes without a body"
            self._fail(BadResponseError(reason))

    def eof_received(self) -> bool:
        """Note a proper end (FIN; over TLS a close_notify) and let the transport close."""
        tls = cast(asyncio.Transport, self._transport).get_extra_info("ssl_object")
        self._said_goodbye = tls is None or _closed_properly(tls)
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """Settle what is under way: the end of the body, or too early an end."""
        self.closed = True
        if self._parser is None or self._complete or self._error is not None:
            return
        if self._until_close and self._said_goodbye and exc is None:
            self._complete = True
            self._stop_timer()
            self._wake()
        else:
            reason = f"the connection ended after {self._received} bytes"
            self._fail(TruncatedError(f"{reason}: {exc}" if exc else reason))

    # What the parser calls

    def on_message_begin(self) -> None:
        """Note that a second message after the answer makes the connection unusable."""
        if self._complete:
            self._reusable = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a field of the header; those after the body (trailers) are dropped."""
        if self._head_done:
            return
        self._headers.append((name, value))
        most = self._limits.header_fields
        if len(self._headers) > most:
            self._fail(BadResponseError(f"more than {most} header fields"))

    def on_headers_complete(self) -> None:
        """Take the header as that of the answer, unless it is an interim one (1xx)."""
        parser = cast(httptools.HttpResponseParser, self._parser)
        if self._complete:
            return
        self._status = parser.get_status_code()
        if self._status < 200:
            self._informational += 1
            if self._informational > self._limits.informational or self._status < 100:
                self._fail(
                    BadResponseError(f"{self._informational} interim answers and no real one")
                )
            return
        problem = self._read_framing(parser)
        if problem:
            self._fail(BadResponseError(problem))
            return
        self._head_done = True
        self._window_at = self._loop.time()
        self._deadline = self._window_at + self._limits.gap
        self._wake()

    def _read_framing(self, parser: httptools.HttpResponseParser) -> str:
        """Note how the body ends; return what is wrong with the framing, if anything is."""
        if parser.get_http_version() not in ("1.1", "1.0"):
            return f"HTTP/{parser.get_http_version()} was not what we asked for"
        fields = [(name.lower(), value.strip().lower()) for name, value in self._headers]
        # Two lengths, or a length beside a coding: the parser refuses those itself.
        codings = [value for name, value in fields if name == b"transfer-encoding"]
        if codings not in ([], [b"chunked"]):
            return f"transfer coding {printable(b', '.join(codings).decode('latin-1'))!r}"
        measured = codings or any(name == b"content-length" for name, _ in fields)
        self._until_close = not (measured or self._status in (204, 304))
        self._reusable = parser.should_keep_alive() and not self._until_close
        return ""

    def on_body(self, data: bytes) -> None:
        """Keep a piece of the body until it is read; let the server wait when it is much."""
        if self._complete:
            return
        self._bodiless = 0
        self._chunks.append(data)
        self._unread += len(data)
        if self._unread > _ENOUGH and not self._paused and not self.closed:
            self._paused = True
            cast(asyncio.Transport, self._transport).pause_reading()
        self._wake()

    def on_message_complete(self) -> None:
        """Note the end of the answer (an interim one only makes room for the next)."""
        if not self._head_done:
            self._headers = []
            return
        if not self._complete:
            self._complete = True
            self._stop_timer()
            self._wake()


def _closed_properly(tls: ssl.SSLObject) -> bool:
    """Say whether the peer closed the TLS session, or only the line fell silent.

    asyncio calls eof_received in both cases; reading on tells them apart.
    """
    try:
        return tls.read(1) == b""
    except ssl.SSLZeroReturnError:
        return True
    except ssl.SSLError:
        return False

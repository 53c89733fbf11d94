"""Give webhooks and chat channels a plain httpx client that cannot be led astray.

No private address unless the operator allowed it, no redirects, no cookies, no environment,
one bounded wait, and no more of the answer than its first bytes, as they came. The status is
the receiver's word: a body that breaks off or never ends takes nothing back of it.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from http.cookiejar import CookieJar
from typing import cast

import httpx

from crawler.fetch.errors import AnswerTooSlowError
from crawler.fetch.limits import EXCHANGE_LIMITS
from crawler.fetch.resolver import SystemResolver
from crawler.fetch.transport import GuardedTransport

_SECONDS = 20.0  # until there is a status
_BODY_SHARE = 0.2  # of them as much again for what a body says
_ANSWER = 20_000  # bytes
# They speak of a body that we cut or leave packed.
_DROPPED = frozenset({"content-encoding", "content-length", "transfer-encoding", "set-cookie"})


class _NoCookies(CookieJar):
    """Keep no cookie and send none."""

    def extract_cookies(self, response: object, request: object) -> None:
        """Leave the answer's cookies where they are."""

    def add_cookie_header(self, request: object) -> None:
        """Add nothing to the request."""


class _Start(httpx.AsyncByteStream):
    """The start of an answer, still to be read: a caller may read it as a stream."""

    def __init__(self, start: bytes) -> None:
        self._start = start

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._start


class _ShortAnswers(httpx.AsyncBaseTransport):
    """Read the start of every answer, at once, and close the connection."""

    def __init__(
        self, inner: httpx.AsyncBaseTransport, *, allow_private: bool, seconds: float
    ) -> None:
        self._inner = inner
        self._allow_private = allow_private
        self._seconds = seconds

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer with at most its first 20 kB, undecoded."""
        request.extensions = {**request.extensions, "allow_private": self._allow_private}
        try:
            async with asyncio.timeout(self._seconds):
                response = await self._inner.handle_async_request(request)
        except TimeoutError:
            raise AnswerTooSlowError(f"no answer within {self._seconds:g} s") from None
        try:
            start = await _start(response, self._seconds * _BODY_SHARE)
        finally:
            await cast(httpx.AsyncByteStream, response.stream).aclose()
        headers = [item for item in response.headers.multi_items() if item[0] not in _DROPPED]
        return httpx.Response(response.status_code, headers=headers, stream=_Start(start))

    async def aclose(self) -> None:
        """Close all connections."""
        await self._inner.aclose()


async def _start(response: httpx.Response, seconds: float) -> bytes:
    start = b""
    with contextlib.suppress(TimeoutError, httpx.TransportError):
        async with asyncio.timeout(seconds):
            async for piece in response.aiter_raw():
                start += piece
                if len(start) >= _ANSWER:
                    break
    return start[:_ANSWER]


def guarded_client(
    allow_private: bool,
    *,
    transport: httpx.AsyncBaseTransport | None = None,
    seconds: float = _SECONDS,
) -> httpx.AsyncClient:
    """Return a client for messages to the outside; the caller closes it."""
    # A message has a schedule of its own: one lost packet must not fail all that wait, unasked.
    resolve = SystemResolver(EXCHANGE_LIMITS.name, forgetful=True)
    inner = transport or GuardedTransport(resolve=resolve)
    return httpx.AsyncClient(
        transport=_ShortAnswers(inner, allow_private=allow_private, seconds=seconds),
        trust_env=False,
        follow_redirects=False,
        cookies=_NoCookies(),
        timeout=seconds,
    )

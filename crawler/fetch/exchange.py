"""Ask one target once: build the request, read what of the answer is worth reading."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import httpx

from crawler.fetch.body import BodyReader, Room
from crawler.fetch.decode import ACCEPTED
from crawler.fetch.errors import AnswerTooSlowError
from crawler.fetch.identity import product_token
from crawler.fetch.limits import FetchLimits
from crawler.fetch.outcome import FetchKind, FetchRequest, RefusalKind
from crawler.fetch.printable import printable
from crawler.fetch.target import Target, UrlRefusedError
from crawler.fetch.validators import conditions
from storage.canonical import LONGEST_URL

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WHOLE = frozenset({200, 203})
_ACCEPT = {
    FetchKind.PAGE: "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
    FetchKind.FEED: (
        "application/atom+xml, application/rss+xml, application/feed+json, "
        "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
    ),
    FetchKind.SITEMAP: "application/xml, text/xml, application/gzip;q=0.9, */*;q=0.1",
    FetchKind.ROBOTS: "text/plain, */*;q=0.1",
    FetchKind.PICTURE: "image/jpeg, image/png, image/webp, image/gif;q=0.8",
}
# What the rest of the house may want to know of a header.
_KEPT = frozenset(
    {
        *(b"content-type", b"content-language", b"cache-control", b"expires", b"age", b"date"),
        *(b"etag", b"last-modified", b"link", b"location", b"retry-after", b"server"),
        *(b"x-robots-tag", b"cf-mitigated", b"x-amzn-waf-action", b"x-datadome"),
        *(b"content-encoding", b"content-length"),
    }
)
_VALUE = LONGEST_URL + 1  # characters kept of one field: a longer Location is still too long


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer, read as far as its status makes it worth."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class Exchange:
    """Ask through a transport.

    The transport and not a client, because a client would keep cookies, follow redirects,
    read netrc and unpack bodies, and none of these may happen here.
    """

    def __init__(
        self,
        transport: httpx.AsyncBaseTransport,
        limits: FetchLimits,
        user_agent: str,
        room: Room | None = None,
    ) -> None:
        self._transport = transport
        self._limits = limits
        self._bodies = BodyReader(limits, room)
        self._headers = {
            kind: httpx.Headers(
                {"User-Agent": user_agent, "Accept": accept, "Accept-Encoding": ACCEPTED}
            )
            for kind, accept in _ACCEPT.items()
        }
        self.product = product_token(user_agent)

    async def ask(
        self, request: FetchRequest, target: Target, *, allow_private: bool, seconds: float
    ) -> Answer:
        """Return the answer; raise UrlRefusedError, BlockedAddressError or an ExchangeError."""
        message = self._message(request, target, allow_private=allow_private)
        try:
            async with asyncio.timeout(seconds):
                response = await self._transport.handle_async_request(message)
                try:
                    return await self._read(request.kind, response)
                finally:
                    await cast(httpx.AsyncByteStream, response.stream).aclose()
        except TimeoutError:
            raise AnswerTooSlowError(f"not done within {seconds:.0f} s") from None

    def _message(
        self, request: FetchRequest, target: Target, *, allow_private: bool
    ) -> httpx.Request:
        rights = {"allow_private": allow_private, "verify_tls": request.source.verify_tls}
        headers = self._header_of(request)
        try:
            return httpx.Request("GET", target.url, headers=headers, extensions=rights)
        except (httpx.InvalidURL, ValueError) as error:
            # A name that browsers read and IDNA 2008 does not.
            reason = f"not a host name: {printable(str(error))}"
            raise UrlRefusedError(RefusalKind.BAD_URL, reason) from error

    def _header_of(self, request: FetchRequest) -> httpx.Headers:
        headers = self._headers[request.kind]
        if not (request.etag or request.last_modified):
            return headers
        asked = conditions(request.etag, request.last_modified, self._limits.validator)
        fields = [(name.encode(), value.encode()) for name, value in asked.items()]
        return httpx.Headers([*headers.raw, *fields])

    async def _read(self, kind: FetchKind, response: httpx.Response) -> Answer:
        status, limits = response.status_code, self._limits
        headers = _kept(response)
        wire = cast(httpx.AsyncByteStream, response.stream)
        if status in _WHOLE:
            body = await self._bodies.read(wire, headers, limits.bodies[kind])
        elif status in REDIRECTS:
            body = await self._bodies.read_start(wire, headers, limits.redirect_body)
        elif status >= 400:
            body = await self._bodies.read_start(wire, headers, limits.error_body)
        else:
            body = b""
        return Answer(status=status, headers=headers, body=body)


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")  # raw UTF-8 in Location is more common than latin-1
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _kept(response: httpx.Response) -> Mapping[str, str]:
    """Return the fields that matter; of a field sent twice, both values (RFC 9110, 5.3)."""
    kept: dict[str, str] = {}
    for raw_name, value in response.headers.raw:
        lower = raw_name.lower()
        if lower in _KEPT:
            name = lower.decode("ascii")
            text = _text(value[:_VALUE])
            kept[name] = f"{kept[name]}, {text}"[:_VALUE] if name in kept else text
    return kept

"""Ask one target once: build the request, read what of the answer is worth reading."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from crawler.fetch.body import read_body, read_start
from crawler.fetch.decode import ACCEPTED
from crawler.fetch.errors import AnswerTooSlowError
from crawler.fetch.limits import MAX_URL, FetchLimits
from crawler.fetch.outcome import FetchKind, FetchRequest
from crawler.fetch.robots import product_token
from crawler.fetch.target import Target
from crawler.fetch.validators import conditions

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
}
# What the rest of the house may want to know of a header.
_KEPT = (
    *("content-type", "content-language", "cache-control", "expires", "age", "date", "etag"),
    *("last-modified", "link", "location", "retry-after", "server", "x-robots-tag"),
    *("cf-mitigated", "x-amzn-waf-action", "x-datadome"),
)
_VALUE = MAX_URL + 1  # characters kept of one field: a longer Location is still too long


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
        self, transport: httpx.AsyncBaseTransport, limits: FetchLimits, user_agent: str
    ) -> None:
        self._transport = transport
        self._limits = limits
        self._user_agent = user_agent
        self.product = product_token(user_agent)

    async def ask(
        self, request: FetchRequest, target: Target, *, allow_private: bool, seconds: float
    ) -> Answer:
        """Return the answer; raise BlockedAddressError or an ExchangeError."""
        message = httpx.Request(
            "GET",
            target.url,
            headers=self._headers(request),
            extensions={
                "allow_private": allow_private,
                "verify_tls": request.source.verify_tls,
            },
        )
        try:
            async with asyncio.timeout(seconds):
                response = await self._transport.handle_async_request(message)
                try:
                    return await self._read(request.kind, response)
                finally:
                    await response.stream.aclose()  # type: ignore[union-attr]  # ours is async
        except TimeoutError:
            raise AnswerTooSlowError(f"not done within {seconds:.0f} s") from None

    def _headers(self, request: FetchRequest) -> dict[str, str]:
        return {
            "User-Agent": self._user_agent,
            "Accept": _ACCEPT[request.kind],
            "Accept-Encoding": ACCEPTED,
            **conditions(request.etag, request.last_modified, self._limits.validator),
        }

    async def _read(self, kind: FetchKind, response: httpx.Response) -> Answer:
        status = response.status_code
        if status in _WHOLE:
            body = await read_body(response, self._limits, self._limits.bodies[kind])
        elif status in REDIRECTS:
            body = await read_start(response, self._limits, self._limits.redirect_body)
        elif status >= 400:
            body = await read_start(response, self._limits, self._limits.error_body)
        else:
            body = b""
        headers = response.headers
        kept = {name: headers[name][:_VALUE] for name in _KEPT if name in headers}
        return Answer(status=status, headers=kept, body=body)

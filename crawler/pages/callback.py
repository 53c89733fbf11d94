"""Answer feeds' hubs (WebSub) at our public address: they ask whether we meant it, and deliver.

Nobody else knows the addresses below PATH. What comes there is bounded in size and time.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from crawler.callback import Taken

LARGEST = 10 * 1024 * 1024  # bytes of one delivery, as of a feed that is polled
PATIENCE = 20.0  # seconds until it must have come whole
AT_ONCE = 4  # deliveries read at the same time; who comes then is asked to come again
_BUSY = PlainTextResponse("Busy.\n", 503, {"Retry-After": "60"})
_UNKNOWN = PlainTextResponse("Nobody subscribed here.\n", 404)


class Listens(Protocol):
    """Whoever speaks with hubs."""

    async def knows(self, token: str) -> bool:
        """Tell whether a callback is one of ours: nothing else is read."""

    async def confirm(self, token: str, query: Mapping[str, str]) -> str | None:
        """Return the challenge to answer with; None: nobody asked for that."""

    async def deliver(
        self, token: str, body: bytes, signature: str | None, content_type: str | None
    ) -> Taken:
        """Take a delivery in, and tell what became of it."""


def hear(hubs: Listens) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers at the callbacks."""
    places = asyncio.Semaphore(AT_ONCE)

    async def answer(request: Request) -> Response:
        token = request.path_params["token"]
        if request.method != "POST":
            challenge = await hubs.confirm(token, request.query_params)
            return _UNKNOWN if challenge is None else PlainTextResponse(challenge)
        if not await hubs.knows(token):
            return _UNKNOWN
        if places.locked():
            return _BUSY
        async with places:
            return await _take(hubs, token, request)

    return answer


async def _take(hubs: Listens, token: str, request: Request) -> Response:
    headers = request.headers
    try:
        async with asyncio.timeout(PATIENCE):
            body = await _body(request)
    except (TimeoutError, ClientDisconnect):
        return PlainTextResponse("It took too long.\n", 408)
    if body is None:
        return PlainTextResponse("Too large.\n", 413)
    signature, kind = headers.get("x-hub-signature"), headers.get("content-type")
    match await hubs.deliver(token, body, signature, kind):
        case Taken.UNKNOWN:
            return _UNKNOWN
        case Taken.PUT_OFF:
            return _BUSY
        case Taken.READ | Taken.POLLED | Taken.IGNORED:
            return PlainTextResponse("", 202)


async def _body(request: Request) -> bytes | None:
    """Return the body; None: it is larger than any feed may be."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            return None
    return bytes(body)

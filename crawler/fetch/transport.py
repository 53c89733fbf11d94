"""Be httpx's transport for a crawler: many hosts, one connection each, and no address trusted.

Every address is vetted when we connect, and the connection goes to the literal that was
vetted; Host and SNI stay the name. A request's extensions say what its source may do:
`allow_private` (bool) and `verify_tls` (bool). Nothing is read from the environment.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx

from crawler.fetch.connection import Connection
from crawler.fetch.errors import (
    BadCertificateError,
    ConnectionFailedError,
    ConnectTooSlowError,
    TruncatedError,
)
from crawler.fetch.guard import vetted_addresses
from crawler.fetch.idle import IdleConnections
from crawler.fetch.limits import EXCHANGE_LIMITS, ExchangeLimits
from crawler.fetch.printable import printable
from crawler.fetch.resolver import Resolver, SystemResolver

_ADDRESSES = 4  # of one host are tried, not more
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class _Route:
    """What a connection was made for: only requests with the same route may use it."""

    scheme: str
    host: str
    port: int
    allow_private: bool
    verify_tls: bool


class GuardedTransport(httpx.AsyncBaseTransport):
    """Exchange requests over our own connections."""

    def __init__(
        self,
        *,
        limits: ExchangeLimits = EXCHANGE_LIMITS,
        resolve: Resolver | None = None,
        tls: ssl.SSLContext | None = None,
        idle: int = 256,
        idle_seconds: float = 15.0,  # most hosts are asked again minutes later
    ) -> None:
        """Share one TLS context (building one takes 45 ms) among all connections."""
        self._limits = limits
        self._resolve = resolve or SystemResolver(limits.name)
        self._tls = tls
        self._unverified: ssl.SSLContext | None = None
        self._idle = IdleConnections(idle, idle_seconds)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request; the body stays on the wire until it is read or closed."""
        message = await _message(request)
        route = _route(request)
        connection = None
        if request.method == "GET":  # another is never sent twice, so never on an old one
            now = asyncio.get_running_loop().time()
            connection = self._idle.take(route, now)
        if connection is not None:
            try:
                return await self._exchange(connection, route, message)
            except TruncatedError:
                if connection.answered:
                    raise
                # It was closed while idle: nobody has seen the request.
        return await self._exchange(await self._connect(route), route, message)

    async def aclose(self) -> None:
        """Close the idle connections; their sockets go in the loop's next rounds."""
        self._idle.close()
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    async def _exchange(
        self, connection: Connection, route: _Route, message: bytes
    ) -> httpx.Response:
        try:
            status, headers = await connection.ask(message)
        except BaseException:
            connection.finish()
            raise
        body = _Body(connection, route, self._idle)
        return httpx.Response(status, headers=headers, stream=body)

    async def _connect(self, route: _Route) -> Connection:
        limit = self._limits.connect
        try:
            async with asyncio.timeout(limit):
                addresses = await vetted_addresses(
                    route.host, route.port, self._resolve, allow_private=route.allow_private
                )
                return await self._reach(route, addresses[:_ADDRESSES])
        except TimeoutError:
            name = printable(route.host)
            raise ConnectTooSlowError(f"{name}: no connection in {limit:g} s") from None

    async def _reach(self, route: _Route, addresses: tuple[str, ...]) -> Connection:
        """Connect to the first address that answers; each gets its share of the time."""
        share = self._limits.connect / len(addresses)
        for address in addresses[:-1]:
            try:
                async with asyncio.timeout(share):
                    return await self._open(route, address)
            except (ConnectionFailedError, TimeoutError):
                continue
        return await self._open(route, addresses[-1])

    async def _open(self, route: _Route, address: str) -> Connection:
        loop = asyncio.get_running_loop()
        tls = self._tls_for(route) if route.scheme == "https" else None
        try:
            _, connection = await loop.create_connection(
                lambda: Connection(self._limits),
                address,
                route.port,
                ssl=tls,
                server_hostname=route.host if tls else None,
            )
        except ssl.SSLError as error:
            raise BadCertificateError(
                f"{printable(route.host)}: {_tls_reason(error)}"
            ) from error
        except OSError as error:
            reason = f"{printable(route.host)} at {address}: {error}"
            raise ConnectionFailedError(reason) from error
        return connection

    def _tls_for(self, route: _Route) -> ssl.SSLContext:
        if route.verify_tls:
            if self._tls is None:
                self._tls = httpx.create_ssl_context(trust_env=False)
                self._tls.set_alpn_protocols(["http/1.1"])
            return self._tls
        if self._unverified is None:
            self._unverified = httpx.create_ssl_context(verify=False, trust_env=False)
        return self._unverified


class _Body(httpx.AsyncByteStream):
    """The body of one answer; closing it gives the connection back or closes it."""

    def __init__(self, connection: Connection, route: _Route, idle: IdleConnections) -> None:
        self._connection: Connection | None = connection
        self._route = route
        self._idle = idle

    async def __aiter__(self) -> AsyncIterator[bytes]:
        connection = self._connection
        while connection is not None and (piece := await connection.read()):
            yield piece

    async def aclose(self) -> None:
        """Give the connection back if the answer was read to its end."""
        connection, self._connection = self._connection, None
        if connection is not None and connection.finish():
            now = asyncio.get_running_loop().time()
            self._idle.put(self._route, connection, now)


def _route(request: httpx.Request) -> _Route:
    url = request.url
    if url.scheme not in _PORTS:
        raise httpx.UnsupportedProtocol(f"only http and https: {printable(url.scheme)}")
    extensions = request.extensions
    return _Route(
        url.scheme,
        url.raw_host.decode("ascii").strip("[]"),
        url.port or _PORTS[url.scheme],
        bool(extensions.get("allow_private", False)),
        bool(extensions.get("verify_tls", True)),
    )


async def _message(request: httpx.Request) -> bytes:
    """Write the request as it goes over the wire; a body is sent whole, with its length."""
    body = await request.aread()
    lines = [b"%s %s HTTP/1.1" % (request.method.encode("ascii"), request.url.raw_path)]
    lines += [
        b"%s: %s" % field
        for field in request.headers.raw
        if not (body and field[0].lower() in (b"content-length", b"transfer-encoding"))
    ]
    if body:
        lines.append(b"Content-Length: %d" % len(body))
    head = b"\r\n".join(lines)
    if head.count(b"\n") != len(lines) - 1 or head.count(b"\r") != len(lines) - 1:
        raise httpx.LocalProtocolError("a line break in the request's header")
    return b"%s\r\n\r\n%s" % (head, body)


def _tls_reason(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {error.verify_message}"
    return f"TLS failed: {printable(error.reason or str(error))}"

"""Serve an ASGI application in our own event loop, with our own signal handlers left alone."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from typing import Any, ClassVar, Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

_MOST: Final = 200  # connections; who comes then is told to come again
_CROWD: Final = 150  # from here on, who has waited longest to ask makes room
_HEARING: Final = 4  # times the patience, for an answer to be made and heard


class _Server(uvicorn.Server):
    """A server that leaves SIGTERM and SIGINT to the daemon."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Impatient(H11Protocol):
    """Hang up on a client that takes too long to say what it wants, or to hear the answer.

    h11 rather than httptools: it also ends a request whose headers grow beyond 64 KiB. Where
    it gets crowded, who has waited longest to ask goes first: whoever asks at once is answered.
    """

    patience = 15.0  # seconds for a request line and its headers
    asking: ClassVar[dict["_Impatient", None]]  # who has not asked yet, longest first
    timer: asyncio.TimerHandle | None = None  # rings when the patience is at its end

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn narrows it
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()
        if len(self.connections) > _CROWD:
            next(iter(self.asking)).hang_up()

    def data_received(self, data: bytes) -> None:
        """Go on waiting while the headers are not complete; what trickles in wins no time."""
        super().data_received(data)
        cycle: RequestResponseCycle | None = self.cycle  # None until the first request
        if cycle is not None and not cycle.response_complete:
            self.asking.pop(self, None)
            self._ring_in(_HEARING * self.patience)

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave no timer behind."""
        self.asking.pop(self, None)
        self._ring_in(None)
        super().connection_lost(exc)

    def hang_up(self) -> None:
        """Close the connection, and drop what the client would not hear."""
        self.asking.pop(self, None)
        if self.transport.get_write_buffer_size():
            self.transport.abort()
        else:
            self.transport.close()

    def _wait(self) -> None:
        if self not in self.asking:
            self.asking[self] = None
            unheard = self.transport.get_write_buffer_size() > 0
            self._ring_in(self.patience * (_HEARING if unheard else 1))

    def _ring_in(self, seconds: float | None) -> None:
        if self.timer is not None:
            self.timer.cancel()
        self.timer = None if seconds is None else self.loop.call_later(seconds, self.hang_up)


def listen(host: str, port: int) -> socket.socket:
    """Bind a listening socket; port 0 takes a free one. Raises OSError where it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.create_server((host, port), family=family, backlog=128)
    # asyncio sends small answers at once only on sockets that say they are TCP: 40 ms each.
    return socket.socket(family, made.type, socket.IPPROTO_TCP, fileno=made.detach())


def address_of(listening: socket.socket) -> str:
    """Return the base URL of a listening socket."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextlib.asynccontextmanager
async def serving(
    app: Any, listening: socket.socket, *, patience: float = _Impatient.patience
) -> AsyncIterator[None]:
    """Answer on the socket while the block runs; in-flight answers get two seconds to end."""
    protocol = type("_Impatient", (_Impatient,), {"patience": patience, "asking": {}})
    server = _Server(
        uvicorn.Config(
            app,
            http=protocol,
            log_config=None,
            access_log=False,
            interface="asgi3",
            lifespan="off",
            server_header=False,
            timeout_keep_alive=10,
            timeout_graceful_shutdown=2,
            limit_concurrency=_MOST,
        )
    )
    with listening:  # a server that is told to end before it began leaves it open
        task = asyncio.create_task(server.serve(sockets=[listening]), name="web")
        try:
            yield  # the socket listens already, so a first request waits instead of failing
        finally:
            server.should_exit = True
            await task

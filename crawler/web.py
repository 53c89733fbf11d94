"""Serve an ASGI application in our own event loop, with our own signal handlers left alone."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from typing import Any

import uvicorn


class _Server(uvicorn.Server):
    """A server that leaves SIGTERM and SIGINT to the daemon."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


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
async def serving(app: Any, listening: socket.socket) -> AsyncIterator[None]:
    """Answer on the socket while the block runs; in-flight answers get two seconds to end."""
    server = _Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            interface="asgi3",
            lifespan="off",
            server_header=False,
            timeout_keep_alive=10,
            timeout_graceful_shutdown=2,
            limit_concurrency=200,
        )
    )
    with listening:  # a server that is told to end before it began leaves it open
        task = asyncio.create_task(server.serve(sockets=[listening]), name="web")
        try:
            yield  # the socket listens already, so a first request waits instead of failing
        finally:
            server.should_exit = True
            await task

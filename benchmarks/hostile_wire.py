"""How a host misbehaves on the wire: what has no end, ends too early, or leads elsewhere."""

import asyncio
import struct
from collections.abc import Awaitable, Callable
from socket import SO_LINGER, SOL_SOCKET

from benchmarks.hostile_pages import Asked, answer, kind_of, plain

Writer = asyncio.StreamWriter
Fault = Callable[[Writer, Asked], Awaitable[None]]


async def endless(writer: Writer, asked: Asked) -> None:
    """Send a body without an end."""
    writer.write(f"HTTP/1.1 200 OK\r\n{kind_of(asked)}\r\n\r\n".encode() + plain(asked))
    while True:
        writer.write(b"<p>more</p>" * 4000)
        await writer.drain()


def dripping(first: bytes, piece: bytes, every: float) -> Fault:
    """Return a fault that sends little by little."""

    async def fault(writer: Writer, asked: Asked) -> None:
        writer.write(first)
        for _ in range(600):
            await asyncio.sleep(every)
            writer.write(piece)
            await writer.drain()

    return fault


async def silence(writer: Writer, asked: Asked) -> None:
    """Say nothing."""
    await asyncio.sleep(600)


async def reset(writer: Writer, asked: Asked) -> None:
    """Break off in the middle of the body, with RST."""
    writer.write(answer(plain(asked), length="99999"))
    await writer.drain()
    writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def just_close(writer: Writer, asked: Asked) -> None:
    """Close without a word."""
    writer.close()


async def header_flood(writer: Writer, asked: Asked) -> None:
    """Send fields without an end."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-Flood: " + b"a" * 3000 + b"\r\n")
        await writer.drain()


async def interim_flood(writer: Writer, asked: Asked) -> None:
    """Send 1xx answers without an end."""
    while True:
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 50)
        await writer.drain()


async def trailer_flood(writer: Writer, asked: Asked) -> None:
    """Send trailers without an end."""
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n")
    while True:
        writer.write(b"X-Trailer: " + b"a" * 3000 + b"\r\n")
        await writer.drain()


def sending(make: Callable[[Asked], bytes], *, close: bool = False) -> Fault:
    """Return a fault that sends something prepared."""

    async def fault(writer: Writer, asked: Asked) -> None:
        writer.write(make(asked))
        await writer.drain()
        if close:
            writer.close()

    return fault


def redirecting(to: Callable[[Asked], str], status: str = "302 Found") -> Fault:
    """Return a fault that leads elsewhere."""
    return sending(lambda asked: answer(b"", f"Location: {to(asked)}", status=status))


def refusing(status: str, *fields: str) -> Fault:
    """Return a fault that is a refusal."""
    return sending(lambda asked: answer(b"<html>no</html>", *fields, status=status))

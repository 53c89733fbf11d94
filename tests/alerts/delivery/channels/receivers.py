"""HTTP receivers on loopback that answer as they are told to, byte for byte."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Request:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Receiver:
    """What was received, and what is answered: raw bytes, or "hang", "drop", "endless"."""

    answers: list[bytes | str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    url: str = ""
    written: int = 0
    leave: asyncio.Event = field(default_factory=asyncio.Event)


def answer(status: str, body: bytes = b"", **headers: str) -> bytes:
    """Write an answer; header names with _ for -."""
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}", "connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@asynccontextmanager
async def receiving(*answers: bytes | str) -> AsyncIterator[Receiver]:
    """Serve on loopback; 204 when the answers are used up."""
    receiver = Receiver(answers=list(answers))

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _answer(receiver, reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield receiver
    finally:
        receiver.leave.set()
        server.close()
        await server.wait_closed()


async def _answer(
    receiver: Receiver, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
    raw = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    named = {name.lower(): value for name, value in raw.items()}
    receiver.requests.append(Request(path=head[0].split()[1], headers=named, body=body))
    said = receiver.answers.pop(0) if receiver.answers else answer("204 No Content")
    if said == "hang":
        await receiver.leave.wait()
    elif said == "endless":
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not receiver.leave.is_set():
            writer.write(b"x" * 65536)
            receiver.written += 65536
            await writer.drain()
    elif isinstance(said, bytes):
        writer.write(said)
        await writer.drain()

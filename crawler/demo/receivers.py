"""Receive what the demo sends, on loopback: the outlets' web servers, a mail server, a webhook.

They speak the real protocols, so the demo goes the same way as a desk's own.
"""

import asyncio
import contextlib
import hmac
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from standardwebhooks import Webhook
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from crawler.demo.newsroom import OUTLETS, Newsroom
from crawler.demo.story import Outlet
from crawler.service.web import address_of, listen, serving


@contextlib.asynccontextmanager
async def newsroom_on_loopback() -> AsyncIterator[Newsroom]:
    """Serve every outlet on a port of its own and yield the newsroom that answers."""
    sockets = {outlet.id: listen("127.0.0.1", 0) for outlet in OUTLETS}
    newsroom = Newsroom({name: address_of(each) for name, each in sockets.items()})
    async with contextlib.AsyncExitStack() as stack:
        for outlet in OUTLETS:
            await stack.enter_async_context(
                serving(_site(newsroom, outlet), sockets[outlet.id])
            )
        yield newsroom


def _site(newsroom: Newsroom, outlet: Outlet) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        answer = newsroom.answer(outlet, scope["path"])
        response = Response(
            answer.body, answer.status, headers={"content-type": answer.content_type}
        )
        await response(scope, receive, send)

    return app


@dataclass
class Mailbox:
    """The mails a loopback SMTP server has taken."""

    mails: list[tuple[tuple[str, ...], EmailMessage]] = field(default_factory=list)
    port: int = 0

    @contextlib.asynccontextmanager
    async def receiving(self) -> AsyncIterator[None]:
        """Accept mail on a free port while the block runs."""
        server = await asyncio.start_server(self._session, "127.0.0.1", 0, limit=1 << 20)
        self.port = server.sockets[0].getsockname()[1]
        async with server:
            yield

    async def _session(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        async def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())
            await writer.drain()

        try:
            await self._talk(reader, say)
        except ConnectionError:
            pass  # the sender is gone; what it did not end was not sent
        finally:
            writer.close()

    async def _talk(
        self, reader: asyncio.StreamReader, say: Callable[[str], Awaitable[None]]
    ) -> None:
        recipients: list[str] = []
        await say("220 demo ESMTP")
        while line := await reader.readline():
            verb, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            match verb.upper():
                case "EHLO" | "HELO":
                    await say("250 demo")
                case "RCPT":
                    recipients.append(rest.partition("<")[2].partition(">")[0])
                    await say("250 ok")
                case "DATA":
                    await say("354 go on")
                    self._take(tuple(recipients), await self._data(reader))
                    recipients = []
                    await say("250 taken")
                case "QUIT":
                    await say("221 bye")
                    return
                case _:
                    await say("250 ok")

    async def _data(self, reader: asyncio.StreamReader) -> bytes:
        lines: list[bytes] = []
        while (line := await reader.readline()) and line != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)

    def _take(self, recipients: tuple[str, ...], raw: bytes) -> None:
        self.mails.append((recipients, message_from_bytes(raw, policy=policy.default)))


@dataclass
class Desk:
    """A webhook receiver that checks each signature with the specification's own library."""

    secret: str
    received: list[dict[str, Any]] = field(default_factory=list)
    refused: int = 0
    url: str = ""

    @contextlib.asynccontextmanager
    async def receiving(self) -> AsyncIterator[None]:
        """Take webhooks on a free port while the block runs."""
        listening: socket.socket = listen("127.0.0.1", 0)
        self.url = f"{address_of(listening)}/hook"
        async with serving(self._app, listening):
            yield

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await Request(scope, receive).body()
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        answer = Response("ok", 200) if self._take(body, headers) else Response("who?", 401)
        await answer(scope, receive, send)

    def _take(self, body: bytes, headers: dict[str, str]) -> bool:
        at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        # Signed anew and compared: the demo moves its clock, and verify() reads the real one.
        wanted = Webhook(self.secret).sign(headers["webhook-id"], at, body.decode())
        if not hmac.compare_digest(wanted, headers["webhook-signature"].split(" ")[0]):
            self.refused += 1
            return False
        self.received.append({"webhook-id": headers["webhook-id"], **json.loads(body)})
        return True

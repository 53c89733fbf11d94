"""A mail server and a webhook receiver that fail in every way, and remember what they took."""

import asyncio
import json
import random
import socket
import struct
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

GONE = "gone@example.org"  # nobody's address: refused for good
SMTP_FAULTS = (
    *("421", "reset", "silent", "mail", "rcpt", "half", "data", "drop", "unsaid"),
    *("drip", "giant"),  # these take the mail: slowly, or with a thousand lines
)
HOOK_FAULTS = (
    *("500", "503", "429", "302", "garbage", "drop", "reset", "silent", "unsaid"),
    *("endless refusal", "endless thanks", "drip"),
)
TAKEN = {"", "unsaid", "drip", "endless thanks"}  # by the hook, whatever it says
ENDLESS = b"x" * (1 << 20)


def draw(dice: random.Random, faults: tuple[str, ...]) -> str:
    """Draw a fault for one call; empty: it goes well."""
    return dice.choice(faults) if dice.random() < 0.4 else ""


@dataclass
class Mailbox:
    """What a mail server took, and how often; `unsaid`: taken, and the answer lost."""

    dice: random.Random
    faulty: bool = True
    port: int = 0
    mails: list[tuple[tuple[str, ...], EmailMessage]] = field(default_factory=list)
    unsaid: int = 0

    def taken(self) -> Counter[tuple[str, str]]:
        """Count, per message and recipient, how often it was taken."""
        return Counter(
            (str(mail["Message-ID"]), to)
            for recipients, mail in self.mails
            for to in recipients
        )

    @asynccontextmanager
    async def receiving(self) -> AsyncIterator[None]:
        """Listen on a free port."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=1 << 20)
        self.port = server.sockets[0].getsockname()[1]
        async with server:
            yield

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fault = (
            self.dice.choice(SMTP_FAULTS) if self.faulty and self.dice.random() < 0.4 else ""
        )
        try:
            await self._talk(_Dialogue(reader, writer), fault)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the sender is dead, and took its half of the dialogue with it
        finally:
            writer.close()

    async def _talk(self, dialogue: "_Dialogue", fault: str) -> None:
        if fault == "silent":
            await asyncio.sleep(1)
            return
        if fault == "reset":
            dialogue.reset()
            return
        await dialogue.say("421 come back later" if fault == "421" else "220 chaos ESMTP")
        recipients: list[str] = []
        while fault != "421" and (line := await dialogue.reader.readline()):
            verb, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            if verb.upper() == "RCPT":
                await self._recipient(dialogue, rest, recipients, fault)
            elif verb.upper() == "DATA":
                if await self._data(dialogue, tuple(recipients), fault) == "gone":
                    return
                recipients, fault = [], ""
            else:
                refused = verb.upper() == "MAIL" and fault == "mail"
                await dialogue.say("451 not now" if refused else "250 chaos")

    async def _recipient(
        self, dialogue: "_Dialogue", rest: str, recipients: list[str], fault: str
    ) -> None:
        name = rest.partition("<")[2].partition(">")[0]
        if name == GONE:
            await dialogue.say("550 no such user")
        elif fault == "rcpt":
            await dialogue.say("450 greylisted")
        else:
            recipients.append(name)
            await dialogue.say("250 ok")

    async def _data(
        self, dialogue: "_Dialogue", recipients: tuple[str, ...], fault: str
    ) -> str:
        await dialogue.say("354 go on")
        if fault == "drop":
            return "gone"
        if fault == "half":
            await dialogue.reader.readline()
            await asyncio.sleep(1)
            return "gone"
        raw = await dialogue.text()
        if fault == "data":
            await dialogue.say("452 no room")
            return ""
        self.mails.append((recipients, message_from_bytes(raw, policy=policy.default)))
        if fault == "unsaid":
            self.unsaid += 1
            return "gone"
        if fault == "giant":
            await dialogue.say("\r\n".join(["250-and so on"] * 1000))
        if fault == "drip":
            await dialogue.drip("250 taken")
        else:
            await dialogue.say("250 taken")
        return ""


@dataclass
class _Dialogue:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def say(self, line: str) -> None:
        self.writer.write(f"{line}\r\n".encode())
        await self.writer.drain()

    async def drip(self, line: str) -> None:
        for letter in f"{line}\r\n".encode():
            self.writer.write(bytes([letter]))
            await self.writer.drain()
            await asyncio.sleep(0.05)

    def reset(self) -> None:
        reset(self.writer)

    async def text(self) -> bytes:
        lines: list[bytes] = []
        while (line := await self.reader.readline()) != b".\r\n":
            if not line:
                raise ConnectionError
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)


def reset(writer: asyncio.StreamWriter) -> None:
    """Hang up without a goodbye, as a port that is closed in that moment does."""
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@dataclass
class Hook:
    """What a webhook receiver took, and how often."""

    dice: random.Random
    faulty: bool = True
    url: str = ""
    payloads: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    unsaid: int = 0

    def taken(self) -> Counter[str]:
        """Count, per message, how often it was taken."""
        return Counter(key for key, _ in self.payloads)

    @asynccontextmanager
    async def receiving(self) -> AsyncIterator[None]:
        """Listen on a free port."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=1 << 20)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
        async with server:
            yield

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._answer(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the sender is dead, or has heard enough
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {
            name.lower(): value
            for name, _, value in (line.partition(": ") for line in head[1:])
        }
        body = await reader.readexactly(int(headers["content-length"]))
        fault = (
            self.dice.choice(HOOK_FAULTS) if self.faulty and self.dice.random() < 0.4 else ""
        )
        if fault == "silent":
            await asyncio.sleep(1)
        if fault in {"silent", "drop"}:
            return
        if fault == "reset":
            reset(writer)
            return
        if fault in TAKEN:
            self.payloads.append((headers["webhook-id"], json.loads(body)))
        if fault == "unsaid":
            self.unsaid += 1
            return
        if fault == "drip":
            await _Dialogue(reader, writer).drip("HTTP/1.1 204 No Content\r\n")
            return
        writer.write(ANSWERS[fault])
        await writer.drain()
        while fault.startswith("endless"):
            writer.write(ENDLESS)
            await writer.drain()


def _said(status: str, more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n{more}\r\n".encode()


ANSWERS = {
    "": _said("204 No Content"),
    "500": _said("500 Oops"),
    "503": _said("503 Busy"),
    "429": _said("429 Slow down", "retry-after: 60\r\n"),
    "302": _said("302 Elsewhere", "location: http://127.0.0.1:9/\r\n"),
    "garbage": b"SSH-2.0-OpenSSH_9.9\r\n",
    "endless refusal": b"HTTP/1.1 503 Busy\r\n\r\n",
    "endless thanks": b"HTTP/1.1 200 OK\r\n\r\n",
}

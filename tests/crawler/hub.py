"""A WebSub hub on loopback: it verifies whom it is asked about, and delivers, signed."""

import asyncio
import hashlib
import hmac
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import httpx

LEASE = 86400


@dataclass
class Hub:
    """One hub and those who subscribed with it."""

    scheme: str = "http"
    port: int = 0
    status: str = "202 Accepted"
    forms: list[dict[str, str]] = field(default_factory=list)  # as they were asked
    client: httpx.AsyncClient = field(
        default_factory=lambda: httpx.AsyncClient(trust_env=False, timeout=30)
    )

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/hub"

    @property
    def asked(self) -> dict[str, str]:
        return self.forms[-1]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.partition("content-length:")[2].partition("\r\n")[0])
        body = (await reader.readexactly(length)).decode()
        self.forms.append({name: values[0] for name, values in parse_qs(body).items()})
        writer.write(f"HTTP/1.1 {self.status}\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    async def verify(self, **changes: str) -> httpx.Response:
        """Ask the subscriber whether it meant what it asked last."""
        query = {
            "hub.mode": self.asked["hub.mode"],
            "hub.topic": self.asked["hub.topic"],
            "hub.challenge": "a challenge",
            "hub.lease_seconds": str(LEASE),
        }
        query |= {f"hub.{name}": value for name, value in changes.items()}
        return await self.client.get(self.asked["hub.callback"], params=query)

    async def deliver(self, body: bytes, *, secret: str | None = None) -> httpx.Response:
        """Send content, signed with the secret that was agreed unless another is given."""
        secret = self.asked.get("hub.secret", "") if secret is None else secret
        digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return await self.client.post(
            self.asked["hub.callback"],
            content=body,
            headers={"X-Hub-Signature": f"sha256={digest}", "Content-Type": "application/xml"},
        )


@asynccontextmanager
async def listening_hub(tls: ssl.SSLContext | None = None) -> AsyncIterator[Hub]:
    """Run a hub on a free port."""
    hub = Hub(scheme="https" if tls else "http")
    server = await asyncio.start_server(hub.serve, "127.0.0.1", 0, ssl=tls)
    hub.port = server.sockets[0].getsockname()[1]
    try:
        yield hub
    finally:
        server.close()
        await server.wait_closed()
        await hub.client.aclose()

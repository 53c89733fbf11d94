"""Serve the fetch benchmark's pages on every address of 127.0.0.0/8."""

import asyncio
import gzip
import os
import random
import ssl
import sys

_WORDS = (
    "the minister said on corridor talks Baku Tehran region rail gas summit would have been"
)
AUTHORITY = "PRESSWATCH_BENCHMARK_AUTHORITY"  # where the certificate of the authority lies
ETAG = '"benchmark-1"'


def _page() -> bytes:
    """Make a page of about 330 KB that folds like a real one, 6 or 7 to 1."""
    rng = random.Random(7)
    words = [*_WORDS.split(), *(rng.randbytes(4).hex() for _ in range(900))]
    rows = ["<!doctype html><title>News</title>"]
    while sum(map(len, rows)) < 330_000:
        text = " ".join(rng.choices(words, k=40))
        rows.append(
            f'<div class="article-paragraph block-{rng.randrange(99)}"><p>{text}</p></div>'
        )
        rows.append(
            '<div class="teaser"><a href="/news/politics/"><span>Politics</span></a></div>' * 4
        )
    return "\n".join(rows).encode()


def _answer(body: bytes, *fields: str) -> bytes:
    head = ["HTTP/1.1 200 OK", "Server: bench", "Date: Tue, 24 Nov 2026 07:00:00 GMT", *fields]
    head += [f"ETag: {ETAG}", "Cache-Control: max-age=60", f"Content-Length: {len(body)}"]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


ANSWERS = {
    b"/page": _answer(
        gzip.compress(_page(), 6), "Content-Type: text/html", "Content-Encoding: gzip"
    ),
    b"/small": _answer(b"<p>small</p>" * 25, "Content-Type: text/html"),
    b"/robots.txt": _answer(
        b"User-agent: *\nDisallow: /private/\n", "Content-Type: text/plain"
    ),
}
NOT_MODIFIED = f"HTTP/1.1 304 Not Modified\r\nServer: bench\r\nETag: {ETAG}\r\n\r\n".encode()


class Server(asyncio.Protocol):
    """Answer each request with what lies ready for its path."""

    transport: asyncio.Transport
    pending = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer what is complete; clients ask one thing at a time."""
        self.pending += data
        if not self.pending.endswith(b"\r\n\r\n"):
            return
        head, self.pending = self.pending, b""
        known = b"if-none-match" in head.lower()
        path = head.split(b" ", 2)[1]
        self.transport.write(NOT_MODIFIED if known else ANSWERS[path])


def _tls(authority_file: str) -> ssl.SSLContext:
    """Make a certificate for a few hosts, and write down who vouches for it."""
    import trustme  # here, because the clients read this module's names and need none of it

    authority = trustme.CA()
    authority.cert_pem.write_to_path(authority_file)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    hosts = [f"127.1.0.{number}" for number in range(1, 51)]
    authority.issue_cert(*hosts).configure_cert(context)
    return context


async def main() -> None:
    """Listen on two free ports, plain and TLS; print them; serve until the input ends."""
    loop = asyncio.get_running_loop()
    tls = _tls(os.environ[AUTHORITY])
    ports = []
    for context in (None, tls):
        server = await loop.create_server(Server, "0.0.0.0", 0, backlog=4096, ssl=context)  # noqa: S104 - all of 127/8
        ports.append(server.sockets[0].getsockname()[1])
    print(*ports, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())

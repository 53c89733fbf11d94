"""Be some hundred hosts on 127.0.0.0/8 that misbehave in every way we know, beside honest ones.

    python -m benchmarks.hostile_server PORT HOSTS HONEST

Host number n answers at 127.9.n/256.n%256; the first HONEST of them publish an article every
few seconds and write down who asked what and when: GET /_seen of 127.9.255.1 tells it.
The others choose a misbehaviour at random for each request, their own favourite most often.
"""

import asyncio
import contextlib
import gzip
import json
import random
import struct
import sys
import time
import zlib
from collections.abc import Awaitable, Callable
from socket import SO_LINGER, SOL_SOCKET

import brotli
from backports import zstd

Writer = asyncio.StreamWriter
Fault = Callable[[Writer, "Asked"], Awaitable[None]]
EVERYWHERE = "0.0.0.0"  # noqa: S104 - hosts of loopback: nothing else leads here
PUBLISHES = 15.0  # seconds between two articles of an honest host
SHOWN = 20  # articles in a feed


class Asked:
    """One request: of which host, for what."""

    def __init__(
        self, host: str, port: int, path: str, head: bytes, dice: random.Random
    ) -> None:
        """Take what the request says."""
        self.host, self.port, self.path, self.head, self.dice = host, port, path, head, dice

    @property
    def base(self) -> str:
        """Return the host's own address."""
        return f"http://{self.host}:{self.port}"

    @property
    def feed(self) -> bool:
        """Say whether a feed is asked for."""
        return self.path.startswith("/feed")


def answer(
    body: bytes, *fields: str, status: str = "200 OK", length: str | None = None
) -> bytes:
    """Write an answer."""
    size = str(len(body)) if length is None else length
    head = [f"HTTP/1.1 {status}", f"Content-Length: {size}", *fields]
    return "\r\n".join(head).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body


def feed(base: str, numbers: list[int], more: str = "") -> bytes:
    """Write a feed of articles."""
    stamp = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime())
    items = "".join(
        f"<item><title>Report {n} on the corridor</title><link>{base}/news/2026/report-on-the-"
        f"corridor-{n}</link><guid>{base}/{n}</guid><pubDate>{stamp}</pubDate></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel><title>f</title>{items}{more}</channel></rss>".encode()


def page(base: str, n: str, more: str = "") -> bytes:
    """Write an article's page whose text differs from all others."""
    dice = random.Random(f"{base}{n}")
    words = [
        "minister",
        "corridor",
        "gas",
        "summit",
        "rail",
        "region",
        "talks",
        "border",
        "port",
    ]
    body = "".join(
        f"<p>{' '.join(dice.choice(words) + str(dice.randrange(400)) for _ in range(60))}.</p>"
        for _ in range(4)
    )
    return (
        f"<!doctype html><html lang=en><head><title>Report {n} on the corridor</title></head>"
        f"<body><article><h1>Report {n} on the corridor of {base}</h1>"
        f"<time datetime='2026-11-24T10:00:00Z'>24 November 2026</time>{body}{more}</article>"
        "</body></html>"
    ).encode()


def plain(asked: Asked) -> bytes:
    """Write what an honest host would."""
    if asked.feed:
        return feed(asked.base, [asked.dice.randrange(1000) for _ in range(SHOWN)])
    return page(asked.base, asked.path.rpartition("-")[2])


def kind_of(asked: Asked) -> str:
    """Write the type an honest host would name."""
    return f"Content-Type: {'application/rss+xml' if asked.feed else 'text/html'}"


# What does not end, or ends too early.


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


# Bombs, made once.

_ZEROS = b"\0" * (1 << 20)
_packer = zlib.compressobj(9, zlib.DEFLATED, 31)
GZIP_BOMB = b"".join(_packer.compress(_ZEROS) for _ in range(300)) + _packer.flush()
BR_BOMB = brotli.compress(b" " * (1 << 26), quality=5)
ZSTD_BOMB = zstd.compress(b" " * (1 << 28))
DEEP = b"<div>" * 200_000
ATTRIBUTES = b"<p " + b" ".join(b"a%d=1" % n for n in range(120_000)) + b">"
FORMATTING = b"<p>" + b"<a><b><i><font><u>" * 9000 + b"</p>" + b"<div></b>" * 9000
TABLES = b"<table>" * 30_000
OPTIONS = b"<select>" + b"<option><optgroup>" * 60_000
JSON_DEEP = b'<script type="application/ld+json">' + b"[" * 200_000 + b"</script>"
DIGITS = (
    b'<script type="application/ld+json">{"@type":"NewsArticle","a":'
    + b"9" * 90_000
    + b"}</script>"
)
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><rss><channel><item><title>&j;</title></item></channel></rss>"
)
XXE = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title><link>http://a.example/1</link></item></channel></rss>'
MANY = "".join(f"<item><link>/flood/{n}</link></item>" for n in range(100_000))
LONG_LINE = b"<html><body><p>" + b"word " * 1_900_000


def html(body: bytes) -> Callable[[Asked], bytes]:
    """Return a page of the host's with something hostile in it."""
    return lambda asked: answer(
        page(asked.base, asked.path.rpartition("-")[2]).replace(b"</article>", body),
        kind_of(asked),
    )


def packed(body: bytes, *codings: str) -> Callable[[Asked], bytes]:
    """Return an answer that says how it is packed."""
    return lambda asked: answer(body, f"Content-Encoding: {', '.join(codings)}", kind_of(asked))


def redirecting(to: Callable[[Asked], str], status: str = "302 Found") -> Fault:
    """Return a fault that leads elsewhere."""
    return sending(lambda asked: answer(b"", f"Location: {to(asked)}", status=status))


def refusing(status: str, *fields: str) -> Fault:
    """Return a fault that is a refusal."""
    return sending(lambda asked: answer(b"<html>no</html>", *fields, status=status))


def charset(name: str, body: bytes) -> Fault:
    """Return a body of a charset that lies or cannot be read."""
    return sending(
        lambda asked: answer(plain(asked) + body, f"Content-Type: text/html; charset={name}")
    )


def hijack(asked: Asked) -> bytes:
    """Claim to be the article of an honest host."""
    other = f"http://127.9.0.0:{asked.port}/news/2026/report-on-the-corridor-3"
    return answer(
        page(asked.base, "3").replace(
            b"<head>", f"<head><link rel=canonical href='{other}'>".encode()
        ),
        kind_of(asked),
    )


def churn(asked: Asked) -> bytes:
    """Show nothing but new addresses at every look."""
    return answer(
        feed(asked.base, [asked.dice.randrange(10**9) for _ in range(1500)]), kind_of(asked)
    )


TRAPS = (
    "/a" * 90,
    "/cal?year=9999&month=1",
    "/x;jsessionid=1",
    "//[::1",
    "http://a:99999/",
    "/" + "u" * 100_000,
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "http://169.254.169.254/latest",
    "http://0x7f.1/",
    "http://127.0.0.1:6379/",
    "\u202ehttp://x/",
    "http://a b/",
)


def traps(asked: Asked) -> bytes:
    """Show addresses that lead nowhere new."""
    items = "".join(f"<item><title>t</title><link>{link}</link></item>" for link in TRAPS)
    return answer(feed(asked.base, [1, 2], items), kind_of(asked))


FAULTS: dict[str, Fault] = {
    "endless body": endless,
    "one byte a second": dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"<", 1.0),
    "just fast enough": dripping(
        b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n", b"<p>a</p>" * 40, 1.0
    ),
    "a slow header": dripping(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 2.0),
    "silence": silence,
    "reset": reset,
    "closed": just_close,
    "header flood": header_flood,
    "1xx flood": interim_flood,
    "trailer flood": trailer_flood,
    "gzip bomb": sending(packed(GZIP_BOMB, "gzip")),
    "gzip bomb in gzip": sending(packed(gzip.compress(GZIP_BOMB), "gzip", "gzip")),
    "br bomb": sending(packed(BR_BOMB, "br")),
    "zstd bomb": sending(packed(ZSTD_BOMB, "zstd")),
    "three codings": sending(packed(gzip.compress(b"x"), "gzip", "gzip", "gzip")),
    "corrupt gzip": sending(packed(gzip.compress(b"x" * 9999)[:-40] + b"?" * 40, "gzip")),
    "unknown coding": sending(packed(b"abc", "exi")),
    "too short": sending(lambda asked: answer(plain(asked), length="999999"), close=True),
    "no last chunk": sending(
        lambda asked: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n",
        close=True,
    ),
    "two lengths": sending(
        lambda asked: b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde"
    ),
    "length and chunks": sending(
        lambda asked: (
            b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        )
    ),
    "bad chunk": sending(
        lambda asked: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"
    ),
    "poison": sending(
        lambda asked: (
            answer(plain(asked), kind_of(asked)) + answer(page("http://evil.example", "666"))
        )
    ),
    "10^15 bytes": sending(lambda asked: answer(b"a", length="1000000000000000")),
    "http/0.9": sending(lambda asked: b"<html>hello</html>", close=True),
    "ssh": sending(lambda asked: b"SSH-2.0-OpenSSH_9.6\r\n", close=True),
    "status 999": refusing("999 Odd"),
    "status 20000": sending(lambda asked: b"HTTP/1.1 20000 OK\r\n\r\n", close=True),
    "204": sending(lambda asked: b"HTTP/1.1 204 No Content\r\n\r\n"),
    "206": refusing("206 Partial Content", "Content-Range: bytes 0-3/9"),
    "304": sending(lambda asked: b"HTTP/1.1 304 Not Modified\r\n\r\n"),
    "cookies": sending(
        lambda asked: answer(
            plain(asked),
            kind_of(asked),
            *[f"Set-Cookie: c{n}={'x' * 900}; Domain=.1" for n in range(90)],
        )
    ),
    "a circle": redirecting(lambda asked: f"{asked.path}"),
    "no end of redirects": redirecting(
        lambda asked: f"{asked.base}/r{asked.dice.randrange(10**9)}"
    ),
    "to another": redirecting(
        lambda asked: (
            f"http://127.9.1.{asked.dice.randrange(255)}:{asked.port}/news/2026/report-1"
        )
    ),
    "to metadata": redirecting(lambda asked: "http://169.254.169.254/latest/meta-data"),
    "to a file": redirecting(lambda asked: "file:///etc/passwd"),
    "to nowhere": redirecting(lambda asked: "http://[::ffff:0:0]:9/"),
    "429 for ever": refusing("429 Slow Down", "Retry-After: 99999999999999999999"),
    "503 in the past": refusing("503 Down", "Retry-After: Mon, 01 Jan 1900 00:00:00 GMT"),
    "500": refusing("500 Oops"),
    "403 wall": refusing("403 Forbidden", "cf-mitigated: challenge"),
    "401": refusing("401 Unauthorized"),
    "410": refusing("410 Gone"),
    "laughs": sending(lambda asked: answer(LAUGHS, kind_of(asked))),
    "xxe": sending(lambda asked: answer(XXE, kind_of(asked))),
    "deep xml": sending(lambda asked: answer(b"<rss>" + b"<a>" * 300_000, kind_of(asked))),
    "100,000 items": sending(lambda asked: answer(feed(asked.base, [1], MANY), kind_of(asked))),
    "deep html": sending(html(DEEP)),
    "attributes": sending(html(ATTRIBUTES)),
    "formatting": sending(html(FORMATTING)),
    "tables": sending(html(TABLES)),
    "options": sending(html(OPTIONS)),
    "deep json": sending(html(JSON_DEEP)),
    "digits": sending(html(DIGITS)),
    "one long line": sending(lambda asked: answer(LONG_LINE, "Content-Type: text/html")),
    "codec zlib": charset("zlib_codec", b""),
    "codec idna": charset("idna", b""),
    "utf-7": charset("utf-7", b"+ADw-script+AD4-"),
    "broken utf-8": charset("utf-8", b"<p>\xed\xa0\x80\xff\0\xf0\x28</p>"),
    "bidi": sending(
        html("<p>\u202e\u2066abc\u0300\u0301".encode() + "\u0302".encode() * 900 + b"</p>")
    ),
    "pdf": sending(lambda asked: answer(b"%PDF-1.7\n" + b"\0" * 5000, kind_of(asked))),
    "giant etag": sending(
        lambda asked: answer(plain(asked), f'ETag: "{"x" * 60_000}"', kind_of(asked))
    ),
    "max-age": sending(
        lambda asked: answer(
            plain(asked), "Cache-Control: max-age=1000000000000", kind_of(asked)
        )
    ),
    "hijack": sending(hijack),
    "churn": sending(churn),
    "traps": sending(traps),
    "one text for all": sending(
        lambda asked: answer(page(asked.base, "0"), "Content-Type: text/html")
    ),
    "empty": sending(lambda asked: answer(b"")),
    "nul": sending(lambda asked: answer(b"\0" * 100_000, "Content-Type: text/html")),
}
ROBOTS = (
    b"User-agent: *\nDisallow: /private/\n",
    b"User-agent: *\nCrawl-delay: 1000000000\n",
    b"\xef\xbb\xbfUser-agent: *\rDisallow: " + b"/*a" * 60 + b"$\n",
    b"Disallow: /x\n" * 60_000,
    b"\0" * 50_000,
)


class Newsroom:
    """All hosts of one port."""

    def __init__(self, port: int, hosts: int, honest: int) -> None:
        """Open no socket yet."""
        self.port, self.hosts, self.honest = port, hosts, honest
        self.began = time.time()
        self.seen: list[tuple[float, str, str]] = []
        self.told: dict[str, int] = {}
        self.dice = random.Random(7)
        self.names = list(FAULTS)

    def number(self, host: str) -> int:
        """Return which host an address is."""
        _, _, high, low = host.split(".")
        return int(high) * 256 + int(low)

    async def connected(self, reader: asyncio.StreamReader, writer: Writer) -> None:
        """Answer the requests of one connection."""
        host = writer.get_extra_info("sockname")[0]
        with contextlib.suppress(
            ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError
        ):
            while not writer.is_closing():
                head = await reader.readuntil(b"\r\n\r\n")
                path = head.split(b" ", 2)[1].decode("latin-1")
                await self.answer(writer, Asked(host, self.port, path, head, self.dice))
        writer.close()

    async def answer(self, writer: Writer, asked: Asked) -> None:
        """Answer one request."""
        if asked.path == "/_seen":
            body = json.dumps({"began": self.began, "seen": self.seen, "told": self.told})
            writer.write(answer(body.encode()))
        elif self.number(asked.host) < self.honest:
            self.seen.append((time.time(), asked.host, asked.path))
            writer.write(self.honestly(asked))
        elif asked.path == "/robots.txt" and self.dice.random() < 0.8:
            rules = self.dice.choice(ROBOTS) if self.dice.random() < 0.5 else ROBOTS[0]
            writer.write(answer(rules, "Content-Type: text/plain"))
        elif self.dice.random() < 0.35:
            writer.write(answer(plain(asked), kind_of(asked)))
        else:
            await self.misbehave(writer, asked)
        await writer.drain()

    async def misbehave(self, writer: Writer, asked: Asked) -> None:
        """Do the host's favourite, or anything."""
        name = self.names[self.number(asked.host) % len(self.names)]
        if self.dice.random() < 0.4:
            name = self.dice.choice(self.names)
        self.told[name] = self.told.get(name, 0) + 1
        await FAULTS[name](writer, asked)

    def honestly(self, asked: Asked) -> bytes:
        """Answer as a newsroom does."""
        if asked.path == "/robots.txt":
            return answer(b"User-agent: *\nAllow: /\n")
        if asked.feed:
            newest = int((time.time() - self.began) / PUBLISHES) + 1
            numbers = list(range(max(newest - SHOWN, 0), newest))
            return answer(feed(asked.base, numbers[::-1]), kind_of(asked))
        return answer(page(asked.base, asked.path.rpartition("-")[2]), kind_of(asked))


async def main(port: int, hosts: int, honest: int) -> None:
    """Serve until killed."""
    newsroom = Newsroom(port, hosts, honest)
    server = await asyncio.start_server(
        newsroom.connected, EVERYWHERE, port, limit=1 << 20, backlog=1000
    )
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:4])))

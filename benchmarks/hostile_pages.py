"""What a host of the hostile world was asked, and what an honest one writes."""

import random
import time

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

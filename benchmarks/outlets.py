"""Publish for the soak: outlets on every address of 127.0.0.0/8, each with a feed and articles.

A line on standard input is the round that has come. Outlet n publishes its article k in round
20k + n mod 20, and edits it three rounds later; an unchanged feed is answered with 304.
"""

import asyncio
import random
import sys
from datetime import UTC, datetime, timedelta

BEGIN = datetime(2026, 11, 1, tzinfo=UTC)
ROUND = timedelta(minutes=17)
EVERY, EDITED_AFTER, SHOWN = 20, 3, 20
WORDS = (
    "minister", "border", "corridor", "talks", "railway", "budget", "election", "court",
    "police", "harbour", "treaty", "summit", "gas", "water", "bridge", "school", "hospital",
    "market", "drought", "harvest", "union", "strike", "festival", "museum", "the", "a",
    "of", "in", "on", "with", "after", "before", "near", "over", "said", "told", "asked",
    "opened", "closed", "visited", "signed",
)  # fmt: skip


class Calendar:
    """Which articles an outlet has published by a round."""

    now = 0

    def published(self, outlet: int) -> range:
        """Return the numbers of its articles, the newest last."""
        come = max(0, (self.now - outlet % EVERY) // EVERY + 1)
        return range(max(0, come - SHOWN), come)

    def at(self, outlet: int, number: int) -> datetime:
        """Return when an article was published."""
        return BEGIN + ROUND * (EVERY * number + outlet % EVERY)

    def edited(self, outlet: int, number: int) -> bool:
        """Tell whether an article has been edited by now."""
        return self.now >= EVERY * number + outlet % EVERY + EDITED_AFTER


def feed(calendar: Calendar, outlet: int, host: str) -> bytes:
    """Write an outlet's feed."""
    items = "".join(
        f"<item><title>{headline(outlet, number)}</title>"
        f"<link>http://{host}/news/{number}-report</link>"
        f"<pubDate>{calendar.at(outlet, number):%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for number in reversed(calendar.published(outlet))
    )
    return f"<rss version='2.0'><channel><title>Outlet</title>{items}</channel></rss>".encode()


def headline(outlet: int, number: int) -> str:
    """Write an article's headline."""
    return sentence(random.Random(outlet * 100_003 + number), 8)


def sentence(chance: random.Random, words: int) -> str:
    """Write a sentence of plain words and a name or figure of its own."""
    chosen = [*chance.choices(WORDS, k=words), chance.randbytes(3).hex()]
    return " ".join(chosen).capitalize() + "."


def page(calendar: Calendar, outlet: int, number: int) -> bytes:
    """Write an article's page, some 8 KB."""
    chance = random.Random(outlet * 100_003 + number + 1)
    body = [" ".join(sentence(chance, 14) for _ in range(4)) for _ in range(9)]
    if calendar.edited(outlet, number):
        body[2] = f"The number of victims rose to {number + 2}. {body[2]}"
    text = "".join(f"<p>{each}</p>" for each in body)
    menu = "".join(f"<li><a href='/section/{n}'>Section {n}</a></li>" for n in range(40))
    at = calendar.at(outlet, number).isoformat()
    return (
        f"<!doctype html><html lang=en><title>{headline(outlet, number)}</title>"
        f"<meta property='article:published_time' content='{at}'><nav><ul>{menu}</ul></nav>"
        f"<article><h1>{headline(outlet, number)}</h1>{text}</article></html>"
    ).encode()


class Outlets(asyncio.Protocol):
    """Answer requests for every outlet; which one is asked for says the address."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.pending = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember which outlet was called."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        address, port = transport.get_extra_info("sockname")[:2]
        third, fourth = map(int, address.split(".")[2:])
        self.outlet, self.host = third * 250 + fourth - 1, f"{address}:{port}"

    def data_received(self, data: bytes) -> None:
        """Answer what is complete; a fetcher asks one thing at a time."""
        self.pending += data
        if not self.pending.endswith(b"\r\n\r\n"):
            return
        head, self.pending = self.pending.decode("latin-1"), b""
        self.transport.write(self.answer(head.split(" ", 2)[1], head))

    def answer(self, path: str, head: str) -> bytes:
        """Return the answer for a path."""
        if path == "/feed":
            tag = f'"{self.calendar.published(self.outlet).stop}"'
            if tag in head:
                return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
            body = feed(self.calendar, self.outlet, self.host)
            return _answer(body, "application/rss+xml", f"ETag: {tag}\r\n")
        if path.startswith("/news/"):
            number = int(path.removeprefix("/news/").partition("-")[0])
            return _answer(page(self.calendar, self.outlet, number), "text/html")
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def _answer(body: bytes, kind: str, fields: str = "") -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\n{fields}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def main() -> None:
    """Print the port, then take rounds until the input ends."""
    calendar, loop = Calendar(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Outlets(calendar), "0.0.0.0", 0, backlog=1024)  # noqa: S104 - all of 127/8
    print(server.sockets[0].getsockname()[1], flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        calendar.now = int(line)
        print("published", flush=True)


if __name__ == "__main__":
    asyncio.run(main())

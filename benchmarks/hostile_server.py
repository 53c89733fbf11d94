"""Be some hundred hosts on 127.0.0.0/8 that misbehave in every way we know, beside honest ones.

    python -m benchmarks.hostile_server PORT HOSTS HONEST

Host number n answers at 127.9.n/256.n%256; the first HONEST of them publish an article every
few seconds and write down who asked what and when: GET /_seen of 127.9.255.1 tells it.
The others choose a misbehaviour at random for each request, their own favourite most often.
"""

import asyncio
import contextlib
import json
import random
import sys
import time

from benchmarks.hostile_faults import FAULTS, ROBOTS
from benchmarks.hostile_pages import SHOWN, Asked, answer, feed, kind_of, page, plain
from benchmarks.hostile_wire import Writer

EVERYWHERE = "0.0.0.0"  # noqa: S104 - hosts of loopback: nothing else leads here
PUBLISHES = 15.0  # seconds between two articles of an honest host


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

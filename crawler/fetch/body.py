"""Read a body from the wire, decoded in steps, and stop at the first limit it crosses."""

import asyncio
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, suppress

import httpx

from crawler.fetch.decode import Decoder, Gzip, decoders, unfold
from crawler.fetch.errors import BadEncodingError, BodyTooLargeError
from crawler.fetch.limits import BodyLimits, FetchLimits

_GZIP_MAGIC = b"\x1f\x8b"


class _FullError(Exception):
    """The body was cut at its limit, as its kind wants it."""


class _Pot:
    """What has come so far of one body, on the wire and decoded."""

    def __init__(self, limits: FetchLimits, body: BodyLimits) -> None:
        self._limits = limits
        self._body = body
        self.wire = 0
        self.decoded = 0
        self.has_place = False  # among the large ones
        self._pieces: list[bytes] = []

    def count_wire(self, size: int) -> None:
        self.wire += size
        if self.wire > self._body.wire and not self._body.truncate:
            raise BodyTooLargeError(f"more than {self._body.wire} bytes on the wire")

    def add(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self.decoded += len(piece)
        if self.decoded > self._body.decoded:
            if self._body.truncate:
                raise _FullError
            raise BodyTooLargeError(f"more than {self._body.decoded} bytes")
        # A ratio above any honest text's: the rest is not worth unfolding.
        if self.decoded > max(self._limits.ratio_from, self.wire * self._limits.ratio):
            raise BodyTooLargeError(f"{self.wire} bytes unfold to more than {self.decoded}")

    def stop_when_full(self) -> None:
        """Raise _FullError when what has come is all we take of the wire."""
        if self.wire > self._body.wire:
            raise _FullError

    def pour_out(self) -> bytes:
        """Return the whole and keep nothing."""
        whole = b"".join(self._pieces)[: self._body.decoded]
        self._pieces.clear()
        return whole


Room = Callable[[], Awaitable[None]]  # wait until there is room for one more large body


class BodyReader:
    """Read bodies; only a few large ones at a time, so that memory has a bound, too."""

    def __init__(self, limits: FetchLimits, room: Room | None = None) -> None:
        self._limits = limits
        self._large = asyncio.Semaphore(limits.large_bodies)
        self._room = room  # None: whoever takes the bodies is never behind

    async def read(
        self, wire: AsyncIterable[bytes], headers: Mapping[str, str], body: BodyLimits
    ) -> bytes:
        """Return the whole decoded body; raise an ExchangeError when it is none.

        A body that is itself a gzip file (sitemap.xml.gz) is unfolded under the same limits.
        """
        announced = headers.get("content-length", "")
        if announced.isdigit() and int(announced) > body.wire and not body.truncate:
            raise BodyTooLargeError(f"{announced[:20]} bytes announced")
        chain = decoders(headers.get("content-encoding", ""), self._limits.codings)
        pot = _Pot(self._limits, body)
        content = await self._fill(pot, wire, chain)
        if content.startswith(_GZIP_MAGIC) and len(chain) < self._limits.codings:
            pot = _Pot(self._limits, body)
            return await self._fill(pot, _once(content), [Gzip()])
        return content

    async def read_start(
        self, wire: AsyncIterable[bytes], headers: Mapping[str, str], size: int
    ) -> bytes:
        """Return the first bytes of a body we only glance at; its faults do not matter."""
        body = BodyLimits(wire=size, decoded=size, truncate=True)
        try:
            return await self.read(wire, headers, body)
        except (BadEncodingError, BodyTooLargeError, httpx.TransportError):
            return b""

    async def _fill(self, pot: _Pot, wire: AsyncIterable[bytes], chain: list[Decoder]) -> bytes:
        """Fill the pot to the end of the wire, or to the brim, and pour it out."""
        async with AsyncExitStack() as places:
            with suppress(_FullError):
                async for data in wire:
                    pot.count_wire(len(data))
                    for piece in unfold(chain, data):
                        pot.add(piece)
                        if pot.decoded > self._limits.large_body:
                            await self._make_room(pot, places)
                    pot.stop_when_full()
                if pot.wire:  # of nothing at all, no coding is missing its end
                    _end(chain)
            return pot.pour_out()

    async def _make_room(self, pot: _Pot, places: AsyncExitStack) -> None:
        """Wait for one of the few places for large bodies; let others go first meanwhile."""
        if not pot.has_place:
            await places.enter_async_context(self._large)
            pot.has_place = True
            if self._room is not None:
                await self._room()
        await asyncio.sleep(0)


def _end(chain: Iterable[Decoder]) -> None:
    for decoder in chain:
        decoder.end()


async def _once(data: bytes) -> AsyncIterable[bytes]:
    yield data

"""Read a body from the wire, decoded in steps, and stop at the first limit it crosses."""

from collections.abc import AsyncIterable, Mapping

import httpx

from crawler.fetch.decode import Decoder, Gzip, decoders, unfold
from crawler.fetch.errors import BadEncodingError, BodyTooLargeError
from crawler.fetch.limits import BodyLimits, FetchLimits


class _FullError(Exception):
    """The body was cut at its limit, as its kind wants it."""


class _Pot:
    """What has come so far, on the wire and decoded."""

    def __init__(self, limits: FetchLimits, body: BodyLimits) -> None:
        self._limits = limits
        self._body = body
        self.wire = 0
        self.decoded = 0
        self.pieces: list[bytes] = []

    def count_wire(self, size: int) -> None:
        self.wire += size
        if self.wire > self._body.wire:
            self._too_large(f"more than {self._body.wire} bytes on the wire")

    def add(self, piece: bytes) -> None:
        self.pieces.append(piece)
        self.decoded += len(piece)
        if self.decoded > self._body.decoded:
            self._too_large(f"more than {self._body.decoded} bytes")
        # A ratio above any honest text's: the rest is not worth unfolding.
        if self.decoded > max(self._limits.ratio_from, self.wire * self._limits.ratio):
            raise BodyTooLargeError(f"{self.wire} bytes unfold to more than {self.decoded}")

    def _too_large(self, reason: str) -> None:
        if self._body.truncate:
            raise _FullError
        raise BodyTooLargeError(reason)

    def text(self) -> bytes:
        return b"".join(self.pieces)[: self._body.decoded]


async def read_body(
    wire: AsyncIterable[bytes],
    headers: Mapping[str, str],
    limits: FetchLimits,
    body: BodyLimits,
) -> bytes:
    """Return the whole decoded body; raise an ExchangeError when it is none.

    A body that is itself a gzip file (sitemap.xml.gz) is unfolded under the same limits.
    """
    announced = headers.get("content-length", "")
    if announced.isdigit() and int(announced[:20]) > body.wire and not body.truncate:
        raise BodyTooLargeError(f"{announced[:20]} bytes announced")
    chain = decoders(headers.get("content-encoding", ""), limits.codings)
    pot = _Pot(limits, body)
    try:
        await _fill(pot, wire, chain)
    except _FullError:
        return pot.text()
    content = pot.text()
    if content.startswith(b"\x1f\x8b") and len(chain) < limits.codings:
        return _unfold_file(content, limits, body)
    return content


async def _fill(pot: _Pot, wire: AsyncIterable[bytes], chain: list[Decoder]) -> None:
    async for data in wire:
        pot.count_wire(len(data))
        for piece in unfold(chain, data):
            pot.add(piece)
    if not pot.wire:
        return  # nothing at all was sent: no coding is missing its end
    for decoder in chain:
        decoder.end()


def _unfold_file(content: bytes, limits: FetchLimits, body: BodyLimits) -> bytes:
    pot = _Pot(limits, body)
    file = Gzip()
    pot.wire = len(content)
    try:
        for piece in unfold([file], content):
            pot.add(piece)
        file.end()
    except _FullError:
        pass
    return pot.text()


async def read_start(
    wire: AsyncIterable[bytes], headers: Mapping[str, str], limits: FetchLimits, size: int
) -> bytes:
    """Return the first bytes of a body we only glance at; its faults do not matter."""
    body = BodyLimits(wire=size, decoded=size, truncate=True)
    try:
        return await read_body(wire, headers, limits, body)
    except (BadEncodingError, BodyTooLargeError, httpx.TransportError):
        return b""

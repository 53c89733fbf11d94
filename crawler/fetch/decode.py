"""Undo content codings in small steps, so that no bomb unfolds before it is noticed.

Every decoder gives at most STEP bytes at once and none is fed more than it asked for; the
caller counts. gzip may have several members, zstd several frames.
"""

import sys
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli
from zlib_ng import zlib_ng as zlib  # unfolds in half the time; the errors and limits of zlib

from crawler.fetch.errors import BadEncodingError
from crawler.fetch.limits import KIB, STEP
from crawler.fetch.printable import printable

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED = "gzip, deflate, br, zstd"
_SLICE = 64 * KIB  # a decoder copies what it has not used yet: keep that small
_PARTS = 1_000  # members of gzip, frames of zstd: empty ones unfold to nothing, and cost time
_ZLIB_ERROR: type[Exception] = zlib.error  # type: ignore[assignment]  # its stub forgets the type
_ERRORS = (_ZLIB_ERROR, brotli.error, zstd.ZstdError, EOFError)


class Decoder(Protocol):
    """Undo one coding."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Give what the data unfolds to, in steps."""

    def end(self) -> None:
        """Raise BadEncodingError when the coded stream is not complete."""


class Gzip:
    """Undo gzip, one member after the other; what follows the last one is left out."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(31)
        self._members = 1

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Give what the data unfolds to, in steps."""
        more = True
        while data or more:
            if self._member.eof:
                data = data.lstrip(b"\0")
                if not data.startswith(b"\x1f"):
                    return  # padding or garbage behind a member whose checksum was right
                self._members = _counted(self._members + 1)
                self._member = zlib.decompressobj(31)
            piece = self._member.decompress(data, STEP)
            data = self._member.unused_data or self._member.unconsumed_tail
            more = len(piece) == STEP  # zlib may hold back a little, with no input left
            if piece:
                yield piece

    def end(self) -> None:
        """Raise BadEncodingError when the last member is not complete."""
        if not self._member.eof:
            raise BadEncodingError("gzip: the data ends too early")


class Deflate:
    """Undo deflate: wrapped in zlib as the standard says, or raw as many servers send it."""

    def __init__(self) -> None:
        self._head = b""
        self._stream: zlib._Decompress | None = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Give what the data unfolds to, in steps."""
        if self._stream is None:
            self._head += data
            if len(self._head) < 2:
                return
            data = self._head
            wrapped = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
            self._stream = zlib.decompressobj(15 if wrapped else -15)
        more = True
        while (data or more) and not self._stream.eof:
            piece = self._stream.decompress(data, STEP)
            data = self._stream.unconsumed_tail
            more = len(piece) == STEP  # zlib may hold back a little, with no input left
            if piece:
                yield piece

    def end(self) -> None:
        """Raise BadEncodingError when the stream is not complete."""
        if self._stream is None or not self._stream.eof:
            raise BadEncodingError("deflate: the data ends too early")


class Brotli:
    """Undo brotli."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Give what the data unfolds to, in steps."""
        if self._stream.is_finished():
            raise BadEncodingError("br: data after the end")
        piece = self._stream.process(data, output_buffer_limit=STEP)
        while piece:
            yield piece
            if self._stream.can_accept_more_data():
                return
            piece = self._stream.process(b"", output_buffer_limit=STEP)

    def end(self) -> None:
        """Raise BadEncodingError when the stream is not complete."""
        if not self._stream.is_finished():
            raise BadEncodingError("br: the data ends too early")


class Zstandard:
    """Undo zstd, one frame after the other, with a window no larger than RFC 9659's 8 MiB."""

    def __init__(self) -> None:
        self._frame = self._new()
        self._frames = 1

    @staticmethod
    def _new() -> zstd.ZstdDecompressor:
        return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: 23})

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Give what the data unfolds to, in steps."""
        while data or not (self._frame.needs_input or self._frame.eof):
            if self._frame.eof:
                self._frames = _counted(self._frames + 1)
                self._frame = self._new()
            piece = self._frame.decompress(data, STEP)
            data = self._frame.unused_data if self._frame.eof else b""
            if piece:
                yield piece

    def end(self) -> None:
        """Raise BadEncodingError when the last frame is not complete."""
        if not self._frame.eof:
            raise BadEncodingError("zstd: the data ends too early")


def _counted(parts: int) -> int:
    """Return how many parts there are, unless they are too many."""
    if parts > _PARTS:
        raise BadEncodingError(f"more than {_PARTS:,} parts")
    return parts


_DECODERS: dict[str, Callable[[], Decoder]] = {
    "gzip": Gzip,
    "x-gzip": Gzip,
    "deflate": Deflate,
    "br": Brotli,
    "zstd": Zstandard,
}


def decoders(content_encoding: str, limit: int) -> list[Decoder]:
    """Return the decoders in the order in which they must be applied."""
    names = [name.strip().lower() for name in content_encoding.split(",")]
    names = [name for name in names if name not in ("", "identity")]
    if len(names) > limit:
        raise BadEncodingError(f"{len(names)} codings, one upon the other")
    unknown = [name for name in names if name not in _DECODERS]
    if unknown:
        raise BadEncodingError(f"unknown coding {printable(unknown[0], 40)!r}")
    return [_DECODERS[name]() for name in reversed(names)]


def unfold(chain: list[Decoder], data: bytes) -> Iterator[bytes]:
    """Run data through all decoders of the chain, step by step."""
    if not chain:
        yield data
        return
    outer, inner = chain[0], chain[1:]
    try:
        for start in range(0, len(data), _SLICE):
            for piece in outer.feed(data[start : start + _SLICE]):
                if inner:
                    yield from unfold(inner, piece)
                else:
                    yield piece
    except _ERRORS as error:
        raise BadEncodingError(printable(str(error))) from error

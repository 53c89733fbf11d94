"""Keep packets that prove what a page said when a rule matched it, chained to each other.

A packet is two WARC records: the page as its bytes were read, and its seal, which holds the
hashes of the page, of what was read in it, of the rules, and of the seal before. It is appended
in one write, and on the disk before its article is stored; what a crash tears is set apart.
"""

import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from storage.ownership import make_folder
from storage.warc import BrokenMember, Member, Record, packed, read, stored, write

ENDING = ".warc.gz"
PARTS = 8  # files that the room is divided into
_START = "0" * 64  # the seal before the first


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """What is kept of one page that a rule matched."""

    url: str
    at: datetime
    content_type: str
    page: bytes
    text: str  # what was read in it
    rules: str  # fingerprint of all rules
    matched: tuple[str, ...]  # ids of those that matched
    version: str  # of presswatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """One packet as it lies in a file."""

    file: Path
    start: int
    end: int
    seal: str  # hash of the seal
    page: Member
    says: dict[str, Any]  # what the seal says

    @property
    def url(self) -> str:
        """Return the address of the page."""
        return self.page.fields.get("WARC-Target-URI", "")

    @property
    def number(self) -> int:
        """Return which packet of the chain it is."""
        return int(self.says["number"])


class BrokenPacket(Exception):  # noqa: N818 - says what it is
    """A packet is not as it was written; the first such is named."""

    def __init__(self, file: Path, start: int, after: int | None, why: str) -> None:
        which = "the first packet" if after is None else f"the packet after number {after}"
        super().__init__(f"{file}: {which}, at byte {start}: {why}")
        self.file, self.start = file, start


def files_of(folder: Path) -> list[Path]:
    """Return the files of packets, the oldest first."""
    return sorted(folder.glob(f"packets-*{ENDING}"))


def packets(folder: Path) -> Iterator[Sealed]:
    """Yield every packet, each checked with the one before it; raises BrokenPacket."""
    before: Sealed | None = None
    for file in files_of(folder):
        for each in _packets_of(file, before):
            yield each
            before = each


def _packets_of(file: Path, before: Sealed | None) -> Iterator[Sealed]:
    data, start = file.read_bytes(), 0
    while start < len(data):
        try:
            found = _sealed(file, data, start)
            if before is not None:
                _must_follow(found, before)
        except BrokenMember as error:
            number = before.number if before else None
            raise BrokenPacket(file, start, number, str(error)) from error
        yield found
        before, start = found, found.end


def _sealed(file: Path, data: bytes, start: int) -> Sealed:
    page = read(data, start)
    seal = read(data, start + len(page.raw))
    if stored(zlib.decompress(seal.raw, 31)) != seal.raw:
        raise BrokenMember("its seal was changed")
    try:
        says = json.loads(seal.block)
        kept = (says["page"], says["raw"], int(says["number"]), says["previous"])
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenMember("its seal says nothing") from error
    if kept[:2] != (_hash(page.raw), _hash(page.block)):
        raise BrokenMember("the page is not the one that was sealed")
    end = start + len(page.raw) + len(seal.raw)
    return Sealed(file=file, start=start, end=end, seal=_hash(seal.raw), page=page, says=says)


def _must_follow(found: Sealed, before: Sealed) -> None:
    if found.says["previous"] != before.seal or found.number != before.number + 1:
        raise BrokenMember(f"it does not follow number {before.number}")


class Chain:
    """The one who appends packets to a folder; blocking, for a thread of its own."""

    def __init__(self, folder: Path, *, most: int, keep: timedelta | None) -> None:
        """Keep at most so many bytes, and none older than that."""
        self._folder, self._most, self._keep = folder, most, keep
        self._last: tuple[int, str] | None = None  # number and seal; None: nobody has looked
        self._file: Path | None = None

    def append(self, packet: Packet) -> None:
        """Write one packet; it is on the disk when this returns. Raises OSError."""
        if self._last is None:
            make_folder(self._folder)
            self._last = self._find_end()
        number, previous = self._last
        data, seal = _written(packet, number + 1, previous)
        file = self._room(packet.at, number + 1, len(data))
        size = file.stat().st_size if file.exists() else 0
        try:
            with file.open("ab") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
        except OSError:
            if file.exists():
                os.truncate(file, size)
            raise
        self._last = number + 1, seal

    def _find_end(self) -> tuple[int, str]:
        """Return the last whole packet; what is torn after it is set apart."""
        for file in reversed(files_of(self._folder)):
            last: Sealed | None = None
            try:
                for each in _packets_of(file, None):
                    last = each
            except BrokenPacket as broken:
                _set_apart(file, broken.start)
            if last is not None:
                self._file = file
                return last.number, last.seal
        return 0, _START

    def _room(self, now: datetime, number: int, size: int) -> Path:
        """Return the file to append to; what is too old or has no room beside it goes."""
        file = self._file
        if file is None or not file.exists() or file.stat().st_size > self._most // PARTS:
            file = self._folder / f"packets-{number:010d}{ENDING}"
        self._file = file
        kept = {each: each.stat() for each in files_of(self._folder)}
        total = sum(each.st_size for each in kept.values()) + size
        for each in sorted(kept.keys() - {file}):
            age = now.timestamp() - kept[each].st_mtime
            too_old = self._keep is not None and age > self._keep.total_seconds()
            if not too_old and total <= self._most:
                break
            total -= kept[each].st_size
            each.unlink()
        return file


def _written(packet: Packet, number: int, previous: str) -> tuple[bytes, str]:
    """Return a packet as it is appended, and the hash of its seal."""
    name, plain = write(
        Record(
            kind="resource",
            uri=packet.url,
            at=packet.at,
            content_type=packet.content_type or "application/octet-stream",
            block=packet.page,
        )
    )
    page = packed(plain)
    says = {
        "number": number,
        "previous": previous,
        "page": _hash(page),
        "raw": _hash(packet.page),
        "text": _hash(packet.text.encode("utf-8", "replace")),
        "rules": packet.rules,
        "matched": packet.matched,
        "presswatch": packet.version,
    }
    _, about = write(
        Record(
            kind="metadata",
            uri=packet.url,
            at=packet.at,
            content_type="application/json",
            block=json.dumps(says).encode(),
            about=name,
        )
    )
    seal = stored(about)
    return page + seal, _hash(seal)


def _set_apart(file: Path, start: int) -> None:
    """Move what follows the last whole packet into a file of its own: it may be looked at."""
    data = file.read_bytes()
    apart = file.with_suffix(f".torn-{start}")
    apart.write_bytes(data[start:])
    os.truncate(file, start)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

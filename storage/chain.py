"""Append packets to the chain of a folder: what a page said when a rule matched it.

A packet is appended in one write, and on the disk before its article is stored; what a crash
tears is set apart. What is read again, and how, stands in storage/packets.py.
"""

import contextlib
import errno
import fcntl
import itertools
import json
import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Self

from storage.ownership import make_folder
from storage.packets import (
    ENDING,
    BrokenPacket,
    Sealed,
    files_of,
    hash_of,
    open_file,
    packets_of,
)
from storage.warc import Record, packed, stored, write

PARTS = 8  # files that the room is divided into, at least
LARGEST_FILE = 64_000_000  # bytes: the newest is read at each start
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


class Chain:
    """The one who appends packets to a folder; blocking, for a thread of its own."""

    def __init__(self, folder: Path, *, most: int, keep: timedelta | None) -> None:
        """Keep at most so many bytes, and none older than that."""
        self._folder, self._most, self._keep = folder, most, keep
        self._last: tuple[int, str] | None = None  # number and seal; None: nobody has looked
        self._file: Path | None = None
        self._lock: BinaryIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let another process keep packets there."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def append(self, packet: Packet) -> Path | None:
        """Write one packet; it is on the disk when this returns. Raises OSError.

        Returns where packets lie now that were found changed and set apart; None: none were.
        """
        damaged = None
        if self._last is None:
            make_folder(self._folder)
            self._take_folder()
            self._last, damaged = self._find_end()
        number, previous = self._last
        data, seal = _written(packet, number + 1, previous)
        file = self._room(packet.at, number + 1, len(data))
        is_new = not file.exists()
        with open_file(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT) as out:
            _append(out, data)
        if is_new:
            _settle(self._folder)
        self._last = number + 1, seal
        return damaged

    def _take_folder(self) -> None:
        """Be the only one who writes here: two chains in one file are none."""
        if self._lock is not None:
            return
        lock = open_file(self._folder / "packets.lock", os.O_RDONLY | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.close()
            why = "another process keeps packets here; give each a folder of its own"
            raise OSError(errno.EBUSY, why, str(self._folder)) from error
        self._lock = lock

    def _find_end(self) -> tuple[tuple[int, str], Path | None]:
        """Return the last whole packet; what is not whole after it is set apart.

        A crash tears the last one, and that is all it does; anything else is damage.
        """
        damaged = None
        for file in reversed(files_of(self._folder)):
            last: Sealed | None = None
            try:
                with open_file(file, os.O_RDONLY) as content:
                    for each in packets_of(file, content, None, alone=True):
                        last = each
            except BrokenPacket as broken:
                apart = _set_apart(file, broken.start, "torn" if broken.torn else "damaged")
                damaged = damaged if broken.torn else apart
            if last is not None:
                self._file = file
                return (last.number, last.seal), damaged
        return (0, _START), damaged

    def _room(self, now: datetime, number: int, size: int) -> Path:
        """Return the file to append to; what is too old or has no room beside it goes."""
        file, largest = self._file, min(self._most // PARTS, LARGEST_FILE)
        if file is None or not file.exists() or file.stat().st_size > largest:
            file = self._folder / f"packets-{number:010d}{ENDING}"
        self._file = file
        # What was set apart takes room, too, and goes with those it was written with.
        kept = {each: each.lstat() for each in self._folder.glob("packets-*.warc.*")}
        total = sum(each.st_size for each in kept.values()) + size
        for each in sorted(kept.keys() - {file}):
            age = now.timestamp() - kept[each].st_mtime
            too_old = self._keep is not None and age > self._keep.total_seconds()
            if not too_old and total <= self._most:
                break
            total -= kept[each].st_size
            each.unlink()
        return file


def _append(out: BinaryIO, data: bytes) -> None:
    """Write all of it to the disk, or nothing; who reads meanwhile waits for either."""
    size = os.fstat(out.fileno()).st_size
    with contextlib.suppress(BlockingIOError):  # no reader may hold an alert
        fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
    try:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    except OSError:
        os.ftruncate(out.fileno(), size)
        raise


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
        "page": hash_of(page),
        "raw": hash_of(packet.page),
        "text": hash_of(packet.text.encode("utf-8", "replace")),
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
    return page + seal, hash_of(seal)


def _set_apart(file: Path, start: int, why: str) -> Path:
    """Move what follows the last whole packet into a file of its own: it may be looked at."""
    apart = _unused(file.with_suffix(f".{why}-{start}"))
    with open_file(file, os.O_RDWR) as content, apart.open("xb") as out:
        content.seek(start)
        shutil.copyfileobj(content, out)
        out.flush()
        os.fsync(out.fileno())
        os.ftruncate(content.fileno(), start)
    return apart


def _unused(path: Path) -> Path:
    """Return the path, or one like it: what was set apart before stays."""
    others = (path.with_name(f"{path.name}.{count}") for count in itertools.count(2))
    return next(each for each in itertools.chain([path], others) if not os.path.lexists(each))


def _settle(folder: Path) -> None:
    """See to it that a new file's name is on the disk, too."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

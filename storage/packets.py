"""Keep packets that prove what a page said when a rule matched it, chained to each other.

A packet is two WARC records: the page as its bytes were read, and its seal, which holds the
hashes of the page, of what was read in it, of the rules, and of the seal before. It is appended
in one write, and on the disk before its article is stored; what a crash tears is set apart.
Who reads while another writes sees whole packets: where one seems to end too early, the writer
is waited for. No link is followed: a folder that others may write to leads nowhere else.
"""

import contextlib
import errno
import fcntl
import hashlib
import itertools
import json
import os
import shutil
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Self

from storage.ownership import make_folder
from storage.warc import BrokenMember, Member, Record, Unfinished, packed, read, stored, write

ENDING = ".warc.gz"
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

    def __init__(
        self, file: Path, start: int, after: int | None, why: str, *, torn: bool = False
    ) -> None:
        which = "the first packet" if after is None else f"the packet after number {after}"
        super().__init__(f"{file}: {which}, at byte {start}: {why}")
        self.file, self.start = file, start
        self.torn = torn  # it ends with the file: its writing was broken off


def files_of(folder: Path) -> list[Path]:
    """Return the files of packets, the oldest first."""
    return sorted(folder.glob(f"packets-*{ENDING}"))


def damaged_in(folder: Path) -> list[Path]:
    """Return what was set apart because it was not as it was written, the oldest first."""
    return sorted(folder.glob("packets-*.damaged-*"))


def packets(folder: Path) -> Iterator[Sealed]:
    """Yield every packet, each checked with the one before it; raises BrokenPacket.

    The files are opened together, so that what goes meanwhile to make room is still read.
    """
    before: Sealed | None = None
    with contextlib.ExitStack() as opened:
        for file, content in _all_open(folder, opened):
            for each in _packets_of(file, content, before):
                yield each
                before = each


def _all_open(folder: Path, opened: contextlib.ExitStack) -> list[tuple[Path, BinaryIO]]:
    found = []
    for file in files_of(folder):
        with contextlib.suppress(FileNotFoundError):  # it has just gone, as the oldest do
            found.append((file, opened.enter_context(_open(file, os.O_RDONLY))))
    return found


def _open(file: Path, flags: int, mode: int = 0o644) -> BinaryIO:
    """Open a file that is one, and lies in this folder; raises OSError."""
    handle = os.open(file, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, mode)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "is no file of ours", str(file))
    return os.fdopen(handle, "ab" if flags & os.O_APPEND else "rb")


def _packets_of(
    file: Path, content: BinaryIO, before: Sealed | None, *, alone: bool = False
) -> Iterator[Sealed]:
    """Yield the packets of a file; alone: nobody else writes it."""
    start, doubted = 0, -1
    while start < os.fstat(content.fileno()).st_size:
        content.seek(start)
        try:
            found = _sealed(file, content)
            if before is not None:
                _must_follow(found, before)
        except BrokenMember as error:
            torn = isinstance(error, Unfinished)
            if torn and not alone and doubted != start:  # somebody may be writing it just now
                doubted = start
                fcntl.flock(content, fcntl.LOCK_SH)
                fcntl.flock(content, fcntl.LOCK_UN)
                continue
            number = before.number if before else None
            raise BrokenPacket(file, start, number, str(error), torn=torn) from error
        yield found
        before, start = found, found.end


def _sealed(file: Path, content: BinaryIO) -> Sealed:
    start = content.tell()
    page = read(content)
    seal = read(content)
    if stored(zlib.decompress(seal.raw, 31)) != seal.raw:
        raise BrokenMember("its seal was changed")
    try:
        says = json.loads(seal.block)
        kept = (says["page"], says["raw"], int(says["number"]), says["previous"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise BrokenMember("its seal says nothing") from error
    if kept[:2] != (_hash(page.raw), _hash(page.block)):
        raise BrokenMember("the page is not the one that was sealed")
    end = content.tell()
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
        with _open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT) as out:
            _append(out, data)
        if is_new:
            _settle(self._folder)
        self._last = number + 1, seal
        return damaged

    def _take_folder(self) -> None:
        """Be the only one who writes here: two chains in one file are none."""
        if self._lock is not None:
            return
        lock = _open(self._folder / "packets.lock", os.O_RDONLY | os.O_CREAT, 0o600)
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
                with _open(file, os.O_RDONLY) as content:
                    for each in _packets_of(file, content, None, alone=True):
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


def _set_apart(file: Path, start: int, why: str) -> Path:
    """Move what follows the last whole packet into a file of its own: it may be looked at."""
    apart = _unused(file.with_suffix(f".{why}-{start}"))
    with _open(file, os.O_RDWR) as content, apart.open("xb") as out:
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


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

"""Read the packets that prove what a page said when a rule matched it, and check their chain.

A packet is two WARC records: the page as its bytes were read, and its seal, which holds the
hashes of the page, of what was read in it, of the rules, and of the seal before.
Who reads while another writes (storage/chain.py) sees whole packets: where one seems to end
too early, the writer is waited for. No link is followed: a folder that others may write to
leads nowhere else.
"""

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from storage.warc import BrokenMember, Member, Unfinished, read, stored

ENDING = ".warc.gz"


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
            for each in packets_of(file, content, before):
                yield each
                before = each


def _all_open(folder: Path, opened: contextlib.ExitStack) -> list[tuple[Path, BinaryIO]]:
    found = []
    for file in files_of(folder):
        with contextlib.suppress(FileNotFoundError):  # it has just gone, as the oldest do
            found.append((file, opened.enter_context(open_file(file, os.O_RDONLY))))
    return found


def open_file(file: Path, flags: int, mode: int = 0o644) -> BinaryIO:
    """Open a file that is one, and lies in this folder; raises OSError."""
    handle = os.open(file, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, mode)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "is no file of ours", str(file))
    return os.fdopen(handle, "ab" if flags & os.O_APPEND else "rb")


def packets_of(
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
    if kept[:2] != (hash_of(page.raw), hash_of(page.block)):
        raise BrokenMember("the page is not the one that was sealed")
    end = content.tell()
    return Sealed(file=file, start=start, end=end, seal=hash_of(seal.raw), page=page, says=says)


def _must_follow(found: Sealed, before: Sealed) -> None:
    if found.says["previous"] != before.seal or found.number != before.number + 1:
        raise BrokenMember(f"it does not follow number {before.number}")


def hash_of(data: bytes) -> str:
    """Return the hash that seals name things by: SHA-256, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()

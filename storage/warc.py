"""Write and read WARC 1.1 records, each a gzip member of its own (ISO 28500). Pure."""

import base64
import hashlib
import os
import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO
from uuid import uuid4

_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # gzip: no name, no time, no flags
_STORED = 0xFFFF  # bytes of a block that is not compressed
_CUT = 64 * 1024  # bytes of a member looked at together
_LARGEST = 64 << 20  # bytes of a record: a page has 10 MiB at most, a forged file has no end


class BrokenMember(Exception):  # noqa: N818 - says what it is
    """What should be a record is none."""


class Unfinished(BrokenMember):
    """A record ends with the file, before it is whole: its writing was broken off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record."""

    kind: str  # "resource", "metadata"
    uri: str
    at: datetime
    content_type: str
    block: bytes
    about: str = ""  # id of the record this one speaks of


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One record as it lies in a file."""

    raw: bytes  # the gzip member
    fields: dict[str, str]
    block: bytes


def write(record: Record) -> tuple[str, bytes]:
    """Return a record's id, and the record as it is before it is packed."""
    name = f"<urn:uuid:{uuid4()}>"
    digest = base64.b32encode(hashlib.sha256(record.block).digest()).decode()
    fields = {
        "WARC-Type": record.kind,
        "WARC-Record-ID": name,
        "WARC-Date": f"{record.at.astimezone(UTC).replace(tzinfo=None).isoformat()}Z",
        "WARC-Target-URI": record.uri,
        "WARC-Block-Digest": f"sha256:{digest}",
        "Content-Type": record.content_type,
        "Content-Length": str(len(record.block)),
    }
    if record.about:
        fields["WARC-Refers-To"] = record.about
    lines = "".join(f"{key}: {_one_line(value)}\r\n" for key, value in fields.items())
    head = lines.encode(errors="replace")
    return name, b"WARC/1.1\r\n%s\r\n%s\r\n\r\n" % (head, record.block)


def packed(plain: bytes) -> bytes:
    """Return a member, compressed."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(plain) + packer.flush()


def stored(plain: bytes) -> bytes:
    """Return a member that is not compressed: for one content there is one such member.

    So whoever reads the content knows each byte that must be there, those that say nothing too.
    """
    blocks = []
    for start in range(0, len(plain), _STORED):
        block = plain[start : start + _STORED]
        last = start + _STORED >= len(plain)
        blocks.append(struct.pack("<BHH", last, len(block), len(block) ^ 0xFFFF) + block)
    tail = struct.pack("<II", zlib.crc32(plain), len(plain) & 0xFFFFFFFF)
    return b"".join((_HEAD, *blocks, tail))


def read(source: BinaryIO) -> Member:
    """Return the record that begins where the file stands, which then stands behind it.

    Raises BrokenMember; no more than the record itself is held, and none that has no end.
    """
    unpacker = zlib.decompressobj(31)
    raw, plain, size = [], [], 0
    while not unpacker.eof:
        data = unpacker.unconsumed_tail
        if not data:
            raw.append(data := source.read(_CUT))
        try:
            piece = unpacker.decompress(data, _CUT)
        except zlib.error as error:
            raise BrokenMember(str(error)) from error
        if not data and not piece:
            raise Unfinished("it ends too early")
        plain.append(piece)
        size += len(piece)
        if size > _LARGEST:
            raise BrokenMember("it is larger than any page")
    behind = len(unpacker.unused_data)
    source.seek(-behind, os.SEEK_CUR)
    whole = b"".join(raw)
    return _parsed(whole[: len(whole) - behind], b"".join(plain))


def _parsed(raw: bytes, plain: bytes) -> Member:
    head, _, rest = plain.partition(b"\r\n\r\n")
    version, *lines = head.decode(errors="replace").split("\r\n")
    fields = dict(line.partition(": ")[::2] for line in lines)
    length = fields.get("Content-Length", "")
    if version != "WARC/1.1" or not length.isdecimal() or rest[int(length) :] != b"\r\n\r\n":
        raise BrokenMember("it is no WARC record")
    return Member(raw=raw, fields=fields, block=rest[: int(length)])


def _one_line(value: str) -> str:
    return " ".join(value.split())

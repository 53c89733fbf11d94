"""Tell what a body is by looking at it, since servers say anything. Pure.

gzip inside (a .xml.gz) is unpacked in bounded steps; binaries are named as such.
"""

import re
import zlib
from enum import StrEnum
from typing import Final

LARGEST_BODY: Final = 50 * 1024 * 1024  # a sitemap; others are cut when fetched
LARGEST_FEED: Final = 15 * 1024 * 1024
LARGEST_PAGE: Final = 10 * 1024 * 1024
_STEP: Final = 65_536
_RATIO: Final = 200  # of output to input, above the first MiB
_MEMBERS: Final = 1_000  # empty ones unpack to nothing, and cost time
_SNIFF: Final = 16_384

_ROOT = re.compile(
    r"<(rss|feed|rdf:RDF|RDF|channel|urlset|sitemapindex)[\s>/]|<([a-z][\w.-]*:(?:feed|urlset|sitemapindex))[\s>]",
    re.IGNORECASE,
)
_HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_ADDRESS_LINE = re.compile(r"https?://\S[^<>]*|#.*")


class Shape(StrEnum):
    """What a body looks like."""

    FEED = "feed"
    JSON = "json"
    SITEMAP = "sitemap"
    SITEMAP_INDEX = "sitemap index"
    ADDRESS_LIST = "list of addresses"
    HTML = "html"
    UNKNOWN = "unknown"


class BodyRefusedError(Exception):
    """The body is larger than we unpack or is no gzip after all."""


def unpack(body: bytes, largest: int = LARGEST_BODY) -> bytes:
    """Return the body, unpacked if it is gzip (several members too)."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    pieces: list[bytes] = []
    total, count, rest = 0, 0, body
    while rest.startswith(b"\x1f\x8b"):
        count += 1
        if count > _MEMBERS:
            raise BodyRefusedError(f"the gzip inside has more than {_MEMBERS:,} members")
        member = zlib.decompressobj(wbits=31)
        data = rest
        while data and not member.eof:
            try:
                piece = member.decompress(data, _STEP)
            except zlib.error as error:
                raise BodyRefusedError(f"the gzip inside is corrupt: {error}") from error
            total += len(piece)
            _hold(total, len(body), largest)
            pieces.append(piece)
            data = member.unconsumed_tail
        if not member.eof:
            raise BodyRefusedError("the gzip inside ends too early")
        rest = member.unused_data
    return b"".join(pieces)


def _hold(total: int, packed: int, largest: int) -> None:
    if total > largest or (total > 1024 * 1024 and total > _RATIO * packed):
        raise BodyRefusedError("the gzip inside unpacks to more than we read")


def shape_of(text: str) -> Shape:
    """Return what the text is, judged by its first start tag that tells."""
    head = text[:_SNIFF].lstrip()
    if head.startswith(("{", "[")):
        return Shape.JSON
    root, page = _ROOT.search(head), _HTML.search(head)
    if root and (page is None or root.start() < page.start()):
        return _shape_of_root((root[1] or root[2]).rpartition(":")[2].lower())
    if page is None and "<!ENTITY" in head:
        return Shape.FEED  # wherever its root stands: who reads it says why it is refused
    if page or head[:1] == "<":
        return Shape.HTML
    lines = head.split("\n", 3)[:2]
    if lines[0] and all(
        _ADDRESS_LINE.fullmatch(line.strip()) for line in lines if line.strip()
    ):
        return Shape.ADDRESS_LIST
    return Shape.HTML if "</" in head else Shape.UNKNOWN


def _shape_of_root(root: str) -> Shape:
    match root:
        case "urlset":
            return Shape.SITEMAP
        case "sitemapindex":
            return Shape.SITEMAP_INDEX
        case _:
            return Shape.FEED

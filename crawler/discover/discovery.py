"""Read any document that leads to articles: the one door of this room.

Pure, and never raises for what a body holds. A hostile body can cost seconds of CPU: the caller
decides in which process it runs.
"""

from datetime import datetime

from config.source import Source, SourceKind
from crawler.charset import decode
from crawler.discover.body import (
    LARGEST_FEED,
    LARGEST_PAGE,
    BodyRefusedError,
    Shape,
    shape_of,
    unpack,
)
from crawler.discover.feed import discover_feed
from crawler.discover.outcome import Discovered, Fault, Undiscoverable, Way, WayKind
from crawler.discover.section import discover_section
from crawler.discover.sitemap import discover_sitemap
from crawler.sniff import binary_kind

_KINDS = {
    Shape.FEED: WayKind.FEED,
    Shape.JSON: WayKind.FEED,
    Shape.SITEMAP: WayKind.SITEMAP,
    Shape.SITEMAP_INDEX: WayKind.SITEMAP,
    Shape.ADDRESS_LIST: WayKind.SITEMAP,
    Shape.HTML: WayKind.SECTION,
}
_LARGEST = {WayKind.FEED: LARGEST_FEED, WayKind.SECTION: LARGEST_PAGE}


def discover_links(
    body: bytes,
    url: str,
    content_type: str | None,
    source: Source,
    *,
    now: datetime,
    way: Way | None = None,
) -> Discovered | Undiscoverable:
    """Return the links in a feed, sitemap or section page, or why it gives none.

    Without a way, what the document should be is what the source says of the URL.
    """
    expected = way or Way(kind=expected_kind(url, source), url=url)
    try:
        body = unpack(body)
    except BodyRefusedError as refused:
        return Undiscoverable(way=expected, fault=Fault.TOO_LARGE, reason=str(refused))
    if not body.strip():
        return Undiscoverable(way=expected, fault=Fault.EMPTY, reason="the answer is empty")
    kind = binary_kind(body, content_type)
    if kind:
        return Undiscoverable(way=expected, fault=Fault.BINARY, reason=f"the answer is {kind}")
    return _discover(body, content_type, expected, source, now)


def expected_kind(url: str, source: Source) -> WayKind:
    """Return what the source says its URL is; auto reads its home page as a section."""
    if url in source.feeds:
        return WayKind.FEED
    if url in source.sitemaps:
        return WayKind.SITEMAP
    if url in source.sections or source.kind is SourceKind.AUTO:
        return WayKind.SECTION
    return WayKind(source.kind.value)


def _discover(
    body: bytes, content_type: str | None, expected: Way, source: Source, now: datetime
) -> Discovered | Undiscoverable:
    text = decode(body, content_type)
    shape = shape_of(text)
    kind = _KINDS.get(shape)
    if kind is None or (kind is WayKind.SECTION and expected.kind is not WayKind.SECTION):
        return _not_what_was_asked(expected, shape)
    if len(body) > _LARGEST.get(kind, len(body)):
        reason = f"the {kind} is larger than {_LARGEST[kind] >> 20} MiB"
        return Undiscoverable(way=expected, fault=Fault.TOO_LARGE, reason=reason)
    # A sitemap under feeds:, a feed under sections: the document's own word counts.
    way = Way(kind=kind, url=expected.url, index=expected.index, title=expected.title)
    match kind:
        case WayKind.FEED:
            return discover_feed(text, shape, way, source, now=now)
        case WayKind.SITEMAP:
            return discover_sitemap(text, shape, way, source, now=now)
        case WayKind.SECTION:
            return discover_section(text, way, source)


def _not_what_was_asked(expected: Way, shape: Shape) -> Undiscoverable:
    fault = {
        WayKind.FEED: Fault.NOT_A_FEED,
        WayKind.SITEMAP: Fault.NOT_A_SITEMAP,
        WayKind.SECTION: Fault.NOT_HTML,
    }[expected.kind]
    what = "an HTML page" if shape is Shape.HTML else "nothing we know"
    article = "a page with links" if expected.kind is WayKind.SECTION else f"a {expected.kind}"
    return Undiscoverable(
        way=expected, fault=fault, reason=f"{what}, where {article} should be"
    )

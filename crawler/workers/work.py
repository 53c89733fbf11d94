"""What is done in worker processes: everything that reads a stranger's bytes. Pure.

The daemon names these functions and never runs them, so what they need is imported inside them:
a third of its start, and of its memory.
"""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from config.source import Source
from crawler.discover.outcome import Discovered, Undiscoverable, Way
from storage.article import Stamp
from storage.prepared import Prepared, prepare


def read_page(
    html: bytes, url: str, content_type: str | None, source: Source, now: datetime
) -> Prepared:
    """Extract a page's article, and do all that can be done before it is stored."""
    from crawler.extract import extract_article

    found = extract_article(html, url, now=now, content_type=content_type, source=source)
    article = replace(
        found,
        source_id=source.id,
        newsroom=found.newsroom or source.name,
        published_at=at_offset(found.published_at),
        last_update=at_offset(found.last_update),
        candidates={},
    )
    return prepare(article)


def at_offset(stamp: Stamp | None) -> Stamp | None:
    """Return a stamp with its zone as a plain offset: that travels, a zone's rules do not."""
    if not isinstance(stamp, datetime):
        return stamp
    return stamp.replace(tzinfo=timezone(stamp.utcoffset() or timedelta()))


def read_way(
    body: bytes, way: Way, content_type: str | None, source: Source, now: datetime
) -> Discovered | Undiscoverable:
    """Read the links of a feed, sitemap or section page."""
    from crawler.discover.discovery import discover_links

    return discover_links(body, way.url, content_type, source, now=now, way=way)

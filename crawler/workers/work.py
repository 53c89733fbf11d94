"""What is done in worker processes: everything that reads a stranger's bytes. Pure.

The daemon names these functions and never runs them, so what they need is imported inside them:
a third of its start, and of its memory.
"""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from xxhash import xxh3_128, xxh3_128_digest

from config.source import Source
from crawler.discover.outcome import Discovered, Undiscoverable, Way
from storage.article import Article, Provenance, Stamp
from storage.prepared import Prepared, prepare
from storage.record import to_plain
from storage.stamp import instant

_AGE_AND_WAY = timedelta(days=2)  # by which they may differ: one may tell a day alone


class Gist(NamedTuple):
    """By what a page that says the same is known, in hashes."""

    restless: bool = False  # its source says the same in other bytes each time
    whole: bool = False  # what its markup holds is so little that its scripts are read, too
    read: bytes = b""  # what of its bytes was read; empty: all of them
    record: bytes = b""  # the article as it is stored


class Seen(NamedTuple):
    """What a page came to that will be looked at again."""

    gist: Gist
    article: Prepared | None  # None: the one that was known by its gist


def read_page(
    html: bytes, url: str, content_type: str | None, source: Source, now: datetime
) -> Prepared:
    """Extract a page's article, and do all that can be done before it is stored."""
    return prepare(_article(html, url, content_type, source, now))


def see_page(  # noqa: PLR0913 - what is known of a page
    html: bytes,
    url: str,
    content_type: str | None,
    source: Source,
    now: datetime,
    told: Stamp | None,
    known: Gist,
) -> Seen:
    """Read a page that may be known, and do no more than it takes to tell that it is.

    Of a restless source's page only what is legible is read, so that what is cut cannot matter.
    `told` is when its way says it came out.
    """
    page, read = html, b""
    if known.restless and not (known.whole or source.selectors):  # these may ask for anything
        page, read = _legible(html, url, content_type)
        if read == known.read:
            return Seen(gist=known, article=None)
    article = _article(page, url, content_type, source, now, told)
    whole = known.whole
    if read and _is_thin(article):
        whole, read = True, b""
        article = _article(html, url, content_type, source, now, told)
    plain = to_plain(article)
    record = xxh3_128_digest(plain)
    gist = Gist(restless=known.restless, whole=whole, read=read, record=record)
    changed = gist.record != known.record
    return Seen(gist=gist, article=prepare(article, plain) if changed else None)


def _is_thin(article: Article) -> bool:
    """Say whether so little text was found that a script may be asked for it."""
    from crawler.extract.body import SHORT

    return sum(len(block.text) for block in article.body) < SHORT


def _legible(html: bytes, url: str, content_type: str | None) -> tuple[bytes, bytes]:
    """Return what can be read of a page, and the hash of all that its article depends on."""
    from crawler.extract.legible import legible

    page = legible(html)
    told = xxh3_128(f"{url}\n{content_type}\n".encode("utf-8", "replace"))
    told.update(page)
    return page, told.digest()


def _article(
    html: bytes,
    url: str,
    content_type: str | None,
    source: Source,
    now: datetime,
    told: Stamp | None = None,
) -> Article:
    from crawler.extract import extract_article

    found = extract_article(
        html, url, now=now, fetched_at=now, content_type=content_type, source=source
    )
    found = _without_doubtful_age(found, told)
    return replace(
        found,
        source_id=source.id,
        newsroom=found.newsroom or source.name,
        published_at=at_offset(found.published_at),
        last_update=at_offset(found.last_update),
        candidates={},
    )


def _without_doubtful_age(article: Article, told: Stamp | None) -> Article:
    """Return an article without "2 hours ago" where its feed says that it came out long before.

    Such a page was made long ago, and nobody told it that time goes by.
    """
    published = article.published_at
    if told is None or published is None or not _far(article, published, told):
        return article
    rest = {name: value for name, value in article.provenance.items() if name != "published_at"}
    return replace(article, published_at=None, provenance=rest)


def _far(article: Article, published: Stamp, told: Stamp) -> bool:
    if article.provenance.get("published_at") is not Provenance.AGE:
        return False
    return abs(instant(published) - instant(told)) > _AGE_AND_WAY


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

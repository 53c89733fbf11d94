"""Read what the world really writes, with feedparser: the one module that imports it.

Slow (tens of milliseconds), and a hostile body can make it slower: only for feeds that expat
does not read, of at most a megabyte, and imported when the first one comes. Decides nothing
about the items.
"""

import io
from typing import Any, Final

from crawler.discover.feed_item import MOST_ITEMS, FeedItem, FeedRead

LONGEST_LOOSE: Final = 1024 * 1024  # characters; more is cut behind its last whole item


class LooseFeedError(Exception):
    """feedparser stumbled over the document."""


def read_feed_loose(text: str) -> FeedRead | None:
    """Return the feed in text as far as it can be made out; None: there is none."""
    import feedparser

    try:
        # Always a stream: feedparser opens a local file or a URL that a plain string names.
        parsed: Any = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # it raises whatever its parts raise: &#x110000; a ValueError
        raise LooseFeedError(f"the feed cannot be read: {error!r}"[:200]) from error
    if not parsed.get("version") and not parsed.entries:
        return None
    head: Any = parsed.feed
    return FeedRead(
        items=[_item(entry) for entry in parsed.entries[:MOST_ITEMS]],
        title=_word(head.get("title")),
        link=_word(head.get("link")),
        language=_word(head.get("language")),
        ttl=_word(head.get("ttl")),
        hub=_rel(head, "hub"),
        topic=_rel(head, "self"),
        broken=True,
        cut=len(parsed.entries) > MOST_ITEMS,
    )


def _item(entry: Any) -> FeedItem:
    guid = _word(entry.get("id"))
    return FeedItem(
        link=_word(entry.get("feedburner_origlink"))
        or _word(entry.get("link"))
        or (guid if guid.startswith(("http://", "https://")) else ""),
        title=_word(entry.get("title")),
        published=_word(entry.get("published")) or _word(entry.get("updated")),
    )


def _rel(head: Any, rel: str) -> str:
    hrefs = (link.get("href") for link in head.get("links", ()) if link.get("rel") == rel)
    return _word(next(hrefs, ""))


def _word(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""

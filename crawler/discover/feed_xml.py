"""Read a well-formed RSS 0.9–2.0, RDF or Atom feed with expat.

Decides nothing about the items; raises what read_xml does, and NotAFeedError for another root.
"""

from typing import Final

from crawler.discover.feed_item import MOST_ITEMS, FeedItem, FeedRead
from crawler.discover.xml_reader import Attributes, Enough, read_xml

_ATOMS = ("http://www.w3.org/2005/Atom ", "http://purl.org/atom/ns# ")
_RSSES = (
    "",
    "http://purl.org/rss/1.0/ ",
    "http://my.netscape.com/rdf/simple/0.9/ ",
    "http://channel.netscape.com/rdf/simple/0.9/ ",
    "http://purl.org/net/rss1.1# ",
    "http://backend.userland.com/rss2 ",
    "http://blogs.law.harvard.edu/tech/rss ",
)
_DC = ("http://purl.org/dc/elements/1.1/ ", "http://purl.org/dc/terms/ ")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns# "
_BASE = "http://www.w3.org/XML/1998/namespace base"
_LANGUAGE = "http://www.w3.org/XML/1998/namespace lang"

_ROOTS: Final = (
    {f"{ns}{name}" for ns in _RSSES for name in ("rss", "channel", "Channel")}
    | {f"{ns}feed" for ns in _ATOMS}
    | {f"{_RDF}RDF"}
)
_ITEMS: Final = {f"{ns}item" for ns in _RSSES} | {f"{ns}entry" for ns in _ATOMS}
_LINKS: Final = {f"{ns}link" for ns in _ATOMS}
# What may stand directly in an item, and what it is to us; the first that is not empty wins.
_ITEM_FIELDS: Final = (
    {
        f"{ns}{name}": as_
        for ns in _RSSES
        for name, as_ in (
            ("title", "title"),
            ("link", "link"),
            ("guid", "guid"),
            ("pubDate", "published"),
        )
    }
    | {
        f"{ns}{name}": as_
        for ns in _ATOMS
        for name, as_ in (
            ("title", "title"),
            ("id", "guid"),
            ("published", "published"),
            ("issued", "published"),
            ("updated", "updated"),
            ("modified", "updated"),
        )
    }
    | {
        f"{ns}{name}": as_
        for ns in _DC
        for name, as_ in (
            ("date", "published"),
            ("issued", "published"),
            ("modified", "updated"),
            ("title", "dc_title"),
        )
    }
    | {"http://rssnamespace.org/feedburner/ext/1.0 origLink": "original"}
)
_FEED_FIELDS: Final = (
    {
        f"{ns}{name}": name
        for ns in _RSSES
        for name in ("title", "link", "language", "ttl", "hour", "day")
    }
    | {f"{ns}title": "title" for ns in _ATOMS}
    | {f"{ns}language": "language" for ns in _DC}
)


class NotAFeedError(Exception):
    """The document's root is no feed's."""

    def __init__(self, root: str) -> None:
        self.root = root.rpartition(" ")[2]
        super().__init__(f"its root is <{self.root[:40]}>")


def read_feed_xml(text: str) -> FeedRead:
    """Return the feed in text."""
    reader = _FeedHandler()
    read_xml(text, reader)
    return reader.feed


class _FeedHandler:
    """Collect the items of one feed."""

    def __init__(self) -> None:
        self.feed = FeedRead()
        self.item: dict[str, str] = {}
        self.item_depth = 0  # 0: outside of items
        self.bases: list[tuple[int, str]] = []  # (depth, xml:base)
        self.links: list[Attributes] = []

    def open(self, name: str, attributes: Attributes, depth: int) -> bool:
        if depth == 1 and name not in _ROOTS:
            raise NotAFeedError(name)
        if depth == 1:
            self.feed.language = attributes.get(_LANGUAGE, "")
        if attributes and _BASE in attributes:
            self.bases.append((depth, attributes[_BASE]))
        if self.item_depth:
            return depth == self.item_depth + 1 and self._open_field(name, attributes)
        if name in _ITEMS:
            self._open_item(attributes, depth)
            return False
        if name in _LINKS:
            self._feed_link(attributes)
        return name in _FEED_FIELDS and depth <= 4

    def _open_item(self, attributes: Attributes, depth: int) -> None:
        if len(self.feed.items) >= MOST_ITEMS:
            self.feed.cut = True
            raise Enough
        self.item_depth, self.links = depth, []
        self.item = {"about": attributes.get(f"{_RDF}about", "")}

    def _open_field(self, name: str, attributes: Attributes) -> bool:
        if name in _LINKS:
            self.links.append(attributes)
            return False
        field = _ITEM_FIELDS.get(name)
        if field == "guid" and attributes.get("isPermaLink", "").lower() == "false":
            return False
        return field is not None and not self.item.get(field)

    def close(self, name: str, text: str | None, depth: int) -> None:
        if depth == self.item_depth:
            self._close_item()
        elif text is not None and self.item_depth:
            self.item[_ITEM_FIELDS[name]] = text.strip()
        elif text is not None:
            self._feed_field(_FEED_FIELDS[name], text.strip(), depth)
        if self.bases and self.bases[-1][0] == depth:
            self.bases.pop()

    def _close_item(self) -> None:
        found = self.item
        guid = found.get("guid", "")
        plain = found.get("original") or found.get("link", "")
        page = {} if plain else best_link(self.links)
        link = (
            plain
            or page.get("href", "")
            or (guid if guid.startswith(("http://", "https://")) else "")
            or found["about"]
        )
        bases = tuple(base for _, base in self.bases) if self.bases else ()
        if _BASE in page:
            bases = (*bases, page[_BASE])
        self.feed.items.append(
            FeedItem(
                link=link,
                title=found.get("title") or found.get("dc_title", ""),
                published=found.get("published") or found.get("updated", ""),
                bases=bases,
            )
        )
        self.item_depth = 0

    def _feed_field(self, field: str, text: str, depth: int) -> None:
        match field:
            case "hour":
                self.feed.skip_hours.append(text)
            case "day":
                self.feed.skip_days.append(text)
            case "language":
                self.feed.language = self.feed.language or text
            case "ttl":
                self.feed.ttl = self.feed.ttl or text
            case "link" if depth <= 3:
                self.feed.link = self.feed.link or text
            case "title" if depth <= 3:
                self.feed.title = self.feed.title or text
            case _:
                pass  # the title and link of the feed's logo

    def _feed_link(self, attributes: Attributes) -> None:
        href = attributes.get("href", "")
        match attributes.get("rel", "alternate").lower():
            case "hub":
                self.feed.hub = self.feed.hub or href
            case "self":
                self.feed.topic = self.feed.topic or href
            case "alternate":
                self.feed.link = self.feed.link or href
            case _:
                pass  # next, license, …


def best_link(links: list[Attributes]) -> Attributes:
    """Return the one of an entry's Atom links that leads to its page; empty: none does."""
    pages = [
        link
        for link in links
        if link.get("rel", "alternate").lower() == "alternate" and link.get("href")
    ]
    pages.sort(key=lambda link: link.get("type", "text/html") not in _PAGE_TYPES)
    return pages[0] if pages else {}


_PAGE_TYPES = ("text/html", "application/xhtml+xml")

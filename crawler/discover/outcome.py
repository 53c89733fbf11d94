"""What reading a feed, a sitemap or a section page comes to."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from storage.found import Found


class WayKind(StrEnum):
    """What kind of document leads to a source's articles."""

    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A document that is polled for links to articles."""

    kind: WayKind
    url: str
    index: str = ""  # the sitemap index that lists it; empty: it is polled for itself
    title: str = ""  # what the page that named it calls it
    changed: datetime | None = None  # when its index says it changed; None: it does not say

    @property
    def polled(self) -> str:
        """Return the URL that is polled and stands in the ledger: its index's, if any."""
        return self.index or self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPage:
    """What a home page tells about the site."""

    name: str = ""
    language: str = ""
    feeds: tuple[Way, ...] = ()
    sections: tuple[Way, ...] = ()  # the pages its menus lead to


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherAsks:
    """How often, and when, the document itself asks to be left alone."""

    ttl: timedelta = timedelta()  # zero: it does not ask
    skip_hours: frozenset[int] = frozenset()  # hours of the day, UTC
    skip_days: frozenset[int] = frozenset()  # 0 is Monday


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """The links of one document."""

    way: Way  # what the document turned out to be
    links: tuple[Found, ...] = ()  # in the document's order; of a sitemap the newest first
    ways: tuple[Way, ...] = ()  # to be read as well: the sitemaps of an index
    warnings: tuple[str, ...] = ()
    title: str = ""
    asks: PublisherAsks = PublisherAsks()
    hub: str = ""  # WebSub hub it announces; empty: none
    topic: str = ""  # what it calls itself towards the hub (rel=self)
    left_out: dict[str, int] = field(default_factory=dict)  # reason → how many links


class Fault(StrEnum):
    """Why a document gave no links at all."""

    EMPTY = "empty"
    TOO_LARGE = "body_too_large"
    BINARY = "binary"
    NOT_A_FEED = "not_a_feed"
    NOT_A_SITEMAP = "not_a_sitemap"
    NOT_HTML = "not_html"
    ERROR_REPORT = "error_report"  # a feed whose only items are error messages
    XML_ENTITIES = "xml_entities"
    TOO_DEEP = "too_deep"
    NESTED_INDEX = "nested_index"  # a sitemap index listed by a sitemap index
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undiscoverable:
    """The document is not what it should be; what we know of the source stays as it is."""

    way: Way
    fault: Fault
    reason: str  # one sentence for the status page

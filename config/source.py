"""What sources/*.yaml says: the outlets we watch."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class SourceKind(StrEnum):
    """How a source is discovered; auto finds feeds, sitemaps and section pages itself."""

    AUTO = "auto"
    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"


# Fields of an article that a selector may override.
FIELDS = (
    "newsroom",
    "headline",
    "authors",
    "published_at",
    "last_update",
    "summary",
    "lead_image",
    "caption",
    "credit",
    "body",
    "section",
    "tags",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """A CSS selector that overrides one field of a source's articles."""

    css: str  # the first element that it selects
    attribute: str | None = None  # None: the element's text
    remove: tuple[str, ...] = ()  # CSS of what is cut out inside it
    valid_until: date | None = None  # after this day it is ignored, and said so


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One outlet."""

    id: str  # unique and stable: history hangs on it
    url: str  # the home page
    name: str  # the outlet's name
    kind: SourceKind = SourceKind.AUTO  # how its articles are discovered
    feeds: tuple[str, ...] = ()  # addresses of feeds; empty: found
    sitemaps: tuple[str, ...] = ()  # addresses of sitemaps; empty: found
    sections: tuple[str, ...] = ()  # pages that list articles; empty: the home page
    language: str | None = None  # BCP 47; None: as the page says
    country: str | None = None  # ISO 3166 alpha-2
    timezone: str | None = (
        None  # IANA; used when a page or a feed names no zone. None: its country tells
    )
    every: timedelta | None = None  # None: the source's own rhythm
    objective: timedelta | None = None  # None: the objective of settings.yaml
    objective_matched: timedelta | None = None  # likewise
    objective_delivered: timedelta | None = None  # likewise
    cron: str | None = None  # five fields, in `timezone` (else UTC); goes before `every`
    include: tuple[str, ...] = ()  # regular expressions; an article's URL must match one
    exclude: tuple[str, ...] = ()  # likewise, and it must match none
    link_selector: str | None = None  # CSS of the links on a section page
    selectors: dict[str, Selector] = field(default_factory=dict)  # field name → selector
    verify_tls: bool = True  # false only for a publisher with a broken certificate; it is shown
    robots: bool = True  # false only with the publisher's consent
    enabled: bool = True  # false: kept, but not looked at
    tags: tuple[str, ...] = ()  # free words, used by rules as source:(…)

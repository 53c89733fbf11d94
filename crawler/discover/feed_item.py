"""The record of a feed as its reader found it: raw words, nothing resolved or judged."""

from dataclasses import dataclass, field
from typing import Final

MOST_ITEMS: Final = 2000  # of one poll; reading stops here (docs/security.md, row 39)


@dataclass(slots=True, kw_only=True)
class FeedItem:
    """One item or entry, while and after it is read."""

    link: str = ""
    title: str = ""
    published: str = ""
    bases: tuple[str, ...] = ()  # each xml:base around its link, the outermost first


@dataclass(slots=True, kw_only=True)
class FeedRead:
    """One feed, while and after it is read."""

    items: list[FeedItem] = field(default_factory=list)
    title: str = ""
    link: str = ""  # the page the feed belongs to
    language: str = ""  # as the feed says it: "en-US"
    ttl: str = ""
    skip_hours: list[str] = field(default_factory=list)
    skip_days: list[str] = field(default_factory=list)
    hub: str = ""
    topic: str = ""
    broken: bool = False  # it had to be mended before it could be read
    cut: bool = False  # it has more items than we read

"""Find the addresses of articles: feeds, sitemaps, section pages."""

from crawler.discover.discovery import discover_links
from crawler.discover.outcome import (
    Discovered,
    Fault,
    PublisherAsks,
    Undiscoverable,
    Way,
    WayKind,
)

__all__ = [
    "Discovered",
    "Fault",
    "PublisherAsks",
    "Undiscoverable",
    "Way",
    "WayKind",
    "discover_links",
]

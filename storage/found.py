"""The record of a link that was seen somewhere, as discovery hands it to the ledger."""

from dataclasses import dataclass

from storage.article import Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One link to what may be an article."""

    url: str  # absolute, http or https, no fragment; the ledger makes it canonical
    way: str  # the URL of the feed, sitemap or section page that we poll and that led here
    title: str = ""  # as the way words it; empty: it gives none
    published: Stamp | None = None  # as the way says it; None: it does not, or absurdly

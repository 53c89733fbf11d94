"""The record the whole product speaks of: one news article as its page gave it.

Its fields are those that `presswatch extract` writes. Times keep the offset the page wrote, so
that the page's own day is never lost; the database stores them as UTC text. A day without a
time stays a `date`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

Stamp = datetime | date  # an aware datetime, or a day whose time the page does not tell


class BlockKind(StrEnum):
    """What a piece of the body is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    LIST_ITEM = "list_item"


class Access(StrEnum):
    """How much of the article the page shows."""

    OPEN = "open"
    PAYWALLED = "paywalled"
    NO_BODY = "no_body"


class Provenance(StrEnum):
    """Where in the page a value was read."""

    JSON_LD = "json-ld"
    META = "meta"
    SELECTOR = "selector"
    PAGE = "page"
    AGE = "age"  # "2 hours ago" on the page, told against the moment it was read


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, heading, quote or list item, white space folded."""

    kind: BlockKind = BlockKind.PARAGRAPH
    text: str

    # Dozens of them travel with each article, and what a dataclass does here takes far longer.
    def __getstate__(self) -> tuple[BlockKind, str]:
        """Return what is pickled."""
        return self.kind, self.text

    def __setstate__(self, state: tuple[BlockKind, str]) -> None:
        """Take what was pickled."""
        object.__setattr__(self, "kind", state[0])
        object.__setattr__(self, "text", state[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of the article; a missing part is the empty string."""

    url: str = ""
    caption: str = ""
    credit: str = ""  # split from the caption: "Mfa.Gov.Az"
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """The newsroom's logo."""

    url: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Somebody the article cites as an origin."""

    name: str  # as written: "Report", "Foreign Ministry"
    phrase: str  # the words that cite: "according to Report"
    block: int  # index into the body
    agency: bool = False  # a news agency or outlet, not a person or office


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A value that could have been a field's, and did not win."""

    value: str
    provenance: Provenance
    note: str = ""  # why it lost, for --explain


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article as its page gave it, before any rule has seen it."""

    source_id: str = ""
    url: str  # as fetched
    canonical_url: str = ""  # as the page says it, vetted; empty: the page says none
    newsroom: str = ""
    newsroom_logo: Logo | None = None
    headline: str = ""
    authors: tuple[str, ...] = ()
    published_at: Stamp | None = None  # None: the page does not say
    last_update: Stamp | None = None  # None: the page does not say
    summary: str = ""  # the standfirst
    lead_image: Image | None = None
    body: tuple[Block, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    section: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""  # BCP 47, lower case primary subtag: "en", "az", "fa"
    images: tuple[Image, ...] = ()  # every picture of the article, the lead image first
    access: Access = Access.OPEN
    not_article: str = ""  # why the page is no article; empty: it is one
    truncated: bool = False  # the body was longer than we store
    provenance: Mapping[str, Provenance] = field(default_factory=dict)  # field name → where
    candidates: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)  # explained

    @property
    def text(self) -> str:
        """Return the body as text, a blank line between blocks."""
        return "\n\n".join(block.text for block in self.body)

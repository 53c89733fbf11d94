"""The values that several pages show: a source, a story, a rule on one line each.

Plain frozen values; the HTML and the JSON say the same because both are made of these.
"""

from dataclasses import dataclass
from datetime import datetime

from alerts.precision import Precision
from alerts.promise import Promise
from crawler.pages.marked import Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleName:
    """A rule as it is named beside a story."""

    id: str
    name: str
    severity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An outlet by its source."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The words that made a rule fire, in their sentence."""

    rule_id: str
    place: str  # "headline", "body ¶2"
    words: str
    sentence: tuple[Piece, ...]
    again: bool = False  # an article above, on the same page, says the same


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeLine:
    """One rule's match of one article, which a reader of the page may judge."""

    rule_id: str
    article_id: int
    verdict: str  # useful | noise; empty: nobody judged it
    judge: str  # who did, as far as it is known
    judged_at: datetime | None
    address: str  # below it, a POST to useful, noise or none; empty: nowhere


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """One story in a list."""

    id: int
    headline: str
    language: str
    url: str  # of the first mover's article
    first_seen: datetime
    last_seen: datetime
    outlets: tuple[Outlet, ...]  # in the order in which they told it
    articles: int
    origins: tuple[str, ...]
    rules: tuple[RuleName, ...]
    quote: Quote | None  # None: no rule matched


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One source in a list."""

    id: str
    name: str
    url: str
    condition: str  # well | failing | silent | new | resting
    words: str  # what that means here, for a person
    language: str | None
    country: str | None
    last_success: datetime | None
    last_new: datetime | None
    next_at: datetime | None
    articles_a_day: float | None  # None: its rhythm is not known yet
    longest_wait_s: float | None  # likewise
    hours: tuple[float, ...]  # articles by hour of the day (UTC); empty: not known yet
    articles_24h: int
    articles_7d: int
    links: dict[str, int]  # how many addresses stand in each state of the ledger
    gaps_14d: int
    tls_unverified: bool
    promise: Promise  # how it fared in the last day
    clock_note: str  # empty: its clock seems right

    @property
    def late(self) -> bool:
        """Tell whether the promise of some stage is broken."""
        return bool(self.promise.broken)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """One rule in a list."""

    id: str
    name: str
    owner: str
    severity: str
    query: str
    days: tuple[int, ...]  # stories per UTC day, 14 of them, today last
    stories_14d: int
    last_match: datetime | None
    state: str  # live | muted | expired
    warnings: tuple[str, ...]
    precision: Precision | None  # None: nobody judged it in 90 days

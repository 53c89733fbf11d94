"""Everything a digest is written from, as one frozen value.

gather.py reads it from the database; compose.py decides what of it is shown, and where.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from alerts.digest.due import Window
from alerts.explaining.reason import Reason
from alerts.judging import Judging
from alerts.notification import ChangeNote, RuleNote
from alerts.precision import Precision
from alerts.promise import Clock, Kept
from config.digest import Digest
from config.rule import Severity
from storage.article import Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFact:
    """One article, as far as a digest shows it."""

    id: int
    url: str
    headline: str
    newsroom: str
    source_id: str
    first_seen: datetime
    published_at: Stamp | None = None  # None: the page does not say
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thumbnail:
    """A small cached picture of a story."""

    content_type: str
    content: bytes
    caption: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFact:
    """One story with a match in the window."""

    id: int
    article: ArticleFact  # the one that is shown: the first that matched
    rules: tuple[RuleNote, ...]
    severity: Severity  # the loudest of them
    section: str
    outlets: tuple[str, ...] = ()  # the others that carry it, the first to publish first
    languages: int = 1
    origins: tuple[str, ...] = ()
    most: int = 10  # so many stories of its loudest rule are shown
    update: bool = False  # it stood in an earlier digest, and has changed since
    latest: ArticleFact | None = None  # the newest that states more; None: none after it does
    thumbnail: Thumbnail | None = None  # None: none is wanted, or none is cached


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentFact:
    """One urgent alert of the window."""

    headline: str
    url: str
    newsroom: str
    channel: str
    sent_at: datetime | None  # None: not delivered
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFact:
    """One article edited after publication."""

    article: ArticleFact
    changes: tuple[ChangeNote, ...]
    silent: bool  # the page's own stamp was not updated
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NearFact:
    """One article that a rule would have matched but for one clause."""

    article: ArticleFact
    rule: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendFact:
    """How many stories a rule matched per day, the oldest day first."""

    rule: str
    counts: tuple[int, ...]


class Health(StrEnum):
    """How a source fares."""

    WELL = "well"
    DOWN = "down"
    SILENT = "silent"  # nothing new for longer than its own rhythm knows
    LATE = "late"  # its articles are seen, read or told later than promised
    LAYOUT = "layout"  # its articles come without bodies
    CLOCK = "clock"  # its articles' times cannot be right


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """For how long a source has been silent: longer than it ever is."""

    lasts: timedelta
    usual: timedelta  # the longest wait for an article lately


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFact:
    """One source."""

    name: str
    health: Health
    since: datetime | None = None  # of DOWN: last success. None: it never answered
    silence: Silence | None = None  # of SILENT: how long, against its usual gap
    kept: Kept | None = None  # of LATE: how its promise is broken
    clock: Clock | None = None  # of CLOCK: how its stamps are off
    share: float = 0.0  # of LAYOUT: articles without a body
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapFact:
    """A time in which we cannot know what a source published."""

    source: str
    start: datetime
    end: datetime


class RuleTrouble(StrEnum):
    """What an analyst should know of a rule."""

    NOISY = "noisy"
    SILENT = "silent"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    MUTED = "muted"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFact:
    """One rule that needs a look."""

    rule: str
    trouble: RuleTrouble
    count: int = 0  # of NOISY: stories; of SILENT: days
    day: date | None = None  # of the others


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFact:
    """One channel that does not take everything."""

    channel: str
    dead: int = 0
    failing_since: datetime | None = None  # None: its last attempt went well
    closed: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CanaryFact:
    """The last canary."""

    came_at: datetime | None  # None: it has not come out


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestFacts:
    """Everything a digest is written from."""

    digest: Digest
    window: Window
    stories: tuple[StoryFact, ...] = ()
    urgent: tuple[UrgentFact, ...] = ()
    changes: tuple[ChangeFact, ...] = ()
    near: tuple[NearFact, ...] = ()
    trends: tuple[TrendFact, ...] = ()
    sources: tuple[SourceFact, ...] = ()
    gaps: tuple[GapFact, ...] = ()
    rules: tuple[RuleFact, ...] = ()
    precisions: tuple[Precision, ...] = ()  # of the rules somebody judged, the worst first
    delivery: tuple[DeliveryFact, ...] = ()
    canary: CanaryFact | None = None  # None: none is configured, or none is due yet
    articles: int = 0  # read in the window
    copied: int = 0  # stories of earlier days that were only copied further
    silent_days: int = 0  # digests in a row without a match, this one included
    slowest: timedelta | None = None  # publication to alert. None: none was sent
    rejected: str = ""  # why the last edit of the rules did not go live
    rules_fingerprint: str = ""
    public: str = ""  # address of our pages from outside; empty: they have none
    judging: Judging | None = None  # None: its readers judge no match from it
    desk: str = ""  # the address a reader writes to
    # The newest when it was gathered: the next window takes what came later.
    last_match: int = 0
    last_arrival: int = 0

    @property
    def archive(self) -> str:
        """Return where earlier digests can be read; empty: nowhere."""
        return f"{self.public.rstrip('/')}/digests" if self.public else ""

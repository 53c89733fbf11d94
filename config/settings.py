"""What settings.yaml says: one small frozen value per stage, every default with its reason."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from operator import attrgetter


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A password or key, read from the environment or a file; it never prints itself."""

    value: str = field(repr=False)
    origin: str  # where it came from, for messages: "env:SMTP_PASSWORD", "file:/run/secrets/x"

    def __str__(self) -> str:
        return "••••"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusSettings:
    """Where the status page answers."""

    host: str = "127.0.0.1"  # loopback: nobody outside reads it unless the operator says so
    port: int = 8080  # 0: a free one, for tests
    token: Secret | None = None  # None: only allowed on loopback
    names: tuple[str, ...] = ()  # host names it is also reached by, e.g. behind a proxy
    # e.g. https://watch.example.org/press, where it is reached from outside, behind a proxy:
    # digests link to their archive there, with https a reader can leave one by a click and say
    # of each match whether it was useful, and feeds' hubs (WebSub) tell us what is new
    public: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How we go out."""

    user_agent: str = "presswatch/2026.11 (+{contact})"  # says who we are and whom to write to
    contact: str = "operator not named"  # a page or address a publisher can write to
    in_flight: int = 64  # requests under way at once, over all hosts
    gap: timedelta = timedelta(seconds=1)  # between two requests to one host
    # ids of sources and channels that may use private addresses: a page must not lead us inside
    allow_private: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PollSettings:
    """How often we look."""

    every: timedelta = timedelta(minutes=15)  # until a source's own rhythm is known
    shortest: timedelta = timedelta(minutes=5)  # whatever a publisher's headers allow
    longest: timedelta = timedelta(hours=24)  # whatever they ask: a source is seen once a day
    refetch: tuple[timedelta, ...] = (  # when a fresh article is looked at again for edits
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=6),
        timedelta(hours=24),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractSettings:
    """How pages are read: in worker processes that can be killed."""

    workers: int = 1  # one keeps up with thousands of articles an hour; more for a first crawl
    seconds: float = 5.0  # for one page: hostile markup can cost a parser minutes
    memory_mb: int = 512  # for one worker: it is killed and replaced beyond that


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """The desk's mail server; without one every mail lands as a file."""

    host: str | None = None  # None: .eml files below data/mail
    port: int = 587  # submission; 465 goes with tls
    tls: str = "starttls"  # starttls | tls | none (only to loopback or by an operator's choice)
    user: str | None = None  # None: the server wants none
    password: Secret | None = None  # env:NAME or file:/path
    sender: str = "presswatch <presswatch@localhost>"  # the From of every mail: keep it stable
    reply_to: str | None = None  # a person who answers; None: the sender
    domain: str = "presswatch.localhost"  # right side of Message-ID and List-Id


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSettings:
    """When alerts are held together or held back."""

    storm_count: int = 20  # per rule and channel …
    storm_within: timedelta = timedelta(minutes=5)  # … in this time, then one summary
    # within which 95 of 100 articles should be seen after publication; who misses it is named
    objective: timedelta = timedelta(minutes=30)
    # … read and tried against every rule after they were seen: one page may fail and be retried
    objective_matched: timedelta = timedelta(minutes=10)
    # … and told, each alert, after the match; what is held back on purpose does not count
    objective_delivered: timedelta = timedelta(minutes=10)
    operator: tuple[str, ...] = ()  # channels told when something of ours is broken
    canary_channel: str | None = None  # where the daily canary must come out
    canary_at: time = time(6)  # before the digest, so that it can say how the canary fared


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionSettings:
    """How long articles are kept; a purged one leaves a tombstone and never comes back."""

    articles: timedelta | None = None  # None: for ever
    by_source: dict[str, timedelta] = field(default_factory=dict)  # goes before `articles`


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSettings:
    """What proves later what a page said when a rule matched it."""

    folder: str | None = (
        None  # None: nothing is kept; a relative one lies below the data folder
    )
    most_mb: int = 1000  # on the disk; then the oldest goes
    keep: timedelta | None = None  # None: as long as there is room


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSettings:
    """How large a rule edit may go live without a person's yes."""

    max_new: int = 50  # newly firing articles a day
    since: timedelta = timedelta(days=30)  # how much of the archive a plan looks at


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything settings.yaml says."""

    timezone: str = "UTC"  # IANA name of the readers' zone
    log_format: str = "auto"  # auto: for people on a terminal, JSON elsewhere | people | json
    status: StatusSettings = StatusSettings()
    fetch: FetchSettings = FetchSettings()
    poll: PollSettings = PollSettings()
    extract: ExtractSettings = ExtractSettings()
    mail: MailSettings = MailSettings()
    alerts: AlertSettings = AlertSettings()
    retention: RetentionSettings = RetentionSettings()
    evidence: EvidenceSettings = EvidenceSettings()
    plan: PlanSettings = PlanSettings()


# What a running daemon has built upon: a saved file changes it at the next start only.
AT_START = ("log_format", "status.host", "status.port", "fetch", "extract", "evidence")


def waits_for_start(began: Settings, now: Settings) -> tuple[str, ...]:
    """Name what an edit changed of that, against the settings that a daemon began with."""
    return tuple(each for each in AT_START if attrgetter(each)(began) != attrgetter(each)(now))

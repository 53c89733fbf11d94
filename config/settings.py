"""What settings.yaml says: one small frozen value per stage, every default with its reason."""

from dataclasses import dataclass, field
from datetime import timedelta


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
    port: int = 8080
    token: Secret | None = None  # None: only allowed on loopback
    names: tuple[str, ...] = ()  # host names it is also reached by, e.g. behind a proxy


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How we go out."""

    user_agent: str = "presswatch/2026.11 (+{contact})"
    contact: str = "operator not named"  # a page or address a publisher can write to
    in_flight: int = 64  # requests under way at once, over all hosts
    gap: timedelta = timedelta(seconds=1)  # between two requests to one host
    allow_private: tuple[
        str, ...
    ] = ()  # ids of sources and channels that may use private addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class PollSettings:
    """How often we look."""

    every: timedelta = timedelta(minutes=15)  # until a source's own rhythm is known
    shortest: timedelta = timedelta(minutes=5)
    longest: timedelta = timedelta(hours=24)
    refetch: tuple[timedelta, ...] = (  # when a fresh article is looked at again for edits
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=6),
        timedelta(hours=24),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractSettings:
    """How pages are read: in worker processes that can be killed."""

    workers: int = 1
    seconds: float = 5.0  # limits.md row 34
    memory_mb: int = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """The desk's mail server; without one every mail lands as a file."""

    host: str | None = None  # None: .eml files below data/mail
    port: int = 587
    tls: str = "starttls"  # starttls | tls | none (only to loopback or by an operator's choice)
    user: str | None = None
    password: Secret | None = None
    sender: str = "presswatch <presswatch@localhost>"
    reply_to: str | None = None
    domain: str = "presswatch.localhost"  # right side of Message-ID and List-Id


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSettings:
    """When alerts are held together or held back."""

    storm_count: int = 20  # per rule and channel …
    storm_within: timedelta = timedelta(minutes=5)  # … in this time, then one summary
    operator: tuple[str, ...] = ()  # channels told when something of ours is broken
    canary_channel: str | None = None  # where the daily canary must come out
    canary_at: str = "06:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionSettings:
    """How long articles are kept; a purged one leaves a tombstone and never comes back."""

    articles: timedelta | None = None  # None: for ever
    by_source: dict[str, timedelta] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSettings:
    """How large a rule edit may go live without a person's yes."""

    max_new: int = 50  # newly firing articles a day
    since: timedelta = timedelta(days=30)


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
    plan: PlanSettings = PlanSettings()

"""Say what came of one request: values with reasons, and how heavy each failure weighs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from config.source import Source


class FetchKind(StrEnum):
    """What we ask for; limits, Accept and robots differ."""

    PAGE = "page"
    FEED = "feed"
    SITEMAP = "sitemap"
    ROBOTS = "robots"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRequest:
    """One thing to fetch for one source, with what we remember of the last time."""

    url: str
    kind: FetchKind
    source: Source
    etag: str | None = None  # byte for byte as it was given to us
    last_modified: str | None = None
    body_hash: str | None = None


class FailureKind(StrEnum):
    """Why nothing usable came back."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    TOO_SLOW = "too_slow"
    TRUNCATED = "truncated"
    BAD_RESPONSE = "bad_response"  # not HTTP/1.1, or framed in two ways at once
    BAD_ENCODING = "bad_encoding"
    BODY_TOO_LARGE = "body_too_large"
    BINARY = "binary"  # a PDF, an image, an archive: not what was asked for
    ODD_STATUS = "odd_status"  # 204, 206, 304 that nobody asked for, 999
    REDIRECTS = "redirects"
    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    AUTH = "auth"
    REFUSED_BY_SERVER = "refused_by_server"  # the other 4xx
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    OUTAGE = "outage"
    ROBOTS_UNREACHABLE = "robots_unreachable"  # RFC 9309: then everything is closed
    BOT_WALL = "bot_wall"
    PAYWALL = "paywall"
    LOGIN = "login"

    @property
    def weight(self) -> float:
        """Say how much it counts against the source: hard 1, soft ½, temporary ¼."""
        return _WEIGHTS.get(self, 1.0)


_SOFT, _TEMPORARY = 0.5, 0.25
_WEIGHTS = MappingProxyType(
    {
        FailureKind.BOT_WALL: _SOFT,
        FailureKind.LOGIN: _SOFT,
        FailureKind.PAYWALL: _SOFT,
        FailureKind.BAD_RESPONSE: _SOFT,
        FailureKind.BAD_ENCODING: _SOFT,
        FailureKind.BODY_TOO_LARGE: _SOFT,
        FailureKind.ODD_STATUS: _SOFT,
        FailureKind.DNS: _TEMPORARY,
        FailureKind.CONNECT: _TEMPORARY,
        FailureKind.TIMEOUT: _TEMPORARY,
        FailureKind.TOO_SLOW: _TEMPORARY,
        FailureKind.TRUNCATED: _TEMPORARY,
        FailureKind.RATE_LIMITED: _TEMPORARY,
        FailureKind.SERVER_ERROR: _TEMPORARY,
        FailureKind.OUTAGE: _TEMPORARY,
        FailureKind.ROBOTS_UNREACHABLE: _TEMPORARY,
    }
)


class RefusalKind(StrEnum):
    """Why we do not go there, whatever the server would say."""

    BAD_URL = "bad_url"
    TOO_LONG = "too_long"
    SCHEME = "scheme"
    USERINFO = "userinfo"
    PORT = "port"
    BLOCKED_ADDRESS = "blocked_address"
    DOWNGRADE = "downgrade"  # https to http


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A whole, decoded body."""

    url: str  # where it was found in the end
    redirects: tuple[str, ...] = ()  # the URLs that led there, the first one asked for first
    status: int
    content_type: str | None
    headers: Mapping[str, str] = field(repr=False)  # the few that matter, names in lower case
    body: bytes = field(repr=False)
    etag: str | None
    last_modified: str | None
    body_hash: str
    fetched_at: datetime
    elapsed: float  # seconds
    max_age: timedelta | None  # how long the publisher says it stays fresh; at most 24 h


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """Nothing new: the server said so (304), or the body is the one we have."""

    url: str
    redirects: tuple[str, ...] = ()
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    fetched_at: datetime
    elapsed: float
    max_age: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disallowed:
    """The publisher's robots.txt asks us not to."""

    url: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """We do not go there: the URL or where it leads is not allowed."""

    url: str
    kind: RefusalKind
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferred:
    """Nothing was asked: the host wants to be left alone until then; it is no failure."""

    url: str
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """The publisher took it away for good (410)."""

    url: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Nothing usable came back; kind.weight says how much it counts."""

    url: str
    kind: FailureKind
    reason: str  # one line, control characters escaped
    status: int | None = None  # None: no whole answer came
    retry_after: timedelta | None = None  # the publisher's wish, at most 24 h


Outcome = Fetched | NotModified | Disallowed | Refused | Deferred | Gone | Failed


def reason_of(outcome: Outcome) -> str:
    """Say in a line why an outcome brought no page, its kind first, as the ledger keeps it."""
    match outcome:
        case Refused(kind=kind, reason=reason) | Failed(kind=kind, reason=reason):
            return f"{kind}: {reason}"
        case Disallowed(reason=reason):
            return f"robots: {reason}"
        case Gone(reason=reason):
            return f"gone: {reason}"
        case Deferred(reason=reason):
            return reason
        case Fetched() | NotModified():
            return type(outcome).__name__.lower()

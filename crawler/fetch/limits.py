"""Bound everything a server can send: every number here is a row of the limits we adopted."""

from dataclasses import dataclass, field
from types import MappingProxyType

from crawler.fetch.outcome import FetchKind

KIB = 1024
MIB = 1024 * KIB
STEP = 64 * KIB  # a decoder never gives more than this at once


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyLimits:
    """How large the body of one kind of request may be."""

    wire: int  # bytes as sent
    decoded: int  # bytes after decoding
    truncate: bool = False  # True: keep the first bytes; False: too large is a failure


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeLimits:
    """How long one exchange may take, in seconds, and how large its header may be."""

    name: float = 8.0  # DNS
    connect: float = 10.0  # name, connection and TLS handshake together
    first_byte: float = 20.0
    gap: float = 15.0  # between two reads
    total: float = 60.0  # the whole exchange, redirects included
    slow_bytes: float = 200.0  # a second, averaged over slow_seconds: below it we hang up
    slow_seconds: float = 20.0
    header_bytes: int = 100 * KIB
    header_fields: int = 200
    informational: int = 8  # 1xx answers before the real one


_BODIES = MappingProxyType(
    {
        FetchKind.PAGE: BodyLimits(wire=10 * MIB, decoded=10 * MIB),
        FetchKind.FEED: BodyLimits(wire=10 * MIB, decoded=15 * MIB),
        FetchKind.SITEMAP: BodyLimits(wire=10 * MIB, decoded=50 * MIB),
        FetchKind.ROBOTS: BodyLimits(wire=512 * KIB, decoded=500 * KIB, truncate=True),
        FetchKind.PICTURE: BodyLimits(wire=5 * MIB, decoded=5 * MIB),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """All limits of going out; tests hand in smaller ones."""

    exchange: ExchangeLimits = ExchangeLimits()
    bodies: MappingProxyType[FetchKind, BodyLimits] = field(default_factory=lambda: _BODIES)
    ratio: int = 200  # decoded : wire, looked at once ratio_from bytes came out
    ratio_from: int = MIB
    codings: int = 2
    large_body: int = MIB // 2  # decoded bytes; above it …
    large_bodies: int = 3  # … only so many are read at once
    redirects: int = 10
    robots_redirects: int = 5  # RFC 9309, 2.3.1.2
    redirect_body: int = 16 * KIB  # read only so that the connection can be used again
    error_body: int = 64 * KIB  # enough to tell a bot wall from an outage
    validator: int = KIB
    quick_retries: tuple[float, ...] = (1.0, 5.0)  # seconds before each
    patience: float = 30.0  # wait for a host's turn in place; longer is Deferred
    longest_crawl_delay: float = 3600.0  # whatever robots.txt says
    hosts: int = 20_000  # hosts whose manners we remember
    slow_after: float = 5.0  # seconds of one exchange, after which its place is another's …
    slow_most: int = 64  # turns that have given their place back; more keep theirs
    slow_for: float = 600.0  # … and the host waits among the slow, who share half as many


EXCHANGE_LIMITS = ExchangeLimits()
FETCH_LIMITS = FetchLimits()

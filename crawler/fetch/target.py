"""Read a URL once, as browsers read it, and decide whether we may ask for it.

Only the WHATWG reading counts (ada): what we vet is what we connect to and what we send.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

import ada_url

from config.source import Source
from crawler.fetch.outcome import RefusalKind
from crawler.fetch.printable import printable
from storage.canonical import LONGEST_URL

# Ports from 1024 on where something else than the web answers (the Fetch standard's bad
# ports, and databases, caches and remote desktops of an inner network).
_DENIED = frozenset(
    {
        *(1433, 1434, 1521, 1719, 1720, 1723, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389),
        *(3659, 4045, 4190, 5060, 5061, 5432, 5672, 5900, 5984, 6000, 6379, 6443, 6566, 6665),
        *(6666, 6667, 6668, 6669, 6679, 6697, 7001, 8086, 9042, 9092, 9100, 9200, 9300, 10080),
        *(10250, 11211, 15672, 25565, 27017, 50070),
    }
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A URL that may be asked for, if its addresses may be connected to."""

    url: str  # ada's spelling, without a fragment
    scheme: str
    host: str  # ASCII; an IPv6 address without its brackets
    port: int

    @property
    def origin(self) -> str:
        """Return scheme, host and port: what robots.txt and credentials belong to."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def server(self) -> str:
        """Return who answers: of one server we ask one thing at a time."""
        return self.host if self.port in (80, 443) else f"{self.host}:{self.port}"


class UrlRefusedError(ValueError):
    """The URL may not be asked for: drop it."""

    def __init__(self, kind: RefusalKind, reason: str) -> None:
        self.kind = kind
        super().__init__(reason)


def read_target(url: str, base: str | None = None, *, ports: Iterable[int] = ()) -> Target:
    """Return what the URL (relative to base) leads to, or raise UrlRefusedError.

    ports are those the operator configured; they are allowed whatever our list says.
    """
    try:
        parsed = ada_url.URL(url, base)
    except ValueError:
        raise UrlRefusedError(RefusalKind.BAD_URL, f"not a URL: {printable(url)}") from None
    target = _target(parsed)
    if not _allowed_port(target.port) and target.port not in ports:
        raise UrlRefusedError(RefusalKind.PORT, f"port {target.port} is not the web's")
    return target


def configured_ports(source: Source) -> frozenset[int]:
    """Return the ports that the operator wrote into the source's own URLs."""
    ports = set()
    for url in (source.url, *source.feeds, *source.sitemaps, *source.sections):
        try:
            port = ada_url.URL(url).port
        except ValueError:
            continue
        if port:
            ports.add(int(port))
    return frozenset(ports)


def servers_of(urls: Iterable[str]) -> set[str]:
    """Return who answers for them; what is no address of the web is left out."""
    found = set()
    for url in urls:
        with suppress(ValueError):
            found.add(_target(ada_url.URL(url)).server)
    return found


def _target(parsed: ada_url.URL) -> Target:
    scheme = parsed.protocol[:-1]
    if scheme not in _DEFAULT_PORTS:
        raise UrlRefusedError(
            RefusalKind.SCHEME, f"only http and https: {printable(scheme, 40)}:"
        )
    if parsed.username or parsed.password:
        raise UrlRefusedError(RefusalKind.USERINFO, "a user name or password stands in the URL")
    href = parsed.href.partition("#")[0]
    if len(href) > LONGEST_URL:
        raise UrlRefusedError(RefusalKind.TOO_LONG, f"{len(href)} characters")
    return Target(
        url=href,
        scheme=scheme,
        host=parsed.hostname.strip("[]"),
        port=int(parsed.port) if parsed.port else _DEFAULT_PORTS[scheme],
    )


def _allowed_port(port: int) -> bool:
    return port in (80, 443) or (port >= 1024 and port not in _DENIED)

"""Read a robots.txt by RFC 9309 and answer for our own product token.

Pure: what was fetched comes in, what may be fetched comes out. One place that knows protego.
"""

import re
from dataclasses import dataclass, field
from typing import Protocol

from protego import Protego

from crawler.fetch.robots_rule import refusing_rule

_QUERY = re.compile(r"\?[^\r\n]*")
_SLASH = re.compile("%2f", re.IGNORECASE)
_PREFIX = 500 * 1024  # RFC 9309, 2.5: at least so much is read


class Rules(Protocol):
    """What one origin's robots.txt allows."""

    @property
    def crawl_delay(self) -> float:
        """Seconds between two requests that the publisher asks for; 0: none asked."""

    def allows(self, url: str) -> bool:
        """Say whether the URL may be fetched."""

    def why_not(self, url: str) -> str:
        """Return what keeps us from a URL that is not allowed; empty: not known."""


@dataclass(frozen=True, slots=True)
class Open:
    """No rules: there is no robots.txt (RFC 9309, 2.3.1.3)."""

    crawl_delay: float = 0.0

    def allows(self, url: str) -> bool:
        """Allow everything."""
        return True

    def why_not(self, url: str) -> str:
        """Return nothing: nothing is refused."""
        return ""


@dataclass(frozen=True, slots=True)
class Closed:
    """Nothing may be fetched: robots.txt is out of reach (RFC 9309, 2.3.1.4)."""

    reason: str
    crawl_delay: float = 0.0

    def allows(self, url: str) -> bool:
        """Allow nothing."""
        return False

    def why_not(self, url: str) -> str:
        """Return why robots.txt is out of reach."""
        return self.reason


@dataclass(frozen=True, slots=True)
class Written:
    """The rules of one robots.txt for one product token."""

    parsed: Protego = field(repr=False)
    text: str = field(repr=False)
    token: str
    crawl_delay: float

    def allows(self, url: str) -> bool:
        """Say whether the rules let us fetch the URL; robots.txt itself always is."""
        return self.parsed.can_fetch(_plain_queries(url), self.token)

    def why_not(self, url: str) -> str:
        """Return the rule that keeps us from the URL, as the file spells it."""
        return refusing_rule(self.text, self.token, _plain_queries(url))


def read_robots(body: bytes, token: str) -> Written:
    """Read the file's first 500 KiB; whatever is not a rule in it is skipped."""
    text = body[:_PREFIX]
    if len(body) >= _PREFIX:
        text = text[: text.rfind(b"\n") + 1] or text  # half a rule would be another rule
    plain = _plain_queries(text.decode("utf-8-sig", "replace").replace("\0", ""))
    parsed = Protego.parse(plain)
    return Written(parsed, plain, token, parsed.crawl_delay(token) or 0.0)


def _plain_queries(text: str) -> str:
    """Return text with the slashes of its queries spelled in one way.

    RFC 9309, 2.2.2 lets ?u=https://a match ?u=https%3A%2F%2Fa; protego does so for the colon.
    """
    return _QUERY.sub(lambda query: _SLASH.sub("/", query[0]), text) if "?" in text else text

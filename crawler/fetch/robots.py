"""Read a robots.txt by RFC 9309 and answer for our own product token.

Pure: what was fetched comes in, what may be fetched comes out. One place that knows protego.
"""

import re
import zlib
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from protego import Protego

from crawler.fetch.robots_rule import refusing_rule

_QUERY = re.compile(r"\?[^\r\n]*")
# RFC 9309, 2.2.1 has the bare product token; a version behind it names the same robot.
_VERSION = re.compile(
    r"((?:^|\r)[ \t]*user-agent[ \t]*:[ \t]*[a-z_-]+)/[^\r\n]*", re.IGNORECASE | re.MULTILINE
)
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


class Packed(NamedTuple):
    """A robots.txt as it is kept: packed to a sixth of its size, of a hostile one a tenth."""

    size: int  # bytes, unpacked
    data: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """The rules of one robots.txt for one product token."""

    parsed: Protego = field(repr=False)
    file: Packed = field(repr=False)
    token: str
    crawl_delay: float

    def allows(self, url: str) -> bool:
        """Say whether the rules let us fetch the URL; robots.txt itself always is."""
        return self.parsed.can_fetch(_plain_queries(url), self.token)

    def why_not(self, url: str) -> str:
        """Return the rule that keeps us from the URL, as the file spells it."""
        return refusing_rule(_text(self.file), self.token, _plain_queries(url))


def pack(body: bytes) -> Packed:
    """Return the file's first 500 KiB as they are kept."""
    text = body[:_PREFIX]
    if len(body) >= _PREFIX:
        text = text[: text.rfind(b"\n") + 1] or text  # half a rule would be another rule
    return Packed(len(text), zlib.compress(text, 1))


def read_robots(file: Packed, token: str) -> Written:
    """Read the rules of a file; whatever is not a rule in it is skipped."""
    parsed = Protego.parse(_text(file))
    return Written(parsed, file, token, parsed.crawl_delay(token) or 0.0)


def _text(file: Packed) -> str:
    text = zlib.decompress(file.data).decode("utf-8-sig", "replace")
    return _plain_queries(_VERSION.sub(r"\1", text.replace("\0", "")))


def _plain_queries(text: str) -> str:
    """Return text with the slashes of its queries spelled in one way.

    RFC 9309, 2.2.2 lets ?u=https://a match ?u=https%3A%2F%2Fa; protego does so for the colon.
    """
    return _QUERY.sub(lambda query: _SLASH.sub("/", query[0]), text) if "?" in text else text

"""Remember by what a page that was read lately would be known to be unchanged.

A fresh article is looked at again and again for edits, and mostly there are none: its server is
asked only for what changed since, and a body that is the same to the byte is not read again.
In memory alone: whatever is forgotten costs one reading, and after a restart, which may bring
another extractor, every page is read anew.
"""

from collections import OrderedDict
from dataclasses import dataclass

from config.source import Source
from crawler.fetch.outcome import Fetched, FetchKind, FetchRequest

MOST = 20_000  # pages; some 10 MB
_LONGEST = 200  # characters of a validator that is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """A page as it was read."""

    source: Source  # as it was then: another selector may find more on the same page
    etag: str | None
    last_modified: str | None
    body_hash: str


class Versions:
    """What was read, by the address that was asked for."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._versions: OrderedDict[str, _Version] = OrderedDict()

    def request(self, url: str, source: Source) -> FetchRequest:
        """Return how to ask for a page: whether it changed, where we know since when."""
        known = self._versions.get(url)
        if known is None or known.source != source:
            return FetchRequest(url=url, kind=FetchKind.PAGE, source=source)
        return FetchRequest(
            url=url,
            kind=FetchKind.PAGE,
            source=source,
            etag=known.etag,
            last_modified=known.last_modified,
            body_hash=known.body_hash,
        )

    def note(self, url: str, source: Source, page: Fetched) -> None:
        """Remember a page that was read, and forget the one that was read longest ago."""
        self._versions[url] = _Version(
            source=source,
            etag=_short(page.etag),
            last_modified=_short(page.last_modified),
            body_hash=page.body_hash,
        )
        self._versions.move_to_end(url)
        if len(self._versions) > self._most:
            self._versions.popitem(last=False)

    def forget(self, url: str) -> None:
        """Forget a page that is not looked at again."""
        self._versions.pop(url, None)


def _short(validator: str | None) -> str | None:
    return validator if validator and len(validator) <= _LONGEST else None

"""Remember by what a page that was read lately would be known to be unchanged.

A fresh article is looked at again and again for edits, and mostly there are none: its server is
asked only for what changed since, and a body that is the same to the byte is not read again.
Some servers send other bytes each time: once one was seen to, its pages are known by the gist
of what is read of them, until it has long shown them as they were. In memory alone: whatever
is forgotten costs one reading, and after a restart, which may bring another extractor, every
page is read anew.
"""

from collections import OrderedDict
from dataclasses import dataclass

from config.source import Source
from crawler.fetch.outcome import Fetched, FetchKind, FetchRequest
from crawler.workers.work import Gist

MOST = 20_000  # pages; some 13 MB
STEADY = 20  # pages in a row that are the same to the byte, until a source is restless no more
_LONGEST = 200  # characters of a validator that is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """A page as it was read."""

    source: Source  # as it was then: another selector may find more on the same page
    etag: str | None
    last_modified: str | None
    body_hash: str
    gist: Gist


class Versions:
    """What was read, by the address that was asked for."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._versions: OrderedDict[str, _Version] = OrderedDict()
        # Sources that say the same in other bytes: how many pages were steady since.
        self._restless: dict[str, int] = {}

    def request(self, url: str, source: Source) -> FetchRequest:
        """Return how to ask for a page: whether it changed, where we know since when."""
        known = self._known(url, source)
        if known is None:
            return FetchRequest(url=url, kind=FetchKind.PAGE, source=source)
        return FetchRequest(
            url=url,
            kind=FetchKind.PAGE,
            source=source,
            etag=known.etag,
            last_modified=known.last_modified,
            body_hash=known.body_hash,
        )

    def gist(self, url: str, source: Source) -> Gist:
        """Return by what a page whose bytes are new would be known to say the same."""
        known = self._known(url, source)
        restless = source.id in self._restless
        return (known.gist if known else Gist())._replace(restless=restless)

    def note(self, url: str, source: Source, page: Fetched, gist: Gist) -> None:
        """Remember a page that was read, and forget the one that was read longest ago."""
        known = self._known(url, source)
        if known is not None and known.gist.record == gist.record:
            self._restless[source.id] = 0
        self._versions[url] = _Version(
            source=source,
            etag=_short(page.etag),
            last_modified=_short(page.last_modified),
            body_hash=page.body_hash,
            gist=gist,
        )
        self._versions.move_to_end(url)
        if len(self._versions) > self._most:
            self._versions.popitem(last=False)

    def note_steady(self, source: Source) -> None:
        """Remember that a page was the same to the byte: its source may be restless no more."""
        if (steady := self._restless.pop(source.id, STEADY) + 1) < STEADY:
            self._restless[source.id] = steady

    def forget(self, url: str) -> None:
        """Forget a page that is not looked at again."""
        self._versions.pop(url, None)

    def _known(self, url: str, source: Source) -> _Version | None:
        known = self._versions.get(url)
        return known if known is not None and known.source == source else None


def _short(validator: str | None) -> str | None:
    return validator if validator and len(validator) <= _LONGEST else None

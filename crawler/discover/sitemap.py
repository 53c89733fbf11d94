"""Read a sitemap or a sitemap index, however large, keeping the newest only. Pure."""

import heapq
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import partial
from html import unescape
from typing import Final
from xml.parsers.expat import ExpatError

from config.source import Source, SourceKind
from crawler.discover.address import absolute, path_of
from crawler.discover.body import Shape
from crawler.discover.children import choose_children
from crawler.discover.choice import Choice
from crawler.discover.dates import read_date
from crawler.discover.mend import mend
from crawler.discover.outcome import Discovered, Fault, Undiscoverable, Way, WayKind
from crawler.discover.wording import plain_title
from crawler.discover.xml_reader import (
    LONGEST_TEXT,
    Attributes,
    Enough,
    XmlRefusedError,
    read_xml,
)
from crawler.local_zone import local_zone
from storage.article import Stamp
from storage.canonical import same_site
from storage.stamp import instant, maybe_instant

MOST_URLS: Final = 50_000
NEWEST: Final = 2000
# Many sitemaps go back to the first day: that is an archive, and no news. Counted from the
# newest entry, not from today: an outlet that publishes once a month is read, too.
LOOKED_BACK: Final = timedelta(days=14)
_ENTRIES: Final = frozenset({"url", "sitemap"})
_FIELDS: Final = {"loc": "loc", "lastmod": "lastmod"}
_NEWS_FIELDS: Final = {"publication_date": "published", "title": "title"}
_PIECES: Final = re.compile(
    r"<(?P<begins>url|sitemap)>|<loc>(?:<!\[CDATA\[)?(?P<loc>[^<\]]{1,4000})(?:\]\]>)?\s*</loc>|"
    r"<(?P<name>lastmod|news:publication_date|news:title)>(?:<!\[CDATA\[)?(?P<text>[^<\]]*)"
)
_PIECE_FIELDS: Final = {
    "lastmod": "lastmod",
    "news:publication_date": "published",
    "news:title": "title",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One <url> or <sitemap>, raw."""

    loc: str
    title: str
    stamp: Stamp | None  # when it was published or, where it does not say so, changed
    place: int


def discover_sitemap(
    text: str, shape: Shape, way: Way, source: Source, *, now: datetime
) -> Discovered | Undiscoverable:
    """Return the newest links of a sitemap, or the sitemaps of an index."""
    if shape is Shape.SITEMAP_INDEX and way.index:
        reason = f"a sitemap index listed by the index {way.index} is not read"
        return Undiscoverable(way=way, fault=Fault.NESTED_INDEX, reason=reason)
    zone = local_zone(source, way.url, source.language or "")
    fresh = partial(_SitemapHandler, zone, now)
    try:
        reader, warnings = _read(text, shape, fresh)
    except XmlRefusedError as refused:
        return Undiscoverable(way=way, fault=refused.fault, reason=str(refused))
    except ExpatError as error:
        reason = f"the XML is broken: {error}"
        return Undiscoverable(way=way, fault=Fault.BROKEN, reason=reason)
    warnings += reader.warnings()
    if shape is Shape.SITEMAP_INDEX:
        return _of_index(reader.newest(), way, warnings, now)
    return _of_sitemap(reader, way, source, warnings)


def _read(
    text: str, shape: Shape, fresh: "Callable[[], _SitemapHandler]"
) -> "tuple[_SitemapHandler, list[str]]":
    """Read the entries as they stand, else mended, else one by one."""
    reader = fresh()
    if shape is Shape.ADDRESS_LIST:
        reader.take_lines(text)
        return reader, []
    try:
        read_xml(text, reader)
    except ExpatError:
        reader = fresh()
    else:
        return reader, []
    try:
        read_xml(mend(text), reader)
    except ExpatError:
        reader = fresh()
        reader.take_pieces(text)
        if not reader.seen:
            raise
    return reader, ["the sitemap is not well-formed; what could be read was read"]


def _of_index(
    entries: Iterable[Entry], way: Way, warnings: list[str], now: datetime
) -> Discovered:
    ways, named = [], {_without_scheme(way.url)}
    for entry in entries:
        url = absolute(entry.loc, way.url)
        if url and _without_scheme(url) not in named and same_site(url, way.url):
            named.add(_without_scheme(url))
            changed = maybe_instant(entry.stamp)
            ways.append(Way(kind=WayKind.SITEMAP, url=url, index=way.url, changed=changed))
    return Discovered(
        way=way,
        ways=choose_children(ways, now),
        warnings=tuple(warnings),
    )


def _without_scheme(url: str) -> str:
    return url.partition("://")[2]


def _of_sitemap(
    reader: "_SitemapHandler", way: Way, source: Source, warnings: list[str]
) -> Discovered:
    choice, sites = Choice(source), Counter[str]()
    entries = [(absolute(entry.loc, way.url), entry) for entry in reader.newest()]
    part = _part_of(source, [url for url, _ in entries if url])
    oldest = _oldest([entry for _, entry in entries])
    for url, entry in entries:
        if url and not (same_site(url, way.url) or same_site(url, source.url)):
            sites["another site"] += 1
        elif url and not path_of(url).startswith(part):
            sites["another part of the site"] += 1
        elif _is_archive(entry, oldest):
            sites["archive"] += 1
        else:
            choice.offer(url, plain_title(entry.title), entry.stamp, way.polled)
    return Discovered(
        way=way,
        links=tuple(choice.links),
        warnings=tuple(warnings),
        left_out=choice.left_out | sites,
    )


def _oldest(entries: list[Entry]) -> datetime | None:
    """Return how far back a sitemap is read; None: it tells no dates."""
    dates = (maybe_instant(entry.stamp) for entry in entries)
    newest = max((date for date in dates if date is not None), default=None)
    return newest - LOOKED_BACK if newest else None


def _is_archive(entry: Entry, oldest: datetime | None) -> bool:
    date = maybe_instant(entry.stamp)
    return date is not None and oldest is not None and date < oldest


def _part_of(source: Source, urls: list[str]) -> str:
    """Return the path a source is confined to: /en/ where its address is that of one language.

    Only for sources that find their sitemaps themselves, and only where the sitemap has it.
    """
    part = f"{path_of(source.url).rstrip('/')}/"
    confined = source.kind is SourceKind.AUTO and any(
        path_of(url).startswith(part) for url in urls
    )
    return part if confined else "/"


def _entry(fields: dict[str, str], stamp: Stamp | None, place: int) -> Entry:
    return Entry(loc=fields["loc"], title=fields.get("title", ""), stamp=stamp, place=place)


_IN_ENTRY: Final = 3  # the depth at which an entry's own elements stand


def _within(sibling: str, names: dict[str, str]) -> dict[str, str]:
    """Return the names as elements of the sibling's namespace are called."""
    namespace, space, _ = sibling.rpartition(" ")
    return {f"{namespace}{space}{name}": as_ for name, as_ in names.items()}


class _SitemapHandler:
    """Keep the newest entries; of those without a date the first and the last."""

    def __init__(self, zone: tzinfo, now: datetime) -> None:
        self.zone, self.now = zone, now
        self.entries: frozenset[str] = frozenset()
        self.fields: dict[str, str] = {}
        self.seen = 0
        self.entry: dict[str, str] | None = None
        self.dated: list[tuple[float, int, Entry]] = []
        self.first: list[Entry] = []
        self.last: deque[Entry] = deque(maxlen=NEWEST // 2)

    def open(self, name: str, attributes: Attributes, depth: int) -> bool:
        if depth == 1:
            self._learn_names(name)
        if name in self.entries:
            if self.seen >= MOST_URLS:
                raise Enough
            self.entry = {}
        elif depth == _IN_ENTRY and name.endswith(" news"):
            self.fields |= _within(name, _NEWS_FIELDS)
        return self.entry is not None and name in self.fields

    def _learn_names(self, root: str) -> None:
        """Take the names of the root's own namespace: old and mistyped ones are about."""
        self.entries = frozenset(_within(root, dict.fromkeys(_ENTRIES, "")))
        self.fields = _within(root, _FIELDS)

    def close(self, name: str, text: str | None, depth: int) -> None:
        if self.entry is None:
            return
        if text is not None:
            self.entry.setdefault(self.fields[name], text.strip())
        elif name in self.entries:
            self.take(self.entry)
            self.entry = None

    def take_lines(self, text: str) -> None:
        """Take each line as an address."""
        for line in text.splitlines()[:MOST_URLS]:
            if not line.startswith("#"):
                self.take({"loc": line.strip()})

    def take_pieces(self, text: str) -> None:
        """Take each entry of a document that is no XML, whatever stands between them."""
        entry: dict[str, str] = {}
        for piece in _PIECES.finditer(text):
            if piece["begins"]:
                self.take(entry)
                entry = {}
                if self.seen >= MOST_URLS:
                    break
            elif piece["loc"]:
                entry.setdefault("loc", unescape(piece["loc"]).strip())
            elif len(piece["text"]) < LONGEST_TEXT:
                entry.setdefault(_PIECE_FIELDS[piece["name"]], unescape(piece["text"]).strip())
        self.take(entry)

    def take(self, fields: dict[str, str]) -> None:
        """Keep the entry if it is among the newest so far."""
        if not fields.get("loc"):
            return
        place, self.seen = self.seen, self.seen + 1
        stamp = read_date(fields.get("published", ""), self.zone, self.now) or read_date(
            fields.get("lastmod", ""), self.zone, self.now
        )
        if stamp is not None:
            self._keep_dated(stamp, fields, place)
        elif len(self.first) < NEWEST // 2:
            self.first.append(_entry(fields, None, place))
        else:
            self.last.append(_entry(fields, None, place))

    def _keep_dated(self, stamp: Stamp, fields: dict[str, str], place: int) -> None:
        when = instant(stamp).timestamp()
        if len(self.dated) < NEWEST:
            heapq.heappush(self.dated, (when, -place, _entry(fields, stamp, place)))
        elif when > self.dated[0][0]:
            heapq.heapreplace(self.dated, (when, -place, _entry(fields, stamp, place)))

    def newest(self) -> list[Entry]:
        """Return what is kept, the newest first, those without a date behind."""
        dated = [entry for _, _, entry in sorted(self.dated, reverse=True)]
        return [*dated, *self.first, *self.last][:NEWEST]

    def warnings(self) -> list[str]:
        """Say what was left out."""
        if self.seen >= MOST_URLS:
            return [f"more than {MOST_URLS} addresses; the rest was not read"]
        if self.seen > NEWEST:
            return [f"{self.seen} addresses; the newest {NEWEST} are considered"]
        return []

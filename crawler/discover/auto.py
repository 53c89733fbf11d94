"""Find all ways to a site's articles: home page, robots.txt, what they name, common places.

The decisions are pure (`next_candidates`, `look_at`, `conclude`); `explore` only drives them
with what is handed in to ask and to read. Nothing is stored here.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from config.source import Source, SourceKind
from crawler.discover.address import absolute
from crawler.discover.coverage import Coverage, cover
from crawler.discover.outcome import Discovered, FrontPage, Undiscoverable, Way, WayKind
from crawler.discover.selection import select_ways
from storage.found import Found

MOST_REQUESTS: Final = 40
RECHECK: Final = timedelta(days=7)  # sites move their feeds, and get new ones
RECHECK_TROUBLED: Final = timedelta(hours=12)  # sooner when none of the ways works
_COMMON_FEEDS: Final = (
    "feed",
    "rss",
    "rss.xml",
    "feed.xml",
    "atom.xml",
    "index.xml",
    "feed.json",
)
_COMMON_SITEMAPS: Final = (
    "news-sitemap.xml",
    "sitemap-news.xml",
    "sitemap_news.xml",
    "sitemap.xml",
    "sitemap_index.xml",
)
_CHILDREN_LOOKED_AT: Final = 3


NO_FRONT_PAGE: Final = FrontPage()


class Role(StrEnum):
    """What a candidate is asked for."""

    HOME = "home page"
    ROBOTS = "robots.txt"
    WAY = "way"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One URL worth a request."""

    role: Role
    way: Way
    why: str  # "named by the home page", "a common place", …


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back."""

    url: str  # after redirects
    body: bytes
    content_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswer:
    """Nothing came back that could be read."""

    reason: str
    weight: float = 1.0  # how much it counts against the source
    sent: bool = True  # False: robots.txt or the host's own wish kept us from asking
    out_of_reach: bool = False  # the whole host is: nothing else of it is worth asking


Ask = Callable[[Candidate], Awaitable[Answer | NoAnswer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """How far the search has come; every step makes a new one."""

    source: Source
    home: str  # where the home page really is
    front: FrontPage = NO_FRONT_PAGE
    unanswered: NoAnswer | None = None  # why the home page could not be read
    sitemaps: tuple[Way, ...] = ()  # named by robots.txt
    children: tuple[Way, ...] = ()  # named by sitemap indexes
    asked: Mapping[str, Candidate] = field(default_factory=dict)  # by URL
    shown: Mapping[Way, tuple[Found, ...]] = field(default_factory=dict)
    indexes: Mapping[str, Way] = field(default_factory=dict)  # sitemap indexes, by URL
    hubs: Mapping[str, str] = field(default_factory=dict)  # feed URL → WebSub hub
    failures: Mapping[str, str] = field(default_factory=dict)  # URL → why it is no way
    unsent: int = 0  # of what is in `asked`


Read = Callable[[Search, Candidate, Answer | NoAnswer, datetime], Awaitable[Search]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explored:
    """All ways that were found, and what was tried in vain."""

    source: Source
    home: str
    name: str
    language: str
    ways: tuple[Coverage, ...]  # what is to be polled
    dropped: Mapping[str, str]  # URL → why it is not
    hubs: Mapping[str, str]
    requests: int
    unanswered: NoAnswer | None = None  # why the home page could not be read


def begin(source: Source) -> Search:
    """Return a search that has asked nothing yet."""
    return Search(source=source, home=source.url)


def next_candidates(search: Search) -> tuple[Candidate, ...]:
    """Return what to ask next; empty: the search is over."""
    silent = search.unanswered is not None and search.unanswered.out_of_reach
    for stage in (_first,) if silent else (_first, _named, _common, _children, _menus):
        fresh = {c.way.url: c for c in stage(search) if c.way.url not in search.asked}
        room = MOST_REQUESTS - len(search.asked)
        if fresh:
            return tuple(fresh.values())[: max(room, 0)]
    return ()


def look_at(
    search: Search, candidate: Candidate, answer: Answer | NoAnswer, now: datetime
) -> Search:
    """Return the search after one answer."""
    search = replace(search, asked={**search.asked, candidate.way.url: candidate})
    if isinstance(answer, NoAnswer):
        search = replace(search, unsent=search.unsent + (not answer.sent))
        if candidate.role is Role.HOME:
            search = replace(search, unanswered=answer)
        return _failed(search, candidate, answer.reason)
    # From here on in a worker: the daemon, which reads no stranger's bytes, loads no parser.
    from crawler.discover.discovery import discover_links
    from crawler.discover.pointers import read_front_page, read_robots

    if candidate.role is Role.ROBOTS:
        text = answer.body.decode("utf-8", "replace")
        return replace(search, sitemaps=read_robots(text, answer.url))
    if candidate.role is Role.HOME:
        front = read_front_page(answer.body, answer.content_type, answer.url)
        search = replace(search, front=front, home=answer.url)
    way = replace(candidate.way, url=answer.url)
    read = discover_links(
        answer.body, way.url, answer.content_type, search.source, now=now, way=way
    )
    return _read(search, candidate, read)


def conclude(search: Search, now: datetime) -> Explored:
    """Return which ways to poll, each with its coverage, and why the others are not."""
    selection = select_ways(search.shown, now)
    read = {way.url for way in search.shown}
    empty = dict.fromkeys(search.indexes.keys() - read, "none of its sitemaps shows an article")
    return Explored(
        source=search.source,
        home=search.home,
        name=search.front.name,
        language=search.front.language,
        ways=cover(selection.kept),
        dropped={**search.failures, **empty, **selection.dropped},
        hubs=search.hubs,
        requests=len(search.asked) - search.unsent,
        unanswered=search.unanswered,
    )


async def explore(source: Source, ask: Ask, read: Read, now: datetime) -> Explored:
    """Ask one URL after the other until nothing more is worth asking.

    `read` does what look_at does, in whichever process a stranger's bytes may be read.
    """
    search = begin(source)
    while candidates := next_candidates(search):
        for candidate in candidates:
            search = await read(search, candidate, await ask(candidate), now)
    return conclude(search, now)


def is_recheck_due(explored: datetime | None, now: datetime, *, troubled: bool) -> bool:
    """Say whether the search is to be made again; troubled: no way of the source works."""
    return explored is None or now - explored >= (RECHECK_TROUBLED if troubled else RECHECK)


def configured_ways(source: Source) -> tuple[Way, ...]:
    """Return the ways that the configuration names; of an auto source they are additional."""
    ways = [
        *(Way(kind=WayKind.FEED, url=url) for url in source.feeds),
        *(Way(kind=WayKind.SITEMAP, url=url) for url in source.sitemaps),
        *(Way(kind=WayKind.SECTION, url=url) for url in source.sections),
    ]
    if not ways and source.kind is not SourceKind.AUTO:
        ways.append(Way(kind=WayKind(source.kind.value), url=source.url))
    return tuple(ways)


def _first(search: Search) -> list[Candidate]:
    home = Way(kind=WayKind.SECTION, url=search.source.url)
    robots = absolute("/robots.txt", search.source.url) or search.source.url
    return [  # robots.txt first: what it says counts for the home page, and is asked once
        Candidate(
            role=Role.ROBOTS, way=Way(kind=WayKind.SITEMAP, url=robots), why="names sitemaps"
        ),
        Candidate(role=Role.HOME, way=home, why="the source's own address"),
        *(
            _candidate(way, "named by the configuration")
            for way in configured_ways(search.source)
        ),
    ]


def _named(search: Search) -> list[Candidate]:
    return [_candidate(way, "named by the home page") for way in search.front.feeds] + [
        _candidate(way, "named by robots.txt") for way in search.sitemaps
    ]


def _common(search: Search) -> list[Candidate]:
    """Return the common places, for the kinds that nothing named; one that works is enough."""
    found = {way.kind for way in search.shown} | {way.kind for way in search.indexes.values()}
    places = (
        (WayKind.FEED, _COMMON_FEEDS),
        (WayKind.SITEMAP, _COMMON_SITEMAPS),
    )
    asked_of = search.home if search.home.endswith("/") else f"{search.home}/"
    candidates = []
    for kind, names in places:
        for name in names if kind not in found else ():
            url = absolute(f"/{name}", asked_of)
            if url:
                candidates.append(_candidate(Way(kind=kind, url=url), "a common place"))
    # One at a time, so that nothing is asked once a way of the kind is found.
    return [c for c in candidates if c.way.url not in search.asked][:1]


def _children(search: Search) -> list[Candidate]:
    asked = sum(1 for candidate in search.asked.values() if candidate.way.index)
    room = max(_CHILDREN_LOOKED_AT - asked, 0)
    return [_candidate(way, "named by a sitemap index") for way in search.children][:room]


def _menus(search: Search) -> list[Candidate]:
    """Return the pages of the menu, where nothing but pages leads to the articles."""
    if any(way.kind is not WayKind.SECTION for way in search.shown):
        return []
    return [_candidate(way, "a page of the menu") for way in search.front.sections]


def _candidate(way: Way, why: str) -> Candidate:
    return Candidate(role=Role.WAY, way=way, why=why)


def _failed(search: Search, candidate: Candidate, reason: str) -> Search:
    if candidate.role is Role.ROBOTS or candidate.why == "a common place":
        return search  # it was only a guess
    return replace(search, failures={**search.failures, candidate.way.url: reason})


def _read(search: Search, candidate: Candidate, read: Discovered | Undiscoverable) -> Search:
    if isinstance(read, Undiscoverable):
        return _failed(search, candidate, read.reason)
    if read.hub:
        search = replace(search, hubs={**search.hubs, read.way.url: read.hub})
    if read.ways:
        return replace(
            search,
            indexes={**search.indexes, read.way.url: read.way},
            children=(*search.children, *read.ways),
        )
    if not read.links:
        return _failed(search, candidate, (*read.warnings, "it shows no article")[0])
    way = search.indexes.get(candidate.way.index, read.way)
    links = (*search.shown.get(way, ()), *read.links)
    return replace(search, shown={**search.shown, way: links})

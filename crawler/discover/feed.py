"""Read a feed of any kind into links: expat first, then mended, then feedparser. Pure."""

import heapq
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from xml.parsers.expat import ExpatError

from config.source import Source
from crawler.discover.address import absolute
from crawler.discover.body import Shape
from crawler.discover.choice import Choice
from crawler.discover.dates import read_date
from crawler.discover.feed_item import FeedItem, FeedRead
from crawler.discover.feed_json import JsonRefusedError, read_feed_json
from crawler.discover.feed_loose import LONGEST_LOOSE, LooseFeedError, read_feed_loose
from crawler.discover.feed_xml import NotAFeedError, read_feed_xml
from crawler.discover.mend import declares_entities, mend
from crawler.discover.outcome import Discovered, Fault, PublisherAsks, Undiscoverable, Way
from crawler.discover.wording import plain_title
from crawler.discover.xml_reader import XmlRefusedError
from crawler.local_zone import local_zone
from storage.found import Found
from storage.stamp import maybe_instant

CONSIDERED: Final = 500  # the newest of a feed
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# How generators word an error as an item: "Bridge returned error 500!".
_ERROR_TITLES: Final = (
    "bridge returned error",
    "error 4",
    "error 5",
    "http error 4",
    "http error 5",
)


def discover_feed(
    text: str, shape: Shape, way: Way, source: Source, *, now: datetime
) -> Discovered | Undiscoverable:
    """Return the links of the feed in text."""
    try:
        feed = read_feed_json(text) if shape is Shape.JSON else read_feed(text)
    except (XmlRefusedError, JsonRefusedError) as refused:
        return Undiscoverable(way=way, fault=refused.fault, reason=str(refused))
    except LooseFeedError as error:
        return Undiscoverable(way=way, fault=Fault.BROKEN, reason=str(error))
    if feed is None:
        return Undiscoverable(
            way=way, fault=Fault.NOT_A_FEED, reason="no feed could be made out"
        )
    items = [item for item in feed.items if not _is_error_report(item.title)]
    if feed.items and not items:
        reason = f"its only items are error messages: {feed.items[0].title[:80]!r}"
        return Undiscoverable(way=way, fault=Fault.ERROR_REPORT, reason=reason)
    return _discovered(replace(feed, items=items), way, source, now)


def read_feed(text: str) -> FeedRead | None:
    """Return the feed in text by the first reader that can; None: none of them can."""
    try:
        return read_feed_xml(text)
    except (ExpatError, NotAFeedError):
        if declares_entities(text):
            reason = "the document declares entities"
            raise XmlRefusedError(Fault.XML_ENTITIES, reason) from None
        mended = mend(text, LONGEST_LOOSE * 15)
    try:
        return replace(read_feed_xml(mended), broken=True)
    except (ExpatError, NotAFeedError):
        return read_feed_loose(mend(mended, LONGEST_LOOSE))


def _is_error_report(title: str) -> bool:
    return title.lower().startswith(_ERROR_TITLES) and len(title) < 200


def _discovered(feed: FeedRead, way: Way, source: Source, now: datetime) -> Discovered:
    base = absolute(feed.link, way.url) or way.url
    choice = Choice(source)
    zone = local_zone(source, way.url, source.language or feed.language)
    for item in feed.items:
        url = absolute(item.link, _base_of(item, base, way))
        published = read_date(item.published, zone, now)
        choice.offer(url, plain_title(item.title), published, way.polled)
    return Discovered(
        way=replace(way, title=plain_title(feed.title)),
        links=tuple(newest(choice.links, CONSIDERED)),
        warnings=tuple(_warnings(feed, choice)),
        title=plain_title(feed.title),
        asks=_asks(feed),
        hub=absolute(feed.hub, way.url) or "",
        topic=absolute(feed.topic, way.url) or way.url,
        left_out=choice.left_out,
    )


def _base_of(item: FeedItem, base: str, way: Way) -> str:
    """Return what a relative link is relative to: xml:base, else the feed's page."""
    within = way.url
    for each in item.bases:
        within = absolute(each, within) or within
    return within if item.bases else base


def newest(links: list[Found], most: int) -> Iterable[Found]:
    """Return the newest links in their own order; one without a date counts as new."""
    if len(links) <= most:
        return links
    future = datetime.max.replace(tzinfo=UTC)
    dates = [maybe_instant(link.published) or future for link in links]
    best = heapq.nlargest(most, range(len(links)), key=lambda at: (dates[at], -at))
    return [links[at] for at in sorted(best)]


def _warnings(feed: FeedRead, choice: Choice) -> Iterable[str]:
    if feed.broken:
        yield "the feed is not well-formed; what could be read was read"
    if feed.cut:
        yield "the feed has more than 2000 items; the rest was not read"
    if len(choice.links) > CONSIDERED:
        yield f"the feed has {len(choice.links)} links; the newest {CONSIDERED} are considered"
    if not feed.items:
        yield "the feed has no items"
    elif not choice.links:
        yield "none of the feed's items has a usable link"


def _asks(feed: FeedRead) -> PublisherAsks:
    minutes = (
        int(feed.ttl) if feed.ttl.isascii() and feed.ttl.isdigit() and len(feed.ttl) < 6 else 0
    )
    hours = {
        int(h) % 24 for h in feed.skip_hours if h.isascii() and h.isdigit() and int(h[:3]) <= 24
    }
    days = {_DAYS.index(day.lower()) for day in feed.skip_days if day.lower() in _DAYS}
    # All hours or all days skipped would be "never": no feed means that.
    return PublisherAsks(
        ttl=timedelta(minutes=minutes),
        skip_hours=frozenset(hours) if len(hours) < 24 else frozenset(),
        skip_days=frozenset(days) if len(days) < 7 else frozenset(),
    )

"""Choose which of the ways that were found are worth polling, and say why the others are not.

Pure. A big site names a feed per section; polling those that only repeat the main feed would be
rude and bring nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from crawler.discover.coverage import newest_of
from crawler.discover.outcome import Way, WayKind
from storage.canonical import identity_key
from storage.found import Found
from storage.stamp import maybe_instant

STALE: Final = timedelta(days=30)  # a feed whose newest article is older is left behind
ARCHIVE: Final = timedelta(days=7)  # a sitemap with nothing newer is an archive
LATELY: Final = timedelta(hours=48)  # what a feed must add to those that are polled anyway
MOST_FEEDS: Final = 8
Shown = Mapping[Way, tuple[Found, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The ways to poll, and the others by URL with the reason."""

    kept: Shown
    dropped: Mapping[str, str]


def select_ways(shown: Shown, now: datetime) -> Selection:
    """Return which ways to poll; where all speak against themselves, all: better than none."""
    dropped = {way.url: _objection(way, links, now) for way, links in shown.items()}
    dropped |= _redundant_feeds({w: ls for w, ls in shown.items() if not dropped[w.url]})
    dropped = {url: reason for url, reason in dropped.items() if reason}
    kept = {way: links for way, links in shown.items() if way.url not in dropped}
    return Selection(kept=kept, dropped=dropped) if kept else Selection(kept=shown, dropped={})


def _objection(way: Way, links: tuple[Found, ...], now: datetime) -> str:
    newest = newest_of(links)
    if way.kind is WayKind.FEED and newest is not None and newest < now - STALE:
        return f"its newest article is of {newest:%Y-%m-%d}"
    if way.kind is WayKind.SITEMAP and newest is None:
        return "it tells no dates: it would bring the whole archive"
    if way.kind is WayKind.SITEMAP and newest is not None and newest < now - ARCHIVE:
        return f"an archive: its newest article is of {newest:%Y-%m-%d}"
    return ""


def _redundant_feeds(shown: Shown) -> dict[str, str]:
    """Return the feeds whose latest articles are all in feeds that show more of them."""
    lately = {way: _latest(ls) for way, ls in shown.items() if way.kind is WayKind.FEED}
    covered: set[int] = set()
    taken: list[str] = []
    redundant: dict[str, str] = {}
    for way, keys in sorted(lately.items(), key=lambda each: -len(each[1])):
        if keys <= covered:
            redundant[way.url] = f"its latest articles are all in {taken[0]}"
        elif len(taken) >= MOST_FEEDS:
            redundant[way.url] = f"{MOST_FEEDS} feeds that show more are polled"
        else:
            taken.append(way.url)
            covered |= keys
    return redundant


def _latest(links: tuple[Found, ...]) -> set[int]:
    newest = newest_of(links)
    dated = ((link, maybe_instant(link.published)) for link in links)
    return {
        identity_key(link.url)
        for link, at in dated
        if newest is None or at is None or at >= newest - LATELY
    }

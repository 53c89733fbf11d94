"""Choose which sitemaps of an index are worth a request now. Pure.

An index of an old newspaper lists every month since its first: what changed lately and what is
called news is read, the archive is not.
"""

import re
from datetime import datetime, timedelta
from typing import Final

from crawler.discover.address import path_of
from crawler.discover.outcome import Way

MOST_CHILDREN: Final = 200  # files of one index in a run; the newest (docs/security.md, row 50)
LATELY: Final = timedelta(days=3)
_UNDATED = 6  # of those that tell neither date nor name: the first and the last few
_NEWS = re.compile(r"news|latest|recent|article|post|novost|xeber|haber", re.IGNORECASE)
_NO_NEWS = re.compile(
    r"image|video|tag|categor|author|topic|page-?sitemap|static|section", re.IGNORECASE
)


def choose_children(ways: list[Way], now: datetime) -> tuple[Way, ...]:
    """Return the sitemaps of an index to be read in this run, the most promising first."""
    dated = sorted((way for way in ways if way.changed), key=_changed, reverse=True)
    lately = [way for way in dated if _changed(way) >= (now - LATELY).timestamp()]
    undated = [way for way in ways if way.changed is None]
    named = [
        way
        for way in undated
        if _is_of_this_month(way.url, now) or _NEWS.search(path_of(way.url))
    ]
    others = [way for way in undated if way not in named] if len(undated) <= _UNDATED else []
    if not (lately or named or others):
        others = _ends(undated)  # nothing tells: the ends of the list
    # Of what was not changed lately the newest still is: who publishes rarely is read, too.
    chosen = (lately or dated[:1]) + _ends(named) + others
    chosen.sort(key=lambda way: _promise(way.url))
    return tuple(chosen[:MOST_CHILDREN])


def _changed(way: Way) -> float:
    return way.changed.timestamp() if way.changed else 0.0


def _ends(ways: list[Way]) -> list[Way]:
    """Return the first and the last few: numbered sitemaps grow at one of their ends."""
    return ways if len(ways) <= _UNDATED else ways[: _UNDATED // 2] + ways[-_UNDATED // 2 :]


def _is_of_this_month(url: str, now: datetime) -> bool:
    return any(now.strftime(form) in url for form in ("%Y-%m", "%Y/%m", "%Y%m", "%Y_%m"))


def _promise(url: str) -> int:
    """Return 0 for a news sitemap, 2 for one of pictures, tags or authors, 1 for the rest."""
    path = path_of(url).lower()
    return 2 if _NO_NEWS.search(path) else 0 if "news" in path else 1

"""Recognise addresses that lead into a trap: endless paths, calendars, files. Pure.

Session ids are none: an address is asked for without them (storage/canonical.py).
"""

import re
from collections import Counter
from typing import Final

from crawler.discover.address import path_of

DEEPEST_PATH: Final = 20
MOST_REPEATS: Final = 2  # of one segment in a path
_CALENDAR = re.compile(
    r"/(?:calendar|kalender|calendrier|calendario|takvim)(?:/|$|\?)|[?&](?:calendar|cal_?date|"
    r"tribe-bar-date|month|year)=\d",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|css|js|mjs|json|xml|rss|atom|pdf|docx?|xlsx?|pptx?|"
    r"zip|rar|gz|7z|exe|apk|dmg|mp3|mp4|m4a|m4v|mov|avi|webm|ogg|wav|woff2?|ttf)$",
    re.IGNORECASE,
)


def trap_in(url: str) -> str:
    """Return what is wrong with the URL; empty: nothing."""
    path = path_of(url)
    segments = [segment for segment in path.split("/") if segment]
    if len(segments) > DEEPEST_PATH:
        return "path too deep"
    if segments and max(Counter(segments).values()) > MOST_REPEATS:
        return "path repeats itself"
    if _CALENDAR.search(url):
        return "calendar"
    if _FILE.search(path):
        return "a file, no page"
    return ""

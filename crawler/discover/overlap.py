"""Compare what a way shows with what it showed at the last look, and name the gap between.

Pure. Two looks that share nothing are a declared gap: articles may have come and gone unseen.
So are two that share only old articles, pinned ones say, while everything fresh was replaced.
The window of the last look is remembered as one short line of text, kept with the way.
"""

from base64 import b85decode, b85encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from storage.canonical import identity_key
from storage.found import Found
from storage.stamp import maybe_instant

MOST_REMEMBERED: Final = 500
_FRESH: Final = 8  # of the newest half; where none of them is left, what is left was pinned
_BYTES: Final = 5  # of each link's key: of 500 and 500 links two agree by chance in 1 of 10⁶


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLook:
    """There is nothing to compare with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Both looks share links: nothing was missed."""

    drained: float  # share of what is shown that is new since the last look


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """Both looks share nothing: articles between these times may have been missed."""

    since: datetime  # the last look that succeeded
    until: datetime  # the oldest article now shown, or now where none is dated
    drained: float = 1.0


def remember(links: Sequence[Found]) -> str:
    """Return the links of one look as one line of text; empty: it had none."""
    if not links:
        return ""
    links = links[:MOST_REMEMBERED]
    dates = [maybe_instant(link.published) for link in links]
    fresh: set[bytes] = set()
    if None not in dates:
        newest = sorted(zip(dates, links, strict=True), key=_by_date, reverse=True)
        fresh = _keys([link for _, link in newest[: min(len(links) // 2, _FRESH)]])
    return f"{_to_text(_keys(links))} {_to_text(fresh)}".strip()


def compare(
    window: str, links: Sequence[Found], *, looked: datetime | None, now: datetime
) -> FirstLook | Overlap | Missed:
    """Compare the links of this look with the window remembered at the last.

    `looked` is when the way was last read with success, an unchanged answer included. A look
    without links is compared with nothing, and the window stays as it was.
    """
    before, fresh = _from_text(window)
    shown = _keys(links)
    if not before or not shown or looked is None:
        return FirstLook()
    common = before & shown
    oldest = _oldest([link for link in links if not _keys([link]) & before])
    if not common:
        until = oldest if oldest and oldest > looked else now
        return Missed(since=looked, until=min(until, now))
    if fresh and not fresh & shown and oldest and looked < oldest <= now:
        return Missed(since=looked, until=oldest)
    return Overlap(drained=1 - len(common) / len(shown))


def _by_date(dated: tuple[datetime | None, Found]) -> float:
    return dated[0].timestamp() if dated[0] else 0.0


def _oldest(links: Sequence[Found]) -> datetime | None:
    """Return when the oldest of the links was published; None: not all say so."""
    dates = [maybe_instant(link.published) for link in links]
    return min((each for each in dates if each), default=None) if None not in dates else None


def _keys(links: Sequence[Found]) -> set[bytes]:
    mask = (1 << 8 * _BYTES) - 1
    return {
        (identity_key(link.url) & mask).to_bytes(_BYTES, "big")
        for link in links[:MOST_REMEMBERED]
    }


def _to_text(keys: set[bytes]) -> str:
    return b85encode(b"".join(sorted(keys))).decode("ascii")


def _from_text(window: str) -> tuple[set[bytes], set[bytes]]:
    """Return all links remembered, and the fresh ones among them."""
    before, _, fresh = window.partition(" ")
    try:
        both = [b85decode(before), b85decode(fresh)]
    except ValueError:
        return set(), set()
    all_, newest = ({d[at : at + _BYTES] for at in range(0, len(d), _BYTES)} for d in both)
    return all_, newest

"""Compare what a way shows with what it showed at the last look, and name the gap between.

Pure. Two looks that share nothing are a declared gap: articles may have come and gone unseen.
The window of the last look is remembered as one short line of text, kept with the way.
"""

from base64 import b85decode, b85encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crawler.discover.dates import instant_of
from storage.canonical import identity_key
from storage.found import Found

MOST_REMEMBERED: Final = 500
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
    return b85encode(b"".join(sorted(_keys(links)))).decode("ascii")


def compare(
    window: str, links: Sequence[Found], *, looked: datetime | None, now: datetime
) -> FirstLook | Overlap | Missed:
    """Compare the links of this look with the window remembered at the last.

    `looked` is when the way was last read with success, an unchanged answer included. A look
    without links is compared with nothing, and the window stays as it was.
    """
    before = _from_text(window)
    shown = _keys(links)
    if not before or not shown or looked is None:
        return FirstLook()
    common = len(before & shown)
    if common:
        return Overlap(drained=1 - common / len(shown))
    dates = [at for at in (instant_of(link.published) for link in links) if at is not None]
    oldest = min(dates, default=now) if len(dates) == len(links) else now
    return Missed(since=looked, until=min(max(oldest, looked), now))


def _keys(links: Sequence[Found]) -> set[bytes]:
    mask = (1 << 8 * _BYTES) - 1
    return {
        (identity_key(link.url) & mask).to_bytes(_BYTES, "big")
        for link in links[:MOST_REMEMBERED]
    }


def _from_text(window: str) -> set[bytes]:
    try:
        data = b85decode(window)
    except ValueError:
        return set()
    return {data[at : at + _BYTES] for at in range(0, len(data), _BYTES)}

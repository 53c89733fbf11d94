"""Write times as text that sorts, and read them back.

An instant is UTC with microseconds. A page's own stamp keeps what the page said: its offset, or
that it named only a day.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from storage.article import Stamp

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # the press was not online before
AHEAD = timedelta(hours=24)  # of now, as clocks and zones go wrong (docs/security.md, row 40)


@lru_cache(maxsize=256)  # one article asks for the same one seven times
def to_text(moment: datetime) -> str:
    """Return an aware instant as UTC text; texts sort as the instants do."""
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone cannot be stored: {moment!r}")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def from_text(text: str) -> datetime:
    """Return the instant that to_text wrote."""
    return datetime.fromisoformat(text)


def maybe_to_text(moment: datetime | None) -> str | None:
    """Return an instant as text, and None as None."""
    return None if moment is None else to_text(moment)


def maybe_from_text(text: str | None) -> datetime | None:
    """Return an instant from its text, and None from None."""
    return None if text is None else from_text(text)


def stamp_to_text(stamp: Stamp) -> str:
    """Return a page's stamp as it was: '2026-11-24', or a time with the page's own offset."""
    if isinstance(stamp, datetime) and stamp.tzinfo is None:
        raise ValueError(f"a time without a zone cannot be stored: {stamp!r}")
    return stamp.isoformat()


def stamp_from_text(text: str) -> Stamp:
    """Return the stamp that stamp_to_text wrote."""
    if "T" in text:
        return datetime.fromisoformat(text)
    return date.fromisoformat(text)


def instant(stamp: Stamp) -> datetime:
    """Return a stamp as an instant; a day without a time counts from its midnight in UTC."""
    if isinstance(stamp, datetime):
        return stamp.astimezone(UTC)
    return datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC)


def maybe_instant(stamp: Stamp | None) -> datetime | None:
    """Return a stamp as an instant, and None as None."""
    return None if stamp is None else instant(stamp)


def latest(stamp: Stamp) -> datetime:
    """Return the last moment a stamp can mean, so that a day is never too old too early."""
    if isinstance(stamp, datetime):
        return stamp
    return datetime.combine(stamp, time.max, UTC)


def can_be(published: datetime, now: datetime) -> bool:
    """Tell whether an article can have come out then."""
    return EARLIEST <= published <= now + AHEAD

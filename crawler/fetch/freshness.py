"""Read how long a server wants to be left alone; no wish reaches beyond a day."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(hours=24)


def max_age(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Return how long the answer stays fresh by Cache-Control or Expires; None: not said."""
    directives = _directives(headers.get("cache-control", ""))
    if "no-store" in directives or "no-cache" in directives:
        return None
    if "max-age" in directives:
        seconds = _seconds(directives["max-age"])
        age = _seconds(headers.get("age", "")) or timedelta()
        return None if seconds is None else max(seconds - age, timedelta())
    expires = _date(headers.get("expires", ""))
    if expires is None:
        return None
    sent = _date(headers.get("date", "")) or now
    return min(max(expires - sent, timedelta()), LONGEST)


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """Return the wait asked for by Retry-After; None for garbage, the past and zero."""
    if not value:
        return None
    wait = _seconds(value)
    if wait is None:
        date = _date(value)
        wait = min(date - now, LONGEST) if date else None
    return wait if wait and wait > timedelta() else None


def _directives(value: str) -> dict[str, str]:
    parts = (part.partition("=") for part in value.lower().split(","))
    return {name.strip(): argument.strip(' "') for name, _, argument in parts}


def _seconds(value: str) -> timedelta | None:
    """Read a whole number of seconds, however long it is written."""
    digits = value.strip()
    if not (digits.isascii() and digits.isdigit()):
        return None
    return LONGEST if len(digits) > 9 else min(timedelta(seconds=int(digits)), LONGEST)


def _date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value[:64])
        return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

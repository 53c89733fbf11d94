"""Tell the time; the only place where the daemon reads it, so that tests hand in their own."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return this instant as aware UTC."""
    return datetime.now(UTC)

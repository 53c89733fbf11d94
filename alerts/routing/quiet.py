"""Tell whether a channel's quiet hours are on, and when they end, in its readers' own zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.localtime import at_local
from config.channel import QuietHours


def quiet_until(quiet: QuietHours | None, now: datetime) -> datetime | None:
    """Return when the quiet hours that are on now end; None: they are not on."""
    if quiet is None:
        return None
    zone = ZoneInfo(quiet.timezone)
    today = now.astimezone(zone).date()
    for day in (today - timedelta(days=1), today):
        starts = at_local(day, quiet.start, zone)
        ends_on = day if quiet.end > quiet.start else day + timedelta(days=1)
        ends = at_local(ends_on, quiet.end, zone)
        if starts <= now < ends:
            return ends.astimezone(UTC)
    return None

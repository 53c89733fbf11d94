"""Find the moment of a local clock time, on days when the clock is changed too.

An hour that does not exist (spring) is read as the first moment after the gap; an hour that
comes twice (autumn) is read as its first coming.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def at_local(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment (UTC) when a clock in the zone first shows that time, or passes it."""
    wall = datetime.combine(day, at)
    moment = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    # The gap: the reading before it (fold=0) lands beyond the gap by as much as it is wide.
    before = wall.replace(tzinfo=zone, fold=0).utcoffset() or timedelta()
    after = wall.replace(tzinfo=zone, fold=1).utcoffset() or timedelta()
    return _end_of_gap(moment - (max(before, after) - min(before, after)), moment, zone)


def _end_of_gap(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment between low and high at which the clock jumps, to the second."""
    offset = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)

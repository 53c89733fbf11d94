"""Notice that the wall clock was set back. Pure.

What rings and what is due go by the wall clock; set back by an hour, they would stand still for
an hour. The monotonic clock goes on, and shows by how much.
"""

from datetime import datetime, timedelta

BACK = timedelta(seconds=10)  # a smaller step only makes something a little late


class WallClock:
    """Compare the wall clock with the monotonic one, from look to look."""

    def __init__(self) -> None:
        self._begun: datetime | None = None  # the wall clock when the monotonic one began

    def step_back(self, now: datetime, monotonic: float) -> timedelta:
        """Return by how much it was set back since the last look; nothing: it was not."""
        begun = now - timedelta(seconds=monotonic)
        before, self._begun = self._begun, begun
        step = before - begun if before else timedelta()
        return step if step >= BACK else timedelta()

"""Feel whether the event loop turns: by how much it wakes too late.

What holds the loop up (work that belongs in a worker, a starved machine, a suspended one) makes
everything late: fetches time out, alerts wait. So it is felt all the time, and told.
"""

import asyncio
from collections import deque

EVERY = 0.25  # seconds between two beats: a hold-up of 200 ms is hit more often than not
REMEMBERED = 60.0  # seconds: as long as Prometheus usually waits between two looks


class Pulse:
    """The beats of the last minute, by how late each came."""

    def __init__(self) -> None:
        self._late: deque[tuple[float, float]] = deque()  # (when, seconds), lateness falling

    @property
    def worst(self) -> float:
        """Return by how many seconds the latest beat of the last minute was late."""
        return self._late[0][1] if self._late else 0.0

    def beat(self, now: float, due: float) -> None:
        """Note a beat that was due at a time of the monotonic clock and came now."""
        late = max(0.0, now - due)
        while self._late and self._late[-1][1] <= late:
            self._late.pop()
        self._late.append((now, late))
        while self._late[0][0] < now - REMEMBERED:
            self._late.popleft()

    async def feel(self, stopping: asyncio.Event) -> None:
        """Beat until it is time to stop."""
        loop = asyncio.get_running_loop()
        while not stopping.is_set():
            due = loop.time() + EVERY
            await asyncio.sleep(EVERY)
            self.beat(loop.time(), due)

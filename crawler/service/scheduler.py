"""Ring bells at their times; the work itself is done by tasks of our own.

APScheduler cancels running coroutines at shutdown and drops late jobs by default; so its jobs
only set an event, lateness is never a reason to stay silent, and several missed rings are one.
What is due is always a query on the database: a lost ring delays work, it never loses any.
Set forward by a month, its own interval would count each of a million missed rings before the
next; ours passes them over at one go.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from crawler.failing import Failing

Step = Callable[[], Awaitable[object]]


class Bell:
    """Something to wait for that any number of rings before the wait make ring once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rung = asyncio.Event()

    def ring(self) -> None:
        """Wake the one who waits."""
        self.rung.set()

    async def wait(self) -> None:
        """Wait for the next ring and take it."""
        await self.rung.wait()
        self.rung.clear()


class _Every(BaseTrigger):  # type: ignore[misc]  # it ships no types
    """Ring an interval after the last ring, or now if that has passed."""

    def __init__(self, interval: timedelta) -> None:
        self._interval = interval

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        """Return when to ring next."""
        return max(now, (previous or now) + self._interval)


class Scheduler:
    """Ring each bell every so often."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            # On the loop itself: an event set in a thread may wake nobody, and a pool would
            # log what it cancels at the end as an error.
            executors={"default": DebugExecutor()},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def every(self, interval: timedelta, bell: Bell) -> None:
        """Ring the bell at once and then every interval."""
        bell.ring()
        self._scheduler.add_job(bell.ring, _Every(interval), id=bell.name)

    def start(self) -> None:
        """Begin to ring, on the running event loop."""
        self._scheduler.start()

    def ring_anew(self) -> None:
        """Ring every bell now, and from now on: the clock was set back."""
        self.ring_at(datetime.now(UTC))

    def ring_at(self, moment: datetime) -> None:
        """Ring every bell at the moment, and on from there."""
        for job in self._scheduler.get_jobs():
            job.modify(next_run_time=moment)

    def stop(self) -> None:
        """Ring no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)


async def on_ring(bell: Bell, stopping: asyncio.Event, step: Step, failing: Failing) -> None:
    """Step on every ring until stopping is set; one bad step does not end the task."""
    while True:
        await bell.wait()
        if stopping.is_set():
            return
        try:
            await step()
        except Exception as error:  # noqa: BLE001 - the daemon outlives its steps; it is logged
            failing.failed(bell.name, error)
        else:
            failing.worked(bell.name)

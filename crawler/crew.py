"""Run a bounded number of tasks at once, and let them finish when it is time to go."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

from crawler.failing import Failing


class Crew:
    """Own the tasks of the work under way; a failed one is logged and ends nothing else."""

    def __init__(
        self,
        places: int,
        *,
        patience: timedelta = timedelta(seconds=4),
        failing: Failing | None = None,  # None: a book of its own
    ) -> None:
        self._places = places
        self._patience = patience
        self._failing = failing or Failing()
        self._ends: float | None = None  # None: it is not yet time to go
        self._tasks: set[asyncio.Task[None]] = set()
        self._names: Counter[str] = Counter()

    @property
    def free(self) -> int:
        """Return how many more tasks there is room for."""
        return self._places - len(self._tasks)

    def has(self, name: str) -> bool:
        """Tell whether work of this name is under way."""
        return name in self._names

    def start(self, work: Coroutine[Any, Any, object], name: str) -> None:
        """Begin one piece of work."""
        task = asyncio.create_task(self._guarded(work, name), name=name)
        self._tasks.add(task)
        self._names[name] += 1
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._names -= Counter([task.get_name()])  # a name that is not left has no entry

    def last_call(self) -> float:
        """Let the time begin that work under way has to finish; return what is left of it."""
        now = asyncio.get_running_loop().time()
        if self._ends is None:
            self._ends = now + self._patience.total_seconds()
        return max(self._ends - now, 0.0)

    async def idle(self) -> None:
        """Wait until all work under way is done."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _guarded(self, work: Coroutine[Any, Any, object], name: str) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - it ends nothing else; it is logged
            self._failing.failed(name, error)
        else:
            self._failing.worked(name)

    async def __aenter__(self) -> Self:
        """Return the crew itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the work under way its time to finish; what does not is cancelled."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self.last_call())
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

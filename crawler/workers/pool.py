"""Run pure functions on hostile input in processes that can be killed.

Work that takes long is stopped and begun again among its like, in a process of their own: what
comes from the same hands waits there for a while, and holds up nobody else.

A parse that takes too long or too much memory cannot be interrupted in a thread; here it costs
its process, which is replaced, and never the daemon. A worker ends by itself when its pipe
closes, so a killed daemon leaves none behind.
"""

import asyncio
import contextlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from crawler.workers.process import (
    Patience,
    WorkerDiedError,
    WorkerProcess,
    WorkRaisedError,
)
from crawler.workers.turns import Turns
from crawler.workload import Workload

T = TypeVar("T")
_QUICK = 1.0  # seconds of the processor's time; a page takes some milliseconds
_CROWDED = 4  # times as long by the clock: a busy machine makes no page a slow one
_SLOW_FOR = 600.0  # seconds that whoever was slow waits among the slow
_MOST_SLOW = 10_000  # of them remembered
_MOST_WAITING = 30  # for the slow lane: as long as that takes, nobody who waits is lost
_MOST_BYTES = 16 << 20  # of inputs that wait; then no more large ones are asked for


class WorkFault(StrEnum):
    """Why a worker gave no answer."""

    BUSY = "parse_busy"  # too much slow work waits already; this may be tried again later

    TIMEOUT = "parse_timeout"
    CRASHED = "parse_crashed"  # out of memory, or a fault of the parser
    RAISED = "parse_error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Generic[T]):
    """The function's value."""

    value: T


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """There is no value; the worker has been replaced."""

    fault: WorkFault
    reason: str


class Workers:
    """A few worker processes; a call waits for a free one."""

    def __init__(
        self,
        count: int,
        *,
        seconds: float,
        memory_mb: int,
        quick: float = _QUICK,
        waiting: int = _MOST_WAITING,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._quick = Patience(min(quick, seconds), min(quick * _CROWDED, seconds))
        self._long = Patience(seconds, seconds)
        self._most_waiting = waiting
        self._now = now
        self.workload = Workload()
        self._lane = _Lane(count, memory_mb, now)
        self._slow_lane = _Lane(1, memory_mb, now)
        self._slow: OrderedDict[str, float] = OrderedDict()  # whose work is slow → until when
        self._bytes = 0  # of input that waits or is worked on
        self._room = asyncio.Event()
        self._room.set()

    async def warm(self) -> None:
        """Start one worker ahead of its first work."""
        await self._lane.warm()

    async def run(
        self, function: Callable[..., T], *arguments: Any, of: str = ""
    ) -> Done[T] | Undone:
        """Call a module-level function in a worker; never raise for what the input holds.

        `of` names whose input it is.
        """
        size = _size(arguments)
        self.workload.in_hand += 1
        try:
            with self.carrying(size):
                outcome = await self._run(function, arguments, of)
        finally:
            self.workload.in_hand -= 1
        self.workload.answers[outcome.fault if isinstance(outcome, Undone) else "done"] += 1
        return outcome

    async def room(self) -> None:
        """Wait until no more than a few large inputs wait for a worker."""
        await self._room.wait()

    @contextlib.contextmanager
    def carrying(self, size: int) -> Iterator[None]:
        """Count so many bytes of a page among those that wait."""
        self._carry(size)
        try:
            yield
        finally:
            self._carry(-size)

    def _carry(self, size: int) -> None:
        self._bytes += size
        if self._bytes < _MOST_BYTES:
            self._room.set()
        else:
            self._room.clear()

    async def _run(
        self, function: Callable[..., T], arguments: tuple[Any, ...], of: str
    ) -> Done[T] | Undone:
        if self._slow.get(of, 0.0) <= self._now():
            outcome = await self._lane.run(function, arguments, self._quick, of)
            if isinstance(outcome, Undone) and outcome.fault is WorkFault.CRASHED:
                # Not always the input's doing: short of memory, the kernel kills whom it finds.
                outcome = await self._lane.run(function, arguments, self._quick, of)
            if not isinstance(outcome, Undone) or outcome.fault is WorkFault.RAISED:
                return outcome
            self._remember(of)
            if outcome.fault is WorkFault.CRASHED:
                return outcome
        if self._slow_lane.waiting >= self._most_waiting:
            reason = "too many pages that take long wait to be read"
            return Undone(fault=WorkFault.BUSY, reason=reason)
        return await self._slow_lane.run(function, arguments, self._long, of)

    def _remember(self, of: str) -> None:
        self._slow[of] = self._now() + _SLOW_FOR
        self._slow.move_to_end(of)
        if len(self._slow) > _MOST_SLOW:
            self._slow.popitem(last=False)

    @property
    def alive(self) -> int:
        """Return how many processes there are."""
        return self._lane.alive + self._slow_lane.alive

    async def close(self) -> None:
        """End all workers."""
        await self._lane.close()
        await self._slow_lane.close()


class _Lane:
    """Worker processes that take turns with one kind of work."""

    def __init__(self, count: int, memory_mb: int, now: Callable[[], float]) -> None:
        self._memory_mb = memory_mb
        self._now = now
        self._turns: Turns[WorkerProcess | None] = Turns([None] * count, now)
        self._all: set[WorkerProcess] = set()
        self.waiting = 0  # calls that wait for a worker

    @property
    def alive(self) -> int:
        return len(self._all)

    async def warm(self) -> None:
        worker = await self._turns.take("")
        self._turns.give(worker or await self._started())

    async def run(
        self,
        function: Callable[..., T],
        arguments: tuple[Any, ...],
        patience: Patience,
        of: str,
    ) -> Done[T] | Undone:
        worker = await self._next(of, _size(arguments))
        try:
            if worker is not None and not worker.is_usable():
                await self._retire(worker)
                worker = None
            worker = worker or await self._started()
            begun = self._now()
            outcome = await _call(worker, function, arguments, patience)
        except BaseException:
            await self._retire(worker)
            self._turns.give(None)
            raise
        if isinstance(outcome, Undone) and outcome.fault is not WorkFault.RAISED:
            await self._retire(worker)
            worker = None
        self._turns.give(worker, of=of, seconds=self._now() - begun)
        return outcome

    async def close(self) -> None:
        for worker in list(self._all):
            await self._retire(worker)

    async def _next(self, of: str, size: int) -> WorkerProcess | None:
        self.waiting += 1
        try:
            return await self._turns.take(of, size)
        finally:
            self.waiting -= 1

    async def _started(self) -> WorkerProcess:
        starting = asyncio.ensure_future(WorkerProcess.start(self._memory_mb))
        try:
            worker = await asyncio.shield(starting)
        except asyncio.CancelledError:
            # Let it come to its end: asyncio waits for ever for one that is called off halfway.
            await (await starting).kill()
            raise
        self._all.add(worker)
        return worker

    async def _retire(self, worker: WorkerProcess | None) -> None:
        if worker is not None:
            self._all.discard(worker)
            await worker.kill()


def _size(arguments: tuple[Any, ...]) -> int:
    return sum(len(each) for each in arguments if isinstance(each, bytes))


async def _call(
    worker: WorkerProcess,
    function: Callable[..., T],
    arguments: tuple[Any, ...],
    patience: Patience,
) -> Done[T] | Undone:
    try:
        return Done(value=await worker.call(function, arguments, patience))
    except TimeoutError:
        return Undone(fault=WorkFault.TIMEOUT, reason=f"took more than {patience.whole:g} s")
    except WorkerDiedError as error:
        return Undone(fault=WorkFault.CRASHED, reason=str(error))
    except WorkRaisedError as error:
        return Undone(fault=WorkFault.RAISED, reason=str(error))

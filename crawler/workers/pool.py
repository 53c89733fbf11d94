"""Run pure functions on hostile input in processes that can be killed.

Work that takes long is stopped and begun again among its like, in a process of their own: what
comes from the same hands waits there for a while, and holds up nobody else.

A parse that takes too long or too much memory cannot be interrupted in a thread; here it costs
its process, which is replaced, and never the daemon. A worker ends by itself when its pipe
closes, so a killed daemon leaves none behind. What comes back is read with an allow-list of
types: a worker that a page has taken over cannot make the daemon run anything.
"""

import asyncio
import contextlib
import fcntl
import io
import pickle
import struct
import sys
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from crawler.workload import Workload

T = TypeVar("T")
_LENGTH = struct.Struct(">I")
_PIPE = 1 << 20  # bytes; what an unprivileged process may ask for
_QUICK = 1.0  # seconds; a page takes some milliseconds
_SLOW_FOR = 600.0  # seconds that whoever was slow waits among the slow
_MOST_SLOW = 10_000  # of them remembered
_MOST_WAITING = 30  # for the slow lane: as long as that takes, nobody who waits is lost
_MOST_BYTES = 16 << 20  # of inputs that wait; then no more large ones are asked for
_MOST_CALLS = 5_000  # then it is renewed, whatever it may have leaked
_OURS = ("storage.", "crawler.", "config.")
_PLAIN = {
    ("builtins", name) for name in ("frozenset", "set", "dict", "list", "tuple", "bytearray")
} | {("datetime", name) for name in ("datetime", "date", "timedelta", "timezone", "time")}


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
        self._seconds = seconds
        self._quick = min(quick, seconds)
        self._most_waiting = waiting
        self._now = now
        self.workload = Workload()
        self._lane = _Lane(count, memory_mb)
        self._slow_lane = _Lane(1, memory_mb)
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
        size = sum(len(each) for each in arguments if isinstance(each, bytes))
        self._carry(size)
        self.workload.in_hand += 1
        try:
            outcome = await self._run(function, arguments, of)
        finally:
            self._carry(-size)
            self.workload.in_hand -= 1
        self.workload.answers[outcome.fault if isinstance(outcome, Undone) else "done"] += 1
        return outcome

    async def room(self) -> None:
        """Wait until no more than a few large inputs wait for a worker."""
        await self._room.wait()

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
            outcome = await self._lane.run(function, arguments, self._quick)
            if not isinstance(outcome, Undone) or outcome.fault is WorkFault.RAISED:
                return outcome
            self._remember(of)
            if outcome.fault is WorkFault.CRASHED:
                return outcome
        if self._slow_lane.waiting >= self._most_waiting:
            reason = "too many pages that take long wait to be read"
            return Undone(fault=WorkFault.BUSY, reason=reason)
        return await self._slow_lane.run(function, arguments, self._seconds)

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
    """Worker processes that share one queue."""

    def __init__(self, count: int, memory_mb: int) -> None:
        self._memory_mb = memory_mb
        self._free: asyncio.Queue[_Worker | None] = asyncio.Queue()
        for _ in range(count):
            self._free.put_nowait(None)
        self._all: set[_Worker] = set()
        self.waiting = 0  # calls that wait for a worker

    @property
    def alive(self) -> int:
        return len(self._all)

    async def warm(self) -> None:
        worker = await self._free.get()
        self._free.put_nowait(worker or await self._started())

    async def run(
        self, function: Callable[..., T], arguments: tuple[Any, ...], seconds: float
    ) -> Done[T] | Undone:
        worker = await self._next()
        try:
            if worker is not None and not worker.is_usable():
                await self._retire(worker)
                worker = None
            worker = worker or await self._started()
            outcome = await worker.call(function, arguments, seconds)
        except BaseException:
            await self._retire(worker)
            self._free.put_nowait(None)
            raise
        if isinstance(outcome, Undone) and outcome.fault is not WorkFault.RAISED:
            await self._retire(worker)
            worker = None
        self._free.put_nowait(worker)
        return outcome

    async def close(self) -> None:
        for worker in list(self._all):
            await self._retire(worker)

    async def _next(self) -> "_Worker | None":
        self.waiting += 1
        try:
            return await self._free.get()
        finally:
            self.waiting -= 1

    async def _started(self) -> "_Worker":
        worker = await _Worker.start(self._memory_mb)
        self._all.add(worker)
        return worker

    async def _retire(self, worker: "_Worker | None") -> None:
        if worker is not None:
            self._all.discard(worker)
            await worker.kill()


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._calls = 0

    def is_usable(self) -> bool:
        """Tell whether it lives and has not served so long that it may have leaked."""
        return self._process.returncode is None and self._calls < _MOST_CALLS

    @classmethod
    async def start(cls, memory_mb: int) -> "_Worker":
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "crawler.workers.workbench", str(memory_mb),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL, start_new_session=True, limit=1 << 26,
        )  # fmt: skip
        _widen(process)
        return cls(process)

    async def call(
        self, function: Callable[..., Any], arguments: tuple[Any, ...], seconds: float
    ) -> Done[Any] | Undone:
        self._calls += 1
        work = pickle.dumps((function, arguments), pickle.HIGHEST_PROTOCOL)
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the worker was started without pipes")
        try:
            self._process.stdin.write(_LENGTH.pack(len(work)) + work)
            await self._process.stdin.drain()
            # The first call also waits for the worker's imports, which count for nothing.
            async with asyncio.timeout(30):
                await self._process.stdout.readexactly(1)
            async with asyncio.timeout(seconds):
                answer = await self._answer(self._process.stdout)
        except TimeoutError:
            return Undone(fault=WorkFault.TIMEOUT, reason=f"took more than {seconds:g} s")
        except (asyncio.IncompleteReadError, ConnectionError, pickle.UnpicklingError) as error:
            return Undone(fault=WorkFault.CRASHED, reason=f"the worker died: {error!r}")
        good, value = answer
        if not good:
            return Undone(fault=WorkFault.RAISED, reason=str(value))
        return Done(value=value)

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[bool, Any]:
        (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
        answer = _Guarded(io.BytesIO(await reader.readexactly(length))).load()
        if not (isinstance(answer, tuple) and len(answer) == 2):
            raise pickle.UnpicklingError("not an answer")
        return bool(answer[0]), answer[1]

    async def kill(self) -> None:
        """End the process, whatever it is doing."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()


def _widen(process: asyncio.subprocess.Process) -> None:
    """Let a whole page go into the pipe at once (Linux): 64 KiB would take five turns."""
    if process.stdin is None:
        return
    pipe = process.stdin.transport.get_extra_info("pipe")
    with contextlib.suppress(AttributeError, OSError):
        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)


class _Guarded(pickle.Unpickler):
    """Read only our own value types and the plainest of Python's."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a type that may appear in an answer; refuse everything callable beside."""
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        found = super().find_class(module, name) if module.startswith(_OURS) else None
        if not isinstance(found, type):
            raise pickle.UnpicklingError(f"{module}.{name} does not belong in an answer")
        return found

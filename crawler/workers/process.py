"""Call functions in one worker process over its pipes, one call at a time.

The other side is crawler/workers/workbench.py. What comes back is read with an allow-list of
types: a worker that a page has taken over cannot make the daemon run anything.
"""

import asyncio
import contextlib
import fcntl
import io
import os
import pickle
import struct
import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple, Self, cast

_LENGTH = struct.Struct(">I")
_LARGE = 4096  # bytes; a larger argument goes beside the pickled call, copied by nobody
_LOOK = 0.05  # seconds at least between two looks at the clock
_PIPE = 1 << 20  # bytes; what an unprivileged process may ask for
_MOST_CALLS = 5_000  # then it is renewed, whatever it may have leaked
_MOST_ANSWER = 1 << 26  # bytes
_OURS = ("storage.", "crawler.", "config.")
_PLAIN = {
    ("builtins", name) for name in ("frozenset", "set", "dict", "list", "tuple", "bytearray")
} | {("datetime", name) for name in ("datetime", "date", "timedelta", "timezone", "time")}

_FOUND: dict[tuple[str, str], type] = {}  # types that came in answers: each answer has the same


class Patience(NamedTuple):
    """How long a call may take; on a busy machine most of that is waiting."""

    busy: float  # seconds of the processor's time
    whole: float  # seconds by the clock


class WorkerDiedError(Exception):
    """The process ended, or what it says is no answer: it must not be asked again."""


class WorkRaisedError(Exception):
    """The function raised; the process is well."""


class WorkerProcess:
    """One process and the pipes to it; start makes it."""

    def __init__(self, transport: asyncio.SubprocessTransport, pipes: "_Pipes") -> None:
        self._transport = transport
        self._pipes = pipes
        self._calls = 0

    @classmethod
    async def start(cls, memory_mb: int) -> Self:
        """Start a process; the first call waits until it has loaded what it needs."""
        loop = asyncio.get_running_loop()
        transport, pipes = await loop.subprocess_exec(
            _Pipes,
            *(sys.executable, "-m", "crawler.workers.workbench", str(memory_mb)),
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        return cls(transport, pipes)

    def is_usable(self) -> bool:
        """Tell whether it lives and has not served so long that it may have leaked."""
        return not self._pipes.closed and self._calls < _MOST_CALLS

    async def call(
        self, function: Callable[..., Any], arguments: tuple[Any, ...], patience: Patience
    ) -> Any:
        """Return what the function returns; raise WorkRaisedError with what it raised.

        Raises TimeoutError or WorkerDiedError when the process is of no more use.
        """
        self._calls += 1
        if not self._pipes.ready.is_set():
            async with asyncio.timeout(30):  # for its imports, which count for nothing
                await self._pipes.ready.wait()
        answer = await self._pipes.ask(_framed(function, arguments), patience, self._busy)
        good, value = _read(answer)
        if not good:
            raise WorkRaisedError(str(value))
        return value

    def _busy(self) -> float:
        """Return the processor's seconds that the process has had (Linux), or a clock's."""
        try:  # its clock's number as clock_getcpuclockid(3) makes it, which Python lacks
            return time.clock_gettime(~self._transport.get_pid() << 3 | 2)
        except OSError:
            return time.monotonic()

    async def kill(self) -> None:
        """End the process, whatever it is doing."""
        with contextlib.suppress(ProcessLookupError):
            self._transport.kill()
        await self._pipes.ended.wait()
        self._transport.close()


class _Pipes(asyncio.SubprocessProtocol):
    """What goes in and comes out: a byte when it is ready, then an answer to each question."""

    def __init__(self) -> None:
        self.ready = asyncio.Event()  # set, too, when it never will be
        self.ended = asyncio.Event()
        self.closed = False  # it has ended, or will be of no more use
        self._answer = bytearray()
        self._waiter: asyncio.Future[bytes] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._questions: asyncio.WriteTransport | None = None

    async def ask(
        self, question: list[bytes], patience: Patience, busy: Callable[[], float]
    ) -> bytes:
        """Send a question and return its answer; raise TimeoutError when there is none in time.

        `busy` tells the processor's time that whoever answers has had. An answer that lies in
        the pipe is in time, however late our loop comes to look.
        """
        if self.closed or self._questions is None:
            raise WorkerDiedError("the worker died: it closed its pipe")
        loop = asyncio.get_running_loop()
        self._waiter = loop.create_future()
        end, most = loop.time() + patience.whole, busy() + patience.busy

        def look() -> None:
            """Fail when the time is over, else look again when it may be."""
            left = min(end - loop.time(), most - busy())
            if left > 0:
                self._timer = loop.call_later(max(left, _LOOK), look)
            else:
                self._fail(TimeoutError())

        self._timer = loop.call_later(min(patience), look)
        self._send(question)
        try:
            return await self._waiter
        finally:
            self._timer.cancel()
            self._waiter = None

    def _send(self, question: list[bytes]) -> None:
        """Write all pieces at once: the first alone would wake the worker for nothing."""
        questions = cast(asyncio.WriteTransport, self._questions)
        sent = 0
        # Where the pipe is full or closed, the transport sees to the rest.
        with contextlib.suppress(OSError, ValueError):
            sent = os.writev(questions.get_extra_info("pipe").fileno(), question)
        for piece in question:
            if sent < len(piece):
                questions.write(memoryview(piece)[sent:])
            sent = max(0, sent - len(piece))

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let a whole page go into the pipe at once (Linux): 64 KiB would take five turns."""
        pipe = cast(asyncio.SubprocessTransport, transport).get_pipe_transport(0)
        self._questions = cast(asyncio.WriteTransport, pipe)
        with contextlib.suppress(AttributeError, OSError):
            file = self._questions.get_extra_info("pipe").fileno()
            fcntl.fcntl(file, fcntl.F_SETPIPE_SZ, _PIPE)

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Gather the answer."""
        if not self.ready.is_set():
            self.ready.set()
            data = data[1:]
        self._answer += data
        if len(self._answer) < _LENGTH.size:
            return
        whole = _LENGTH.size + _LENGTH.unpack_from(self._answer)[0]
        if whole > _MOST_ANSWER:
            self._give_up("its answer is too long")
        elif len(self._answer) >= whole:
            answer = bytes(self._answer[_LENGTH.size : whole])
            del self._answer[:whole]
            if self._waiter is not None and not self._waiter.done():
                self._waiter.set_result(answer)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """Let nobody wait for an answer that will not come."""
        self._give_up("it closed its pipe")

    def process_exited(self) -> None:
        """Let whoever ended it go on."""
        self.ended.set()

    def _give_up(self, reason: str) -> None:
        self.closed = True
        self._answer.clear()
        self.ready.set()
        self._fail(WorkerDiedError(f"the worker died: {reason}"))

    def _fail(self, error: Exception) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(error)


def _framed(function: Callable[..., Any], arguments: tuple[Any, ...]) -> list[bytes]:
    """Return the pieces of a call as they are sent: lengths, the call, its large arguments."""
    large: list[bytes] = []

    def beside(argument: Any) -> Any:
        if not isinstance(argument, bytes) or len(argument) < _LARGE:
            return argument
        large.append(argument)
        return pickle.PickleBuffer(argument)

    work = (function, tuple(map(beside, arguments)))
    call = pickle.dumps(work, pickle.HIGHEST_PROTOCOL, buffer_callback=lambda _: None)
    lengths = [len(call), len(large), *map(len, large)]
    return [struct.pack(f">{len(lengths)}I", *lengths) + call, *large]


def _read(answer: bytes) -> tuple[bool, Any]:
    try:
        read = _Guarded(io.BytesIO(answer)).load()
    except Exception as error:  # a broken pickle may raise anything
        raise WorkerDiedError(f"the worker died: {error!r}") from error
    if not (isinstance(read, tuple) and len(read) == 2):
        raise WorkerDiedError("the worker died: that is not an answer")
    return bool(read[0]), read[1]


class _Guarded(pickle.Unpickler):
    """Read only our own value types and the plainest of Python's."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a type that may appear in an answer; refuse everything callable beside."""
        found = _FOUND.get((module, name))
        if found is None:
            allowed = (module, name) in _PLAIN or module.startswith(_OURS)
            found = super().find_class(module, name) if allowed else None
            if not isinstance(found, type):
                raise pickle.UnpicklingError(f"{module}.{name} does not belong in an answer")
            _FOUND[module, name] = found
        return found

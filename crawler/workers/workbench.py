"""The worker's side of crawler/workers/process.py: read a call, run it, write the answer.

Runs as `python -m crawler.workers.workbench MEMORY_MB`. The limit is on what the work adds to
the process's own address space.
"""

import contextlib
import ctypes
import io
import os
import pickle
import resource
import signal
import struct
import sys
from enum import Enum
from typing import Any, BinaryIO

from crawler.allocator import share_heaps
from crawler.loading import loading

_LENGTHS = struct.Struct(">II")  # of the pickled call; how many large arguments come beside it
_LENGTH = struct.Struct(">I")  # of an answer
_ANSWER = 1 << 18  # bytes that go out at once: an answer in two pieces wakes the daemon twice
_END_WITH_PARENT = 1  # linux/prctl.h


def main() -> None:
    """Serve calls until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the daemon; it ends us
    end_with_parent()
    share_heaps()  # huge pages leave no holes: 53 MB instead of 78 after some thirty of them
    calls, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb", _ANSWER)
    os.dup2(2, 1)  # whatever prints must not get into the answers
    # Loaded before the limit, and before the clock of the first call.
    with loading():
        import crawler.discover.discovery
        import crawler.extract
        import crawler.workers.work  # noqa: F401 - the calls name it

    limit_memory(int(sys.argv[1]))
    answers.write(b"!")  # ready: from here the caller counts the time of its calls
    answers.flush()
    while head := calls.read(_LENGTHS.size):
        size, count = _LENGTHS.unpack(head)
        sizes = struct.unpack(f">{count}I", calls.read(4 * count))
        call = calls.read(size)
        answer(call, [calls.read(each) for each in sizes], answers)


def end_with_parent() -> None:
    """Let the kernel end us with the daemon, however it dies (prctl(2), PR_SET_PDEATHSIG).

    The pipe tells us only between two calls; a page may keep us busy for ever, and who would
    stop us at our time is dead.
    """
    with contextlib.suppress(OSError, AttributeError):  # Linux alone has it
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)


def limit_memory(megabytes: int) -> None:
    """Allow the process so much more than it has now."""
    with contextlib.suppress(OSError, ValueError):  # no /proc: the time limit remains
        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - a pseudo-file
            now = int(statm.read().split()[0]) * resource.getpagesize()
        most = now + (megabytes << 20)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def answer(call: bytes, large: list[bytes], answers: BinaryIO) -> None:
    """Run one call and write (True, value) or (False, what was raised)."""
    result: tuple[bool, Any]
    try:
        function, arguments = pickle.loads(call, buffers=large)  # noqa: S301 - from our own parent
        result = (True, function(*arguments))
    except MemoryError:
        os._exit(1)  # nothing can be trusted to work now, least of all an answer
    except Exception as error:  # noqa: BLE001 - handed to the caller, who logs it
        import traceback

        result = (False, f"{error!r} at {traceback.format_exc(limit=-2)[-600:]}")
    whole = io.BytesIO()
    _Pickler(whole, pickle.HIGHEST_PROTOCOL).dump(result)
    answers.write(_LENGTH.pack(whole.tell()) + whole.getvalue())
    answers.flush()


class _Pickler(pickle.Pickler):
    """Write what the daemon's allow-list of types lets through."""

    def reducer_override(self, value: Any) -> Any:
        """Write a member of an enum as its type and value; until 3.11.3 it is a getattr."""
        return (type(value), (value.value,)) if isinstance(value, Enum) else NotImplemented


if __name__ == "__main__":
    main()

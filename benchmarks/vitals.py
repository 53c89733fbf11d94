"""How a daemon in this process is: its memory, files, tasks, the beat of its loop, its CPU."""

import asyncio
import contextlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.tree import resident_mb, tree

FINE = 0.01  # seconds between two beats: so much at most is counted as ours that was not late


@dataclass(frozen=True, slots=True)
class Sample:
    """The daemon after one round."""

    memory_mb: float  # with its workers
    files: int
    tasks: int


@dataclass(frozen=True, slots=True)
class Beat:
    """One wake-up of the loop."""

    late: float  # seconds
    worked: float  # CPU seconds of the loop's thread since the beat before


async def feel(beats: list[Beat]) -> None:
    """Note every beat of the loop, and how much of its lateness was our own work."""
    loop = asyncio.get_running_loop()
    while True:
        due, before = loop.time() + FINE, time.thread_time()
        await asyncio.sleep(FINE)
        beats.append(Beat(loop.time() - due, time.thread_time() - before))


def sample() -> Sample:
    """Look at this process and its children."""
    return Sample(
        memory_mb=sum(map(resident_mb, family())),
        files=len(os.listdir("/proc/self/fd")),  # noqa: PTH208 - a count
        tasks=len(asyncio.all_tasks()),
    )


def family() -> list[int]:
    """Return the numbers of this process and its children, the outlets' left out."""
    return [each for each in tree(os.getpid()) if b"outlets" not in command_of(each)]


def command_of(process: int) -> bytes:
    """Return the command line of a process; empty: it has gone."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""


def cpu_seconds(process: int) -> float:
    """Return the CPU time of a process."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

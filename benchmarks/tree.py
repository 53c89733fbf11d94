"""Run a command and measure what it and all its descendants cost."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.2  # seconds between two looks at the tree's memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a run came to."""

    seconds: float
    cpu: float  # of the process and of every descendant that was waited for
    peak_mb: float  # of the whole tree at one time: the sum of resident sets
    status: int


def measure(
    command: Sequence[str], *, log: Path, done: Callable[[], bool] | None = None, most: float
) -> Cost:
    """Run a command until it ends, or until done() and then SIGTERM; most: seconds at most.

    What done() itself costs is this process's, not the run's.
    """
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    peaks = [0.0]
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(process.pid, peaks, ended), daemon=True)
    watch.start()
    begun = time.monotonic()
    finished = begun
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            finished = finished if finished > begun else time.monotonic()
            break
        over = time.monotonic() - begun > most
        if finished == begun and (over or (done is not None and done())):
            finished = time.monotonic()  # leaving in good order is not part of the rate
            process.send_signal(signal.SIGTERM)
        time.sleep(0.25)
    process.returncode = os.waitstatus_to_exitcode(status)
    ended.set()
    watch.join()
    return Cost(
        seconds=finished - begun,
        cpu=usage.ru_utime + usage.ru_stime,
        peak_mb=peaks[0],
        status=process.returncode,
    )


def _watch(root: int, peaks: list[float], ended: threading.Event) -> None:
    while not ended.wait(_EVERY):
        peaks[0] = max(peaks[0], sum(map(resident_mb, tree(root))))


def tree(root: int) -> list[int]:
    """Return a process and its descendants."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            children.setdefault(_parent(int(entry.name)), []).append(int(entry.name))
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += children.get(pid, [])
    return found


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0  # it has ended meanwhile


def resident_mb(pid: int) -> float:
    """Return a process's resident memory; 0 when it has ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGESIZE") / (1 << 20)

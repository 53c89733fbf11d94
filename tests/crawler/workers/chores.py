"""What the workers of these tests are asked to do.

In a module of its own, which a worker loads in no time: a call that had to load pytest first
would count among the slow on a busy machine.
"""

import ctypes
import os
import re
import signal
import sys
import time
from pathlib import Path


def add(one: int, other: int) -> int:
    return one + other


def are_loaded(*modules: str) -> bool:
    return not sys.modules.keys().isdisjoint(modules)


def loop_for_ever() -> None:
    time.sleep(600)


def die_once(mark: str) -> str:
    """Be killed, as by a kernel that is short of memory, but for the second time."""
    if Path(mark).exists():
        return "done"
    Path(mark).touch()
    os.kill(os.getpid(), signal.SIGKILL)
    return "dead"


def eat_memory() -> int:
    return len([bytearray(50 << 20) for _ in range(100)])


def crash() -> None:
    os._exit(3)


def fail() -> None:
    raise ValueError("no such page")


def heap_beside_a_large_one() -> int:
    """Return how large the C library's heap is while something larger lies beside it."""
    first = bytes(24_000_000)
    del first  # from here on the C library would keep as much in the heap
    kept = bytes(16_000_000)
    libc, told = ctypes.CDLL(None), os.memfd_create("heaps")
    libc.fdopen.restype = ctypes.c_void_p
    out = ctypes.c_void_p(libc.fdopen(os.dup(told), b"w"))
    libc.malloc_info(0, out)
    libc.fclose(out)
    said = os.pread(told, 100_000, 0).decode()
    size = re.findall(r'<system type="current" size="(\d+)"', said)[-1]
    return int(size) if kept else 0


def smuggle() -> object:
    return os.system


def wait(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def compute(seconds: float) -> int:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return os.getpid()

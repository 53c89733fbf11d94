"""What the workers of these tests are asked to do.

In a module of its own, which a worker loads in no time: a call that had to load pytest first
would count among the slow on a busy machine.
"""

import os
import sys
import time


def add(one: int, other: int) -> int:
    return one + other


def are_loaded(*modules: str) -> bool:
    return not sys.modules.keys().isdisjoint(modules)


def loop_for_ever() -> None:
    time.sleep(600)


def eat_memory() -> int:
    return len([bytearray(50 << 20) for _ in range(100)])


def crash() -> None:
    os._exit(3)


def fail() -> None:
    raise ValueError("no such page")


def smuggle() -> object:
    return os.system

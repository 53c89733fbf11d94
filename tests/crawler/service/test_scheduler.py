"""Bells ring at their times and one bad step ends nothing."""

import asyncio
import itertools
from datetime import UTC, datetime, timedelta

import pytest
import structlog

from crawler.failing import Failing
from crawler.service.scheduler import Bell, Scheduler, on_ring
from storage.errors import DatabaseFull


async def test_many_rings_before_the_wait_are_one() -> None:
    bell = Bell("poll")
    bell.ring()
    bell.ring()
    await bell.wait()
    assert not bell.rung.is_set()


async def test_a_step_that_fails_is_followed_by_the_next() -> None:
    bell, stopping, steps = Bell("poll"), asyncio.Event(), []

    async def step() -> None:
        steps.append("step")
        if len(steps) == 1:
            bell.ring()
            raise ValueError("a bad one")
        stopping.set()
        bell.ring()

    bell.ring()
    minutes = itertools.count(0.0, 60.0)
    failing = Failing(lambda: next(minutes))
    await asyncio.wait_for(on_ring(bell, stopping, step, failing), timeout=5)
    assert steps == ["step", "step"]
    assert list(failing) == []


async def test_row_85_row_94_why_a_step_fails_is_kept_and_said_once() -> None:
    bell, stopping, failing = Bell("deliver"), asyncio.Event(), Failing()
    left = [DatabaseFull("the disk is full")] * 3

    async def step() -> None:
        (stopping.set if not left else bell.ring)()
        bell.ring()
        if left:
            raise left.pop()
        raise DatabaseFull("the disk is full")

    bell.ring()
    with structlog.testing.capture_logs() as lines:
        await asyncio.wait_for(on_ring(bell, stopping, step, failing), timeout=5)
    assert list(failing) == [("deliver", "the disk is full")]
    assert [(line["event"], line["exc_info"]) for line in lines] == [("failed", None)]


def test_row_85_what_works_between_two_failures_does_not_work_again() -> None:
    """A step that finds nothing to write works on a full disk; that is no news."""
    now = [0.0]
    failing = Failing(lambda: now[0])
    with structlog.testing.capture_logs() as lines:
        for _ in range(20):
            failing.failed("deliver", DatabaseFull("the disk is full"))
            now[0] += 3
            failing.worked("deliver")
            assert list(failing) == [("deliver", "the disk is full")]
        now[0] += 30
        failing.worked("deliver")
    assert [line["event"] for line in lines] == ["failed", "works again"]
    assert list(failing) == []


async def test_a_scheduled_bell_rings_at_once_and_again() -> None:
    scheduler, bell = Scheduler(), Bell("poll")
    scheduler.every(timedelta(milliseconds=20), bell)
    scheduler.start()
    try:
        await asyncio.wait_for(bell.wait(), timeout=5)
        await asyncio.wait_for(bell.wait(), timeout=5)
    finally:
        scheduler.stop()


async def test_bells_ring_on_after_the_clock_was_set_back() -> None:
    scheduler, bell = Scheduler(), Bell("poll")
    scheduler.every(timedelta(days=3), bell)  # as far away as a clock set back makes it
    await bell.wait()
    scheduler.start()
    scheduler.ring_anew()
    await asyncio.wait_for(bell.wait(), timeout=5)
    scheduler.stop()


class Counted(Bell):
    """A bell that counts its rings."""

    rings = 0

    def ring(self) -> None:
        self.rings += 1
        super().ring()


@pytest.mark.parametrize(
    ("every", "late"),
    [
        # Counting each of a hundred million missed ones would hold the loop for minutes.
        pytest.param(timedelta(seconds=2), timedelta(days=3650), id="years passed at once"),
        # APScheduler drops by default what is late by more than a second.
        pytest.param(timedelta(hours=1), timedelta(minutes=30), id="less than one interval"),
    ],
)
async def test_row_81_row_96_however_late_it_is_one_ring(
    every: timedelta, late: timedelta
) -> None:
    scheduler, bell = Scheduler(), Counted("poll")
    scheduler.every(every, bell)
    scheduler.start()
    await bell.wait()
    scheduler.ring_at(datetime.now(UTC) - late)
    await asyncio.wait_for(bell.wait(), timeout=5)
    assert bell.rings == 2
    scheduler.stop()

"""Bells ring at their times and one bad step ends nothing."""

import asyncio
from datetime import timedelta

from crawler.scheduler import Bell, Scheduler, on_ring


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
    await asyncio.wait_for(on_ring(bell, stopping, step), timeout=5)
    assert steps == ["step", "step"]


async def test_a_scheduled_bell_rings_at_once_and_again() -> None:
    scheduler, bell = Scheduler(), Bell("poll")
    scheduler.every(timedelta(milliseconds=20), bell)
    scheduler.start()
    try:
        await asyncio.wait_for(bell.wait(), timeout=5)
        await asyncio.wait_for(bell.wait(), timeout=5)
    finally:
        scheduler.stop()

"""Whose work took much of late lets others go first, and nobody waits for ever."""

import asyncio
from collections.abc import Iterable

import pytest

from crawler.workers.turns import Turns


class Clock:
    """Seconds that tests move."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def in_turn(
    turns: Turns[str], clock: Clock, askers: Iterable[tuple[float, str]]
) -> list[str]:
    """Let askers come, each some seconds after the one before; return who was served when."""
    served: list[str] = []

    async def ask(of: str) -> None:
        thing = await turns.take(of)
        served.append(of)
        turns.give(thing)

    busy = await turns.take("")
    async with asyncio.TaskGroup() as tasks:
        for after, of in askers:
            clock.now += after
            tasks.create_task(ask(of))
            await asyncio.sleep(0)
        turns.give(busy)
    return served


async def test_row_34_a_source_of_quick_pages_waits_for_no_hundred_of_slow_ones() -> None:
    clock = Clock()
    turns = Turns(["worker"], clock)
    hostile = [f"slow-{n}" for n in range(100)]
    for each in hostile:
        turns.give(await turns.take(each), of=each, seconds=0.9)
    turns.give(await turns.take("honest"), of="honest", seconds=0.01)
    served = await in_turn(turns, clock, [*((0.0, each) for each in hostile), (10, "honest")])
    assert served == ["honest", *hostile]


@pytest.mark.parametrize(
    ("after", "first"),
    [
        pytest.param(0, "quick", id="what was taken just now counts in full"),
        pytest.param(121, "slow", id="who waits for two minutes goes first, whatever it took"),
    ],
)
async def test_who_took_much_is_set_back_by_two_minutes_at_most(
    after: float, first: str
) -> None:
    clock = Clock()
    turns = Turns(["worker"], clock)
    turns.give(await turns.take("slow"), of="slow", seconds=500.0)
    assert (await in_turn(turns, clock, [(0, "slow"), (after, "quick")]))[0] == first


async def test_what_was_taken_long_ago_is_forgotten() -> None:
    clock = Clock()
    turns = Turns(["worker"], clock)
    turns.give(await turns.take("slow"), of="slow", seconds=5.0)
    clock.now += 3600
    assert await in_turn(turns, clock, [(0, "slow"), (1, "quick")]) == ["slow", "quick"]


async def test_row_34_after_a_start_small_pages_go_before_large_ones() -> None:
    """Nobody has taken anything yet: what a page will take is told by its size alone."""
    clock, served = Clock(), list[int]()
    turns = Turns(["worker"], clock)
    busy = await turns.take("")

    async def ask(size: int) -> None:
        turns.give(await turns.take(f"of {size}", size))
        served.append(size)

    async with asyncio.TaskGroup() as tasks:
        for size in (900_000, 40_000, 300_000, 1_000_000_000):
            tasks.create_task(ask(size))
            await asyncio.sleep(0)
        clock.now += 119
        tasks.create_task(ask(10))
        await asyncio.sleep(0)
        clock.now += 2
        tasks.create_task(ask(20))
        await asyncio.sleep(0)
        turns.give(busy)
    assert served == [40_000, 300_000, 900_000, 10, 1_000_000_000, 20]


async def test_an_asker_that_goes_away_takes_nothing_with_it() -> None:
    turns = Turns(["worker"], Clock())
    thing = await turns.take("a")
    gone = [asyncio.create_task(turns.take(name)) for name in "bc"]
    await asyncio.sleep(0)
    gone[0].cancel()
    turns.give(thing)  # it is c's now, who is just going away, too
    gone[1].cancel()
    await asyncio.gather(*gone, return_exceptions=True)
    assert await turns.take("d") == "worker"

"""Work is bounded, isolated, and allowed to finish."""

import asyncio
from datetime import timedelta

from crawler.crew import Crew
from crawler.failing import Failing


async def test_row_94_a_failed_piece_of_work_ends_nothing_else() -> None:
    done: list[str] = []

    async def bad() -> None:
        raise ValueError("bad")

    async def good() -> None:
        await asyncio.sleep(0)
        done.append("good")

    failing = Failing()
    async with Crew(2, failing=failing) as crew:
        crew.start(bad(), "bad")
        crew.start(good(), "good")
        assert crew.free == 0
        await crew.idle()
        assert crew.free == 2
    assert done == ["good"]
    assert list(failing) == [("bad", "bad")]


async def test_leaving_waits_for_the_step_in_hand_but_not_for_ever() -> None:
    ended: list[str] = []

    async def quick() -> None:
        await asyncio.sleep(0)
        ended.append("quick")

    async def endless() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cancelled")

    async with Crew(2, patience=timedelta(milliseconds=20)) as crew:
        crew.start(quick(), "quick")
        crew.start(endless(), "endless")
    assert ended == ["quick", "cancelled"]


async def test_the_time_to_finish_runs_from_the_last_call() -> None:
    """While the steps of the daemon end, its crew is on its way out already."""
    async with Crew(1, patience=timedelta(seconds=5)) as crew:
        left = crew.last_call()
        await asyncio.sleep(0.01)
        assert crew.last_call() < left

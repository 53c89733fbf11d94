"""Who comes within one moment goes on together."""

import asyncio

from crawler.watch.together import Together


async def test_whoever_comes_after_a_quiet_moment_goes_on_at_once() -> None:
    async with asyncio.timeout(5):
        await Together(3600).wait()


async def test_those_who_come_within_the_moment_go_on_together() -> None:
    door = Together(0.5)
    await door.wait()
    waiting = [asyncio.create_task(door.wait()) for _ in range(3)]
    done, _ = await asyncio.wait(waiting, timeout=5, return_when=asyncio.FIRST_COMPLETED)
    assert done == set(waiting)


async def test_one_who_goes_away_leaves_the_others_waiting_in_peace() -> None:
    door = Together(0.01)
    await door.wait()
    gone, left = asyncio.create_task(door.wait()), asyncio.create_task(door.wait())
    await asyncio.sleep(0)
    gone.cancel()
    async with asyncio.timeout(5):
        await left
    assert gone.cancelled()

"""Killed with kill -9 at any moment, any number of times, the daemon keeps its promises.

`make chaos` runs forty seeds of 25 lives (CHAOS_SEEDS, CHAOS_LIVES); a seed that fails is run
again with CHAOS_SEED.
"""

import asyncio
import os
import random
from datetime import timedelta
from pathlib import Path

import pytest

from tests.chaos.processes import Life, zygote
from tests.chaos.promises import check_all, check_disk
from tests.chaos.world import World, world

FIRST = int(os.environ.get("CHAOS_SEED", "1"))
SEEDS = range(FIRST, FIRST + int(os.environ.get("CHAOS_SEEDS", "1")))
LIVES = int(os.environ.get("CHAOS_LIVES", "4"))


@pytest.mark.parametrize("seed", SEEDS)
async def test_row_79_row_83_killed_at_any_moment_the_daemon_keeps_its_promises(
    tmp_path: Path, seed: int
) -> None:
    async with zygote() as mother, world(tmp_path, seed, mother) as found:
        known: set[str] = set()
        for _ in range(LIVES):
            happen(found)
            await live_and_die(found)
            known = check_disk(found, known)
        await found.settle()
        known = check_disk(found, known)
        check_all(found)


def happen(found: World) -> None:
    """Let time pass and news come out between two lives."""
    dice = found.dice
    back = dice.random() < 0.1
    found.move_clock(
        timedelta(minutes=-dice.randrange(120) if back else dice.randrange(10, 300))
    )
    for _ in range(dice.randrange(1, 4)):
        found.press.publish(found.now())
    if dice.random() < 0.3:
        found.press.edit()


async def live_and_die(found: World) -> None:
    """Let one daemon live, and end it in one of the ways that daemons end."""
    dice = found.dice
    match dice.choice(("moment", "moment", "moment", "border", "border", "worker", "stop")):
        case "border":
            life = await found.bear(border=dice.randrange(1, 80))
            await life.ended(4)
            await found.bury(life, life.workers())
        case "worker":
            life = await found.bear()
            await kill_a_worker(life, dice)
            await jump_or_wait(found, dice)
            await found.bury(life, life.workers())
        case "stop":
            life = await found.bear()
            await asyncio.sleep(1 + 3 * dice.random())
            await found.stop(life)
        case _:
            life = await found.bear()
            await jump_or_wait(found, dice)
            await found.bury(life, life.workers())


async def jump_or_wait(found: World, dice: random.Random) -> None:
    """Wait for a random moment; now and then the clock jumps meanwhile."""
    if dice.random() < 0.2:
        await asyncio.sleep(dice.random())
        found.move_clock(timedelta(minutes=dice.choice((-90, -5, 30, 240))))
    await asyncio.sleep(3.5 * dice.random() ** 2)


async def kill_a_worker(life: Life, dice: random.Random) -> None:
    """Kill the process that reads pages, as the kernel does when memory runs out."""
    for _ in range(100):
        if workers := life.workers():
            await asyncio.sleep(dice.random())
            os.kill(dice.choice(workers), 9)
            return
        await asyncio.sleep(0.03)

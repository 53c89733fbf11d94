"""The loop's lateness is felt, remembered for a minute, and forgotten."""

import asyncio
import time

import pytest

from crawler.pulse import EVERY, Pulse


@pytest.mark.parametrize(
    ("beats", "worst"),
    [
        pytest.param([], 0.0, id="not yet felt"),
        pytest.param([(1.0, 1.0)], 0.0, id="on time"),
        pytest.param([(1.0, 1.2)], 0.0, id="early is not late"),
        pytest.param([(1.5, 1.0), (2.0, 1.9), (3.0, 2.7)], 0.5, id="the worst of several"),
        pytest.param([(1.5, 1.0), (9.0, 8.0)], 1.0, id="a worse one takes its place"),
        pytest.param([(1.5, 1.0), (30.0, 29.7), (62.0, 61.9)], 0.3, id="forgotten"),
    ],
)
def test_the_worst_beat_of_the_last_minute(
    beats: list[tuple[float, float]], worst: float
) -> None:
    pulse = Pulse()
    for now, due in beats:
        pulse.beat(now, due)
    assert pulse.worst == pytest.approx(worst)


async def test_row_96_a_loop_that_is_held_up_is_felt() -> None:
    pulse, stopping = Pulse(), asyncio.Event()
    feeling = asyncio.create_task(pulse.feel(stopping))
    await asyncio.sleep(0)
    hold = time.monotonic() + EVERY * 2
    while time.monotonic() < hold:
        pass  # what must never be done on the loop
    stopping.set()
    await feeling
    assert pulse.worst >= EVERY / 2

"""A wall clock that is set back is noticed by the one that only goes on."""

from datetime import timedelta

import pytest

from crawler.service.wallclock import WallClock
from tests.making import NOW


@pytest.mark.parametrize(
    ("wall", "monotonic", "back"),
    [
        pytest.param(1, 1, 0, id="both go on"),
        pytest.param(3601, 1, 0, id="set forward, or the machine was suspended"),
        pytest.param(-4, 1, 0, id="a small correction"),
        pytest.param(-10_799, 1, 10_800, id="set back by three hours"),
        pytest.param(0, 60, 60, id="stood still for a minute"),
    ],
)
def test_a_step_back_is_noticed_once(wall: float, monotonic: float, back: float) -> None:
    clock, later = WallClock(), NOW + timedelta(seconds=wall)
    assert not clock.step_back(NOW, 100.0)
    assert clock.step_back(later, 100.0 + monotonic) == timedelta(seconds=back)
    assert not clock.step_back(later + timedelta(seconds=1), 101.0 + monotonic)

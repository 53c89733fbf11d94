"""A digest praises only the canary of its own window, and blames none that is not due."""

from datetime import timedelta

import pytest

from alerts.digest.due import Window
from alerts.digest.facts import CanaryFact
from alerts.digest.proof import judge_canary
from storage.canaries import CanaryRow
from tests.making import NOW

DAY = Window(start=NOW - timedelta(days=1), end=NOW)
EARLY = Window(start=NOW - timedelta(hours=3), end=NOW)


def canary(entered_hours_ago: float, *, came: bool) -> CanaryRow:
    entered = NOW - timedelta(hours=entered_hours_ago)
    return CanaryRow(
        key="canary",
        entered_at=entered,
        due_by=entered + timedelta(minutes=30),
        came_at=entered + timedelta(minutes=1) if came else None,
    )


CAME, LOST = canary(1, came=True), canary(1, came=False)


@pytest.mark.parametrize(
    ("latest", "window", "said"),
    [
        pytest.param(None, DAY, None, id="none ever entered: a new installation"),
        pytest.param(CAME, DAY, CanaryFact(came_at=CAME.came_at), id="it came"),
        pytest.param(LOST, DAY, CanaryFact(came_at=None), id="it did not come in its time"),
        pytest.param(canary(0.2, came=False), DAY, None, id="it is still on its way"),
        pytest.param(canary(30, came=True), DAY, CanaryFact(came_at=None), id="none in a day"),
        pytest.param(canary(5, came=True), EARLY, None, id="none was due in a few hours"),
    ],
)
def test_what_is_said_of_the_canary(
    latest: CanaryRow | None, window: Window, said: CanaryFact | None
) -> None:
    assert judge_canary(latest, window) == said

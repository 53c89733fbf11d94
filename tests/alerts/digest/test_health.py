"""A digest calls a source checked only when it was read."""

from datetime import timedelta

import pytest

from alerts.digest.health import is_down
from storage.sources import SourceState
from tests.making import NOW

HOUR = timedelta(hours=1)
START = NOW - 24 * HOUR  # of the window


@pytest.mark.parametrize(
    ("success", "error", "failures", "down"),
    [
        pytest.param(NOW - HOUR, "", 0.0, False, id="read an hour ago"),
        pytest.param(NOW - HOUR, "HTTP 503", 0.25, False, id="stumbled once since"),
        pytest.param(NOW - HOUR, "HTTP 404", 3.0, True, id="fails again and again"),
        pytest.param(START - HOUR / 2, "", 0.0, False, id="polled once a day, a little late"),
        pytest.param(START - 2 * HOUR, "", 0.0, True, id="our own network was down all day"),
        pytest.param(None, "no feed was found", 1.0, True, id="nothing to read was ever found"),
        pytest.param(None, "", 0.0, True, id="never read, and nobody was blamed"),
    ],
)
def test_a_source_that_was_not_read_is_not_called_checked(
    success: object, error: str, failures: float, down: bool
) -> None:
    state = SourceState(
        source_id="a",
        next_at=NOW,
        last_polled=NOW,
        last_success=success,  # type: ignore[arg-type]  # a table of times
        last_error=error,
        failures=failures,
    )
    assert is_down(state, START) is down

"""Decide when a host that keeps failing is left alone, and when it gets its next try.

Pure: a circuit is a value, the clock an argument. Closed, it lets everything through; a few
failures in a row open it for a while that doubles; then one try decides.
"""

from dataclasses import dataclass

_FAILURES = 5  # in a row
_FIRST = 60.0  # seconds
_LONGEST = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """What one host did lately."""

    failures: int = 0  # in a row
    open_until: float = 0.0  # on the monotonic clock; 0: never opened

    def succeeded(self) -> "Circuit":
        """Return the circuit after an answer: the host is there."""
        return Circuit() if self.failures else self

    def failed(self, now: float, *, asked_to_wait: float | None = None) -> "Circuit":
        """Return the circuit after a failure that speaks of the host, not of the page.

        One that asks us to wait (429, 503) opens it at once, for the time it says or more.
        """
        failures = self.failures + 1
        if asked_to_wait is None and failures < _FAILURES:
            return Circuit(failures=failures)
        doublings = failures - (1 if asked_to_wait is not None else _FAILURES)
        wait = min(_FIRST * 2 ** min(max(doublings, 0), 16), _LONGEST)
        return Circuit(failures=failures, open_until=now + max(wait, asked_to_wait or 0.0))

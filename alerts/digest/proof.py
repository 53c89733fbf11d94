"""Judge what a digest may say of the canary: the way was open, or it was not. Pure."""

from datetime import timedelta

from alerts.digest.due import Window
from alerts.digest.facts import CanaryFact
from storage.canaries import CanaryRow

_A_DAY = timedelta(hours=23)  # the shortest, when clocks are set forward


def judge_canary(latest: CanaryRow | None, window: Window) -> CanaryFact | None:
    """Return how the window's canary fared; None: nothing can be said yet.

    An old canary proves nothing of today: where a whole day let none in, it has not come.
    """
    if latest is None:  # a new installation: the first one is still to enter
        return None
    if latest.entered_at < window.start:
        whole_day = window.end - window.start >= _A_DAY
        return CanaryFact(came_at=None) if whole_day else None
    if latest.came_at is None and window.end < latest.due_by:
        return None
    return CanaryFact(came_at=latest.came_at)

"""Leave well when told to while the program is still being loaded. Imports almost nothing."""

import signal

ENDING = (signal.SIGTERM, signal.SIGINT)


def leave_when_told() -> None:
    """Leave at once, with 0: nothing has begun."""
    for number in ENDING:
        signal.signal(number, _leave)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # what is about to be read is fresh


def _leave(number: int, frame: object) -> None:
    for each in ENDING:
        signal.signal(each, signal.SIG_IGN)  # a second one must not make an error of this end
    raise SystemExit(0)

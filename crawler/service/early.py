"""Leave well when told to while the program is still being loaded. Imports almost nothing."""

import os
import signal
import sys

ENDING = (signal.SIGTERM, signal.SIGINT)


def leave_when_told() -> None:
    """Leave at once, with 0: nothing has begun."""
    for number in ENDING:
        signal.signal(number, _leave)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # what is about to be read is fresh


def _leave(number: int, frame: object) -> None:
    for each in ENDING:
        signal.signal(each, signal.SIG_IGN)  # a second one must not make an error of this end
    leaving = SystemExit(0)

    def unheard(lost: "sys.UnraisableHookArgs") -> None:
        """Leave all the same where Python drops what is raised: imports have callbacks."""
        if lost.exc_value is leaving:
            os._exit(0)
        sys.__unraisablehook__(lost)

    sys.unraisablehook = unheard
    raise leaving

"""Remember what fails at the moment; say each failure once, and once when it works again.

A full disk makes everything fail every few seconds: that is one line each, not a storm.
"""

import time
from collections.abc import Callable, Iterator

import structlog

from crawler.places import DataFolderError
from storage.errors import TemporaryDatabaseError

log = structlog.get_logger(__name__)


BELIEVED = 30.0  # seconds without a failure, until it counts as over
_RUN = "source "


def run_of(source_id: str) -> str:
    """Return the name of one source's run."""
    return f"{_RUN}{source_id}"


def is_run(name: str) -> bool:
    """Tell whether work is one source's run: that one fails is no failure of the daemon."""
    return name.startswith(_RUN)


class Failing:
    """What fails at the moment, by name, and why."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._why: dict[str, tuple[str, float]] = {}  # why, and when it last failed

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield each name with the reason."""
        return iter([(name, why) for name, (why, _) in self._why.items()])

    def failed(self, name: str, error: Exception) -> None:
        """Note a failure; it is logged when it is a new one."""
        why = next(iter(str(error).splitlines()), "") or type(error).__name__
        if self._why.get(name, ("",))[0] != why:
            expected = isinstance(error, TemporaryDatabaseError | DataFolderError)
            # The words of an expected one say all.
            log.error("failed", work=name, why=why, exc_info=None if expected else error)
        self._why[name] = why, self._clock()

    def worked(self, name: str) -> None:
        """Note that it works; that is logged when it had failed.

        It is not believed at once: a step that has nothing to write works on a full disk, too.
        """
        if name in self._why and self._clock() - self._why[name][1] >= BELIEVED:
            del self._why[name]
            log.info("works again", work=name)

"""Remember what fails at the moment; say each failure once, and once when it works again.

A full disk makes everything fail every few seconds: that is one line each, not a storm.
"""

from collections.abc import Iterator

import structlog

from crawler.places import DataFolderError
from storage.errors import TemporaryDatabaseError

log = structlog.get_logger(__name__)


class Failing:
    """What fails at the moment, by name, and why."""

    def __init__(self) -> None:
        self._why: dict[str, str] = {}

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield each name with the reason."""
        return iter(self._why.items())

    def failed(self, name: str, error: Exception) -> None:
        """Note a failure; it is logged when it is a new one."""
        why = next(iter(str(error).splitlines()), "") or type(error).__name__
        if self._why.get(name) != why:
            expected = isinstance(error, TemporaryDatabaseError | DataFolderError)
            # The words of an expected one say all.
            log.error("failed", work=name, why=why, exc_info=None if expected else error)
        self._why[name] = why

    def worked(self, name: str) -> None:
        """Note that it works; that is logged when it had failed."""
        if self._why.pop(name, ""):
            log.info("works again", work=name)

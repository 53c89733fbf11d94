"""Know whether the files of an open database still lie where they were opened.

SQLite goes on in files that were moved, removed or replaced: what is written then is gone at
the next start, and what was sent is sent again.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from storage.errors import DatabaseMoved


class OpenFiles:
    """Some files as they were when they were opened; one that is not there yet is left out."""

    def __init__(self, paths: Iterable[Path]) -> None:
        marks = {path: _mark(path) for path in paths}
        self._known = {path: mark for path, mark in marks.items() if mark}

    def must_be_there(self) -> None:
        """Raise DatabaseMoved when one of them is no longer the file at its path."""
        for path, mark in self._known.items():
            try:
                found = _mark(path)
            except OSError:
                continue  # what is wrong with the disk SQLite will say
            if found != mark:
                what = "was removed or moved away" if found is None else "was replaced"
                raise DatabaseMoved(
                    f"{path} {what} while presswatch runs on it; nothing is written any more: "
                    f"put it back, or stop presswatch and start it on what is there now"
                )


def _mark(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another at the same path; None: there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - before every commit: a Path costs three times that
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino

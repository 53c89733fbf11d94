"""Write lines for whoever reads them, and never hold up or end the work for their sake.

A log on a full disk, a reader that is gone or asleep: the line is lost and counted. A message
whose "sent" could not be logged was sent all the same.
"""

import contextlib
import os
import select
from typing import TextIO

_AT_ONCE = 4096  # bytes that a pipe which can be written takes without a wait
_PATIENCE = 200  # milliseconds for a reader that is busy; none for one that was not there


class LineWriter:
    """A stream as structlog wants one; writing to it neither raises nor waits for long."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._door: int | None = None  # None: no file of the system's, a test's
        with contextlib.suppress(OSError, ValueError):
            self._door = stream.fileno()
        self._cut = False  # the last line was written in part
        self.lost = 0  # lines, since the last one that was written

    def write(self, text: str) -> None:
        """Write whole lines, or lose them."""
        if self._door is None:
            self._stream.write(text)
            return
        whole = text.encode("utf-8", "backslashreplace")
        left = self._put(self._door, b"\n" + whole if self._cut else whole)
        self._cut = len(left) < len(whole) if left else False
        self.lost = self.lost + 1 if left else 0

    def flush(self) -> None:
        """Nothing waits here."""

    def _put(self, door: int, text: bytes) -> bytes:
        """Write as much as is taken; return the rest."""
        poll = select.poll()
        poll.register(door, select.POLLOUT)
        with contextlib.suppress(OSError):
            while text and poll.poll(0 if self.lost else _PATIENCE):
                text = text[os.write(door, text[:_AT_ONCE]) :]
        return text

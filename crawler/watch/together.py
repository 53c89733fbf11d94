"""Let those who come within one moment go on together, so that their works share a commit.

Whoever comes after a quiet moment goes on at once.
"""

import asyncio


class Together:
    """A door that opens at most once in a moment."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._opens = asyncio.Event()
        self._waits = False  # whether anybody does
        self._next = 0.0  # when it may open again, on the loop's clock

    async def wait(self) -> None:
        """Return when the door opens."""
        loop = asyncio.get_running_loop()
        if not self._waits:
            if loop.time() >= self._next:
                self._next = loop.time() + self._seconds
                return
            self._waits = True
            loop.call_at(self._next, self._open)
        await self._opens.wait()

    def _open(self) -> None:
        self._opens.set()
        self._opens = asyncio.Event()
        self._waits = False
        self._next = asyncio.get_running_loop().time() + self._seconds

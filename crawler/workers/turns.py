"""Hand out what is free, first to those whose work takes least.

In the order of asking, a hundred sources whose pages take most of a second each would let one
whose page takes ten milliseconds wait for all of theirs. So who asks is set back by what it
took in the last minute or so, and by what this work will take as far as its size tells: after
a start nothing else is known. By two minutes at most: nobody waits for ever.
"""

import asyncio
import heapq
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T")
_HALF = 60.0  # seconds after which half of what was taken is forgotten
_SET_BACK = 60.0  # seconds for each second taken
_MOST = 120.0
_BYTES = 10_000_000  # a second's work at the most; of an honest page three times as many are
_REMEMBERED = 10_000  # askers


class Turns(Generic[T]):
    """Things to use, and who waits for one."""

    def __init__(self, free: Iterable[T], now: Callable[[], float]) -> None:
        self._free = list(free)
        self._now = now
        self._waiting: list[tuple[float, int, asyncio.Future[T]]] = []
        self._asked = 0
        # How many seconds were taken, as of when.
        self._taken: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def take(self, of: str, size: int = 0) -> T:
        """Return a free thing, or wait for one.

        of: in whose name it is used; size: bytes to be worked on.
        """
        if self._free:
            return self._free.pop()
        turn: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._asked += 1
        at = self._now() + min((self._recent(of) + size / _BYTES) * _SET_BACK, _MOST)
        heapq.heappush(self._waiting, (at, self._asked, turn))
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.give(turn.result())
            raise

    def give(self, thing: T, *, of: str = "", seconds: float = 0.0) -> None:
        """Give a thing back, or another in its place; seconds: how long it was used."""
        if of and seconds:
            self._taken[of] = self._recent(of) + seconds, self._now()
            self._taken.move_to_end(of)
            if len(self._taken) > _REMEMBERED:
                self._taken.popitem(last=False)
        while self._waiting:
            _, _, turn = heapq.heappop(self._waiting)
            if not turn.done():  # else its asker has gone away
                return turn.set_result(thing)
        return self._free.append(thing)

    def _recent(self, of: str) -> float:
        seconds, at = self._taken.get(of, (0.0, 0.0))
        left: float = 0.5 ** ((self._now() - at) / _HALF)
        return seconds * left

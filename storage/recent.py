"""Keep in memory which of the newest articles have a key, in few bytes and few steps.

Pure: it knows no database. Entries stand in arrays in the order in which they came; those of
one bucket are chained from the newest to the oldest. So what a transaction added can be taken
back.
"""

from array import array
from collections.abc import Iterable, Sequence

_LISTED = 16  # newest articles of one key
_STEPS = 256  # entries looked at for one key: others may share its bucket
_NOBODY = 0

Mark = tuple[int, int]


class Recent:
    """The keys, of 32 bits each, of the newest articles."""

    def __init__(self, buckets: int) -> None:
        self._mask = buckets - 1  # buckets: a power of two
        self._newest = array("Q", bytes(8 * buckets))  # place of a bucket's newest entry
        self._first = 1  # place of the oldest entry that is kept; 0 is no place
        self._keys = array("I")
        self._ids = array("I")
        self._before = array("Q")  # place of the entry before in the same bucket
        self._dropped: list[tuple[int, int]] = []  # since the last commit: place, article
        self._committed = 0

    def add(self, article_id: int, keys: Sequence[int]) -> None:
        """List the newest article under its keys."""
        newest, mask, before = self._newest, self._mask, self._before
        place = self._first + len(self._ids)
        for key in keys:
            bucket = key & mask
            before.append(newest[bucket])
            newest[bucket] = place
            place += 1
        self._keys.extend(keys)
        self._ids.extend([article_id] * len(keys))

    def drop(self, article_id: int, keys: Iterable[int]) -> None:
        """List an article under these keys no more."""
        for key in keys:
            place = self._newest[key & self._mask]
            while place >= self._first:
                at = place - self._first
                if self._keys[at] == key and self._ids[at] == article_id:
                    self._ids[at] = _NOBODY
                    self._dropped.append((place, article_id))
                place = self._before[at]

    def having(self, asked: Sequence[int], oldest: int) -> list[list[int]]:
        """Return for each key that any has the newest articles, none older than that one."""
        first, keys, ids, before = self._first, self._keys, self._ids, self._before
        newest, mask = self._newest, self._mask
        lists = []
        for key in asked:
            found: list[int] = []
            place = newest[key & mask]
            steps = 0
            while place >= first and steps < _STEPS:
                at = place - first
                if keys[at] == key and ids[at] >= oldest:
                    found.append(ids[at])
                    if len(found) == _LISTED:
                        break
                place = before[at]
                steps += 1
            if found:
                lists.append(found)
        return lists

    def mark(self) -> Mark:
        """Return a mark to which undo can go back, up to the next commit."""
        return self._first + len(self._ids), len(self._dropped)

    def undo(self, mark: Mark | None = None) -> None:
        """Take back what was done since the mark; None: since the last commit."""
        end, drops = mark or (self._first + self._committed, 0)
        while len(self._dropped) > drops:
            place, article_id = self._dropped.pop()
            self._ids[place - self._first] = article_id
        for _ in range(self._first + len(self._ids) - end):
            self._ids.pop()
            self._newest[self._keys.pop() & self._mask] = self._before.pop()

    def commit(self, oldest: int) -> None:
        """Let stand what was done since the last commit; forget articles older than that."""
        self._dropped.clear()
        old = 0
        while old < len(self._ids) and self._ids[old] < oldest:
            old += 1
        if old:
            del self._keys[:old], self._ids[:old], self._before[:old]
            self._first += old
        self._committed = len(self._ids)

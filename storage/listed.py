"""Keep in memory which of the newest articles name whom: the same few stand in many of them.

Pure: it knows no database. What a transaction did can be taken back. Where a key returns often
this is several times as quick as recent.py, where it does not it is several times as large.
"""

from collections.abc import Iterable

_ADDED = -1  # for a place: the article was put at the end


class Listed:
    """The newest articles under each key, in the order in which they came."""

    def __init__(self, most: int) -> None:
        """Name so many of the newest articles of one key."""
        self._end = -1 - most
        self._lists: dict[int, list[int]] = {}
        self._oldest = 0  # article that is kept
        # What was done since the last commit: key, place, article.
        self._done: list[tuple[int, int, int]] = []

    def add(self, article_id: int, keys: Iterable[int]) -> None:
        """List the newest article under its keys."""
        for key in keys:
            listed = self._lists.get(key)
            if listed is None:
                self._lists[key] = [article_id]
            else:
                listed.append(article_id)
            self._done.append((key, _ADDED, article_id))

    def drop(self, article_id: int, keys: Iterable[int]) -> None:
        """List an article under these keys no more."""
        for key in keys:
            listed = self._lists.get(key, [])
            if article_id in listed:
                place = listed.index(article_id)
                del listed[place]
                self._done.append((key, place, article_id))

    def having(self, asked: Iterable[int], oldest: int) -> list[list[int]]:
        """Return for each key that any has the newest articles, none older than that one."""
        known = self._lists
        lists = [listed[: self._end : -1] for key in asked if (listed := known.get(key))]
        if oldest <= self._oldest:
            return lists
        young = [[known for known in listed if known >= oldest] for listed in lists]
        return [listed for listed in young if listed]

    def mark(self) -> int:
        """Return a mark to which undo can go back, up to the next commit."""
        return len(self._done)

    def undo(self, mark: int | None = None) -> None:
        """Take back what was done since the mark; None: since the last commit."""
        while len(self._done) > (mark or 0):
            key, place, article_id = self._done.pop()
            if place == _ADDED:
                self._lists[key].pop()
            else:
                self._lists[key].insert(place, article_id)

    def commit(self, oldest: int) -> None:
        """Let stand what was done since the last commit; forget articles older than that."""
        self._done.clear()
        if oldest > self._oldest:
            self._oldest = oldest
            young = {
                key: [known for known in listed if known >= oldest]
                for key, listed in self._lists.items()
            }
            self._lists = {key: listed for key, listed in young.items() if listed}

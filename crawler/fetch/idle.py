"""Keep idle connections: a small stack per host, the least recently used ones closed first."""

from collections import OrderedDict
from collections.abc import Hashable

from crawler.fetch.connection import Connection


class IdleConnections:
    """Connections that wait for their host's next request.

    No connection is ever looked for among those of other hosts, so the cost of a request does
    not grow with their number.
    """

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._stacks: OrderedDict[Hashable, list[Connection]] = OrderedDict()
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def take(self, key: Hashable, now: float) -> Connection | None:
        """Return an open connection that may be used, or None."""
        stack = self._stacks.get(key)
        while stack:
            connection = stack.pop()
            self._count -= 1
            if not stack:
                del self._stacks[key]
            if not connection.closed and now - connection.idle_since < self._seconds:
                return connection
            connection.abort()
        return None

    def put(self, key: Hashable, connection: Connection, now: float) -> None:
        """Keep the connection, and close those that waited too long or are too many."""
        connection.idle_since = now
        self._stacks.setdefault(key, []).append(connection)
        self._stacks.move_to_end(key)
        self._count += 1
        while self._count > self._limit or self._oldest_waited_too_long(now):
            self._drop_oldest()

    def close(self) -> None:
        """Close them all."""
        while self._count:
            self._drop_oldest()

    def _oldest_waited_too_long(self, now: float) -> bool:
        if not self._count:
            return False
        oldest = next(iter(self._stacks.values()))[0]
        return oldest.closed or now - oldest.idle_since >= self._seconds

    def _drop_oldest(self) -> None:
        key, stack = next(iter(self._stacks.items()))
        stack.pop(0).abort()
        self._count -= 1
        if not stack:
            del self._stacks[key]

"""Keep robots.txt files in the database; without one they are asked for again."""

from contextlib import suppress

from storage.database import Database
from storage.errors import DatabaseError
from storage.robots import KeptRobots, find_robots, keep_robots


class RobotsShelf:
    """Where one process leaves to the next what origins' files said."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, origin: str) -> KeptRobots | None:
        """Return what an earlier process read; None: nothing, or it cannot be had."""
        with suppress(DatabaseError):
            return await self._database.read(lambda tx: find_robots(tx, origin))
        return None

    async def keep(self, origin: str, robots: KeptRobots) -> None:
        """Leave it to the next process; what cannot be kept counts in this one all the same."""
        with suppress(DatabaseError):
            await self._database.write(lambda tx: keep_robots(tx, origin, robots))

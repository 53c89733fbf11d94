"""Keep the store in order while nobody looks: let go of what has grown old."""

from datetime import timedelta

import structlog

from crawler.clock import Clock
from storage.database import Database
from storage.outbox import forget_words

log = structlog.get_logger(__name__)
PAYLOADS_KEPT = timedelta(days=30)  # of messages that ended; their keys stay for ever


class Upkeep:
    """Do the chores of the store, once in a while."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def step(self) -> None:
        """Empty what was sent long ago."""
        before = self._clock() - PAYLOADS_KEPT
        await self._database.write(lambda tx: forget_words(tx, before))

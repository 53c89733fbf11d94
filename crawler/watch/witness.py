"""Keep what proves later what a page said when a rule matched it."""

import asyncio
from datetime import datetime

import structlog

from alerts.delivery.operators import Notice, operators_of, owe
from alerts.matching.ruleset import Matched
from crawler.fetch.outcome import Fetched
from crawler.live.configuration import Live
from storage.database import Database
from storage.outbox import enqueue
from storage.packets import Chain, Packet
from storage.prepared import Prepared

log = structlog.get_logger(__name__)


class Witness:
    """The one who keeps packets; a matched article waits for its own, and for no failure."""

    def __init__(self, chain: Chain, database: Database, version: str) -> None:
        self._chain = chain
        self._database = database
        self._version = version
        self._turn = asyncio.Lock()

    async def keep(
        self, seen: Fetched, page: Prepared, matched: Matched, live: Live, now: datetime
    ) -> None:
        """Put a packet on the disk; where that cannot be, the operators are told once a day."""
        packet = Packet(
            url=seen.url,
            at=now,
            content_type=seen.content_type or "",
            page=seen.body,
            text=page.article.text,
            rules=live.config.rules_fingerprint,
            matched=tuple(match.rule.id for match in matched.matches),
            version=self._version,
        )
        try:
            async with self._turn:
                await asyncio.to_thread(self._chain.append, packet)
        except OSError as error:
            await self._tell(live, seen.url, error, now)

    async def _tell(self, live: Live, url: str, error: OSError, now: datetime) -> None:
        why = error.strerror or str(error)
        log.warning("no evidence could be kept", url=url, reason=why)
        notice = Notice(
            topic=f"evidence/{now:%Y%m%d}",
            subject="presswatch: evidence cannot be kept",
            lines=(
                f"{url}: {error.filename or 'its packet'}: {why}.",
                "The alert goes out all the same. Make room, or let presswatch write there.",
            ),
        )
        config = live.config
        operators = operators_of(config.settings.alerts.operator, config.channels)
        owed = owe(operators, notice, now)
        await self._database.write(lambda tx: enqueue(tx, owed, now))

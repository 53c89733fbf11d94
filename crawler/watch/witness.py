"""Keep what proves later what a page said when a rule matched it."""

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Final

import structlog

from alerts.delivery.operators import Notice, operators_of, owe
from alerts.matching.ruleset import Matched
from crawler.fetch.outcome import Fetched
from crawler.live.configuration import Live
from storage.chain import Chain, Packet
from storage.database import Database
from storage.outbox import enqueue
from storage.prepared import Prepared

log = structlog.get_logger(__name__)
# Seconds. A disk that says nothing, as a share out of reach does, holds back no alert.
PATIENCE: Final = 10.0
LAST_WORD: Final = 1.0  # seconds for it as we leave


class Witness:
    """The one who keeps packets; a matched article waits for its own, and for no failure."""

    def __init__(
        self,
        chain: Chain,
        database: Database,
        version: str,
        *,
        carrying: Callable[[int], AbstractContextManager[None]],
        patience: float = PATIENCE,
    ) -> None:
        """Count with `carrying` what waits here, so that no more large pages are asked for."""
        self._chain = chain
        self._database = database
        self._version = version
        self._carrying = carrying
        self._patience = patience
        self._writer = ThreadPoolExecutor(1, "evidence")  # whom nobody else waits for

    async def close(self) -> None:
        """Write no more; a disk that says nothing is not waited for."""
        loop = asyncio.get_running_loop()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(self._patience, LAST_WORD)):
                await loop.run_in_executor(self._writer, self._chain.close)
        self._writer.shutdown(wait=False, cancel_futures=True)

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
            with self._carrying(len(seen.body)):
                damaged = await self._append(packet)
        except TimeoutError:
            why = f"the disk did not answer in {self._patience:g} s"
            await self._tell(live, f"{seen.url}: {why}.", now)
        except OSError as error:
            why = f"{error.filename or 'its packet'}: {error.strerror or error}"
            await self._tell(live, f"{seen.url}: {why}.", now)
        else:
            if damaged is not None:
                await self._tell_damaged(live, damaged, now)

    async def _append(self, packet: Packet) -> Path | None:
        """Let it be written; one that has not been begun in time is given up."""
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(self._patience):
            return await loop.run_in_executor(self._writer, self._chain.append, packet)

    async def _tell(self, live: Live, what: str, now: datetime) -> None:
        log.warning("no evidence could be kept", reason=what)
        notice = Notice(
            topic=f"evidence/{now:%Y%m%d}",
            subject="presswatch: evidence cannot be kept",
            lines=(
                what,
                "The alert goes out all the same. Make room, or let presswatch write there.",
            ),
        )
        await self._owe(live, notice, now)

    async def _tell_damaged(self, live: Live, damaged: Path, now: datetime) -> None:
        log.error("evidence was changed after it was written", set_apart=str(damaged))
        notice = Notice(
            topic=f"evidence/{damaged.name}",
            subject="presswatch: evidence was changed after it was written",
            lines=(
                f"What follows the last whole packet was set apart: {damaged}",
                "No crash does that: look at the disk, and at who may write there.",
            ),
        )
        await self._owe(live, notice, now)

    async def _owe(self, live: Live, notice: Notice, now: datetime) -> None:
        config = live.config
        operators = operators_of(config.settings.alerts.operator, config.channels)
        owed = owe(operators, notice, now)
        await self._database.write(lambda tx: enqueue(tx, owed, now))

"""Ask feeds' hubs to tell us what is new (WebSub), judge what they say, and take it in.

What a hub delivers goes the way of what a look finds: discovered in a worker, noted in the
ledger, read in the source's turn. Looks go on, further apart: a hub may forget us.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import structlog

from config.source import Source
from crawler.callback import PATH, Taken
from crawler.clock import Clock
from crawler.discover.outcome import Discovered, Way, WayKind
from crawler.discover.websub import (
    Confirmed,
    Denied,
    Subscription,
    answer_intent,
    is_genuine,
    renew_after,
)
from crawler.live.configuration import Holder
from crawler.watch.notes import Pushed, write_pushed
from crawler.watch.schedule import back_off
from crawler.workers.pool import Done, Workers
from crawler.workers.work import read_way
from storage.database import Database
from storage.sources import poll_soon
from storage.subscriptions import (
    Subscribed,
    due_subscriptions,
    end_others,
    forget_subscription,
    load_subscription,
    save_subscription,
)
from storage.transaction import Transaction

log = structlog.get_logger(__name__)
AT_ONCE = 20  # hubs asked in one step
ASK_AGAIN = timedelta(minutes=10)  # where a hub did not take it, or never confirmed; doubling
DENIED = timedelta(days=7)
MOST_GOODBYES = 3  # after which a subscription is left to run out
POLLED_AT_MOST = timedelta(minutes=1)  # whatever a hub sends without a signature


class Hubs:
    """Speak with the hubs of all sources."""

    def __init__(
        self,
        database: Database,
        workers: Workers,
        live: Holder,
        clients: Callable[[str], httpx.AsyncClient],
        clock: Clock,
    ) -> None:
        self._database = database
        self._workers = workers
        self._live = live
        self._clients = clients  # by source id: some may reach private addresses
        self._clock = clock

    async def step(self) -> None:
        """Ask the hubs that are to be asked now, and end what is not wanted any more."""
        now, live = self._clock(), self._live()
        kept = list(live.sources) if live.config.settings.status.public else []

        def due(tx: Transaction) -> list[Subscribed]:
            end_others(tx, kept, now)
            return due_subscriptions(tx, now, AT_ONCE)

        for each in await self._database.write(due):
            await self._ask(each, now)

    async def knows(self, token: str) -> bool:
        """Tell whether a callback is one of ours."""
        return await self._database.read(lambda tx: load_subscription(tx, token)) is not None

    async def confirm(self, token: str, query: Mapping[str, str]) -> str | None:
        """Answer a hub that asks whether we meant it; None: we did not."""
        now = self._clock()
        known = await self._database.read(lambda tx: load_subscription(tx, token))
        if known is None:
            return None
        answer = answer_intent(query, self._subscription(known), wanted=known.wanted)
        if isinstance(answer, Denied):
            after = replace(known, expires_at=None, next_at=now + DENIED,
                            reason=f"denied: {answer.reason}")  # fmt: skip
            await self._database.write(lambda tx: save_subscription(tx, after))
            log.warning("hub denies", source=known.source_id, hub=known.hub, why=answer.reason)
            return ""
        if not isinstance(answer, Confirmed):
            return None
        if answer.mode == "unsubscribe":
            await self._database.write(lambda tx: forget_subscription(tx, token))
        else:
            granted = replace(known, expires_at=now + answer.lease, failures=0, reason="",
                              next_at=now + renew_after(answer.lease))  # fmt: skip
            await self._database.write(lambda tx: save_subscription(tx, granted))
            log.info("subscribed", source=known.source_id, hub=known.hub, lease=answer.lease)
        return answer.challenge

    async def deliver(
        self, token: str, body: bytes, signature: str | None, content_type: str | None
    ) -> Taken:
        """Take in what a hub sent to one of our callbacks."""
        now = self._clock()
        known = await self._database.read(lambda tx: load_subscription(tx, token))
        source = self._live().sources.get(known.source_id) if known else None
        if known is None or source is None or known.wanted != "subscribe":
            return Taken.UNKNOWN
        subscription = self._subscription(known)
        if not is_genuine(body, signature, subscription):
            log.warning("delivery with a wrong signature", source=source.id, hub=known.hub)
            return Taken.IGNORED
        if not subscription.is_signed:
            await self._database.write(
                lambda tx: poll_soon(tx, source.id, now, now - POLLED_AT_MOST)
            )
            return Taken.POLLED
        return await self._read(known, source, body, content_type, now)

    async def _read(
        self,
        known: Subscribed,
        source: Source,
        body: bytes,
        content_type: str | None,
        now: datetime,
    ) -> Taken:
        """Discover what a delivery that its hub vouches for brings, and note it for a look."""
        way = Way(kind=WayKind.FEED, url=known.way)
        done = await self._workers.run(
            read_way, body, way, content_type, source, now, of=source.id
        )
        if not isinstance(done, Done):
            return Taken.PUT_OFF
        if isinstance(done.value, Discovered):
            ours, left = self._live().homes.sort_out(source.id, done.value.links)
            pushed = Pushed(
                source_id=source.id,
                way=known.way,
                links=tuple(ours),
                left=tuple(left),
                at=now,
            )
            delivered = replace(known, delivered_at=now)

            def note(tx: Transaction) -> None:
                save_subscription(tx, delivered)
                write_pushed(tx, pushed)

            await self._database.write(note)
        return Taken.READ

    async def _ask(self, known: Subscribed, now: datetime) -> None:
        """Send one request to a hub, and write down when to ask again."""
        form = self._subscription(known).form(known.wanted)
        reason = "not confirmed yet"
        try:
            answer = await self._clients(known.source_id).post(known.hub, data=form)
            if not answer.is_success:
                reason = f"HTTP {answer.status_code}"
        except httpx.HTTPError as error:
            reason = str(error) or type(error).__name__
        wait = back_off(ASK_AGAIN, known.failures)
        after = replace(known, failures=known.failures + 1, next_at=now + wait, reason=reason)
        gone = known.wanted == "unsubscribe" and (
            after.failures >= MOST_GOODBYES or not known.is_active(now)
        )

        def note(tx: Transaction) -> None:
            current = load_subscription(tx, known.token)
            if current != known:
                return  # the hub has answered meanwhile, or it was forgotten
            if gone:
                forget_subscription(tx, known.token)
            else:
                save_subscription(tx, after)

        await self._database.write(note)

    def _subscription(self, known: Subscribed) -> Subscription:
        public = (self._live().config.settings.status.public or "").rstrip("/")
        return Subscription(
            hub=known.hub,
            topic=known.topic,
            callback=f"{public}{PATH}{known.token}",
            secret=known.secret,
        )

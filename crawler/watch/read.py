"""Read the links of one source that are due: fetch, extract, take in, settle in the ledger.

Every link ends in exactly one state, or waits with a time and a reason. It discovers nothing.
"""

from collections import Counter
from datetime import datetime, timedelta

import structlog

from config.settings import PollSettings
from config.source import Source
from crawler.clock import Clock
from crawler.fetch.outage import NetworkDown
from crawler.fetch.outcome import (
    Deferred,
    Failed,
    FailureKind,
    Fetched,
    Gone,
    NotModified,
    Outcome,
    reason_of,
)
from crawler.watch.ingest import Ingest, all_read
from crawler.watch.look import Fetches
from crawler.watch.schedule import next_refetch, retry_in
from crawler.watch.versions import Versions
from crawler.workers.pool import Undone, Workers, WorkFault
from crawler.workers.work import see_page
from storage.database import Database
from storage.due import settle_reading
from storage.ledger import (
    Ending,
    LedgerState,
    Waiting,
    claim_links,
    free_links,
    retry_link,
    settle,
)
from storage.revising import see_again
from storage.transaction import Transaction

log = structlog.get_logger(__name__)
LEASE = timedelta(minutes=10)
AT_ONCE = 20  # links claimed together
MOST_TRIES = 5
MOST_READINGS = 3  # of a page that costs its worker each time; kills and waits count, too
BUSY_RETRY = timedelta(minutes=5)  # of a page that costs its worker, or finds none
# What the page's own server says for good: asking five times would change nothing.
_FINAL = frozenset(
    {
        FailureKind.NOT_FOUND,
        FailureKind.BINARY,
        FailureKind.BODY_TOO_LARGE,
        FailureKind.REFUSED_BY_SERVER,
        FailureKind.REDIRECTS,
    }
)


class Reader:
    """Read what the ledger says is due."""

    def __init__(
        self,
        database: Database,
        fetcher: Fetches,
        workers: Workers,
        ingest: Ingest,
        clock: Clock,
    ) -> None:
        self._database = database
        self._fetcher = fetcher
        self._workers = workers
        self._ingest = ingest
        self._clock = clock
        self._versions = Versions()

    async def read(
        self, source: Source, poll: PollSettings, most: int, longest: timedelta
    ) -> Counter[str]:
        """Read up to `most` due links of a source; count what became of them.

        After the longest time the rest is left for the next run, so that slow sources take
        turns with the others.
        """
        counts: Counter[str] = Counter()
        ends = self._clock() + longest
        ended = False  # by a claim that found nothing
        try:
            while not ended and (room := most - counts.total()) > 0:
                links = await self._claim(source, min(room, AT_ONCE))
                ended = not links
                for place, link in enumerate(links):
                    if counts and self._clock() >= ends:
                        await self._free(links[place:])
                        return counts
                    counts[await self._read(source, link, poll)] += 1
        finally:
            if not ended:
                await self._database.write(lambda tx: settle_reading(tx, source.id))
        return counts

    async def _free(self, links: list[Waiting]) -> None:
        urls = [link.url for link in links]
        await self._database.write(lambda tx: free_links(tx, urls))

    async def _claim(self, source: Source, limit: int) -> list[Waiting]:
        """Claim what is due; if nothing is, the source's reading ends with that."""
        now = self._clock()

        def claim(tx: Transaction) -> list[Waiting]:
            links = claim_links(tx, source.id, now, limit, LEASE)
            if not links:
                all_read(tx, source.id, now)
                settle_reading(tx, source.id)
            return links

        return await self._database.write(claim)

    async def _read(self, source: Source, link: Waiting, poll: PollSettings) -> str:
        outcome = await self._fetcher.fetch(self._versions.request(link.url, source))
        if isinstance(outcome, Fetched):
            return await self._take(source, link, outcome, poll)
        return await self._put_off(source, link, outcome, poll)

    async def _take(
        self, source: Source, link: Waiting, page: Fetched, poll: PollSettings
    ) -> str:
        seen = page.body, page.url, page.content_type, source, self._clock(), link.published
        known = self._versions.gist(link.url, source)
        done = await self._workers.run(see_page, *seen, known, of=source.id)
        now = self._clock()
        if isinstance(done, Undone) and done.fault is WorkFault.BUSY:
            return await self._try_again(link, now + BUSY_RETRY, f"{done.fault}: {done.reason}")
        if isinstance(done, Undone):
            return await self._unread(link, done, now)
        article = done.value.article
        if article is None:
            kept = await self._unchanged(link, poll, now)
        elif reason := article.imprint.not_article:
            if link.article_id is not None:  # the article we have stays what it was
                return await self._look_later(link, poll, reason, now)
            return await self._end(link, LedgerState.REJECTED, reason, now)
        else:
            kept = type(await self._ingest.take(article, link, now, page)).__name__.lower()
        if self._next_look(link, poll, now) is not None:
            self._versions.note(link.url, source, page, done.value.gist)
        return kept

    async def _unread(self, link: Waiting, undone: Undone, now: datetime) -> str:
        """Give up a page that no worker can read; a worker's death may not be the page's doing.

        The kernel kills whom it finds when memory is short, and a machine that sleeps lets time
        run out: such a page is read once more.
        """
        reason = f"{undone.fault}: {undone.reason}"
        log.warning("page not read", url=link.url, reason=reason)
        if undone.fault is not WorkFault.RAISED and link.attempts < MOST_READINGS:
            return await self._try_again(link, now + BUSY_RETRY, reason)
        return await self._end(link, LedgerState.DEAD, reason, now)

    async def _put_off(
        self, source: Source, link: Waiting, outcome: Outcome, poll: PollSettings
    ) -> str:
        now, network = self._clock(), self._fetcher.network(source)
        match outcome:
            case NotModified():
                self._versions.note_steady(source)
                return await self._unchanged(link, poll, now)
            case Deferred(until=until, reason=reason):
                return await self._try_again(link, until, reason, counted=False)
            case Failed() if isinstance(network, NetworkDown):
                again = now + network.wait(now)
                return await self._try_again(link, again, "no network", counted=False)
            case Failed(kind=kind, retry_after=after) if not is_final(link, kind):
                wait = max(after or timedelta(), retry_in(link.attempts))
                return await self._try_again(link, now + wait, reason_of(outcome))
            case Failed() | Gone():
                return await self._end(link, LedgerState.DEAD, reason_of(outcome), now)
            case _:
                return await self._end(link, LedgerState.REJECTED, reason_of(outcome), now)

    async def _end(self, link: Waiting, state: LedgerState, reason: str, now: datetime) -> str:
        await self._database.write(
            lambda tx: settle(tx, link.url, Ending(state=state, reason=reason[:500]), now)
        )
        return state.value

    async def _try_again(
        self, link: Waiting, at: datetime, reason: str, *, counted: bool = True
    ) -> str:
        await self._database.write(
            lambda tx: retry_link(tx, link.url, at, reason[:500], counted=counted)
        )
        return "waiting"

    async def _unchanged(self, link: Waiting, poll: PollSettings, now: datetime) -> str:
        """Settle a page that says what it said."""
        ending = Ending(state=LedgerState.STORED, again=self._next_look(link, poll, now))

        def write(tx: Transaction) -> None:
            settle(tx, link.url, ending, now)
            if link.article_id is not None:
                see_again(tx, link.article_id, now)

        await self._database.write(write)
        return "unchanged"

    async def _look_later(
        self, link: Waiting, poll: PollSettings, reason: str, now: datetime
    ) -> str:
        """Settle a page that is no article just now, and look once more while it is fresh."""
        again = self._next_look(link, poll, now)
        ending = Ending(state=LedgerState.STORED, reason=reason, again=again)
        await self._database.write(lambda tx: settle(tx, link.url, ending, now))
        return "unchanged"

    def _next_look(self, link: Waiting, poll: PollSettings, now: datetime) -> datetime | None:
        """Return when a page is looked at again; one that never is need not be known."""
        again = next_refetch(link.noted_at, now, poll.refetch)
        if again is None:
            self._versions.forget(link.url)
        return again


def is_final(link: Waiting, kind: FailureKind) -> bool:
    """Tell whether asking again would change nothing, or has been tried often enough."""
    return kind in _FINAL or link.attempts >= MOST_TRIES

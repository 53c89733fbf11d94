"""Take made articles in as the daemon does, by its own functions, and count what that costs.

A poll's links are noted and claimed (crawler/watch/read.py, 20 at a time), then each article is
taken in by crawler.watch.ingest.commit: its story found, the ledger settled, its next look set.
All goes through the one writer with 100 articles under way.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice

from alerts.matching.ruleset import Matched
from benchmarks.made import NOW, STEP
from config.config import Config
from config.settings import Settings
from crawler.live.configuration import Live, make_live
from crawler.watch.ingest import Arrival, commit
from crawler.watch.read import AT_ONCE, LEASE
from storage.article import Article
from storage.batch import Alike
from storage.canonical import identity_key
from storage.database import Database
from storage.found import Found
from storage.ledger import Ending, LedgerState, Waiting, claim_links, settle
from storage.noting import note_links
from storage.prepared import Prepared, prepare
from storage.transaction import Transaction

PART = 2_000  # articles made and prepared together
_UNDER_WAY = 100  # articles, as from five busy sources


def live_of_no_rules() -> Live:
    """Return a configuration without rules: matching is measured by benchmarks.rules."""
    config = Config(
        settings=Settings(),
        sources=(),
        terms=(),
        rules=(),
        channels=(),
        digests=(),
        fingerprint="",
        rules_fingerprint="",
    )
    return make_live(config)


LIVE = live_of_no_rules()


async def take_in(database: Database, prepared: Sequence[Prepared], now: datetime) -> None:
    """Let articles in as the daemon does: noted and claimed by the poll, stored one by one."""
    polls = [prepared[at : at + AT_ONCE] for at in range(0, len(prepared), AT_ONCE)]
    links = await asyncio.gather(*(poll_of(database, poll, now) for poll in polls))
    arrivals = [
        Arrival(
            page=page, link=link, matched=Matched(matches=()), live=LIVE, at=now, backlog=False
        )
        for page, link in zip(prepared, [link for each in links for link in each], strict=True)
    ]
    await asyncio.gather(*(database.write(Alike(commit, each)) for each in arrivals))


async def poll_of(
    database: Database, prepared: Sequence[Prepared], now: datetime
) -> list[Waiting]:
    """Note the links of one source's poll and claim them, in two works as the daemon does."""
    source = prepared[0].imprint.source_id
    way = f"https://{source}.example/feed"
    found = [Found(url=each.imprint.url, way=way) for each in prepared]
    await database.write(lambda tx: note_links(tx, source, found, now))
    wanted = [identity_key(link.url) for link in found]
    ours: dict[int, Waiting] = {}
    while not ours.keys() >= set(wanted):
        links = await database.write(lambda tx: claim_links(tx, source, now, AT_ONCE, LEASE))
        if not links:
            raise LookupError(f"{source}: links were noted that are not due")
        ours |= {identity_key(link.url): link for link in links}
        if old := [link for link in links if identity_key(link.url) not in wanted]:
            await database.write(partial(look_in_vain, links=old, now=now))
    return [ours[key] for key in wanted]


def look_in_vain(tx: Transaction, links: Sequence[Waiting], now: datetime) -> None:
    """Settle links that were due for another look, as if nothing had changed."""
    for link in links:
        settle(tx, link.url, Ending(state=LedgerState.STORED), now)


@dataclass
class Spent:
    """What storing cost so far."""

    articles: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    preparing: float = 0.0
    text: int = 0


async def fill(
    database: Database,
    made: Iterator[Article],
    count: int,
    at: int,
    prepare: Callable[[Article], Prepared] = prepare,
) -> Spent:
    """Store so many articles; return what that cost."""
    spent = Spent()
    while spent.articles < count:
        begun = time.process_time()
        part = list(islice(made, min(PART, count - spent.articles)))
        spent.text += sum(len(one.text.encode()) + len(one.headline.encode()) for one in part)
        making = time.process_time()
        prepared = [prepare(article) for article in part]
        spent.preparing += time.process_time() - making
        begun, cpu = time.perf_counter(), time.process_time()
        for start in range(0, len(part), _UNDER_WAY):
            now = NOW + STEP * (at + spent.articles + start)
            await take_in(database, prepared[start : start + _UNDER_WAY], now)
        spent.seconds += time.perf_counter() - begun
        spent.cpu += time.process_time() - cpu
        spent.articles += len(part)
    return spent

"""Take one article in: match it, find its story, and store it with every alert it owes.

All thinking happens before the commit; article, story, matches, outbox rows and the ledger's
entry are one work of the writer. So an article is never stored without the alerts it owes,
and a crash leaves either all of it or nothing.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from alerts.delivery.operators import Notice, operators_of, owe
from alerts.matching.reading import read_prepared
from alerts.matching.ruleset import Matched
from alerts.notification import ChangeNote
from alerts.routing.backlog import is_old
from alerts.routing.event import EventKind, StoryEvent
from alerts.routing.history import tell_story
from alerts.routing.hold import first_look_of
from alerts.routing.report import is_material, report, story_note
from alerts.routing.routing import hears
from config.config import Config
from crawler.fetch.outcome import Fetched
from crawler.live.configuration import Holder, Live
from crawler.watch.schedule import next_refetch
from crawler.watch.together import Together
from crawler.watch.witness import Witness
from storage.batch import Alike
from storage.database import Database
from storage.holds import ripen
from storage.ledger import Ending, LedgerState, Waiting, settle
from storage.matches import is_of_concern
from storage.outbox import OutboxEntry, enqueue
from storage.prepared import Prepared
from storage.revising import Revised
from storage.stories import load_story
from storage.storing import Arriving, Kept, Purged, Stored, store_articles
from storage.transaction import Transaction

# Characters. 400,000 that all match take .6 s; a thread costs .1 ms, and its turns at the
# interpreter are 5 ms. News has 4,000, hardly ever more than this.
_LONG: Final = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """An article, or an edit of one, with all that decides who is told of it."""

    page: Prepared
    matched: Matched
    live: Live  # the configuration by which it matches
    at: datetime
    backlog: bool  # it was old already when its way was first looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival(News):
    """An article at the door, and where it was found."""

    link: Waiting


class Ingest:
    """Take articles in, one transaction each."""

    def __init__(
        self,
        database: Database,
        live: Holder,
        *,
        moment: float = 0.0,
        witness: Witness | None = None,
    ) -> None:
        """Take up to a moment (seconds) longer, so that articles share a commit.

        witness: whoever keeps what a page said that matched; None: nobody does.
        """
        self._database = database
        self._live = live
        self._witness = witness
        self._together = Together(moment)

    async def take(
        self, page: Prepared, link: Waiting, now: datetime, seen: Fetched | None = None
    ) -> Kept:
        """Store the article with its story, matches and alerts; say what it is.

        seen: the bytes it was read from; None: it never was on a wire.
        """
        live = self._live()
        matched = await self._match(page, live, now)
        if self._witness is not None and seen is not None and matched.matches:
            await self._witness.keep(seen, page, matched, live, now)
        backlog = is_backlog(page, link)
        arrival = Arrival(
            page=page, link=link, matched=matched, live=live, at=now, backlog=backlog
        )
        await self._together.wait()
        return await self._database.write(Alike(commit, arrival))

    async def _match(self, page: Prepared, live: Live, now: datetime) -> Matched:
        """Return what matches; a text long enough to hold the loop is read beside it."""
        if len(page.text) > _LONG:
            return await asyncio.to_thread(match, page, live, now)
        return match(page, live, now)


def match(page: Prepared, live: Live, now: datetime) -> Matched:
    """Return what matches an article by a configuration."""
    reading = read_prepared(page, source=live.sources.get(page.imprint.source_id))
    return live.ruleset.match(reading, now=now)


def all_read(tx: Transaction, source_id: str, now: datetime) -> None:
    """Say that all that is due of a source is read: what waited for that may go."""
    ripen(tx, first_look_of(source_id), now)


def commit(tx: Transaction, arrivals: Sequence[Arrival]) -> list[Kept]:
    """Write the first of the articles and all they owe; return an outcome for each written."""
    arriving = [
        Arriving(prepared=each.page, at=each.at, link=each.link.url, backlog=each.backlog)
        for each in arrivals
    ]
    outcomes = store_articles(tx, arriving)
    for arrival, outcome in zip(arrivals, outcomes, strict=False):
        settle_link(tx, arrival, outcome)
        if isinstance(outcome, Stored | Revised):
            tell(tx, arrival, outcome)
    return outcomes


def tell(tx: Transaction, news: News, outcome: Stored | Revised) -> None:
    """Write what is owed to whom for the article."""
    now, config = news.at, news.live.config
    if _concerns(tx, news, outcome):
        event = story_event(tx, news, outcome)
        tell_story(tx, event, config.channels, now, settings=config.settings.alerts)
    if news.matched.set_aside:
        enqueue(tx, undecided_notices(news, config), now)


def undecided_notices(news: News, config: Config) -> Iterator[OutboxEntry]:
    """Tell of rules that could not be decided on the article, once a day each.

    The operators hear of it, and the desk that a match would have been told.
    """
    operators = operators_of(config.settings.alerts.operator, config.channels)
    for rule_id, reason in news.matched.set_aside:
        rules = (rule for rule in config.rules if rule.id == rule_id)
        desk = (
            each.id
            for rule in rules
            for each in config.channels
            if hears(each, rule, rule.severity)
        )
        notice = Notice(
            topic=f"undecided/{rule_id}/{news.at:%Y%m%d}",
            subject=f"presswatch: the rule {rule_id} could not be decided",
            lines=(
                f"{rule_id}: {reason}, on {news.page.imprint.url}",
                "It told nobody of this article; the other rules went on.",
                f"Write a simpler expression, then: presswatch rules why {rule_id} ARTICLE",
            ),
        )
        yield from owe(operators.and_these(desk), notice, news.at)


def _concerns(tx: Transaction, news: News, outcome: Stored | Revised) -> bool:
    """Say whether anybody may have to be told: most articles match nothing."""
    if news.matched.matches:
        return True
    is_first = isinstance(outcome, Stored) and outcome.new_story
    return not is_first and is_of_concern(tx, outcome.story_id)


def settle_link(tx: Transaction, arrival: Arrival, outcome: Kept) -> None:
    """Write into the ledger what became of the address, and when it is looked at again."""
    link, now = arrival.link, arrival.at
    looks = arrival.live.config.settings.poll.refetch
    again = None if isinstance(outcome, Purged) else next_refetch(link.noted_at, now, looks)
    state = state_of(link, outcome)
    ending = Ending(state=state, article_id=outcome.article_id, again=again)
    settle(tx, link.url, ending, now)


def state_of(link: Waiting, outcome: Kept) -> LedgerState:
    """Return the state in which an address ends."""
    if isinstance(outcome, Stored):
        return LedgerState.DUPLICATE_OF if outcome.copy else LedgerState.STORED
    if link.article_id is not None:
        return LedgerState.STORED
    return LedgerState.REVISION_OF  # a new address of an article we have


def story_event(tx: Transaction, news: News, outcome: Stored | Revised) -> StoryEvent:
    """Say what has happened to the story, this article included."""
    # Articles that came after it may be stored together with it; theirs is another event.
    newest = outcome.article_id if isinstance(outcome, Stored) else None
    story = load_story(tx, outcome.story_id, upto=newest)
    if story is None:
        raise LookupError(f"story {outcome.story_id} was stored and is not there")
    copied = isinstance(outcome, Stored) and outcome.copy
    event = report(
        news.page.article,
        story_note(story, news.live.outlets),
        news.matched.matches,
        kind=EventKind.COPY if copied else EventKind.NEW,
        article_id=outcome.article_id,
        now=news.at,
    )
    if isinstance(outcome, Revised):
        return revised(event, outcome)
    return replace(event, backlog=news.backlog)


def is_backlog(page: Prepared, link: Waiting) -> bool:
    """Tell whether the article was old already when its way was first looked at."""
    published = page.imprint.published_at or link.published
    return link.first_look and is_old(published, link.noted_at)


def revised(event: StoryEvent, outcome: Revised) -> StoryEvent:
    """Return the event as an edit of an article we have."""
    changes = tuple(
        ChangeNote(kind=each.kind, before=each.before, after=each.after)
        for each in outcome.changes
    )
    return replace(
        event,
        kind=EventKind.REVISION,
        revision=outcome.revision,
        changes=changes,
        material=is_material(changes),
        silent_edit=outcome.silent,
    )

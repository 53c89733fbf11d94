"""Look at one source in full: its ways, polls, gaps, troubles and delays."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.promise import Promise, keep_promise, objectives_of
from config.source import Source
from crawler.pages.answer import Ask, NotThere
from crawler.pages.lines import SourceLine, StoryLine
from crawler.pages.sources import source_lines
from crawler.pages.stories import story_lines
from storage.coverage import troubled_links
from storage.gaps import Gap, gaps_between
from storage.lags import lags
from storage.ledger import LedgerRow
from storage.overview import Wanted, latest_stories
from storage.polls import Poll, polls_between
from storage.sources import load_source
from storage.transaction import Transaction
from storage.ways import WayState

MOST = 30  # polls and troubles that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class WayLine:
    """One feed, sitemap or section page."""

    url: str
    kind: str
    found_by_us: bool
    last_success: datetime | None
    items: int
    error: str
    retired_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """A span in which a way may have shown articles that we did not see."""

    way: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PollLine:
    """One poll of one way."""

    at: datetime
    way: str
    outcome: str
    found: int
    new: int
    reason: str
    elapsed_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleLine:
    """An address that was rejected or given up."""

    url: str
    state: str
    reason: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceInFull:
    """One source and everything we know of it."""

    source: SourceLine
    ways: tuple[WayLine, ...]
    gaps: tuple[GapLine, ...]  # of 14 days
    polls: tuple[PollLine, ...]  # of a day, newest first
    troubles: tuple[TroubleLine, ...]  # of 14 days, newest first
    week: Promise  # how it fared in 7 days
    clock_note: str  # empty: its clock seems right
    stories: tuple[StoryLine, ...]


async def source(ask: Ask) -> SourceInFull:
    """Look at one source in full."""
    name, now = str(ask.path["source_id"]), ask.state.clock()
    found = next((each for each in ask.state.live().config.sources if each.id == name), None)
    if found is None:
        raise NotThere(f"There is no source {name!r} in the configuration.")
    return await ask.database.read(lambda tx: _in_full(tx, ask, found, now))


def _in_full(tx: Transaction, ask: Ask, source: Source, now: datetime) -> SourceInFull:
    soon, fortnight = now + timedelta(seconds=1), now - timedelta(days=14)
    state = load_source(tx, source.id)
    settings = ask.state.live().config.settings.alerts
    (line,) = source_lines(tx, (source,), now, settings)
    mine = lags(tx, now - timedelta(days=7), now, source.id)
    polls = polls_between(tx, now - timedelta(days=1), soon, source.id)
    troubles = troubled_links(tx, source.id, fortnight, soon, MOST)
    marks = latest_stories(tx, Wanted(source_id=source.id, limit=10))
    week = keep_promise(mine, objectives_of(source, settings))
    return SourceInFull(
        source=line,
        ways=tuple(_way(each) for each in (state.ways if state else ())),
        gaps=tuple(_gap(gap) for gap in gaps_between(tx, fortnight, soon, source.id)),
        polls=tuple(_poll(poll) for poll in reversed(polls[-MOST:])),
        troubles=tuple(_trouble(row) for row in troubles),
        week=week,
        clock_note=str(week.clock or ""),
        stories=tuple(story_lines(tx, marks, ask.state.live())),
    )


def _trouble(row: LedgerRow) -> TroubleLine:
    return TroubleLine(url=row.url, state=row.state.value, reason=row.reason, at=row.settled_at)


def _way(way: WayState) -> WayLine:
    return WayLine(
        url=way.url,
        kind=way.kind,
        found_by_us=way.discovered,
        last_success=way.last_success,
        items=way.items,
        error=way.last_error,
        retired_at=way.retired_at,
    )


def _gap(gap: Gap) -> GapLine:
    return GapLine(way=gap.way, since=gap.since, until=gap.until)


def _poll(poll: Poll) -> PollLine:
    return PollLine(
        at=poll.polled_at,
        way=poll.way,
        outcome=poll.outcome,
        found=poll.found,
        new=poll.new,
        reason=poll.reason,
        elapsed_ms=round(poll.elapsed.total_seconds() * 1000),
    )

"""Look at the sources: how each does, and one of them in full."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.promise import Kept, Spread, keep_promise, spread
from config.source import Source
from crawler.pages.answer import Ask, BadAsk, NotThere
from crawler.pages.lines import SourceLine, StoryLine
from crawler.pages.stories import story_lines
from crawler.rhythm import Rhythm, Silent, is_silent, rhythm_from_text
from storage.coverage import troubled_links
from storage.ledger import LedgerState
from storage.overview import (
    Lag,
    Wanted,
    articles_by_source,
    lags,
    latest_stories,
    links_by_source,
    seen_after,
)
from storage.sources import Gap, Poll, SourceState, gaps_between, load_sources, polls_between
from storage.transaction import Transaction
from storage.ways import WayState

ORDER = ("failing", "silent", "new", "well", "resting")
CONDITIONS = ("failing", "silent", "late", "clock", "new", "well", "resting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Every source on one line, those in trouble first."""

    sources: tuple[SourceLine, ...]
    conditions: dict[str, int]  # how many are in each; "late" and "clock" beside them
    condition: str | None  # only those in this one
    name: str | None  # only those whose name or id holds this


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
    """One look at one way."""

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
    published_to_seen: Spread | None  # of 7 days; None: nothing to measure
    seen_to_matched: Spread | None
    matched_to_delivered: Spread | None
    clock_note: str  # empty: its clock seems right
    stories: tuple[StoryLine, ...]


async def sources(ask: Ask) -> Sources:
    """Look at every source."""
    now = ask.state.clock()
    configured = ask.state.live().config.sources
    objective = ask.state.live().config.settings.alerts.objective
    lines = await ask.database.read(lambda tx: source_lines(tx, configured, now, objective))
    condition, name = ask.word("condition"), ask.word("name")
    if condition is not None and condition not in CONDITIONS:
        raise BadAsk(f"condition must be one of {', '.join(CONDITIONS)}")
    lines.sort(key=lambda line: ORDER.index(line.condition))
    return Sources(
        sources=tuple(
            line
            for line in lines
            if (condition is None or condition in conditions_of(line))
            and (name is None or name.casefold() in f"{line.name} {line.id}".casefold())
        ),
        conditions=dict(Counter(each for line in lines for each in conditions_of(line))),
        condition=condition,
        name=name,
    )


def conditions_of(line: SourceLine) -> Iterator[str]:
    """Name everything that a source may be looked for by."""
    yield line.condition
    if line.burning:
        yield "late"
    if line.clock_note:
        yield "clock"


async def source(ask: Ask) -> SourceInFull:
    """Look at one source in full."""
    name, now = str(ask.path["source_id"]), ask.state.clock()
    found = next((each for each in ask.state.live().config.sources if each.id == name), None)
    if found is None:
        raise NotThere(f"There is no source {name!r} in the configuration.")
    return await ask.database.read(lambda tx: _in_full(tx, ask, found, now))


def source_lines(
    tx: Transaction, configured: tuple[Source, ...], now: datetime, objective: timedelta
) -> list[SourceLine]:
    """Return one line per configured source, in their order."""
    states = {state.source_id: state for state in load_sources(tx)}
    links = links_by_source(tx, configured[0].id if len(configured) == 1 else None)
    counts = articles_by_source(tx, now - timedelta(days=7), now - timedelta(days=1))
    seen = seen_after(tx, now - timedelta(days=1))
    gaps = Counter(
        gap.source_id
        for gap in gaps_between(tx, now - timedelta(days=14), now + timedelta(seconds=1))
    )
    return [
        _line(
            each,
            states.get(each.id),
            _Figures(
                articles_24h=counts.get(each.id, (0, 0))[1],
                articles_7d=counts.get(each.id, (0, 0))[0],
                links=dict(links.get(each.id, {})),
                gaps=gaps[each.id],
                kept=keep_promise(seen.get(each.id, []), each.objective or objective),
            ),
            now,
        )
        for each in configured
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figures:
    articles_24h: int
    articles_7d: int
    links: dict[str, int]
    gaps: int
    kept: Kept


def _line(
    source: Source, state: SourceState | None, figures: _Figures, now: datetime
) -> SourceLine:
    kept = figures.kept
    rhythm = rhythm_from_text(state.rhythm) if state else Rhythm()
    condition, words = condition_of(source, state, rhythm, now)
    known = rhythm.days >= 1 and rhythm.total > 0
    return SourceLine(
        id=source.id,
        name=source.name,
        url=source.url,
        condition=condition,
        words=words,
        language=source.language,
        country=source.country,
        last_success=state.last_success if state else None,
        last_new=state.last_new if state else None,
        next_at=state.next_at if state and source.enabled else None,
        articles_a_day=round(rhythm.total / rhythm.days, 1) if known else None,
        longest_wait_s=rhythm.longest.total_seconds() if known else None,
        hours=tuple(round(hour, 2) for hour in rhythm.hours) if known else (),
        articles_24h=figures.articles_24h,
        articles_7d=figures.articles_7d,
        links=figures.links,
        gaps_14d=figures.gaps,
        tls_unverified=not source.verify_tls,
        published_to_seen=kept.spread,
        objective_s=kept.objective_s,
        late=kept.late,
        burn=round(kept.burn, 2),
        burning=kept.broken,
        clock_note=kept.clock_note,
    )


def condition_of(
    source: Source, state: SourceState | None, rhythm: Rhythm, now: datetime
) -> tuple[str, str]:
    """Return a source's condition in one word, and in a person's words."""
    if not source.enabled:
        return "resting", "switched off in its file"
    if state is None or state.last_polled is None:
        return "new", "not looked at yet"
    if state.condition not in {"", "ok"}:
        return "failing", state.last_error or state.condition
    if state.last_error:
        return "failing", state.last_error
    if state.last_success is None:
        return "new", "has not answered yet"
    silent = is_silent(rhythm, now)
    if isinstance(silent, Silent):
        hours = (now - silent.since).total_seconds() / 3600
        usual = silent.usual.total_seconds() / 3600
        return (
            "silent",
            f"no article for {hours:.0f} h; its longest wait lately was {usual:.0f} h",
        )
    return "well", "as usual"


def _in_full(tx: Transaction, ask: Ask, source: Source, now: datetime) -> SourceInFull:
    soon, fortnight = now + timedelta(seconds=1), now - timedelta(days=14)
    state = next((each for each in load_sources(tx) if each.source_id == source.id), None)
    objective = ask.state.live().config.settings.alerts.objective
    (line,) = source_lines(tx, (source,), now, objective)
    mine = lags(tx, now - timedelta(days=7), source.id)
    polls = polls_between(tx, now - timedelta(days=1), soon, source.id)
    marks = latest_stories(tx, Wanted(source_id=source.id, limit=10))
    timed = _known(mine, "published_to_seen")
    week = keep_promise(timed, source.objective or objective)
    return SourceInFull(
        source=line,
        ways=tuple(_way(each) for each in (state.ways if state else ())),
        gaps=tuple(_gap(gap) for gap in gaps_between(tx, fortnight, soon, source.id)),
        polls=tuple(_poll(poll) for poll in reversed(polls[-30:])),
        troubles=_troubles(tx, source.id, fortnight, soon),
        published_to_seen=week.spread,
        seen_to_matched=spread(_known(mine, "seen_to_matched")),
        matched_to_delivered=spread(_known(mine, "matched_to_delivered")),
        clock_note=week.clock_note,
        stories=tuple(story_lines(tx, marks, ask.state.live())),
    )


def _known(found: list[Lag], name: str) -> list[float]:
    values = [getattr(lag, name) for lag in found]
    return [value for value in values if value is not None]


def _troubles(
    tx: Transaction, source_id: str, since: datetime, until: datetime
) -> tuple[TroubleLine, ...]:
    states = (LedgerState.REJECTED, LedgerState.DEAD)
    found = [row for state in states for row in troubled_links(tx, state, since, until, 500)]
    mine = [row for row in found if row.source_id == source_id]
    mine.sort(key=lambda row: row.settled_at or row.noted_at, reverse=True)
    return tuple(
        TroubleLine(url=row.url, state=row.state.value, reason=row.reason, at=row.settled_at)
        for row in mine[:30]
    )


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

"""Look at the sources: how each does."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.promise import Promise, keep_promises
from config.settings import AlertSettings
from config.source import Source
from crawler.condition import condition_of
from crawler.pages.answer import Ask, BadAsk
from crawler.pages.lines import SourceLine
from crawler.rhythm import Rhythm, rhythm_from_text
from storage.coverage import links_by_source
from storage.gaps import gaps_between
from storage.lags import Lags, lags
from storage.ledger import LedgerState
from storage.overview import articles_by_source
from storage.sources import SourceState, load_source, load_sources
from storage.transaction import Transaction

ORDER = ("failing", "silent", "new", "well", "resting")
CONDITIONS = ("failing", "silent", "late", "clock", "new", "well", "resting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Every source on one line, those in trouble first."""

    sources: tuple[SourceLine, ...]
    conditions: dict[str, int]  # how many are in each; "late" and "clock" beside them
    condition: str | None  # only those in this one
    name: str | None  # only those whose name or id holds this


async def sources(ask: Ask) -> Sources:
    """Look at every source."""
    now = ask.state.clock()
    config = ask.state.live().config
    lines = await ask.database.read(
        lambda tx: source_lines(tx, config.sources, now, config.settings.alerts)
    )
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
    if line.late:
        yield "late"
    if line.clock_note:
        yield "clock"


def source_lines(
    tx: Transaction,
    configured: tuple[Source, ...],
    now: datetime,
    settings: AlertSettings,
    *,
    day: Lags | None = None,
) -> list[SourceLine]:
    """Return one line per configured source, in their order; day: its lags, where known."""
    only = configured[0].id if len(configured) == 1 else None
    known = load_sources(tx) if only is None else [load_source(tx, only)]
    states = {state.source_id: state for state in known if state}
    links = links_by_source(tx, only)
    counts = articles_by_source(tx, now - timedelta(days=7), now - timedelta(days=1), only)
    day = day or lags(tx, now - timedelta(days=1), now, only)
    promises = keep_promises(day, configured, settings)
    gaps = Counter(
        gap.source_id
        for gap in gaps_between(tx, now - timedelta(days=14), now + timedelta(seconds=1), only)
    )
    return [
        _line(
            each,
            states.get(each.id),
            _Figures(
                articles_24h=counts.get(each.id, (0, 0))[1],
                articles_7d=counts.get(each.id, (0, 0))[0],
                links=links.get(each.id, Counter()),
                gaps=gaps[each.id],
                promise=promises[each.id],
            ),
        )
        for each in configured
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figures:
    articles_24h: int
    articles_7d: int
    links: Counter[LedgerState]
    gaps: int
    promise: Promise


def _line(source: Source, state: SourceState | None, figures: _Figures) -> SourceLine:
    rhythm = rhythm_from_text(state.rhythm) if state else Rhythm()
    condition = condition_of(source, state)
    known = rhythm.days >= 1 and rhythm.total > 0
    return SourceLine(
        id=source.id,
        name=source.name,
        url=source.url,
        condition=condition.word,
        words=condition.words,
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
        links={state.value: count for state, count in figures.links.items()},
        gaps_14d=figures.gaps,
        tls_unverified=not source.verify_tls,
        promise=figures.promise,
        clock_note=str(figures.promise.clock or ""),
    )

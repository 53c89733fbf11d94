"""Judge sources, rules and channels for the digest's last sections."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.digest.due import Window
from alerts.digest.facts import (
    DeliveryFact,
    Health,
    RuleFact,
    RuleTrouble,
    Silence,
    SourceFact,
    StoryFact,
)
from alerts.explaining.advice import NOISY, SILENT
from alerts.plain import one_line, shorten
from alerts.precision import WINDOW, Precision, precisions
from alerts.promise import Promise, keep_promises
from alerts.routing.standing import is_expired, is_muted
from config.rule import RuleText
from config.settings import AlertSettings
from config.source import Source
from storage.channel_states import channel_states
from storage.judgements import tally_judgements
from storage.lags import lags
from storage.matches import last_matches
from storage.sources import SourceState, load_sources
from storage.tallies import bodies, dead_letters, first_article
from storage.transaction import Transaction

LATEST = timedelta(hours=1)  # a source that is polled once a day may be seen a little later
FAILURES = 3.0  # hard 1, soft 0.5, temporary 0.25
EXPIRES_SOON = timedelta(days=7)
LAYOUT_SHARE, LAYOUT_LEAST = 0.5, 5  # of a week's articles, and of how many
WEEK = timedelta(days=7)
ERROR_MOST = 160


def source_facts(
    tx: Transaction,
    sources: Sequence[Source],
    window: Window,
    judge: Callable[[SourceState], Silence | None],
    settings: AlertSettings,
) -> tuple[SourceFact, ...]:
    """Judge every enabled source; settings: the objectives of those that name none."""
    states = {state.source_id: state for state in load_sources(tx)}
    missing = {
        tally.source_id: tally.without / tally.articles
        for tally in bodies(tx, window.end - WEEK, window.end)
        if tally.articles >= LAYOUT_LEAST
    }
    promises = keep_promises(lags(tx, window.start, window.end), sources, settings)
    return tuple(
        _source(source, states.get(source.id), missing.get(source.id, 0.0), window, judge)
        or _promise(source, promises[source.id])
        for source in sources
        if source.enabled
    )


def _source(
    source: Source,
    state: SourceState | None,
    missing: float,
    window: Window,
    judge: Callable[[SourceState], Silence | None],
) -> SourceFact | None:
    """Return what ails a source; None: it answers in its own rhythm."""
    if state is None or state.last_polled is None:
        return SourceFact(name=source.name, health=Health.DOWN)
    if is_down(state, window.start):
        return SourceFact(
            name=source.name,
            health=Health.DOWN,
            since=state.last_success,
            error=shorten(one_line(state.last_error), ERROR_MOST),
        )
    if missing >= LAYOUT_SHARE:
        return SourceFact(name=source.name, health=Health.LAYOUT, share=missing)
    if silence := judge(state):
        return SourceFact(name=source.name, health=Health.SILENT, silence=silence)
    return None


def _promise(source: Source, promise: Promise) -> SourceFact:
    """Return whether a source that answers is seen, read and told in time, by a right clock."""
    if promise.broken:
        return SourceFact(name=source.name, health=Health.LATE, kept=promise.broken[0])
    if promise.clock:
        return SourceFact(name=source.name, health=Health.CLOCK, clock=promise.clock)
    return SourceFact(name=source.name, health=Health.WELL)


def is_down(state: SourceState, since: datetime) -> bool:
    """Tell whether a source fails for good: often, or without a success since then.

    While our own network is down no source is blamed with an error; none was read all the same.
    """
    last = state.last_success
    if not state.last_error:
        return last is None or last < since - LATEST
    return state.failures >= FAILURES or last is None or last < since


def rule_facts(
    tx: Transaction,
    rules: Mapping[str, RuleText],
    stories: Sequence[StoryFact],
    window: Window,
) -> tuple[RuleFact, ...]:
    """Return the rules that need a look, the noisy ones first."""
    counts = Counter(note.id for story in stories for note in story.rules)
    noisy = [
        RuleFact(rule=rule, trouble=RuleTrouble.NOISY, count=count)
        for rule, count in counts.most_common()
        if count > NOISY
    ]
    dated = [fact for rule in rules.values() if (fact := _dated(rule, window.end))]
    return (*noisy, *_silent(tx, rules, window.end), *dated)


def precision_facts(
    tx: Transaction, rules: Mapping[str, RuleText], window: Window
) -> tuple[Precision, ...]:
    """Return the precision of each rule that somebody judged, the worst first."""
    judged = precisions(tally_judgements(tx, window.end - WINDOW))
    mine = [each for each in judged.values() if each.rule_id in rules]
    return tuple(sorted(mine, key=lambda each: (each.share, -each.judged, each.rule_id)))


def _silent(tx: Transaction, rules: Mapping[str, RuleText], now: datetime) -> list[RuleFact]:
    """Return the rules that matched nothing in 90 days of which we remember all."""
    last, begin = last_matches(tx), first_article(tx)
    if begin is None or now - begin < SILENT:
        return []
    return [
        RuleFact(
            rule=rule, trouble=RuleTrouble.SILENT, count=(now - last.get(rule, begin)).days
        )
        for rule in rules
        if now - last.get(rule, begin) >= SILENT
    ]


def _dated(rule: RuleText, now: datetime) -> RuleFact | None:
    if is_expired(rule, now):
        return RuleFact(rule=rule.id, trouble=RuleTrouble.EXPIRED, day=rule.expires)
    if is_muted(rule, now):
        return RuleFact(rule=rule.id, trouble=RuleTrouble.MUTED, day=rule.mute_until)
    soon = (now + EXPIRES_SOON).astimezone(ZoneInfo(rule.timezone)).date()
    if rule.expires is not None and rule.expires <= soon:
        return RuleFact(rule=rule.id, trouble=RuleTrouble.EXPIRING, day=rule.expires)
    return None


def delivery_facts(tx: Transaction, window: Window) -> tuple[DeliveryFact, ...]:
    """Return the channels that do not take everything."""
    dead = {tally.channel: tally for tally in dead_letters(tx, window.start, window.end)}
    states = {state.channel: state for state in channel_states(tx)}
    facts = []
    for channel in sorted({*dead, *states}):
        state, tally = states.get(channel), dead.get(channel)
        fact = DeliveryFact(
            channel=channel,
            dead=tally.count if tally else 0,
            failing_since=state.failing_since if state else None,
            closed=bool(state and state.closed_at),
            reason=tally.reason if tally else (state.reason if state else ""),
        )
        if fact.dead or fact.failing_since or fact.closed:
            facts.append(fact)
    return tuple(facts)

"""`presswatch status`: how it is, in plain words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import click

from alerts.precision import WINDOW
from alerts.promise import keep_promises
from alerts.routing.backlog import ONE_MESSAGE
from config.counting import count, name_some
from config.secrets import AnySecret
from crawler.cli.asking import Heard, Resting, Unheard, ask_daemon
from crawler.cli.places import FOUND_PROBLEMS, as_json, json_option, places
from crawler.cli.store import not_shown, read
from crawler.clock import utc_now
from crawler.condition import silence_of
from crawler.live.configuration import Live
from crawler.live.kept import load_kept, read_live
from crawler.pages.answer import to_json
from crawler.places import Places
from crawler.service.welcome import next_digest
from storage.coverage import ledger_sums
from storage.doctor import examine_disk
from storage.gaps import gaps_between
from storage.judgements import tally_judgements
from storage.lags import lags
from storage.outbox import OutboxState, outbox_sums
from storage.sources import load_sources
from storage.transaction import Transaction
from storage.ways import first_read_since

LONG_AGO = timedelta(hours=2)
NAMED = 5  # sources named in one line


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What decides how it is."""

    sources: int
    unread: int  # of the sources, those that nobody has looked at yet
    fresh: tuple[str, ...]  # names of sources read for the first time in the last day
    articles: int
    waiting: int  # addresses that were seen and not read yet
    last_poll: datetime | None
    failing: tuple[str, ...]  # names of sources
    silent: tuple[str, ...]
    late: tuple[str, ...]  # with figures and advice: whose promise was broken in the last day
    clocks: tuple[str, ...]  # with figures: whose stamps are off
    gaps: int  # of the last day
    dead_messages: int
    judged: int  # matches, in 90 days
    useful: int  # of those


@click.command()
@json_option
@places
def status(*, for_programs: bool, config_dir: Path, data_dir: Path) -> None:
    """Say in plain words how it is, and what to do. Exit status 1: something is wrong."""
    there = Places(config=config_dir, data=data_dir)
    start = read_live(there, AnySecret())
    live = start.live
    facts = read(data_dir, lambda tx: gather(tx, live))
    daemon = ask_daemon(there, live.config.settings.status)
    now = utc_now()
    if network_is_down(daemon):  # one cause, and no source's fault
        facts = replace(facts, failing=(), silent=())
    problems = [
        *daemon_problems(daemon, facts.last_poll, now),
        *problems_of(facts),
        *room_problem(there),
        *([not_shown(there, start.mistakes)] if start.mistakes else edits_waiting(live, there)),
    ]
    if for_programs:
        told = {**to_json(facts), "daemon": daemon_words(daemon), "problems": problems}
        click.echo(as_json(told))
    else:
        click.echo(
            f"{count(facts.sources, 'source')}, {count(facts.articles, 'article')} stored, "
            f"{count(facts.waiting, 'address')} waiting"
        )
        click.echo(daemon_words(daemon))
        if facts.fresh:
            named = name_some(facts.fresh, NAMED)
            click.echo(f"read for the first time in the last day: {named}; {ONE_MESSAGE}")
        if facts.judged:
            click.echo(
                f"{count(facts.judged, 'match')} judged in {WINDOW.days} days, {facts.useful} "
                "useful: presswatch rules judged"
            )
        for plan in live.config.digests:
            click.echo(f"next digest: {next_digest(plan, now)}")
        for problem in problems:
            click.echo(f"- {problem}")
        click.echo(verdict(problems, facts, resting=isinstance(daemon, Resting)))
    if problems:
        raise SystemExit(FOUND_PROBLEMS)


def verdict(problems: Sequence[str], facts: Facts, *, resting: bool) -> str:
    """Sum it up; not that all is well where nobody watches, or not everything was read yet."""
    if problems:
        return "something needs a person"
    if resting:
        return "nothing is wrong, and nothing is watched until a daemon runs: presswatch run"
    if facts.sources and facts.last_poll is None:
        return "nothing was read yet: look again in a few minutes"
    if facts.unread:
        some = f"{facts.unread} of {count(facts.sources, 'source')}"
        return f"well, as far as it was read: {some} not yet; look again in a few minutes"
    return "all is well"


def gather(tx: Transaction, live: Live) -> Facts:
    """Read the facts that decide how it is."""
    now = utc_now()
    states = [each for each in load_sources(tx) if each.source_id in live.sources]
    ledger, outbox = ledger_sums(tx), outbox_sums(tx)
    day = lags(tx, now - timedelta(days=1), now)
    tallies = tally_judgements(tx, now - WINDOW)
    promises = keep_promises(day, live.config.sources, live.config.settings.alerts)
    return Facts(
        sources=len(live.sources),
        unread=len(live.sources) - sum(each.last_polled is not None for each in states),
        fresh=tuple(
            live.outlets[name]
            for name in first_read_since(tx, now - timedelta(days=1))
            if name in live.sources
        ),
        articles=sum(n for state, n in ledger.items() if state in {"stored", "duplicate_of"}),
        waiting=sum(n for state, n in ledger.items() if state == "waiting"),
        last_poll=max((each.last_polled for each in states if each.last_polled), default=None),
        failing=tuple(live.outlets[each.source_id] for each in states if each.last_error),
        silent=tuple(live.outlets[each.source_id] for each in states if silence_of(each)),
        late=tuple(
            f"{live.outlets[name]}: {kept}: {kept.advice}"
            for name, promise in promises.items()
            for kept in promise.broken
        ),
        clocks=tuple(
            f"{live.outlets[name]}: {promise.clock}"
            for name, promise in promises.items()
            if promise.clock
        ),
        gaps=len(gaps_between(tx, now - timedelta(days=1), now)),
        dead_messages=outbox.get(OutboxState.DEAD, 0),
        judged=sum(each.useful + each.noise for each in tallies),
        useful=sum(each.useful for each in tallies),
    )


def daemon_words(daemon: Resting | Unheard | Heard) -> str:
    """Say in a line how the daemon is."""
    match daemon:
        case Resting():
            return "no daemon runs on this data"
        case Unheard(process=process):
            return f"a daemon runs (process {process})"
        case Heard():
            return str(daemon)


def daemon_problems(
    daemon: Resting | Unheard | Heard, last_poll: datetime | None, now: datetime
) -> Iterator[str]:
    """Say what is wrong with the daemon."""
    match daemon:
        case Resting() if last_poll is None or now - last_poll > LONG_AGO:
            yield "no source was polled lately, and no daemon runs: presswatch run"
        case Unheard(process=process, reason=reason):
            yield f"the daemon (process {process}) runs but its page does not answer: {reason}"
        case Heard(checks=checks, failing=failing):
            for name in failing:
                yield f"the daemon's {name}: {checks[name]}; its log says more"
        case _:
            pass


def room_problem(there: Places) -> Iterator[str]:
    """Say when the disk is nearly full."""
    room = examine_disk(there.database)
    if room.problem:
        yield f"{room.what}: {room.problem}"


def network_is_down(daemon: Resting | Unheard | Heard) -> bool:
    """Tell whether the daemon says that nobody answers it."""
    return isinstance(daemon, Heard) and "network" in daemon.failing


def edits_waiting(live: Live, there: Places) -> list[str]:
    """Say when the rules in the files are not those that run."""
    kept = load_kept(there)
    if kept is None or kept.rules_fingerprint == live.config.rules_fingerprint:
        return []
    return [
        "the rules in the files are not live: presswatch check, then "
        "presswatch rules plan (and --accept)"
    ]


def problems_of(facts: Facts) -> Iterator[str]:
    """Put what is wrong into words, each with what to do."""
    if facts.failing:
        sources = count(len(facts.failing), "source")
        named = name_some(facts.failing, NAMED)
        yield f"{sources} cannot be read ({named}): presswatch sources"
    if facts.silent:
        yield f"silent against their own rhythm: {name_some(facts.silent, NAMED)}"
    for each in facts.late[:NAMED]:
        yield f"late: {each}"
    for each in facts.clocks[:NAMED]:
        yield f"clock: {each}"
    if facts.gaps:
        yield f"{count(facts.gaps, 'gap')} in the last day: presswatch sources --ledger"
    if facts.dead_messages:
        yield f"{count(facts.dead_messages, 'message')} given up on: presswatch outbox"

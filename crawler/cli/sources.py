"""`presswatch sources`: how each source does; find the ways of a new one."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import click

from alerts.promise import Promise, keep_promises
from alerts.routing.backlog import ONE_MESSAGE
from config.counting import count
from config.errors import ConfigError
from config.load import load_config
from config.secrets import AnySecret
from config.settings import FetchSettings
from config.source import Source
from crawler.cli.places import (
    ADDRESS,
    FOUND_PROBLEMS,
    as_json,
    hand_down,
    json_option,
    leave,
    places,
)
from crawler.cli.store import live_or_last, read
from crawler.clock import utc_now
from crawler.condition import condition_of
from crawler.fates import FATES
from crawler.places import Places
from crawler.watch.adding import NotAddedError, add_entry, free_id
from storage.canonical import identity_key
from storage.coverage import coverage, ledger_sums
from storage.gaps import gaps_between
from storage.lags import lags
from storage.sources import SourceState, load_sources
from storage.subscriptions import Subscribed, all_subscriptions
from storage.transaction import Transaction


@click.group(invoke_without_command=True)
@click.option("--ledger", is_flag=True, help="Show what became of every address.")
@json_option
@click.pass_context
@places
def sources(
    ctx: click.Context, *, ledger: bool, for_programs: bool, config_dir: Path, data_dir: Path
) -> None:
    """Show how each source does; `sources add URL` finds the ways of a new one.

    Exit status 1: a source fails.
    """
    hand_down(ctx, config_dir, data_dir)
    if ctx.invoked_subcommand is not None:
        return
    if ledger:
        click.echo(read(data_dir, ledger_lines))
        return
    live = live_or_last(Places(config=config_dir, data=data_dir))
    now = utc_now()
    states = {each.source_id: each for each in read(data_dir, load_sources)}
    hubs = {each.source_id: each for each in read(data_dir, all_subscriptions)}
    day = read(data_dir, lambda tx: lags(tx, now - timedelta(days=1), now))
    promises = keep_promises(day, live.config.sources, live.config.settings.alerts)
    rows = [(source, states.get(source.id)) for source in live.sources.values()]
    if for_programs:
        told = [fields(state, promises[state.source_id]) for _, state in rows if state]
        click.echo(as_json(told))
    else:
        for source, state in rows:
            click.echo(line(source, state))
            if state and (hub := hubs.get(state.source_id)):
                click.echo(hub_line(hub))
            for words in promise_lines(promises[state.source_id]) if state else ():
                click.echo(words)
    failing = [state for _, state in rows if state and state.last_error]
    click.echo(f"{count(len(rows), 'source')}, {len(failing)} failing", err=for_programs)
    if failing:
        raise SystemExit(FOUND_PROBLEMS)


def line(source: Source, state: SourceState | None) -> str:
    """Write one source as one line, and below it what is not as usual."""
    condition = condition_of(source, state)
    if state is None or condition.word in {"new", "resting"}:
        return f"  {condition.word:8} {source.name}: {condition.words}"
    seen = f"{state.last_success:%Y-%m-%d %H:%M}Z" if state.last_success else "never"
    ways = count(len(state.ways), "way")
    rows = [f"  {condition.word:8} {source.name}: last read {seen}, "
            f"next {state.next_at:%H:%M}Z, {ways}"]  # fmt: skip
    if condition.word != "well":
        rows.append(f"           {condition.words}")
    return "\n".join(rows)


def hub_line(hub: Subscribed) -> str:
    """Write how we stand with the hub of a source's feed."""
    until = f"until {hub.expires_at:%Y-%m-%d %H:%M}Z" if hub.expires_at else ""
    said = ", ".join(filter(None, (until, hub.reason))) or "not asked yet"
    return f"           told by {hub.hub}: {said}"


def promise_lines(promise: Promise) -> Iterator[str]:
    """Say how a source's promise was broken in the last day, or its clock is off."""
    for kept in promise.broken:
        yield f"           late: {kept}"
    if promise.clock:
        yield f"           clock: {promise.clock}"


def fields(state: SourceState, promise: Promise) -> dict[str, object]:
    """Return a source's state as a program reads it."""
    return {
        "id": state.source_id,
        "last_success": state.last_success,
        "last_error": state.last_error,
        "failures": state.failures,
        "next_at": state.next_at,
        "late": [str(kept) for kept in promise.broken],
        "clock": str(promise.clock or ""),
        "ways": [{"kind": way.kind, "url": way.url, "items": way.items} for way in state.ways],
    }


def ledger_lines(tx: Transaction) -> str:
    """Add up the ledger: every address ever seen stands in exactly one state."""
    sums = ledger_sums(tx)
    rows = [f"{number:10,}  {FATES[state]}" for state, number in sums.items()]
    rows.append(f"{sum(sums.values()):10,}  addresses in all")
    now = utc_now()
    for state in load_sources(tx):
        for way, counts in coverage(tx, state.source_id).items():
            told = ", ".join(f"{number} {FATES[kind]}" for kind, number in counts.items())
            rows.append(f"  {state.source_id}: {way}: {told}")
    rows += [
        f"  GAP {gap.source_id}: {gap.way}: {gap.since:%d %b %H:%M}–{gap.until:%d %b %H:%M} UTC"
        for gap in gaps_between(tx, now - timedelta(days=7), now)
    ]
    return "\n".join(rows)


@sources.command()
@click.argument("url", type=ADDRESS)
@click.option("--write", is_flag=True, help="Append the entry to sources/added.yaml.")
@click.option("--private", is_flag=True, help="Allow an address of a private network.")
@json_option
@places
def add(
    url: str,
    *,
    write: bool,
    private: bool,
    for_programs: bool,
    config_dir: Path,
    data_dir: Path,
) -> None:
    """Look at a site, show what leads to its articles, and write its entry.

    Exit status 1: nothing leads to its articles, or the entry could not be written.
    """
    from crawler.discover.listing import report, source_id, to_json, to_yaml
    from crawler.progress import telling
    from crawler.watch.explore import explore_site

    any_yet = any((config_dir / "sources").rglob("*.y*ml"))
    known = watched(config_dir, needed=write and any_yet)
    if write:
        refuse_twice(url, known.sources)
    name = free_id(source_id(url), {each.id for each in known.sources})
    source = Source(id=name, url=url, name="")
    with telling() as say:
        explored = asyncio.run(explore_site(source, known.fetch, private=private, say=say))
    if for_programs:
        click.echo(as_json(to_json(explored)))
    else:
        click.echo(report(explored))
        if explored.ways or explored.unanswered is None:
            click.echo(f"\nfor config/sources/:\n\n{to_yaml(explored)}")
    if not explored.ways:
        if not private and any("private address" in why for why in explored.dropped.values()):
            click.echo("--private lets us ask it, if you mean it", err=True)
        raise SystemExit(FOUND_PROBLEMS)
    if write:
        append(config_dir / "sources" / "added.yaml", to_yaml(explored))
        if private and name not in known.fetch.allow_private:
            hint = f"add {name} to fetch: allow_private: in settings.yaml"
            click.echo(f"its address is private: {hint}, restart, or it is refused", err=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What is watched already, and how we go out."""

    sources: tuple[Source, ...] = ()
    fetch: FetchSettings = field(default_factory=FetchSettings)


def watched(config_dir: Path, *, needed: bool) -> Watched:
    """Read the configuration; where it is not needed, a broken or absent one is no obstacle."""
    try:
        config = load_config(config_dir, AnySecret())
    except ConfigError:
        if needed:
            raise
        return Watched()
    return Watched(sources=config.sources, fetch=config.settings.fetch)


def refuse_twice(url: str, sources: tuple[Source, ...]) -> None:
    """Leave where the site is a source already."""
    keys = {identity_key(each.url): each.id for each in sources}
    if twin := keys.get(identity_key(url)):
        leave(f"{url} is watched already, as {twin}; nothing was written", FOUND_PROBLEMS)


def append(file: Path, entry: str) -> None:
    """Write the entry, or say why not."""
    try:
        add_entry(file, entry)
    except (NotAddedError, OSError) as error:
        leave(str(error), FOUND_PROBLEMS)
    click.echo(f"written to {file}; a running daemon takes it in within seconds", err=True)
    click.echo(f"its first look: {ONE_MESSAGE}", err=True)

"""`presswatch status`: how it is, in plain words."""

from datetime import timedelta
from pathlib import Path

import click

from crawler.cli.places import FOUND_PROBLEMS, as_json, count, places
from crawler.cli.store import live_config, read
from crawler.clock import utc_now
from crawler.digesting import quiet_of
from crawler.live import Live
from crawler.liverules import load_kept
from crawler.places import Places
from crawler.welcome import next_digest
from storage.database import Transaction
from storage.ledger import ledger_sums
from storage.outbox import OutboxState, outbox_sums
from storage.sources import gaps_between, load_sources


@click.command()
@click.option("--json", "for_programs", is_flag=True)
@places
def status(*, for_programs: bool, config_dir: Path, data_dir: Path) -> None:
    """Say in plain words how it is, and what to do. Exit status 1: something is wrong."""
    live = live_config(config_dir)
    facts = read(data_dir, lambda tx: gather(tx, live))
    problems = problems_of(facts) + edits_waiting(
        live, Places(config=config_dir, data=data_dir)
    )
    if for_programs:
        click.echo(as_json({**facts, "problems": problems}))
    else:
        click.echo(f"{facts['sources']} sources, {facts['articles']} articles stored, "
                   f"{facts['waiting']} addresses wait")  # fmt: skip
        for plan in live.config.digests:
            click.echo(f"next digest: {next_digest(plan, utc_now())}")
        for problem in problems:
            click.echo(f"- {problem}")
        click.echo("something needs a person" if problems else "all is well")
    if problems:
        raise SystemExit(FOUND_PROBLEMS)


def gather(tx: Transaction, live: Live) -> dict[str, object]:
    """Read the facts that decide how it is."""
    now = utc_now()
    states = [each for each in load_sources(tx) if each.source_id in live.sources]
    ledger, outbox = ledger_sums(tx), outbox_sums(tx)
    polled = [each.last_polled for each in states if each.last_polled]
    return {
        "sources": len(live.sources),
        "articles": sum(
            n for state, n in ledger.items() if state in {"stored", "duplicate_of"}
        ),
        "waiting": sum(n for state, n in ledger.items() if state == "waiting"),
        "last_poll": max(polled, default=None),
        "failing": [live.newsrooms[each.source_id] for each in states if each.last_error],
        "silent": [live.newsrooms[each.source_id] for each in states if quiet_of(each)],
        "gaps": len(gaps_between(tx, now - timedelta(days=1), now)),
        "dead_messages": outbox.get(OutboxState.DEAD, 0),
        "late": bool(polled) and now - max(polled) > timedelta(hours=2),
    }


def edits_waiting(live: Live, there: Places) -> list[str]:
    """Say when the rules in the files are not those that run."""
    kept = load_kept(there)
    if kept is None or kept.rules_fingerprint == live.config.rules_fingerprint:
        return []
    return ["the rules in the files are not live: presswatch rules plan (and --accept)"]


def problems_of(facts: dict[str, object]) -> list[str]:
    """Put what is wrong into words, each with what to do."""
    problems: list[str] = []
    failing, silent = facts["failing"], facts["silent"]
    if isinstance(failing, list) and failing:
        problems.append(f"{count(len(failing), 'source')} cannot be read "
                        f"({', '.join(failing[:5])}): presswatch sources")  # fmt: skip
    if isinstance(silent, list) and silent:
        problems.append(f"silent against their own rhythm: {', '.join(silent[:5])}")
    if facts["gaps"]:
        problems.append(f"{facts['gaps']} gaps in the last day: presswatch sources --ledger")
    if facts["dead_messages"]:
        problems.append(
            f"{facts['dead_messages']} messages were given up on: presswatch outbox"
        )
    if facts["late"] or facts["last_poll"] is None:
        problems.append("no source was polled lately: is the daemon running? presswatch run")
    return problems

"""`presswatch rules`: what an edit would change, why a rule fires, what it lacks."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import click

from alerts.collector import collector_at_rest
from alerts.explaining.advice import advise
from alerts.explaining.plan import Archived, Plan, plan_to_dict, render_plan
from alerts.explaining.plan import plan as compare
from alerts.explaining.ruletests import run_rule_tests
from alerts.explaining.stats import Fired, render_stats, rule_stats, stats_to_dict
from alerts.explaining.suggest import (
    UnknownListError,
    render_suggestions,
    suggest,
    suggestion_to_dict,
)
from alerts.importing.dialects import ALSO_CALLED, DIALECTS
from alerts.importing.imported import import_to_dict, render_import, render_rule
from alerts.importing.importing import import_query
from alerts.matching.ruleset import RuleSet, compile_rules
from alerts.precision import WINDOW, precisions
from alerts.routing.report import read_evidence
from config.counting import count
from config.words import did_you_mean
from crawler.cli.judging import judge_command, judged
from crawler.cli.places import (
    FOUND_PROBLEMS,
    WRONG_USE,
    Span,
    as_json,
    hand_down,
    json_option,
    leave,
    places,
    since_option,
)
from crawler.cli.ruletests import mutate, test_command
from crawler.cli.separating import suggest_not
from crawler.cli.store import edited_rules, live_or_last, load_archive, read
from crawler.cli.why import why_command
from crawler.clock import utc_now
from crawler.live.kept import load_kept
from crawler.live.planguard import accept
from crawler.places import Places
from crawler.progress import Advance, progress
from storage.judgements import tally_judgements
from storage.matches import matches_between


@click.group()
@click.pass_context
@places
def rules(ctx: click.Context, config_dir: Path, data_dir: Path) -> None:
    """Plan, explain, test and import rules."""
    hand_down(ctx, config_dir, data_dir)


def counted(archive: Iterable[Archived], advance: Advance) -> Iterator[Archived]:
    """Yield articles, and tell how many were taken."""
    for each in archive:
        yield each
        advance(1)


@rules.command(short_help="Show what an edit would newly fire and cease to.")
@since_option
@click.option("--accept", "accepted", is_flag=True, help="Let this edit go live.")
@json_option
@places
def plan(
    since: timedelta, *, accepted: bool, for_programs: bool, config_dir: Path, data_dir: Path
) -> None:
    """Compare the edited rules with the live ones over the archive.

    Lists per rule what newly fires and what ceases, with headlines and evidence, and warns of
    rules that are noisy, silent, hollow or double. A daemon refuses an edit that would newly
    fire too often until you say --accept.
    """
    there = Places(config=config_dir, data=data_dir)
    edited = edited_rules(there)
    kept = load_kept(there)
    old = compile_rules(kept.rules, kept.terms) if kept else RuleSet((), {})
    with collector_at_rest():  # it would walk 20,000 readings again and again
        archive = load_archive(data_dir, edited, since)
        with progress("trying the rules", 2 * len(archive)) as advance:
            found: Plan = compare(old, edited.ruleset, counted(archive, advance))
            warnings = advise(edited.ruleset, archive, advance)
    if for_programs:
        said = plan_to_dict(found) | {"warnings": [asdict(warning) for warning in warnings]}
        click.echo(as_json(said))
    else:
        click.echo("\n".join([render_plan(found), *map(str, warnings)]))
    if failing := run_rule_tests(edited.ruleset):
        tests = f"{count(len(failing), 'test')} of these rules"
        fail = "fails" if len(failing) == 1 else "fail"
        click.echo(f"not live yet: {tests} {fail}: presswatch check", err=True)
    if accepted:
        accept(there, edited.config.rules_fingerprint)
        click.echo("accepted: a running daemon takes these rules within seconds", err=True)


@rules.command(name="suggest", short_help="Show spellings that the list @TERM lacks.")
@click.argument("term")
@click.option(
    "--since", type=Span(), default="365d", show_default=True, help="How far back to look."
)
@click.option("--least", default=1, show_default=True, help="In so many articles at least.")
@json_option
@places
def suggest_command(
    term: str,
    since: timedelta,
    least: int,
    *,
    for_programs: bool,
    config_dir: Path,
    data_dir: Path,
) -> None:
    """Show spellings in the archive, in all scripts, that the list @TERM lacks."""
    live = live_or_last(Places(config=config_dir, data=data_dir))
    frequencies: Counter[str] = Counter()
    for each in load_archive(data_dir, live, since):
        frequencies.update({token for part in each.reading.parts for token in part.tokens})
    try:
        found = suggest(live.ruleset, term.removeprefix("@"), frequencies, least=least)
    except UnknownListError:
        known = sorted(live.ruleset.lists)
        meant = did_you_mean(term.removeprefix("@"), known) or f"there are {', '.join(known)}"
        leave(f"no term list is called {term!r}; {meant}", WRONG_USE)
    if for_programs:
        click.echo(as_json([suggestion_to_dict(each) for each in found]))
    else:
        click.echo(render_suggestions(term.removeprefix("@"), found))


@rules.command(short_help="Show how often each rule fired, and when last.")
@since_option
@json_option
@places
def stats(since: timedelta, *, for_programs: bool, config_dir: Path, data_dir: Path) -> None:
    """Show how often each rule fired, when it last did, by which words, and its precision."""
    live, now = live_or_last(Places(config=config_dir, data=data_dir)), utc_now()
    matches, tallies = read(
        data_dir,
        lambda tx: (matches_between(tx, now - since, now), tally_judgements(tx, now - WINDOW)),
    )
    fired = [
        Fired(
            rule_id=match.rule_id,
            at=match.matched_at,
            words=tuple(each.words for each in read_evidence(match.evidence_json)),
        )
        for match in matches
    ]
    ids = [rule.id for rule in live.config.rules]
    found = rule_stats(ids, fired, since=now - since, until=now)
    judged = precisions(tallies)
    if for_programs:
        told = [stats_to_dict(each, judged.get(each.rule_id)) for each in found]
        click.echo(as_json(told))
    else:
        click.echo(render_stats(found, judged))


@rules.command(name="import", short_help="Translate a query of another product.")
@click.option(
    "--from",
    "product",
    type=click.Choice([*DIALECTS, *ALSO_CALLED], case_sensitive=False),
    required=True,
    metavar="PRODUCT",
    help=f"Whose query it is: {', '.join(DIALECTS)}.",
)
@click.option(
    "--rule",
    "rule_id",
    metavar="ID",
    help="Write it as a rule with this id: for a file of its own, or, without its first line, "
    "to paste under the rules: of another.",
)
@click.argument("query", nargs=-1)
@json_option
@places
def import_command(
    product: str,
    query: tuple[str, ...],
    *,
    rule_id: str | None,
    for_programs: bool,
    config_dir: Path,
    data_dir: Path,
) -> None:
    """Translate QUERY (default: standard input) and print every change of meaning."""
    if not query and sys.stdin.isatty():
        click.echo("paste the query, and end it with Ctrl-D on a line of its own:", err=True)
    text = " ".join(query) or sys.stdin.read().strip()
    found = import_query(text, ALSO_CALLED.get(product, product))
    if for_programs:
        click.echo(as_json(import_to_dict(found)))
    else:
        click.echo(render_rule(found, rule_id) if rule_id else render_import(found))
    if found.problems:
        raise SystemExit(FOUND_PROBLEMS)


for command in (why_command, test_command, mutate, judge_command, judged, suggest_not):
    rules.add_command(command)

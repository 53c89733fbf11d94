"""`presswatch rules`: what an edit would change, why a rule fires, what it lacks."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import click

from alerts.explaining.advice import advise
from alerts.explaining.explain import (
    UnknownRuleError,
    explanation_to_dict,
    render_explanation,
    why,
)
from alerts.explaining.mutants import try_without
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
from alerts.explaining.usage import unused_arms
from alerts.importing.imported import import_to_dict, render_import
from alerts.importing.importing import import_query
from alerts.matching.reading import read_article
from alerts.matching.ruleset import RuleSet, collector_at_rest, compile_rules
from alerts.routing.report import read_evidence
from alerts.routing.telling import minute
from config.counting import count
from config.words import did_you_mean
from crawler.archive import MOST, read_archive
from crawler.cli.archive import told_fields
from crawler.cli.places import (
    FOUND_PROBLEMS,
    WRONG_USE,
    Span,
    as_json,
    hand_down,
    leave,
    places,
)
from crawler.cli.store import article_or_leave, edited_rules, live_or_last, read, visit
from crawler.clock import utc_now
from crawler.live.configuration import Live
from crawler.live.kept import load_kept
from crawler.live.planguard import accept
from crawler.places import Places
from crawler.progress import Advance, progress
from crawler.tellings import MatchTold, lines_of, tellings_of_story
from storage.articles import StoredArticle
from storage.matches import matches_between
from storage.tallies import articles_read

since_option = click.option(
    "--since", type=Span(), default="30d", show_default=True, help="How far back to look."
)
json_option = click.option("--json", "for_programs", is_flag=True, help="For a program.")


@click.group()
@click.pass_context
@places
def rules(ctx: click.Context, config_dir: Path, data_dir: Path) -> None:
    """Plan, explain, test and import rules."""
    hand_down(ctx, config_dir, data_dir)


def load_archive(data_dir: Path, live: Live, since: timedelta) -> list[Archived]:
    """Read the archive of a span, with a counter on a terminal."""
    now = utc_now()
    total = read(data_dir, lambda tx: articles_read(tx, now - since, now))
    with progress("reading the archive", min(total, MOST)) as advance:
        return visit(
            data_dir,
            lambda database: read_archive(database, live.sources, now - since, now, advance),
        )


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
    if accepted:
        accept(there, edited.config.rules_fingerprint)
        click.echo("accepted: a running daemon takes these rules within seconds", err=True)


@rules.command(name="why", short_help="Show why RULE fires on ARTICLE, or why not.")
@click.argument("rule")
@click.argument("article")
@json_option
@places
def why_command(
    rule: str, article: str, *, for_programs: bool, config_dir: Path, data_dir: Path
) -> None:
    """Show why RULE fires on ARTICLE (its number or address), or why not.

    When it does not fire: the clauses that failed, and how far it was from firing. When it
    matched as the article came in: who was told of it, or why nobody was.
    """
    live = live_or_last(Places(config=config_dir, data=data_dir))
    stored = article_or_leave(data_dir, article)
    source = live.sources.get(stored.article.source_id)
    reading = read_article(stored.article, source=source)
    try:
        found = why(live.ruleset, rule, reading, now=stored.first_seen)
    except UnknownRuleError:
        leave_unknown_rule(rule, live)
    told = matched_then(data_dir, stored, rule, live)
    if for_programs:
        click.echo(as_json(explanation_to_dict(found) | {"matches": told_fields(told)}))
        return
    click.echo(render_explanation(found))
    for line in then_and_now(stored, told, fires=found.fires):
        click.echo(line)


def chosen_rules(names: tuple[str, ...], live: Live) -> RuleSet:
    """Return the rules that are named, or all; end the command where there is no such rule."""
    known = {rule.id for rule in live.config.rules}
    for name in names:
        if name not in known:
            leave_unknown_rule(name, live)
    return live.ruleset.only(names or known)


def leave_unknown_rule(name: str, live: Live) -> NoReturn:
    """End the command, naming the rule that was meant, or those there are."""
    known = [each.id for each in live.config.rules]
    meant = did_you_mean(name, known) or f"there are {', '.join(known)}"
    leave(f"no rule is called {name!r}; {meant}", WRONG_USE)


def matched_then(
    data_dir: Path, stored: StoredArticle, rule: str, live: Live
) -> list[MatchTold]:
    """Return the matches of a rule on an article, as they were when it came in."""
    told = read(data_dir, lambda tx: tellings_of_story(tx, stored.story_id, live.config))
    return [each for each in told if each.rule_id == rule and each.article_id == stored.id]


def then_and_now(stored: StoredArticle, told: Sequence[MatchTold], *, fires: bool) -> list[str]:
    """Say who was told when the article came in, and where the rule has changed since."""
    if told:
        changed = (
            [] if fires else ["it matched when the article came in, and reads otherwise now"]
        )
        return [*changed, "who was told:", *lines_of(told)]
    if not fires:
        return []
    return [
        f"nobody was told: it did not match when the article came in "
        f"({minute(stored.first_seen)}); the rule is newer, or was edited since"
    ]


@rules.command(name="test", short_help="Run the rules' own tests; name unused OR arms.")
@click.argument("rule", nargs=-1)
@click.option("--archive", is_flag=True, help="Count arms used by archived articles, too.")
@since_option
@places
def test_command(
    rule: tuple[str, ...],
    since: timedelta,
    *,
    archive: bool,
    config_dir: Path,
    data_dir: Path,
) -> None:
    """Run the own tests of each RULE (default: of all), and name OR arms nothing ever used."""
    live = edited_rules(Places(config=config_dir, data=data_dir))
    chosen = chosen_rules(rule, live)
    failed = run_rule_tests(chosen)
    seen = load_archive(data_dir, live, since) if archive else []
    for mistake in (*failed, *unused_arms(chosen, seen)):
        click.echo(str(mistake))
    total = sum(len(trees.text.tests) for trees in chosen.trees)
    click.echo(f"{count(total, 'test')}, {len(failed)} failed")
    if failed:
        raise SystemExit(FOUND_PROBLEMS)


@rules.command(short_help="Leave out each clause in turn; name those nothing needs.")
@click.argument("rule", nargs=-1)
@click.option("--archive", is_flag=True, help="Count what archived articles need, too.")
@since_option
@places
def mutate(
    rule: tuple[str, ...],
    since: timedelta,
    *,
    archive: bool,
    config_dir: Path,
    data_dir: Path,
) -> None:
    """Leave out each clause of each RULE (default: of all), and name those nothing needs.

    A clause is needed when a test of the rule fails without it, or, with --archive, when the
    rule would fire on more articles.
    """
    live = edited_rules(Places(config=config_dir, data=data_dir))
    chosen = chosen_rules(rule, live)
    found = try_without(chosen, load_archive(data_dir, live, since) if archive else [])
    for warning in found.warnings:
        click.echo(str(warning))
    click.echo(f"{count(found.clauses, 'clause')}, {found.unneeded} that nothing needs")


@rules.command(name="suggest", short_help="Show spellings that the list @TERM lacks.")
@click.argument("term")
@click.option("--since", type=Span(), default="365d", show_default=True)
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
    """Show how often each rule fired, when it last did, and by which words."""
    live, now = live_or_last(Places(config=config_dir, data=data_dir)), utc_now()
    fired = [
        Fired(
            rule_id=match.rule_id,
            at=match.matched_at,
            words=tuple(each.words for each in read_evidence(match.evidence_json)),
        )
        for match in read(data_dir, lambda tx: matches_between(tx, now - since, now))
    ]
    ids = [rule.id for rule in live.config.rules]
    found = rule_stats(ids, fired, since=now - since, until=now)
    if for_programs:
        click.echo(as_json([stats_to_dict(each) for each in found]))
    else:
        click.echo(render_stats(found))


@rules.command(name="import", short_help="Translate a query of another product.")
@click.option(
    "--from",
    "product",
    type=click.Choice(["factiva", "lexis", "meltwater"]),
    required=True,
    help="Whose query it is.",
)
@click.argument("query", nargs=-1)
@json_option
@places
def import_command(
    product: str,
    query: tuple[str, ...],
    *,
    for_programs: bool,
    config_dir: Path,
    data_dir: Path,
) -> None:
    """Translate QUERY (default: standard input) and print every change of meaning."""
    text = " ".join(query) or sys.stdin.read().strip()
    found = import_query(text, product)
    click.echo(as_json(import_to_dict(found)) if for_programs else render_import(found))
    if found.problems:
        raise SystemExit(FOUND_PROBLEMS)

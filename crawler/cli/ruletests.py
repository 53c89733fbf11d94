"""`presswatch rules test` and `mutate`: what a rule's own tests say, and what they miss."""

from datetime import timedelta
from pathlib import Path

import click

from alerts.explaining.mutants import try_without
from alerts.explaining.ruletests import run_rule_tests
from alerts.explaining.usage import unused_arms
from alerts.matching.ruleset import RuleSet
from config.counting import count
from crawler.cli.places import FOUND_PROBLEMS, places, since_option
from crawler.cli.store import edited_rules, leave_unknown_rule, load_archive
from crawler.live.configuration import Live
from crawler.places import Places


@click.command(name="test", short_help="Run the rules' own tests; name unused OR arms.")
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


@click.command(short_help="Leave out each clause in turn; name those nothing needs.")
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


def chosen_rules(names: tuple[str, ...], live: Live) -> RuleSet:
    """Return the rules that are named, or all; end the command where there is no such rule."""
    known = {rule.id for rule in live.config.rules}
    for name in names:
        if name not in known:
            leave_unknown_rule(name, live)
    return live.ruleset.only(names or known)

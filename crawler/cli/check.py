"""`presswatch check`: the configuration, and every rule's own tests."""

import os
from dataclasses import asdict, replace
from pathlib import Path

import click

from config.counting import count, count_mistakes
from config.errors import ConfigError, Mistake
from crawler.cli.places import FOUND_PROBLEMS, as_json, places


@click.command()
@click.option("--json", "for_programs", is_flag=True, help="Print the mistakes as JSON.")
@places
def check(for_programs: bool, config_dir: Path, data_dir: Path) -> None:
    """Check every file in config/ and run the rules' own tests.

    Prints every mistake with file, line and column. Exit status 1: there is one. A secret that
    is not set here is a warning: the daemon's own environment must have it.
    """
    from config.secrets import AnySecret
    from crawler.live.configuration import check_live

    try:
        live = check_live(config_dir, AnySecret())
    except ConfigError as error:
        mistakes, summary = error.mistakes, ""
    else:
        missing = secrets_not_here(config_dir)
        warned = (*live.config.warnings, *live.ruleset.warnings)
        mistakes = (*warned, *missing)
        tests = sum(len(rule.tests) for rule in live.config.rules)
        summary = (
            f"{config_dir}: {count(len(live.config.sources), 'source')}, "
            f"{count(len(live.config.rules), 'rule')} ({count(tests, 'test')} passed), "
            f"{count(len(live.config.channels), 'channel')}, "
            f"{count(len(live.config.digests), 'digest')}: "
            f"{'no mistakes, ' + count(len(warned), 'warning') if warned else 'all good'}."
        )
        if missing:
            summary += f" {count(len(missing), 'secret')} the daemon needs cannot be read here."
    if for_programs:
        click.echo(as_json([asdict(mistake) for mistake in mistakes]))
    else:
        for mistake in mistakes:
            click.echo(str(mistake))
        click.echo(summary or f"\n{count_mistakes(mistakes)}.")
    if not summary:
        raise SystemExit(FOUND_PROBLEMS)


def secrets_not_here(config_dir: Path) -> list[Mistake]:
    """Return as warnings what a sound configuration lacks in this shell: its secrets."""
    from config.load import read_draft

    draft = read_draft(config_dir, os.environ)
    return [replace(each, warning=True) for each in draft.mistakes if not each.warning]

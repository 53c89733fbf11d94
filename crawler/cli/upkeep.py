"""`presswatch doctor`, `backup` and `restore`."""

from pathlib import Path

import click

from crawler.cli.places import FOUND_PROBLEMS, leave, places
from crawler.clock import utc_now
from crawler.places import Places


@click.command()
@places
def doctor(config_dir: Path, data_dir: Path) -> None:
    """Look for what is wrong and say what to do. Exit status 1: something is."""
    from storage.doctor import examine_all

    findings = examine_all(Places(config=config_dir, data=data_dir).database)
    for finding in findings:
        mark = "GRAVE" if finding.grave else "look" if finding.problem else "good"
        click.echo(
            f"{mark:6} {finding.what}{f': {finding.problem}' if finding.problem else ''}"
        )
    if any(finding.grave for finding in findings):
        raise SystemExit(FOUND_PROBLEMS)


@click.command()
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@places
def backup(target: Path, config_dir: Path, data_dir: Path) -> None:
    """Copy the database to TARGET while it is in use; the copy is checked."""
    from storage.backup import backup as copy

    try:
        size = copy(Places(config=config_dir, data=data_dir).database, target)
    except OSError as error:
        leave(f"{target}: {error.strerror or error}", FOUND_PROBLEMS)
    click.echo(f"{target}: {size / 1e6:.1f} MB, checked")


@click.command()
@click.argument("copy", type=click.Path(path_type=Path, dir_okay=False))
@places
def restore(copy: Path, config_dir: Path, data_dir: Path) -> None:
    """Put the backup COPY in the database's place, checked; the daemon must be stopped."""
    from storage.backup import restore as put_back

    there = Places(config=config_dir, data=data_dir)
    there.prepare()
    aside = put_back(copy, there.database, utc_now())
    kept = f"; the old one is kept as {aside}" if aside else ""
    click.echo(f"{there.database} is {copy}{kept}")

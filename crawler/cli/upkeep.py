"""`presswatch doctor`, `backup` and `restore`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from config.counting import count_mistakes
from config.errors import ConfigError
from config.secrets import AnySecret
from crawler.cli.asking import Heard, Resting, Unheard, ask_daemon
from crawler.cli.places import FOUND_PROBLEMS, leave, places
from crawler.cli.store import live_config
from crawler.clock import utc_now
from crawler.live.kept import read_live
from crawler.places import Places
from crawler.progress import progress, telling

if TYPE_CHECKING:
    from storage.doctor import Finding


@click.command()
@places
def doctor(config_dir: Path, data_dir: Path) -> None:
    """Look for what is wrong and say what to do. Exit status 1: something is."""
    from storage.doctor import Finding, examine_all

    there = Places(config=config_dir, data=data_dir)
    findings = examine_all(there.database)
    try:
        live = live_config(config_dir)
        findings.append(Finding(what=f"{config_dir} can be read", problem=""))
        findings.append(examine_daemon(ask_daemon(there, live.config.settings.status)))
    except ConfigError as error:
        words = f"{count_mistakes(error.mistakes)}: presswatch check"
        findings.append(Finding(what=str(config_dir), problem=words, grave=True))
    for finding in findings:
        mark = "GRAVE" if finding.grave else "look" if finding.problem else "good"
        told = f": {finding.problem}" if finding.problem else ""
        click.echo(f"{mark:6} {finding.what}{told}")
    if any(finding.grave for finding in findings):
        raise SystemExit(FOUND_PROBLEMS)


def examine_daemon(daemon: Resting | Unheard | Heard) -> "Finding":
    """Say whether a daemon runs and does its work."""
    from storage.doctor import Finding

    match daemon:
        case Resting():
            return Finding(what="no daemon runs on this data", problem="")
        case Unheard(process=process, reason=reason):
            what = f"the daemon (process {process}) does not answer"
            return Finding(what=what, problem=f"{reason}; look at its log, then restart it")
        case Heard(failing=failing):
            wrong = f"look at {', '.join(failing)}, and at its log" if failing else ""
            return Finding(what=str(daemon), problem=wrong, grave=bool(failing))


@click.command()
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@places
def backup(target: Path, config_dir: Path, data_dir: Path) -> None:
    """Copy the database to TARGET while it is in use; the copy is checked.

    The folder of `evidence:` is not in it; its files are copied as they are.
    """
    from storage.backup import backup as copy

    if not target.parent.is_dir():
        leave(f"{target}: there is no folder {target.parent}; make it first", FOUND_PROBLEMS)
    try:
        source = Places(config=config_dir, data=data_dir).database
        total = source.stat().st_size if source.exists() else 0
        with progress("copying kB", total // 1000) as advance, telling() as say:
            size = copy(source, target, advance, lambda: say("checking the copy"))
    except OSError as error:
        leave(f"{target}: {error.strerror or error}", FOUND_PROBLEMS)
    click.echo(f"{target}: {size / 1e6:.1f} MB, checked")
    if folder := _evidence(Places(config=config_dir, data=data_dir)):
        click.echo(
            f"{folder} is not in it: copy the folder, too (rsync -a), and check the copy: "
            f"presswatch evidence verify COPY"
        )


def _evidence(there: Places) -> Path | None:
    """Return the folder that is no part of the database; None: there is none, or who knows."""
    try:
        return there.evidence(read_live(there, AnySecret()).live.config.settings.evidence)
    except ConfigError:  # a backup is made of what cannot start, too
        return None


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

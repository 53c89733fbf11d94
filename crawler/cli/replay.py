"""`presswatch replay`: go through a past day again, by its own rules or by others."""

import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from alerts.delivery.templating import Templates
from alerts.digest.due import Window
from alerts.localtime import at_local
from crawler.cli.places import (
    FOUND_PROBLEMS,
    WRONG_USE,
    as_json,
    json_option,
    leave,
    places,
)
from crawler.cli.store import live_or_last
from crawler.clock import utc_now
from crawler.places import Places
from crawler.replay.comparing import Compared, compare, likely_causes
from crawler.replay.rerun import rerun
from crawler.replay.rules_of_then import NotKept, Then, TooEarly, named_rules
from crawler.replay.saying import render, to_dict
from storage.configurations import configurations
from storage.past import reading_only
from storage.transaction import Transaction


@click.command()
@click.argument("day")
@click.option(
    "--rules",
    "named",
    help="By these rules: a folder, the hash a digest names, or a commit of config/.",
)
@json_option
@places
def replay(
    day: str, named: str | None, *, for_programs: bool, config_dir: Path, data_dir: Path
) -> None:
    """Go through DAY again from the archive, and say what would be told otherwise.

    DAY is a date, today or yesterday.

    By the configuration that was live then: identical, or what differs and why. With --rules:
    what these would have told, with cooldowns, threads, storms and the digest; `rules plan`
    compares only what matches. Nothing is written and nothing is sent. Exit status 1: not
    identical.
    """
    there = Places(config=config_dir, data=data_dir)
    zone = ZoneInfo(live_or_last(there).config.settings.timezone)
    window = day_of(day, zone, utc_now())
    with (
        reading_only(there.database) as tx,
        tempfile.TemporaryDirectory(prefix="presswatch-replay-") as folder,
    ):
        try:
            found, by = _replay(tx, window, there, (named, Path(folder)))
        except TooEarly as error:
            leave(first_day(error, zone), WRONG_USE)
        except NotKept as error:
            leave(str(error), WRONG_USE)
    click.echo(as_json(to_dict(found)) if for_programs else render(found, by))
    if not found.identical:
        raise SystemExit(FOUND_PROBLEMS)


def day_of(name: str, zone: ZoneInfo, now: datetime) -> Window:
    """Return a day from midnight to midnight as its people lived it, or leave."""
    today = now.astimezone(zone).date()
    named = {"today": today, "yesterday": today - timedelta(days=1)}
    try:
        day = named[name] if name in named else date.fromisoformat(name)
    except ValueError:
        leave(f"{name!r} is no day; write {today}, today or yesterday", WRONG_USE)
    if day > today:
        leave(f"{name} is still to come", WRONG_USE)
    start, end = (at_local(each, time(), zone) for each in (day, day + timedelta(days=1)))
    return Window(start=start, end=end)


def first_day(early: TooEarly, zone: ZoneInfo) -> str:
    """Name the first day that there is something of to go through."""
    if early.since is None:
        return "what a replay needs is kept from the next start on: presswatch run"
    begin = early.since.astimezone(zone)
    kept = f"what a replay needs is kept since {begin:%Y-%m-%d %H:%M} ({zone})"
    return f"{kept}: presswatch replay {begin:%Y-%m-%d}"


def _replay(
    tx: Transaction, day: Window, there: Places, by: tuple[str | None, Path]
) -> tuple[Compared, str]:
    named, folder = by
    spans = configurations(tx)
    rules = named_rules(tx, named, spans, there.config) if named else None
    called = Path(named) if named else there.config
    then = Then(tx=tx, spans=spans, folder=folder, called=called, rules=rules)
    day = then.known(day)
    templates, first = Templates(there.templates), spans[0].since
    run = rerun(tx, day, then.live, templates, kept_since=first)
    by_name = f"the rules of {named}" if named else then.said(day)
    return compare(run, likely_causes(then, day)), by_name

"""`presswatch export`: write articles out for other programs."""

import contextlib
import errno
import io
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TextIO

import click

from config.counting import count
from crawler.cli.places import FOUND_PROBLEMS, leave, places, since_option
from crawler.cli.store import leave_unknown_rule, live_or_last, read
from crawler.clock import utc_now
from crawler.places import Places
from crawler.progress import Advance, progress
from storage.articles import StoredArticle, article_ids_between, load_articles
from storage.export import atom_feed, csv_lines, json_lines
from storage.matches import matches_between
from storage.transaction import Transaction

AT_ONCE = 200  # articles in memory


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["jsonl", "csv", "atom"]), default="jsonl",
    show_default=True, help="What to write.",
)  # fmt: skip
@since_option
@click.option("--rule", help="Only what this rule matches.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; left out: to standard output.",
)  # fmt: skip
@places
def export(
    form: str,
    since: timedelta,
    rule: str | None,
    output: Path | None,
    config_dir: Path,
    data_dir: Path,
) -> None:
    """Write articles as JSON lines, CSV (no cell is a formula) or an Atom feed."""
    now = utc_now()
    if rule is not None:
        live = live_or_last(Places(config=config_dir, data=data_dir))
        if rule not in {each.id for each in live.config.rules}:
            leave_unknown_rule(rule, live)

    def work(tx: Transaction) -> int:
        ids = chosen(tx, rule, now - since, now)
        with progress("writing", len(ids), shown(output)) as advance:
            write_lines(lines_of(form, rule, articles(tx, ids, advance), now), output)
        return len(ids)

    click.echo(count(read(data_dir, work), "article"), err=True)


def chosen(tx: Transaction, rule: str | None, since: datetime, until: datetime) -> list[int]:
    """Return the numbers of the articles of a span, all or those that a rule matched."""
    if rule is None:
        return article_ids_between(tx, since, until)
    matched = matches_between(tx, since, until)
    return sorted({match.article_id for match in matched if match.rule_id == rule})


def articles(tx: Transaction, ids: Sequence[int], advance: Advance) -> Iterator[StoredArticle]:
    """Yield articles a few at a time, so that an export of years takes little memory."""
    for at in range(0, len(ids), AT_ONCE):
        yield from load_articles(tx, ids[at : at + AT_ONCE])
        advance(len(ids[at : at + AT_ONCE]))


def lines_of(
    form: str, rule: str | None, found: Iterator[StoredArticle], now: datetime
) -> Iterator[str]:
    """Write articles in a format, line by line."""
    if form == "atom":
        title = f"presswatch: {rule or 'everything'}"
        name = f"urn:presswatch:{rule or 'all'}"
        return iter([atom_feed(list(found), feed_id=name, title=title, updated=now)])
    return json_lines(found) if form == "jsonl" else csv_lines(found)


def shown(output: Path | None) -> TextIO:
    """Return where a bar goes: nowhere between lines that a terminal shows."""
    return io.StringIO() if output is None and sys.stdout.isatty() else sys.stderr


def write_lines(lines: Iterator[str], output: Path | None) -> None:
    """Write lines to a file, whole or not at all, or to standard output."""
    ended = (f"{line.rstrip(chr(10))}\n" for line in lines)
    if output is None:
        _print_all(ended)
        return
    part = output.with_name(f"{output.name}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            file.writelines(ended)
        part.replace(output)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        kept = "the file that was there stays" if output.exists() else "nothing of it is left"
        said = f"{output}: not written: {error.strerror}; {kept}. {advice(error)}"
        leave(said, FOUND_PROBLEMS)


def _print_all(lines: Iterator[str]) -> None:
    try:
        sys.stdout.writelines(lines)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for the last flush
        said = f"only a part of it was written: {error.strerror}. {advice(error)}"
        leave(said, FOUND_PROBLEMS)


def advice(error: OSError) -> str:
    """Say what to do when articles cannot be written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "Make room there, name another place with -o, or export less with --since."
    return "Name another place with -o."

"""`presswatch export`: write articles out for other programs."""

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import click

from crawler.cli.places import FOUND_PROBLEMS, Span, leave, places
from crawler.cli.store import live_config, read
from crawler.clock import utc_now
from crawler.counting import count
from storage.articles import StoredArticle, articles_between, load_articles
from storage.database import Transaction
from storage.export import atom_feed, csv_lines, json_lines
from storage.matches import matches_between


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["jsonl", "csv", "atom"]), default="jsonl",
    show_default=True,
)  # fmt: skip
@click.option("--since", type=Span(), default="30d", show_default=True)
@click.option("--rule", help="Only what this rule matches.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False))
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
    articles = read(data_dir, lambda tx: select(tx, rule, config_dir, now - since, now))
    if form == "atom":
        title = f"presswatch: {rule or 'everything'}"
        name = f"urn:presswatch:{rule or 'all'}"
        lines = iter([atom_feed(articles, feed_id=name, title=title, updated=now)])
    else:
        lines = json_lines(articles) if form == "jsonl" else csv_lines(articles)
    write_lines(lines, output)
    click.echo(count(len(articles), "article"), err=True)


def select(
    tx: Transaction, rule: str | None, config_dir: Path, since: datetime, until: datetime
) -> list[StoredArticle]:
    """Return the articles of a span, all or those that a rule matched."""
    if rule is not None:
        known = [each.id for each in live_config(config_dir).config.rules]
        if rule not in known:
            leave(f"no rule is called {rule!r}; there are {', '.join(known)}", FOUND_PROBLEMS)
        matched = matches_between(tx, since, until)
        return load_articles(tx, {m.article_id for m in matched if m.rule_id == rule})
    return articles_between(tx, since, until, limit=10_000_000)


def write_lines(lines: Iterator[str], output: Path | None) -> None:
    """Write lines to a file, whole or not at all, or to standard output."""
    if output is None:
        sys.stdout.writelines(f"{line.rstrip(chr(10))}\n" for line in lines)
        return
    part = output.with_name(f"{output.name}.part")
    with part.open("w", encoding="utf-8") as file:
        file.writelines(f"{line.rstrip(chr(10))}\n" for line in lines)
    part.replace(output)

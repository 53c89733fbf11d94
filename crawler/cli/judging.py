"""`presswatch rules judge` and `judged`: say which matches were worth telling, and list it."""

import getpass
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import click

from alerts.judging import NO_VERDICT, VERDICTS, JudgedMatch, take_down
from alerts.precision import WINDOW, precision_to_dict, precisions
from alerts.routing.telling import minute
from config.counting import count
from crawler.cli.places import FOUND_PROBLEMS, Span, as_json, json_option, leave, places
from crawler.cli.store import article_or_leave, leave_unknown_rule, live_or_last, read, write
from crawler.clock import utc_now
from crawler.places import Places
from storage.articles import load_articles
from storage.judgements import Judgement, judgements_since, tally_judgements
from storage.transaction import Transaction


def _login() -> str:
    """Return who is logged in; empty: the machine does not know."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


@click.command(name="judge", short_help="Say that a match was useful, or noise.")
@click.argument("rule")
@click.argument("article")
@click.argument("verdict", type=click.Choice(VERDICTS))
@click.option("--by", "who", default=_login, help="Who says so; else the login.")
@places
def judge_command(
    rule: str, article: str, verdict: str, who: str, config_dir: Path, data_dir: Path
) -> None:
    """Say that what RULE found in ARTICLE was useful, or noise; none takes it back.

    ARTICLE is its number or its address. The last word on a match counts. What was said makes
    the rule's precision: rules stats, rules judged, the page of the rule, the digest.
    """
    stored = article_or_leave(data_dir, article)

    match = JudgedMatch(article_id=stored.id, rule_id=rule, where=who)
    meant = write(data_dir, lambda tx: take_down(tx, match, verdict, utc_now()))
    if meant is None:
        live = live_or_last(Places(config=config_dir, data=data_dir))
        if rule not in {each.id for each in live.config.rules}:
            leave_unknown_rule(rule, live)
        hint = f"presswatch rules why {rule} {stored.id}"
        leave(f"{rule} did not match #{stored.id}, so nobody was told: {hint}", FOUND_PROBLEMS)
    said = "is not judged" if verdict == NO_VERDICT else f"was {verdict}"
    click.echo(f"{rule} on #{meant} {said}")


@click.command(short_help="List what was judged, and each rule's precision.")
@click.argument("rule", required=False)
@click.option(
    "--since", type=Span(), default=WINDOW, show_default="90d", help="How far back to look."
)
@json_option
@places
def judged(
    rule: str | None, since: timedelta, *, for_programs: bool, config_dir: Path, data_dir: Path
) -> None:
    """List what was said of matches (of RULE), the newest first, then each rule's precision.

    The figures in brackets hold the true share in 95 of 100 cases, where it was chance that
    chose what was judged.
    """
    start = utc_now() - since
    said, headlines, tallies = read(
        data_dir,
        lambda tx: (
            found := judgements_since(tx, start, rule),
            _headlines(tx, found),
            tally_judgements(tx, start),
        ),
    )
    rates = precisions(each for each in tallies if rule in {None, each.rule_id})
    if for_programs:
        click.echo(
            as_json(
                {
                    "judgements": [_fields(each, headlines) for each in said],
                    "precision": {
                        name: precision_to_dict(each) for name, each in rates.items()
                    },
                }
            )
        )
        return
    for each in said:
        click.echo(_line(each, headlines))
    for name, rate in rates.items():
        click.echo(f"{name}: {rate}")
    click.echo(count(len(said), "judgement"))


def _headlines(tx: Transaction, said: Sequence[Judgement]) -> dict[int, str]:
    articles = load_articles(tx, {each.article_id for each in said})
    return {each.id: each.article.headline for each in articles}


def _line(said: Judgement, headlines: dict[int, str]) -> str:
    by = f", {said.judge}" if said.judge else ""
    return (
        f"{said.verdict:6} {said.rule_id} on #{said.article_id} "
        f"{headlines.get(said.article_id, '')}  ({minute(said.judged_at)}{by})"
    )


def _fields(said: Judgement, headlines: dict[int, str]) -> dict[str, object]:
    return {
        "article": said.article_id,
        "headline": headlines.get(said.article_id, ""),
        "rule": said.rule_id,
        "verdict": said.verdict.value,
        "judge": said.judge,
        "judged_at": said.judged_at.isoformat(),
    }

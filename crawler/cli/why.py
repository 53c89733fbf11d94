"""`presswatch rules why`: why a rule fires on an article, or not, and who was told."""

from collections.abc import Sequence
from pathlib import Path

import click

from alerts.explaining.explain import (
    UnknownRuleError,
    explanation_to_dict,
    render_explanation,
    why,
)
from alerts.matching.reading import read_article
from alerts.routing.telling import minute
from crawler.cli.archive import told_fields
from crawler.cli.places import as_json, json_option, places
from crawler.cli.store import article_or_leave, leave_unknown_rule, live_or_last, read
from crawler.live.configuration import Live
from crawler.places import Places
from crawler.tellings import MatchTold, lines_of, tellings_of_story
from storage.articles import StoredArticle


@click.command(name="why", short_help="Show why RULE fires on ARTICLE, or why not.")
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


def matched_then(
    data_dir: Path, stored: StoredArticle, rule: str, live: Live
) -> list[MatchTold]:
    """Return the matches of a rule on an article, as they were when it came in."""
    only = {stored.id}
    told = read(
        data_dir,
        lambda tx: tellings_of_story(tx, stored.story_id, live.config, articles=only),
    )
    return [each for each in told if each.rule_id == rule]


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

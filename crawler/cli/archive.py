"""`presswatch search` and `show`: what is stored, and who was told of it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import click

from alerts.matching.ruleset import RuleMatch
from alerts.plain import shorten_around
from alerts.routing.report import worth_telling
from config.counting import count
from config.words import written_duration
from crawler.cli.places import FOUND_PROBLEMS, as_json, json_option, places, since_option
from crawler.cli.store import STORY, article_or_leave, live_or_last, read, visit
from crawler.clock import utc_now
from crawler.extract.json import to_json
from crawler.extract.text import to_text
from crawler.places import Places
from crawler.searching import answer, to_question
from crawler.tellings import MatchTold, lines_of, tellings_of_story
from storage.articles import StoredArticle
from storage.stories import load_story
from storage.timeline import Moment, load_timeline
from storage.transaction import Transaction

SENTENCE_MOST = 200


@click.command()
@click.argument("query")
@since_option
@click.option("--limit", default=20, show_default=True, help="So many at most.")
@json_option
@places
def search(
    query: str,
    since: timedelta,
    limit: int,
    *,
    for_programs: bool,
    config_dir: Path,
    data_dir: Path,
) -> None:
    """Search everything stored, in the rule language; term lists (@name) are known.

    A search and a rule of the same words never disagree: the same matcher decides. Exit
    status 1: nothing was found.
    """
    config = live_or_last(Places(config=config_dir, data=data_dir)).config
    question = to_question(query, config, since=utc_now() - since, limit=limit)
    found = visit(data_dir, lambda database: answer(database, question)).found
    if for_programs:
        click.echo(as_json([hit_fields(stored, match) for stored, match in found]))
    else:
        for stored, match in found:
            click.echo(hit_lines(stored, match))
        beyond = f" of the last {written_duration(since)}; --since looks further back"
        click.echo(f"{count(len(found), 'article')}{'' if found else beyond}")
    if not found:
        raise SystemExit(FOUND_PROBLEMS)


def hit_lines(stored: StoredArticle, match: RuleMatch) -> str:
    """Write one found article as a person reads it."""
    article = stored.article
    rows = [
        f"#{stored.id}  {stored.first_seen:%Y-%m-%d %H:%M}Z  {article.newsroom}: "
        f"{article.headline}",
        f"    {article.url}",
    ]
    rows += [
        f"    {each.place}: {shorten_around(each.sentence, each.words, SENTENCE_MOST)}"
        for each in worth_telling(match.evidence)[:2]
    ]
    return "\n".join(rows)


def hit_fields(stored: StoredArticle, match: RuleMatch) -> dict[str, object]:
    """Return one found article as a program reads it."""
    return {
        "id": stored.id,
        "story": stored.story_id,
        "first_seen": stored.first_seen.isoformat(),
        "headline": stored.article.headline,
        "newsroom": stored.article.newsroom,
        "url": stored.article.url,
        "evidence": [
            {"place": each.place, "words": each.words, "sentence": each.sentence}
            for each in match.evidence
        ],
    }


@click.command()
@click.argument("article")
@json_option
@places
def show(article: str, *, for_programs: bool, config_dir: Path, data_dir: Path) -> None:
    """Show ARTICLE with its story, every change of it, and who was told of it, or why not.

    ARTICLE is its number or its address; story/12 shows the first article of that story.
    """
    stored = article_or_leave(data_dir, article)
    config = live_or_last(Places(config=config_dir, data=data_dir)).config
    only = None if article.startswith(STORY) else {stored.id}
    told = read(
        data_dir, lambda tx: tellings_of_story(tx, stored.story_id, config, articles=only)
    )
    if for_programs:
        about = {"id": stored.id, "story": stored.story_id, **to_json(stored.article)}
        click.echo(as_json(about | {"matches": told_fields(told)}))
        return
    click.echo(to_text(stored.article))
    click.echo(f"\n---\n{stored.article.url}")
    for line in (*read(data_dir, lambda tx: around(tx, stored)), *told_lines(stored, told)):
        click.echo(line)


def told_lines(stored: StoredArticle, told: Sequence[MatchTold]) -> list[str]:
    """Say of each rule that matched who was told, or why nobody was, and where to ask on."""
    lines = ["rules that matched, and who was told:", *lines_of(told)]
    if not told:
        lines = ["no rule matched it, so nobody was told of it by itself"]
    return [
        *lines,
        f"what a rule lacks: presswatch rules why RULE {stored.id}; the whole story: "
        f"presswatch show {STORY}{stored.story_id}",
    ]


def told_fields(told: Sequence[MatchTold]) -> list[dict[str, object]]:
    """Return matches and tellings as a program reads them."""
    return [asdict(each) | {"matched_at": each.matched_at.isoformat()} for each in told]


def around(tx: Transaction, stored: StoredArticle) -> list[str]:
    """Say which story an article belongs to, which outlets told it, and who changed what."""
    story = load_story(tx, stored.story_id)
    lines = [f"article #{stored.id}, revision {stored.revision}, first seen "
             f"{stored.first_seen:%Y-%m-%d %H:%M}Z"]  # fmt: skip
    if story is not None:
        lines.append(f"story {story.id}: {', '.join(story.outlets)}; articles "
                     + ", ".join(f"#{number}" for number in story.article_ids))  # fmt: skip
    for moment in load_timeline(tx, stored.story_id):
        lines += moment_lines(moment)
    return lines


def moment_lines(moment: Moment) -> list[str]:
    """Write one thing that happened to a story."""
    what = "appeared" if moment.revision == 1 else f"revision {moment.revision}"
    silent = ", page stamp not updated" if moment.silent else ""
    who = f"#{moment.article_id} {moment.source_id}"
    return [
        f"  {moment.at:%Y-%m-%d %H:%M}Z  {who}: {what}{silent}",
        *(
            f"      {each.kind}: {each.before or '(nothing)'} → {each.after or '(nothing)'}"
            for each in moment.changes
        ),
    ]

"""Bring together what was judged of a rule, for those who look for a term that divides it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from alerts.explaining.separating import JudgedStory
from alerts.matching.ruleset import RuleSet
from config.source import Source
from crawler.archive import archived
from storage.articles import StoredArticle, load_articles
from storage.judgements import Judgement, Verdict, judgements_since
from storage.transaction import Transaction

Judged = tuple[Judgement, StoredArticle]


def judged_articles(
    tx: Transaction, rule_id: str, since: datetime, *, most: int
) -> list[Judged]:
    """Return a rule's newest judgements with their articles, the newest first."""
    said = judgements_since(tx, since, rule_id)[:most]
    articles = {each.id: each for each in load_articles(tx, {j.article_id for j in said})}
    return [(each, articles[each.article_id]) for each in said if each.article_id in articles]


def judged_stories(
    judged: Sequence[Judged], rule_id: str, rules: RuleSet, sources: Mapping[str, Source]
) -> list[JudgedStory]:
    """Return the judged stories that the rule, as it is written now, still matches."""
    alone = rules.only({rule_id})
    stories: dict[int, JudgedStory] = {}
    for said, stored in judged:
        if stored.story_id in stories:  # the last word on a story counts
            continue
        each = archived(stored, sources)
        if alone.match(each.reading, now=each.seen_at).matches:
            is_noise = said.verdict is Verdict.NOISE
            stories[stored.story_id] = JudgedStory(reading=each.reading, is_noise=is_noise)
    return [stories[number] for number in sorted(stories)]

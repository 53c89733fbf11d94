"""Choose the articles of a feed: the newest stories that rules matched, each once.

One feed per rule, or per desk: the rules of one owner. storage/export.py writes it.
"""

from collections.abc import Sequence
from datetime import datetime

from config.rule import RuleText
from storage.articles import StoredArticle, load_articles
from storage.matches import recent_matches
from storage.transaction import Transaction

ARTICLES_MOST = 100


def feed_articles(
    tx: Transaction, rules: Sequence[RuleText], since: datetime
) -> list[StoredArticle]:
    """Return the first article of each story that any of the rules matched, newest first."""
    found = [
        match
        for rule in rules
        for match in recent_matches(tx, rule.id, since, limit=ARTICLES_MOST)
    ]
    found.sort(key=lambda match: (match.matched_at, match.article_id))
    first = {match.story_id: match.article_id for match in reversed(found)}
    articles = load_articles(tx, sorted(first.values(), reverse=True)[:ARTICLES_MOST])
    return sorted(articles, key=lambda stored: stored.id, reverse=True)

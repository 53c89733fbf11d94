"""Say what one digest is about: its rules, its window, the names of outlets."""

from collections.abc import Sequence
from dataclasses import dataclass

from alerts.canary import RULE_ID as CANARY
from alerts.digest.due import Window
from alerts.digest.facts import ArticleFact
from alerts.plain import one_line, shorten
from config.digest import Digest
from config.rule import RuleText
from storage.articles import StoredArticle
from storage.transaction import Transaction

HEADLINE_MOST, NEWSROOM_MOST = 250, 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What one gathering looks at: the digest, its rules, its window."""

    tx: Transaction
    digest: Digest
    window: Window
    rules: dict[str, RuleText]
    names: dict[str, str]  # of outlets, by source id
    mark: int | None = None  # the newest match when the window before was written


def rules_of(digest: Digest, rules: Sequence[RuleText]) -> dict[str, RuleText]:
    """Return the rules whose stories stand in a digest: by id, by owner, or all."""
    return {
        rule.id: rule
        for rule in rules
        if rule.digest is not None
        and rule.id != CANARY
        and (not digest.rules or rule.id in digest.rules or rule.owner in digest.rules)
    }


def article_fact(stored: StoredArticle, names: dict[str, str]) -> ArticleFact:
    """Return what a digest shows of an article."""
    article = stored.article
    newsroom = one_line(article.newsroom) or names.get(article.source_id, article.source_id)
    return ArticleFact(
        id=stored.id,
        url=article.url,
        headline=shorten(one_line(article.headline), HEADLINE_MOST) or article.url,
        newsroom=shorten(newsroom, NEWSROOM_MOST),
        source_id=article.source_id,
        first_seen=stored.first_seen,
        published_at=article.published_at,
        language=article.language,
    )

"""Explain one rule on the articles of a story: why it matched, or what it lacked."""

from collections.abc import Iterable
from dataclasses import dataclass

from alerts.explaining.explain import UnknownRuleError, why
from alerts.matching.reading import read_article
from crawler.pages.answer import NotThere
from crawler.pages.state import LiveConfig
from storage.articles import StoredArticle

MOST_EXPLAINED = 10  # articles: each is read and matched anew


@dataclass(frozen=True, slots=True, kw_only=True)
class LackLine:
    """One clause that did not hold."""

    clause: str
    why: str
    relaxation: str  # what would make it hold


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyLine:
    """One rule, as it reads now, on one article."""

    article_id: int
    headline: str
    fires: bool
    lacks: tuple[LackLine, ...]


def explain_story(
    rule_id: str, articles: Iterable[StoredArticle], live: LiveConfig
) -> tuple[WhyLine, ...]:
    """Explain a rule on articles; raises NotThere where no rule has that id."""
    sources = {source.id: source for source in live.config.sources}
    lines = []
    for stored in articles:
        reading = read_article(stored.article, source=sources.get(stored.article.source_id))
        try:
            found = why(live.ruleset, rule_id, reading, now=stored.first_seen)
        except UnknownRuleError as error:
            raise NotThere(f"There is no rule {rule_id}.") from error
        lines.append(
            WhyLine(
                article_id=stored.id,
                headline=stored.article.headline,
                fires=found.fires,
                lacks=tuple(
                    LackLine(clause=each.clause, why=str(each.why), relaxation=each.relaxation)
                    for each in found.failures
                ),
            )
        )
    return tuple(lines)

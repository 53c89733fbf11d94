"""Find the near misses of a window: articles that one clause alone kept from a rule.

A word that is simply not there is no near miss; a distance a little too wide, a word in the
wrong field, an exclusion, a filter are.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from alerts.digest.due import Window
from alerts.explaining.explain import why
from alerts.explaining.reason import Reason
from alerts.explaining.relaxing import MISSING
from alerts.matching.reading import read_article
from alerts.matching.ruleset import RuleSet
from storage.articles import StoredArticle, article_ids_between, load_articles
from storage.matches import matches_between
from storage.transaction import Transaction

ARTICLES_MOST = 1500  # looked at, the newest: about two milliseconds each
AT_ONCE = 25  # in memory: all of them at once made a daemon 17 MB larger for good
FOUND_MOST, PER_RULE = 10, 2
_KEPT_OUT = ("not:", "score:")  # clauses that cost as much, and are near misses all the same
_ELSEWHERE = ("source", "lang", "country", "expires")  # meant for other articles altogether


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """One article, the rule that nearly fired, and what kept it."""

    stored: StoredArticle
    rule_id: str
    reason: Reason


def near_misses(tx: Transaction, ruleset: RuleSet, window: Window) -> list[NearMiss]:
    """Return the newest near misses, at most two per rule."""
    matched = {
        (match.story_id, match.rule_id)
        for match in matches_between(tx, window.start, window.end)
    }
    per_rule: Counter[str] = Counter()
    found: list[NearMiss] = []
    for stored in _newest(tx, window):
        for miss in _misses(ruleset, stored, window):
            told = (stored.story_id, miss.rule_id) in matched
            if told or per_rule[miss.rule_id] >= PER_RULE:
                continue
            per_rule[miss.rule_id] += 1
            found.append(miss)
            break  # one line per article
        if len(found) >= FOUND_MOST:
            break
    return found


def _newest(tx: Transaction, window: Window) -> Iterator[StoredArticle]:
    """Yield the window's articles, the newest first, with few of them in memory."""
    ids = article_ids_between(tx, window.start, window.end)[-ARTICLES_MOST:]
    for end in range(len(ids), 0, -AT_ONCE):
        yield from reversed(load_articles(tx, ids[max(0, end - AT_ONCE) : end]))


def _misses(ruleset: RuleSet, stored: StoredArticle, window: Window) -> Iterator[NearMiss]:
    reading = read_article(stored.article)
    for rule_id in ruleset.nearly(reading, now=window.end):
        explanation = why(ruleset, rule_id, reading, now=window.end)
        if not explanation.near_miss:
            continue
        (failure,) = explanation.failures
        near = failure.cost < MISSING or failure.clause.startswith(_KEPT_OUT)
        if near and not failure.clause.startswith(_ELSEWHERE):
            yield NearMiss(
                stored=stored,
                rule_id=rule_id,
                reason=failure.why,
            )

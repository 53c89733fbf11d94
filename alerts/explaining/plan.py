"""Plan an edit of the rules: what would newly fire, and what would cease, on the archive.

Pure: two sets of rules and the readings of the archive come in, the difference comes out. Each
article is matched as it would have been live, with the moment it was first seen as the clock.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from alerts.explaining.explain import evidence_to_dict
from alerts.language.syntax import ListRef, walk
from alerts.matching.compiling import Lists
from alerts.matching.evidence import Evidence
from alerts.matching.reading import Reading
from alerts.matching.rule import RuleTrees
from alerts.matching.ruleset import RuleMatch, RuleSet
from config.counting import count

SHOWN = 10  # articles of a rule, of each kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """One article of the archive."""

    article_id: int
    headline: str
    seen_at: datetime
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One article on which a rule newly fires or ceases to."""

    article_id: int
    headline: str
    seen_at: datetime
    evidence: tuple[Evidence, ...]  # of the edited rule; of the live one where it ceases


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePlan:
    """What an edit changes for one rule."""

    rule_id: str
    newly: tuple[Difference, ...]
    ceases: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an edit changes; rules without a difference are left out."""

    rules: tuple[RulePlan, ...]
    articles: int  # how many were looked at
    set_aside: tuple[tuple[str, str], ...] = ()  # rule id, why it could not be decided
    most_new_in_a_day: int = 0

    def refused(self, max_new: int) -> bool:
        """Tell whether the edit is too large to go live without a person's yes."""
        return self.most_new_in_a_day > max_new


def plan(old: RuleSet, new: RuleSet, archive: Iterable[Archived]) -> Plan:
    """Compare two sets of rules over the archive."""
    comparison = Comparison(old, new)
    comparison.look(archive)
    return comparison.plan()


class Comparison:
    """Two sets of rules, compared over as many parts of the archive as are brought."""

    def __init__(self, old: RuleSet, new: RuleSet) -> None:
        changed = touched(old, new)
        self._before, self._after = old.only(changed), new.only(changed)
        self._order = dict.fromkeys(trees.text.id for trees in (*new.trees, *old.trees))
        self._newly: dict[str, list[Difference]] = {}
        self._ceases: dict[str, list[Difference]] = {}
        self._days: Counter[date] = Counter()
        self._aside: dict[tuple[str, str], None] = {}
        self._articles = 0

    def look(self, archive: Iterable[Archived]) -> None:
        """Match a part of the archive by both."""
        for each in archive:
            self._articles += 1
            was = self._before.match(each.reading, now=each.seen_at)
            now = self._after.match(each.reading, now=each.seen_at)
            self._aside.update(dict.fromkeys((*was.set_aside, *now.set_aside)))
            held = {match.rule.id for match in was.matches}
            holds = {match.rule.id for match in now.matches}
            for match in now.matches:
                if match.rule.id not in held:
                    self._newly.setdefault(match.rule.id, []).append(_difference(each, match))
                    self._days[each.seen_at.date()] += 1
            for match in was.matches:
                if match.rule.id not in holds:
                    self._ceases.setdefault(match.rule.id, []).append(_difference(each, match))

    def plan(self) -> Plan:
        """Return what the edit changes on what was looked at."""
        newly, ceases = self._newly, self._ceases
        return Plan(
            rules=tuple(
                RulePlan(
                    rule_id=rule,
                    newly=tuple(newly.get(rule, ())),
                    ceases=tuple(ceases.get(rule, ())),
                )
                for rule in self._order
                if rule in newly or rule in ceases
            ),
            articles=self._articles,
            set_aside=tuple(self._aside),
            most_new_in_a_day=max(self._days.values(), default=0),
        )


def _difference(each: Archived, match: RuleMatch) -> Difference:
    return Difference(
        article_id=each.article_id,
        headline=each.headline,
        seen_at=each.seen_at,
        evidence=match.evidence,
    )


def touched(old: RuleSet, new: RuleSet) -> set[str]:
    """Return the rules that an edit may have changed: all others need not be matched again."""
    before = {trees.text.id: _meaning(trees, old.lists) for trees in old.trees}
    after = {trees.text.id: _meaning(trees, new.lists) for trees in new.trees}
    return {rule for rule in before | after if before.get(rule) != after.get(rule)}


def _meaning(trees: RuleTrees, lists: Lists) -> tuple[object, ...]:
    """Return all that decides whether a rule fires."""
    queries = [trees.match, trees.exclude, *(query for query, _ in trees.weights)]
    names = {
        query.name
        for tree in queries
        if tree is not None
        for query in walk(tree)
        if isinstance(query, ListRef)
    }
    score = trees.text.score
    return (
        *queries,
        tuple(weight for _, weight in trees.weights),
        None if score is None else score.threshold,
        trees.text.where,
        trees.text.expires,
        trees.text.timezone,
        {name: lists[name] for name in names},
    )


def render_plan(found: Plan) -> str:
    """Write a plan for a person."""
    if not found.rules:
        return f"no difference on {count(found.articles, 'article')}"
    rows: list[str] = []
    for rule in found.rules:
        rows.append(f"{rule.rule_id}: +{len(rule.newly)} newly fire, -{len(rule.ceases)} cease")
        rows += _render_side("+", rule.newly)
        rows += _render_side("-", rule.ceases)
    rows += [f"{rule}: set aside: {reason}" for rule, reason in found.set_aside]
    articles = count(found.articles, "article")
    rows.append(f"{articles}; at most {found.most_new_in_a_day} new in one day")
    return "\n".join(rows)


def _render_side(sign: str, differences: tuple[Difference, ...]) -> list[str]:
    rows = []
    for each in differences[:SHOWN]:
        pieces = "; ".join(f"{piece.place} “{piece.words}”" for piece in each.evidence[:3])
        rows.append(f"  {sign} {each.seen_at:%Y-%m-%d} #{each.article_id} {each.headline}")
        rows.append(f"      {pieces or 'no words: filters only'}")
    if len(differences) > SHOWN:
        rows.append(f"  {sign} and {len(differences) - SHOWN} more")
    return rows


def plan_to_dict(found: Plan) -> dict[str, object]:
    """Return a plan as values that JSON knows."""
    return {
        "articles": found.articles,
        "most_new_in_a_day": found.most_new_in_a_day,
        "set_aside": [{"rule": rule, "reason": reason} for rule, reason in found.set_aside],
        "rules": [
            {
                "rule": rule.rule_id,
                "newly": [_to_dict(each) for each in rule.newly],
                "ceases": [_to_dict(each) for each in rule.ceases],
            }
            for rule in found.rules
        ],
    }


def _to_dict(each: Difference) -> dict[str, object]:
    return {
        "article": each.article_id,
        "headline": each.headline,
        "seen": each.seen_at.isoformat(),
        "evidence": [evidence_to_dict(piece) for piece in each.evidence],
    }

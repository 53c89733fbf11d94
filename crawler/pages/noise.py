"""Look for the term that keeps a rule's noise out, and at what it would keep out beside it.

The work is bounded: the newest judgements, and the newest articles that the rule matched. As an
exclusion can only take matches away, what it would cease to fire on is among those.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from alerts.explaining.plan import Plan
from alerts.explaining.separating import (
    Separation,
    not_line,
    own_words,
    plan_without,
    separate,
    without,
)
from alerts.matching.rule import RuleTrees
from alerts.precision import WINDOW
from crawler.archive import archived
from crawler.dividing import Judged, judged_articles, judged_stories
from crawler.pages.answer import Ask, NotThere
from crawler.pages.edits import EditHit, hits_of
from crawler.pages.state import LiveConfig
from storage.articles import StoredArticle, load_articles
from storage.matches import recent_matches

JUDGED, MATCHED, SHOWN = 300, 500, 20
SPAN = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermLine:
    """A term that divides what was judged."""

    written: str
    noise: int  # stories that hold it
    useful: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """What keeps the noise of a rule out."""

    rule_id: str
    name: str
    noise: int  # judged stories that the rule still matches
    useful: int
    too_little: bool  # for any term to be more than chance
    terms: tuple[TermLine, ...]  # the surest first; empty: there is none
    line: str  # of the rule's file, with the surest; empty: there is none
    replaces: bool  # the line takes the place of a not: that is there
    tried: int  # articles that matched in 30 days
    ceases: int
    ceases_first: tuple[EditHit, ...]  # the newest of them


async def noise(ask: Ask) -> Noise:
    """Look for the term that keeps a rule's noise out."""
    name, live, now = str(ask.path["rule_id"]), ask.state.live(), ask.state.clock()
    trees = next((each for each in live.ruleset.trees if each.text.id == name), None)
    if trees is None:
        raise NotThere(f"There is no rule {name!r} in the configuration.")
    judged, matched = await ask.database.read(
        lambda tx: (
            judged_articles(tx, name, now - WINDOW, most=JUDGED),
            load_articles(
                tx,
                {
                    each.article_id
                    for each in recent_matches(tx, name, now - SPAN, limit=MATCHED)
                },
            ),
        )
    )
    return await asyncio.to_thread(_look, trees, live, judged, matched)


def _look(
    trees: RuleTrees,
    live: LiveConfig,
    judged: Sequence[Judged],
    matched: Sequence[StoredArticle],
) -> Noise:
    rules, sources = live.ruleset, live.sources
    stories = judged_stories(judged, trees.text.id, rules, sources)
    found = separate(stories, own_words(trees, rules.lists))
    if not found.dividers:
        return _noise(trees, found)
    narrowed = without(trees, found.dividers[0])
    plan = plan_without(rules, narrowed, [archived(each, sources) for each in matched])
    return _noise(trees, found, not_line(narrowed), plan, matched)


def _noise(
    trees: RuleTrees,
    found: Separation,
    line: str = "",
    plan: Plan | None = None,
    matched: Sequence[StoredArticle] = (),
) -> Noise:
    ceases = plan.rules[0].ceases if plan and plan.rules else ()
    return Noise(
        rule_id=trees.text.id,
        name=trees.text.name,
        noise=found.noise,
        useful=found.useful,
        too_little=found.is_too_little,
        terms=tuple(
            TermLine(written=each.written, noise=each.noise, useful=each.useful)
            for each in found.dividers
        ),
        line=line,
        replaces=trees.exclude is not None,
        tried=plan.articles if plan else 0,
        ceases=len(ceases),
        ceases_first=hits_of(ceases, {each.id: each.story_id for each in matched}, most=SHOWN),
    )

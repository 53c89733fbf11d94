"""Look at the last edit of the rules: what it would newly fire on, what it would cease to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from alerts.explaining.plan import Difference, Plan
from crawler.health import Edit
from crawler.pages.marked import Piece, mark_words
from storage.articles import load_articles
from storage.transaction import Transaction

SHOWN = 5  # articles of one rule and side
RULES_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class EditHit:
    """An article on which an edited rule newly fires, or ceases to."""

    story_id: int | None  # None: it has been let go of
    headline: tuple[Piece, ...]
    seen_at: datetime
    words: tuple[str, ...]  # that made the rule fire, each with its place


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedRule:
    """What an edit changes for one rule."""

    rule_id: str
    newly: int
    ceases: int
    newly_first: tuple[EditHit, ...]  # the newest of them
    ceases_first: tuple[EditHit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditInFull:
    """The last edit of the rules, tried on the archive."""

    at: datetime
    waiting: bool  # for a person's yes; else it is live
    articles: int  # of the archive that it was tried on
    most_new_in_a_day: int
    rules: tuple[EditedRule, ...]
    more_rules: int  # beyond those
    set_aside: tuple[str, ...]  # rules that could not be decided, and why


def edit_in_full(tx: Transaction, edit: Edit | None) -> EditInFull | None:
    """Return the edit as the page shows it; None: there was none in this run."""
    if edit is None:
        return None
    plan, shown = edit.plan, edit.plan.rules[:RULES_SHOWN]
    stories = _stories(tx, plan)
    return EditInFull(
        at=edit.at,
        waiting=edit.waiting,
        articles=plan.articles,
        most_new_in_a_day=plan.most_new_in_a_day,
        rules=tuple(
            EditedRule(
                rule_id=each.rule_id,
                newly=len(each.newly),
                ceases=len(each.ceases),
                newly_first=hits_of(each.newly, stories),
                ceases_first=hits_of(each.ceases, stories),
            )
            for each in shown
        ),
        more_rules=len(plan.rules) - len(shown),
        set_aside=tuple(f"{rule}: {why}" for rule, why in plan.set_aside),
    )


def _stories(tx: Transaction, plan: Plan) -> dict[int, int]:
    """Return the story of each article that is shown."""
    ids = {
        each.article_id
        for rule in plan.rules[:RULES_SHOWN]
        for each in (*rule.newly[-SHOWN:], *rule.ceases[-SHOWN:])
    }
    return {each.id: each.story_id for each in load_articles(tx, ids)}


def hits_of(
    found: Iterable[Difference], stories: Mapping[int, int], *, most: int = SHOWN
) -> tuple[EditHit, ...]:
    """Return the newest of some differences as a page shows them; stories: by article."""
    return tuple(
        EditHit(
            story_id=stories.get(each.article_id),
            headline=mark_words(
                each.headline or "(no headline)",
                [piece.words for piece in each.evidence if piece.field == "headline"],
            ),
            seen_at=each.seen_at,
            words=tuple(f"{piece.place} “{piece.words}”" for piece in each.evidence[:3]),
        )
        for each in reversed(tuple(found)[-most:])
    )

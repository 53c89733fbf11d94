"""A flood from one outlet hides no other's story: not in a summary, not in a digest."""

from dataclasses import replace
from datetime import timedelta

from alerts.digest.compose import compose_digest
from alerts.digest.facts import StoryFact
from alerts.fair import in_turn
from alerts.notification import NotificationKind
from alerts.routing.roundup import ITEMS_MOST, summarise
from alerts.wording import wording
from config.rule import Severity
from tests.alerts.digest.issues import make_digest, make_facts, make_story
from tests.alerts.telling import make_note, make_notification
from tests.making import NOW

WORDS = wording("en")
SECOND = timedelta(seconds=1)


def test_outlets_take_turns_within_a_rank() -> None:
    came = ["a1", "a2", "a3", "b1", "A4", "c1", "b2"]
    turns = in_turn(came, rank=lambda each: each.islower(), of=lambda each: each[0].lower())
    assert turns == ["A4", "a1", "b1", "c1", "a2", "b2", "a3"]


def test_row_82_a_summary_shows_every_outlet_of_a_storm() -> None:
    flood = [
        make_notification(article=make_note(id=n, source_id="flood", headline=f"Flood {n}"))
        for n in range(300)
    ]
    calm = make_notification(
        article=make_note(id=999, source_id="calm", headline="Of the calm")
    )
    told = summarise("storm/corridor", [*flood, calm], WORDS, NOW)
    assert told.kind is NotificationKind.ROUNDUP
    assert (len(told.items), told.more) == (ITEMS_MOST, 281)
    assert told.items[-1].headline == "Of the calm"
    assert [each.headline for each in told.items[:3]] == ["Flood 0", "Flood 1", "Flood 2"]


def test_row_82_a_digest_shows_every_outlet_though_one_has_hundreds() -> None:
    def story(number: int, outlet: str) -> StoryFact:
        made = make_story(number, "en")
        article = replace(made.article, source_id=outlet, first_seen=NOW + number * SECOND)
        return replace(
            made, article=article, severity=Severity.HIGH, outlets=(), section="Ports", most=99
        )

    flood = tuple(story(number, "flood") for number in range(300))
    digest = make_digest(max_per_section=8)
    facts = replace(make_facts(0, digest=digest), stories=(*flood, story(999, "calm")))
    composed = compose_digest(facts, WORDS)
    (section,) = composed.sections
    assert [each.id for each in section.stories] == [*range(7), 999]
    assert section.more == 293
    assert 999 in [each.id for each in composed.attached]

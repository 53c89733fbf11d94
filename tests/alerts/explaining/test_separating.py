"""A term is proposed when the judgements bear it out, and not when chance could."""

import random
from collections.abc import Sequence

import pytest
import yaml

from alerts.explaining.plan import Archived
from alerts.explaining.separating import (
    ENOUGH,
    JudgedStory,
    Separation,
    not_line,
    own_words,
    plan_without,
    separate,
    without,
)
from alerts.matching.reading import read_article
from alerts.matching.ruleset import RuleSet, compile_rules
from tests.making import NOW, make_article, make_rule, make_terms

WORDS = [f"word{number}" for number in range(3000)]
WEIGHTS = [1 / rank for rank in range(1, len(WORDS) + 1)]  # as often as words of a language are
RULES = compile_rules([make_rule("harbour*")])


def press(seed: int, count: int, plants: Sequence[str] = (), share: float = 1.0) -> list[str]:
    """Write stories in a made-up language; each of a share of them holds one of the plants."""
    lot = random.Random(seed)
    found = []
    for _ in range(count):
        text = lot.choices(WORDS, WEIGHTS, k=150)
        if plants and lot.random() < share:
            text.insert(lot.randrange(len(text)), lot.choice(plants))
        found.append(f"The harbour {' '.join(text)}.")
    return found


def judged(noise: Sequence[str], useful: Sequence[str]) -> list[JudgedStory]:
    return [
        JudgedStory(
            reading=read_article(make_article(*text.split("\n\n"), headline="News")),
            is_noise=kind,
        )
        for texts, kind in ((noise, True), (useful, False))
        for text in texts
    ]


def separated(
    noise: Sequence[str], useful: Sequence[str], rules: RuleSet = RULES
) -> Separation:
    return separate(judged(noise, useful), own_words(rules.trees[0], rules.lists))


@pytest.mark.parametrize("seed", range(8))
def test_a_planted_term_is_found(seed: int) -> None:
    noise = press(seed, 20, ["Premier League"], share=0.8)
    useful = press(seed + 1000, 20)
    found = separated(noise, useful)
    assert found.dividers[0].written == "Premier League"
    planted = sum("Premier League" in text for text in noise)
    assert (found.dividers[0].noise, found.dividers[0].useful) == (planted, 0)


@pytest.mark.parametrize(
    "plant",
    [
        pytest.param("Premier League", id="two words"),
        pytest.param("football", id="one word"),
        pytest.param("Премьер-лиги", id="a hyphen, in Russian"),
        pytest.param("لیگ برتر", id="Persian"),
        pytest.param("Çempionlar Liqası", id="Azerbaijani, folded and written as it is"),
        pytest.param("Əliyev's", id="a possessive is no word"),
        pytest.param("O'Neill Trophy", id="an apostrophe does not end the line's quotes"),
        pytest.param("and near", id="words that are operators elsewhere"),
    ],
)
@pytest.mark.parametrize("exclude", [None, "chess", "chess OR golf", "chess AND golf"])
def test_the_line_ceases_to_fire_on_exactly_the_stories_that_hold_the_term(
    plant: str, exclude: str | None
) -> None:
    """The line is read as a rule's file is, and planned over an archive as every edit is."""
    rules = compile_rules([make_rule("harbour*", exclude=exclude)])
    trees, noise, useful = rules.trees[0], press(1, 20, [plant]), press(2, 20)
    (best, *_) = separated(noise, useful, rules).dividers
    line = not_line(without(trees, best))
    written = yaml.safe_load(line)["not"]
    (read,) = compile_rules([make_rule("harbour*", exclude=written)]).trees
    assert read.exclude == without(trees, best).exclude
    archive = [
        Archived(article_id=number, headline="", seen_at=NOW, reading=each.reading)
        for number, each in enumerate(judged(noise, useful))
    ]
    (changed,) = plan_without(rules, read, archive).rules
    assert [each.article_id for each in changed.ceases] == list(range(best.noise))
    assert not changed.newly


def test_no_word_of_the_rule_itself_is_proposed() -> None:
    """The noise holds another spelling of the rule's list than what was useful."""
    rules = compile_rules(
        [make_rule("(@port OR harbour) AND word1")], [make_terms("port", "quay*", "@dock"),
                                                      make_terms("dock", "basin")]
    )  # fmt: skip
    for own in ("quayside", "basin"):
        assert not separated(press(1, 20, [own]), press(2, 20), rules).dividers
    (best, *_) = separated(press(1, 20, ["quayside kitchen"]), press(2, 20), rules).dividers
    assert best.written == "quayside kitchen", "a pair may hold one of them"


@pytest.mark.parametrize(
    ("noise", "useful", "too_little"),
    [
        pytest.param(0, 0, True, id="nothing"),
        pytest.param(ENOUGH - 1, 40, True, id="little noise"),
        pytest.param(40, 0, True, id="nothing useful to keep apart from"),
        pytest.param(ENOUGH, 1, True, id="chance gives one in six"),
        pytest.param(20, 20, False, id="enough of both"),
    ],
)
def test_too_few_judgements_are_called_so(noise: int, useful: int, too_little: bool) -> None:
    found = separated(press(1, noise, ["football"]), press(2, useful))
    assert (found.is_too_little, bool(found.dividers)) == (too_little, not too_little)
    assert (found.noise, found.useful) == (noise, useful)


def test_a_term_that_is_in_much_of_the_useful_is_not_proposed() -> None:
    noise, useful = press(1, 20, ["football"]), press(2, 20, ["football"], share=0.5)
    assert not [
        each for each in separated(noise, useful).dividers if each.written == "football"
    ]


def test_a_pair_does_not_reach_over_the_end_of_a_paragraph() -> None:
    noise = [f"{text.split('.')[0]} premier\n\nleague {text}" for text in press(1, 20)]
    terms = separated(noise, press(2, 20)).dividers
    assert "premier league" not in [each.written for each in terms]


def test_stories_without_a_dividing_term_have_none_proposed() -> None:
    """The hard negatives: noise and useful speak alike. One in twenty may fool us, not more."""
    fooled = 0
    for seed in range(100):
        fooled += bool(separated(press(seed, 15), press(seed + 5000, 15)).dividers)
    assert fooled <= 5

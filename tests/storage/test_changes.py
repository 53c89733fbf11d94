"""What changed between two versions of an article, and of what kind."""

import pytest

from benchmarks.revisions import AROUND
from benchmarks.version_pairs import PAIRS, Pair
from storage.change_kinds import ChangeKind
from storage.changes import find_changes
from storage.sentences import sentences
from tests.making import make_article

K = ChangeKind


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.kind}: {pair.after[:50]}")
def test_a_change_is_told_as_its_kind_with_both_sentences(pair: Pair) -> None:
    old = make_article(AROUND[0], *filter(None, [pair.before]))
    new = make_article(AROUND[0], *filter(None, [pair.after]))
    [change] = find_changes(old, new)
    assert change.kind == pair.taken_for
    if change.kind is not K.LAYOUT:
        assert change.before in pair.before
        assert change.after in pair.after


def test_most_pairs_are_taken_for_what_they_are() -> None:
    wrong = [pair for pair in PAIRS if pair.kind != pair.taken_for]
    assert len(wrong) <= 0.02 * len(PAIRS)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        pytest.param("Ministers meet", "Ministers quarrel", K.HEADLINE, id="other words"),
        pytest.param("12 killed in blast", "15 killed in blast", K.HEADLINE, id="other figure"),
        pytest.param("Minsters meet", "Ministers meet", K.TYPO, id="a misspelling"),
        pytest.param("Ministers meet", "Ministers meet.", K.LAYOUT, id="a full stop"),
    ],
)
def test_a_changed_headline_is_told_first(before: str, after: str, kind: ChangeKind) -> None:
    old = make_article("It was so.", headline=before)
    new = make_article("It was so.", "And more came.", headline=after)
    changes = find_changes(old, new)
    assert [change.kind for change in changes] == [kind, K.ADDITION]
    assert (changes[0].before, changes[0].after) == (before, after)


def test_paragraphs_put_together_are_layout() -> None:
    old = make_article("One thing happened.", "Another followed.")
    new = make_article("One thing happened. Another followed.")
    changes = find_changes(old, new)
    assert [change.kind for change in changes] == [K.LAYOUT]


def test_the_same_words_are_no_change() -> None:
    assert find_changes(make_article("One."), make_article("One.")) == ()


def test_changes_are_found_sentence_by_sentence() -> None:
    old = make_article("The blast killed 12 people. The road is closed. Help is on its way.")
    new = make_article(
        "The blast killed 15 people. The road is closed. Help is on its last metres."
    )
    assert [change.kind for change in find_changes(old, new)] == [K.NUMBER, K.WORDING]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("It grew by 5.5 percent. Then it fell.", 2, id="a decimal point"),
        pytest.param("The U.S. Army came. It left.", 2, id="an abbreviation"),
        pytest.param("“We go.” He left.", 2, id="a quotation"),
        pytest.param("Dr. Smith spoke.", 1, id="a title"),
        pytest.param("Es tagt am 21. November. Dann ruht es.", 2, id="a German day"),
        pytest.param("این درست است؟ بله.", 2, id="Persian"),
        pytest.param("Цена 5 тыс. Рублей нет.", 1, id="Russian abbreviation"),
    ],
)
def test_sentences_are_told_apart(text: str, count: int) -> None:
    assert len(sentences([text])) == count


MOST = 500_000  # characters of an article


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("A. " * (MOST // 3), "B. " * (MOST // 3), id="initials"),
        pytest.param("a " * (MOST // 2), "a b " * (MOST // 4), id="one sentence"),
        pytest.param("ab" * (MOST // 2), "ba" * (MOST // 2), id="one word"),
        pytest.param(
            "Aa. " * (MOST // 4), "Bb. Aa. " * (MOST // 8), id="one sentence repeated"
        ),
        pytest.param(
            " ".join(f"The {n} men of {n % 97} met." for n in range(MOST // 25)),
            " ".join(f"Then {n} men at {n % 89} left." for n in range(MOST // 25)),
            id="all sentences anew",
        ),
        pytest.param("„" * 400_000, "„" * 400_000 + " it", id="quotations that never end"),
    ],
)
def test_row_45_no_rewriting_is_compared_for_ever(before: str, after: str) -> None:
    changes = find_changes(make_article(before), make_article(after))
    assert 0 < len(changes) <= 1000

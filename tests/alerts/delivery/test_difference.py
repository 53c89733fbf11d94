"""A change is shown by the words that changed, wherever they stand in a long sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.delivery.difference import difference

LONG = (
    "the framework of the meeting of the ministers of the littoral states held in Moscow " * 3
)


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        ("The fire hurt 12 men.", "The fire hurt 17 men.", "12", "17"),
        ("It is true.", "It is not true.", "", "not"),
        ("It is not true.", "It is true.", "not", ""),
        ("", "Quite new.", "", "Quite new."),
        ("Gone for good.", "", "Gone for good.", ""),
        (f"{LONG}on December 5, according to Report.", f"{LONG}on December 5.",
         "5, according to Report.", "5."),
    ],
)  # fmt: skip
def test_the_words_that_changed_are_shown(old: str, new: str, was: str, now: str) -> None:
    one, other = difference(old, new)
    assert (one.changed, other.changed) == (was, now)
    assert len(one.text) <= 400
    assert len(other.text) <= 400


def test_a_long_sentence_is_cut_on_both_sides() -> None:
    one, _ = difference(f"{LONG}12 {LONG}", f"{LONG}17 {LONG}")
    assert one.text.startswith("…")
    assert one.text.endswith("…")
    assert " 12 " in one.text


@given(st.text(max_size=200), st.text(max_size=200))
def test_short_sentences_stay_whole(old: str, new: str) -> None:
    one, other = difference(old, new)
    if len(old) < 60 and len(new) < 60:
        assert one.text.split() == old.split()
        assert other.text.split() == new.split()

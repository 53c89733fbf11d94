"""Marks fall on the words that matched or changed, and no letter is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages.marked import Piece, mark_changes, mark_words


def marked(pieces: tuple[Piece, ...], mark: str) -> list[str]:
    return [piece.text for piece in pieces if piece.mark == mark]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        pytest.param("The port and the ports", ["port"], ["port"], id="whole words only"),
        pytest.param(
            "Zangazur corridor",
            ["Zangazur", "Zangazur corridor"],
            ["Zangazur corridor"],
            id="the longest first",
        ),
        pytest.param("کریدور زنگزور", ["زنگزور"], ["زنگزور"], id="Persian"),
        pytest.param("a (b+) c", ["(b+)"], ["(b+)"], id="signs are signs"),
        pytest.param("nothing", [""], [], id="an empty word marks nothing"),
    ],
)
def test_words_are_marked(text: str, words: list[str], found: list[str]) -> None:
    assert marked(mark_words(text, words), "match") == found


def test_an_edit_shows_only_the_words_it_touched() -> None:
    pieces = mark_changes("He named 3 bridges.", "He named 5 bridges.")
    assert (marked(pieces, "gone"), marked(pieces, "new")) == (["3"], ["5"])


words = st.text("ab 1.ی", max_size=30)


@given(words, words)
def test_both_versions_can_be_read_back(before: str, after: str) -> None:
    pieces = mark_changes(before, after)
    assert "".join(each.text for each in pieces if each.mark != "new") == before
    assert "".join(each.text for each in pieces if each.mark != "gone") == after


@given(words, st.lists(words, max_size=4))
def test_marking_loses_no_letter(text: str, known: list[str]) -> None:
    assert "".join(piece.text for piece in mark_words(text, known)) == text

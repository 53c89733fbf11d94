"""A stranger's text is made fit to be shown: cut where it may be, and true about its host."""

import pytest

from alerts.plain import one_line, shorten_around, shown_host

LONG = " ".join(f"word{number}" for number in range(30))  # 200 characters


@pytest.mark.parametrize(
    ("before", "words", "after"),
    [
        pytest.param("before " * 80, "the corridor", " after" * 80, id="in the middle"),
        pytest.param("", "the corridor", " after" * 80, id="at the beginning"),
        pytest.param("before " * 80, "the corridor", "", id="at the end"),
        pytest.param("before " * 20, LONG, " after" * 80, id="long, and early"),
        pytest.param("before " * 80, LONG, " after" * 80, id="long, in the middle"),
    ],
)
def test_the_words_that_matched_stay_in_a_sentence_that_is_cut(
    before: str, words: str, after: str
) -> None:
    cut = shorten_around(f"{before}{words}{after}", words, 320)
    assert len(cut) <= 320
    assert words in cut
    assert cut.endswith("…") == bool(after)


@pytest.mark.parametrize("words", ["", "elsewhere", "before"])
def test_a_sentence_that_fits_is_left_as_it_is(words: str) -> None:
    assert shorten_around("All that was before.", words, 320) == "All that was before."


def test_words_longer_than_the_room_show_their_beginning() -> None:
    cut = shorten_around(f"before {LONG} after", LONG, 100)
    assert len(cut) <= 100
    assert "word0 word1" in cut


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.newsroom.example/a", "newsroom.example"),
        ("https://\u0430pple.example/", "xn--pple-43d.example"),
        ("https://[broken/", ""),
        ("no address", ""),
    ],
)
def test_row_62_a_look_alike_host_shows_itself(url: str, host: str) -> None:
    assert shown_host(url) == host


def test_row_38_a_line_turns_nothing_round_and_has_no_tower_of_marks() -> None:
    turned = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200F)))
    assert one_line(f"a{turned}b") == "a b"
    assert one_line("z" + "\u0301" * 60) == "z" + "\u0301" * 4


def test_row_60_a_line_of_half_encoded_words_is_cleaned_at_one_go() -> None:
    """Each looked for its end through all that follows, that would take for ever."""
    assert set(one_line("=?a?b?c" * 100_000)) == set(" a?bc")

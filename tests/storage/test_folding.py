"""What reads alike folds alike, and a folded place leads back to the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.folding import _TABLE, beyond_ascii, fold, fold_offsets

LETTERS = "aIİıəƏßﬁéёйΣςقكيى\u200cـة۲٢Ზა’'s _-.कि한"
texts = st.one_of(st.text(max_size=40), st.text(alphabet=LETTERS, max_size=40))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("NAXÇIVAN", "Naxçıvan", id="capital I and dotless i"),
        pytest.param("İRAN", "iran", id="capital dotted İ"),
        pytest.param("AZƏRBAYCAN", "azerbaycan", id="schwa is e"),
        pytest.param("علي‌اف", "علی‌اف", id="Arabic yeh is Persian yeh"),
        pytest.param("علی‌اف", "علیاف", id="zero width non-joiner is not there"),
        pytest.param("كاراباخ", "کاراباخ", id="Arabic kaf is Persian kaf"),
        pytest.param("کـــريدور", "کریدور", id="tatweel"),
        pytest.param("فاطمة", "فاطمه", id="teh marbuta"),
        pytest.param("Ёлка", "елка", id="yo is ye"),
        pytest.param("Müqavilə", "muqavile", id="accents"),
        pytest.param("Mu\u0308qavile", "Müqavile", id="accents written apart"),
        pytest.param("۲۰۲۴", "2024", id="Persian digits"),
        pytest.param("ΟΔΟΣ", "οδος", id="final sigma"),
        pytest.param("памʼять", "пам'ять", id="an apostrophe that is a letter"),
        pytest.param("Oʻzbekiston", "O'zbekiston", id="the Uzbek one"),
        pytest.param("Qurʾan", "Qur'an", id="that of a transliteration"),
    ],
)
def test_what_reads_alike_folds_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("mark", ["’", "'", "ʼ", "‘", "`", "´"])
def test_a_possessive_is_blanked_in_place(mark: str) -> None:
    assert fold(f"Azerbaijan{mark}s plans") == "azerbaijan   plans"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("中国外交部", "中 国 外 交 部", id="Chinese"),
        pytest.param("東京のｶﾀｶﾅ", "東 京 の カ タ カ ナ", id="Japanese"),
        pytest.param("กรุงเทพ", "ก ร ุ ง เ ท พ", id="Thai, its vowels too"),
        pytest.param("iPhone中国", "iphone 中 国", id="beside Latin letters"),
        pytest.param("북한은 말했다", "북한은 말했다", id="Korean parts its words itself"),
        pytest.param("Apple™ and №5", "apple and no 5", id="signs of letters"),
        pytest.param("500₼ \ue000Baku", "500 baku", id="signs that SQLite takes for letters"),
    ],
)
def test_a_text_falls_into_words(text: str, words: str) -> None:
    assert fold(text).split() == words.split()


def test_a_text_of_many_different_letters_folds_as_each_of_them_does() -> None:
    text = " ".join(map(chr, range(0x80, 0x3100)))
    assert fold(text) == " ".join(_TABLE[char] for char in text.split(" "))


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)).split() == fold(text).split()


@given(texts)
def test_each_folded_character_comes_from_the_character_at_its_offset(text: str) -> None:
    folded, offsets = fold(text), fold_offsets(text)
    places = list(range(len(text) + 1)) if offsets is None else offsets
    assert len(places) == len(folded) + 1
    assert places == sorted(places)
    for at, char in enumerate(folded):
        assert char in fold(text[places[at]]) or char == " "


def test_the_characters_that_are_not_looked_up_fold_as_those_that_are() -> None:
    for code in range(0x3000):
        char = chr(code)
        assert fold(f"x{char}") == "x" + _TABLE[char], hex(code)


@given(st.text() | st.text(alphabet="aZ0 é’漢۱😀\ud800\udfff"))
def test_beyond_ascii_stands_what_ascii_lacks_in_its_order(text: str) -> None:
    assert beyond_ascii(text) == "".join(char for char in text if not char.isascii())

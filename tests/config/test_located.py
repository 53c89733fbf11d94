"""Every character of an expression is traced back to where its author typed it."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from config.located import locate
from config.parse import parse_document
from config.text import Located
from config.written import Written


def located(text: str) -> Located:
    document = parse_document("f.yaml", text)
    value = document.root[Written("m")]
    assert isinstance(value, Written)
    return locate(document, value)


def letter(text: str, place: tuple[int, int]) -> str:
    line, column = place
    return f"{text.splitlines()[line - 1]}\n"[column - 1]


@pytest.mark.parametrize(
    ("text", "needle", "place"),
    [
        pytest.param("m: a OR bad\n", "bad", (1, 9), id="plain"),
        pytest.param("k: {m: a OR bad}\nm: x bad\n", "bad", (2, 6), id="second line"),
        pytest.param("m: 'a OR bad'\n", "bad", (1, 10), id="single quotes"),
        pytest.param("m: 'Baku''s bad'\n", "bad", (1, 13), id="a doubled quote before it"),
        pytest.param('m: "a\\u0041 bad"\n', "bad", (1, 13), id="an escape before it"),
        pytest.param('m: "a \\\n   bad"\n', "bad", (2, 4), id="a line joined by a backslash"),
        pytest.param("m: a OR\n  bad\n", "bad", (2, 3), id="plain over two lines"),
        pytest.param("m: 'a OR\n\n  bad'\n", "bad", (3, 3), id="quoted over a blank line"),
        pytest.param("m: |\n  a OR\n    bad\n", "bad", (3, 5), id="literal block"),
        pytest.param("m: |2\n    a\n  bad\n", "bad", (3, 3), id="literal block, indent told"),
        pytest.param("m: >-\n  a OR\n\n  x\n  bad\n", "bad", (5, 3), id="folded block"),
        pytest.param(
            "m: |\n\n  bad\n", "bad", (3, 3), id="block that begins with a blank line"
        ),
        pytest.param(
            "m: 😀 زنگزور bad\n", "bad", (1, 13), id="signs of other scripts count once"
        ),
    ],
)
def test_a_word_is_found_where_it_was_typed(
    text: str, needle: str, place: tuple[int, int]
) -> None:
    value = located(text)
    offset = value.value.index(needle)
    assert value.at(offset) == place
    assert value.source_line(place[0]).startswith(text.splitlines()[place[0] - 1][:3])


letters = st.text("abz 'İق\"\\#:\n", min_size=1, max_size=40)


@settings(max_examples=150, deadline=None)
@given(letters, st.sampled_from(["'", '"', "|", ">", None]), st.sampled_from([20, 80]))
def test_every_letter_of_any_style_is_traced_to_itself(
    value: str, style: str | None, width: int
) -> None:
    text = yaml.dump({"m": value}, default_style=style, width=width, allow_unicode=True)
    if style is not None:  # dump also quotes the key
        text = text.replace('"m"', "m", 1).replace("'m'", "m", 1)
    if not text.startswith("m:"):
        return
    found = located(text)
    assert found.value == value
    for offset, character in enumerate(value):
        if not character.isspace() and character not in "\"'\\":
            assert letter(text, found.at(offset)) == character

"""A YAML file is read as written; what YAML would do behind the author's back is refused."""

import pytest

from config.errors import ConfigError
from config.parse import parse_document


@pytest.mark.parametrize(
    "written",
    ["no", "12:30", "010", "on", "22:00", "1e3", "null", "~", "2026-11-24", "0x1f", "=", "1_0"],
)
def test_a_scalar_stays_what_was_typed(written: str) -> None:
    assert parse_document("f.yaml", f"key: {written}\n").root == {"key": written}


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        pytest.param("a:\n\tb: 1\n", (2, 1), "E001 a tab", "spaces", id="a tab indents"),
        pytest.param(
            "a: 1\nb: 2\na: 3\n", (3, 1), "E002 the key 'a'", "line 1", id="a key twice"
        ),
        pytest.param(
            "m: @zangezur NEAR/6 @corridor\n",
            (1, 4),
            "E009",
            "'@zangezur NEAR/6 @corridor'",
            id="@",
        ),
        pytest.param(
            "m: *route OR b\n", (1, 4), "E009", "'*route OR b'", id="* before letters"
        ),
        pytest.param("m: * b\n", (1, 5), "E009", "'* b'", id="* alone"),
        pytest.param("m: &x b\n", (1, 4), "E009", "'&x b'", id="an anchor"),
        pytest.param("m: !!python/x b\n", (1, 4), "E009", "'!!python/x b'", id="a tag"),
        pytest.param("m: hd: b\n", (1, 6), "E009 ': '", "'hd: b'", id="colon and space"),
        pytest.param(
            'm: "a b" OR c\nn: 1\n',
            (1, 10),
            "E009 text",
            "'\"a b\" OR c'",
            id="text after a quote",
        ),
        pytest.param(
            "m: 'a b' OR 'c'\nn: 1\n",
            (1, 10),
            "E009 text",
            '\'"a b" OR "c"\'',
            id="each term in single quotes",
        ),
        pytest.param(
            "m: a OR # or so\n  b\n",
            (1, 9),
            "E007 ' #'",
            "'a OR # or so'",
            id="cut within lines",
        ),
        pytest.param(
            "m:'a b'\nn: 1\n", (1, 3), "E009 a space is", "m: 'a b'", id="no space, a quote"
        ),
        pytest.param(
            "r:\n  - m:a b\n    n: 1\n", (2, 7), "E009 a space", "m: a b", id="no space"
        ),
        pytest.param(
            "m: 'a's b'\n", (1, 7), "E009 the apostrophe", "m: 'a''s b'", id="an apostrophe"
        ),
        pytest.param(
            "a:\n \xa0b: 1\n", (2, 2), "E001 a blank", "type the spaces", id="a hard blank"
        ),
        pytest.param("m: [a, b\n", (1, 4), "what [ opens", "half saved", id="an open bracket"),
        pytest.param(
            "m: 'a b\nn: c\n", (1, 4), "what ' opens", "half saved", id="an open quote"
        ),
        pytest.param("a: \x07\n", (1, 4), "a control character (U+0007)", "", id="a bell"),
        pytest.param(
            "a: 1\n---\nb: 2\n", (3, 1), "a second document", "---", id="two documents"
        ),
        pytest.param(
            "- a\n", (1, 1), "the file must begin with keys", "", id="a list at the top"
        ),
        pytest.param(
            "? [a]\n: b\n", (1, 3), "a list or a mapping cannot", "", id="a list as key"
        ),
        pytest.param("", (None, None), "the file is empty", "version: 1", id="nothing"),
        pytest.param(
            "# only\n", (None, None), "the file is empty", "version: 1", id="a comment"
        ),
    ],
)
def test_row_92_a_trap_of_yaml_is_named(
    text: str, place: tuple[int | None, int | None], message: str, hint: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_document("f.yaml", text)
    first = caught.value.mistakes[0]
    assert (first.line, first.column) == place
    assert first.message.startswith(message)
    assert hint in first.hint


def test_row_92_a_bomb_of_aliases_is_refused_before_it_grows() -> None:
    rows = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    with pytest.raises(ConfigError, match="begins with &"):
        parse_document("f.yaml", "\n".join(rows))


def test_row_92_deep_nesting_is_refused_without_recursion() -> None:
    with pytest.raises(ConfigError, match="deeper than 20"):
        parse_document("f.yaml", "a: " + "[" * 100_000)


def test_a_byte_order_mark_and_foreign_line_ends_change_no_place() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_document("f.yaml", "\ufeffa: 1\r\nb: 2\r\na: 3\r\n")
    assert caught.value.mistakes[0].line == 3


def test_all_double_keys_are_shown_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_document("f.yaml", "a: 1\na: 2\nb: 1\nb: 2\n")
    assert [mistake.line for mistake in caught.value.mistakes] == [2, 4]

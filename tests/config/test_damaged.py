"""However a file is damaged, it is understood, or complained of at a place that exists."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.errors import ConfigError, Mistake
from config.load import load_text
from config.shapes import FILES
from tests.making import EXAMPLE

TEXTS = {
    "settings": (EXAMPLE / "settings.yaml").read_text(encoding="utf-8"),
    "channels": (EXAMPLE / "channels.yaml").read_text(encoding="utf-8"),
    "digests": (EXAMPLE / "digests.yaml").read_text(encoding="utf-8"),
    "sources": (EXAMPLE / "sources" / "caspian.yaml").read_text(encoding="utf-8"),
    "rules": (EXAMPLE / "rules" / "caspian.yaml").read_text(encoding="utf-8"),
}
damage = st.text(st.sampled_from("\t\n\r\0 #:-'\"[]{}|>*&!%@`,?~\\aз\u2028\ufeff0"), max_size=6)


def complained(kind: str, text: str) -> tuple[Mistake, ...]:
    try:
        load_text(kind, "f.yaml", text, {})
    except ConfigError as error:
        return error.mistakes
    return ()


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.data())
def test_a_damaged_file_never_surprises(kind: str, data: st.DataObject) -> None:
    whole = TEXTS[kind]
    at = data.draw(st.integers(0, len(whole)))
    gone = data.draw(st.integers(0, 40))
    text = whole[:at] + data.draw(damage) + whole[at + gone :]
    for mistake in complained(kind, text):
        assert mistake.line is None or 1 <= mistake.line <= text.count("\n") + 20
        assert str(mistake)


@pytest.mark.parametrize("kind", sorted(FILES))
def test_a_file_that_ends_anywhere_never_surprises(kind: str) -> None:
    whole = TEXTS[kind]
    for end in range(0, len(whole), 97):
        complained(kind, whole[:end])


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.text(max_size=60))
def test_any_text_at_all_never_surprises(kind: str, text: str) -> None:
    complained(kind, text)

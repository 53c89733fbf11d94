"""Who names a language otherwise is told its code."""

import pytest

from alerts.language.languages import language_hint


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        pytest.param("english", "write lang:en", id="its name"),
        pytest.param("engish", "write lang:en", id="its name, mistyped"),
        pytest.param("qqq", "two letters: en, az, ru, fa, hy, ka, tr …", id="no name"),
    ],
)
def test_a_hint_names_the_code_that_was_probably_meant(typed: str, hint: str) -> None:
    assert language_hint(typed) == hint

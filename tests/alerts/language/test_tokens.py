"""The tokens of a text are the same, whether their places are asked for or not."""

from hypothesis import example, given
from hypothesis import strategies as st

from alerts.language.tokens import distinct_tokens, find_tokens
from storage.folding import fold

TEXTS = st.text() | st.text(alphabet="a1 _-.’“\u200c\u0947\u0930\x1c\x85\xa0ی\ud800")


@given(TEXTS.map(fold))
@example("u.s. “port” 3.5 ایران‌ی नेपाल x\x1fy")
def test_the_distinct_tokens_are_those_found_in_their_places(folded: str) -> None:
    assert distinct_tokens(folded) == frozenset(find_tokens(folded))

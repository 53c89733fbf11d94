"""A precision says how sure it is: Wilson's interval, for few judgements too."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.precision import precision, precisions, wilson
from storage.judgements import JudgementTally


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        pytest.param(81, 263, 0.2553, 0.3662, id="Newcombe's 81 of 263"),
        pytest.param(15, 148, 0.0624, 0.1605, id="Newcombe's 15 of 148"),
        pytest.param(0, 20, 0.0, 0.1611, id="Newcombe's 0 of 20"),
        pytest.param(1, 29, 0.0061, 0.1718, id="Newcombe's 1 of 29"),
    ],
)
def test_the_interval_is_the_published_one(hits: int, of: int, low: float, high: float) -> None:
    assert wilson(hits, of) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share_and_stays_within_bounds(one: tuple[int, int]) -> None:
    hits, of = one
    low, high = wilson(hits, of)
    assert 0 <= low <= hits / of <= high <= 1
    turned = wilson(of - hits, of)
    assert turned == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.8])
def test_the_interval_keeps_what_it_promises_on_the_whole(share: float) -> None:
    """Exact: the chance, over all outcomes of 40 judgements, that the truth is within."""
    of, within = 40, 0.0
    for hits in range(of + 1):
        low, high = wilson(hits, of)
        if low <= share <= high:
            within += comb(of, hits) * share**hits * (1 - share) ** (of - hits)
    assert within > 0.92


def test_a_precision_is_said_in_a_line() -> None:
    found = precision(JudgementTally(rule_id="corridor", useful=9, noise=3))
    assert str(found) == "9 of 12 judged useful, precision 75% (47% to 91%)"
    assert precisions([JudgementTally(rule_id="corridor", useful=9, noise=3)]) == {
        "corridor": found
    }

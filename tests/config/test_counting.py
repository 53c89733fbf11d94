"""What is counted is written as people write it."""

import pytest

from config.counting import count, name_some


@pytest.mark.parametrize(
    ("number", "noun", "written"),
    [
        (1, "source", "1 source"),
        (0, "source", "0 sources"),
        (1200, "entry", "1,200 entries"),
        (2, "way", "2 ways"),
        (2, "address", "2 addresses"),
    ],
)
def test_one_is_not_many(number: int, noun: str, written: str) -> None:
    assert count(number, noun) == written


def test_a_few_are_named_and_the_rest_is_counted() -> None:
    assert name_some(["a", "b"], 2) == "a, b"
    assert name_some(["a", "b", "c"], 1, joined="; ") == "a and 2 more"
    assert name_some([], 3) == ""

"""What is counted is written as people write it."""

import pytest

from config.counting import count


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

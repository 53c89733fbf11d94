"""What one look came to, in the words a person reads."""

from collections import Counter

import pytest

from crawler.once import Once


@pytest.mark.parametrize(
    ("once", "says"),
    [
        pytest.param(Once(sources=2, failed=(), new=0), [], id="all went well"),
        pytest.param(
            Once(sources=2, failed=("aras", "gulf"), new=0),
            ["failed: aras, gulf; 'presswatch sources' says why."],
            id="two sources fail",
        ),
        pytest.param(
            Once(sources=3, failed=("aras", "gulf", "xezer"), new=0, unreached=3),
            ["no network: none of 3 hosts answers; no source is blamed."],
            id="no network, said once",
        ),
    ],
)
def test_what_failed_is_said_once(once: Once, says: list[str]) -> None:
    assert str(once).splitlines()[1:] == says


def test_what_was_read_is_counted() -> None:
    once = Once(sources=1, failed=(), new=2, read=Counter(stored=2), sent=1)
    assert str(once) == "1 source polled, 2 new links: 2 stored; 1 message delivered."

"""No text from outside forges a line, colours a terminal or leaks a key."""

import io
import json

import pytest
import structlog

from crawler.logs import configure, safe


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param("a\nb", "a\\nb", id="no second line"),
        pytest.param("\x1b[31mred", "\\x1b[31mred", id="no colour"),
        pytest.param("\u202egnp", "\\u202egnp", id="no turned text"),
        pytest.param("https://u:p@ex.org/x", "https://…@ex.org/x", id="no password of a URL"),
        pytest.param("https://ex.org/x?key=1#f", "https://ex.org/x?…#f", id="no key of a URL"),
        pytest.param("خبر", "خبر", id="other scripts as they are"),
    ],
)
def test_row_64_a_value_is_made_safe(value: str, written: str) -> None:
    assert safe(value) == written


def test_a_long_value_is_cut() -> None:
    assert len(safe("x" * 5000)) == 1024


def test_row_64_an_event_is_one_line_of_json() -> None:
    stream = io.StringIO()
    configure("json", stream)
    structlog.get_logger("test").info("fetched", title="a\nb", bytes=7)
    (line,) = stream.getvalue().splitlines()
    event = json.loads(line)
    assert (event["event"], event["title"], event["bytes"]) == ("fetched", "a\\nb", 7)

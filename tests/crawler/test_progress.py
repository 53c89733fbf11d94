"""A bar says what is done, how fast and how long it will take; a pipe stays clean."""

import io

import pytest

from crawler.progress import bar, progress


def test_a_bar_names_rate_and_time_left() -> None:
    assert (
        bar(50, 200, 10.0, "reading")
        == "reading ██████░░░░░░░░░░░░░░░░░░ 50/200 · 5/s · 30 s left"
    )


@pytest.mark.parametrize("columns", [20, 60, 80, 200])
def test_a_bar_never_wraps(columns: int) -> None:
    drawn = bar(123_456, 1_000_000, 10.0, "reading the archive", columns)
    assert len(drawn) < columns
    assert drawn.startswith("reading the archive"[: columns - 1])
    assert (columns < 80) or "71 s left" in drawn or "1 min 11 s left" in drawn


def test_nothing_to_do_is_done() -> None:
    assert "0/0" in bar(0, 0, 0.0, "reading")


def test_a_pipe_gets_nothing() -> None:
    stream = io.StringIO()
    with progress("reading", 3, stream) as advance:
        advance(3)
    assert stream.getvalue() == ""


def test_a_terminal_sees_the_bar_and_then_nothing() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with progress("writing", 4, stream) as advance:
        advance(4)
    assert "4/4" in stream.getvalue()
    assert stream.getvalue().endswith("\r\033[K")

"""No text from outside forges a line, colours a terminal or leaks a key."""

import io
import json
import logging
import os
from pathlib import Path

import pytest
import structlog

from crawler.line_writer import LineWriter
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


def test_row_64_a_long_value_is_cut() -> None:
    assert len(safe("x" * 5000)) == 1024


def test_row_64_an_event_is_one_line_of_json() -> None:
    stream = io.StringIO()
    configure("json", stream)
    structlog.get_logger("test").info("fetched", title="a\nb", bytes=7)
    (line,) = stream.getvalue().splitlines()
    event = json.loads(line)
    assert (event["event"], event["title"], event["bytes"]) == ("fetched", "a\\nb", 7)


@pytest.mark.parametrize("log_format", ["people", "json"])
def test_row_64_neither_a_traceback_nor_a_library_forges_a_line(log_format: str) -> None:
    stream = io.StringIO()
    configure(log_format, stream)
    evil = "\x1b[31mred\u202e\x9b\nforged https://u:p@ex.org/x?key=1"
    structlog.get_logger("test").error("failed", what=evil, exc_info=ValueError(evil))
    logging.getLogger("some.library").warning("%s", evil)
    said = stream.getvalue()
    assert not set("\x1b\x9b\u202e").intersection(said)
    assert "u:p" not in said
    assert "key=1" not in said
    assert len(said.splitlines()) == 2 or log_format == "people"  # who read a traceback's lines


def test_a_library_that_says_nothing_at_all_ends_nothing() -> None:
    stream = io.StringIO()
    configure("json", stream)
    logging.getLogger("some.library").warning("")
    assert json.loads(stream.getvalue())["library"] == "some.library"


def test_row_85_a_log_that_cannot_be_written_ends_nothing_and_says_later_what_it_lost(
    tmp_path: Path,
) -> None:
    log = structlog.get_logger("test")
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        configure("json", full)
        log.info("sent")
    reader, writer = os.pipe()
    with os.fdopen(writer, "w") as pipe:
        configure("json", pipe)
        os.close(reader)
        log.info("sent")
    with (tmp_path / "log").open("w", encoding="utf-8") as file:
        lines = LineWriter(file)
        lines.lost = 3
        lines.write("on again\n")
    assert lines.lost == 0
    assert (tmp_path / "log").read_text() == "on again\n"


def test_a_log_that_nobody_reads_is_not_waited_for() -> None:
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as mouth, os.fdopen(writer, "w") as pipe:
        configure("json", pipe)
        log = structlog.get_logger("test")
        for number in range(2000):
            log.info("sent", number=number, much="x" * 500)
        first = os.read(mouth.fileno(), 1 << 20)
        log.info("and on")
        said = (first + os.read(mouth.fileno(), 1 << 20)).decode().splitlines()
    assert json.loads(said[0])["number"] == 0
    last = json.loads(said[-1])
    assert last["event"] == "and on"
    assert last["lines_lost"] > 1000

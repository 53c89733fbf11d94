"""Write logs, for people on a terminal and as JSON elsewhere, one line per event.

What pages and feeds say is an attacker's text: control characters are escaped, so that no value
can forge a line or colour a terminal; userinfo and query strings of URLs may hold keys and are
cut; a field is at most 1 KiB (docs/security.md, row 64).
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO, cast

import structlog

from crawler.line_writer import LineWriter

LONGEST = 1024
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_USERINFO = re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^/\s@]+@", re.IGNORECASE)
_QUERY = re.compile(r"(\bhttps?://[^\s?#]+\?)[^\s#]+", re.IGNORECASE)


def safe(value: object) -> str:
    """Return a value as one line that holds no secret of a URL and no control character."""
    text = str(value)[: LONGEST + 1]
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - 1]}…"
    text = _QUERY.sub(r"\1…", _USERINFO.sub(r"\1…@", text))
    return _CONTROL.sub(lambda found: found.group().encode("unicode_escape").decode(), text)


def clean(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Make every value of an event safe; numbers stay numbers, a traceback keeps its lines."""
    for key, value in event.items():
        if key == "exception":
            event[key] = "\n".join(safe(line) for line in str(value).splitlines()[-40:])
        elif not isinstance(value, bool | int | float):
            event[key] = safe(value)
    return event


def in_order(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Put when, how grave and what before everything else, as the eye looks for it."""
    first = ("timestamp", "level", "event")
    return {name: event[name] for name in first if name in event} | dict(event)


def configure(log_format: str, stream: TextIO = sys.stderr, *, level: str = "info") -> None:
    """Log to the stream: "people", "json", or "auto" for people on a terminal, else JSON."""
    lines = LineWriter(stream)

    def own_up(_logger: object, _method: str, event: MutableMapping[str, Any]) -> Any:
        return {**event, "lines_lost": lines.lost} if lines.lost else event

    people = log_format == "people" or (log_format == "auto" and stream.isatty())
    renderer: Any = (
        structlog.dev.ConsoleRenderer(colors=stream.isatty(), pad_event_to=0)
        if people
        else structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=False)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            own_up,
            structlog.processors.TimeStamper(
                fmt="%H:%M:%S" if people else "iso", utc=not people
            ),
            structlog.processors.format_exc_info,
            clean,
            in_order,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[level.upper()]
        ),
        logger_factory=structlog.WriteLoggerFactory(cast("TextIO", lines)),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[_Bridge()], level=logging.WARNING, force=True)


class _Bridge(logging.Handler):
    """Carry what libraries log through the standard module into our own lines."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log a library's record as an event of its logger."""
        log = structlog.get_logger(record.name)
        message = safe("".join(record.getMessage().splitlines()[:1]))
        log.log(record.levelno, message, library=record.name, exc_info=record.exc_info)

"""Trace each character of a scalar back to where it stands in the file.

YAML folds lines, unindents blocks and unescapes quotes; an error in a query must still point at
the letter its author typed. The scalar's raw signs are listed with their places, as YAML's own
rules leave them, and the value is laid beside them.
"""

import re
from collections.abc import Iterator

from config.text import Located
from config.written import Document, Written

Sign = tuple[str, int, int]  # a character of the value or a line end, its line and column
SHORT_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
LONG_ESCAPES = {"x": 2, "u": 4, "U": 8}
INDENT = re.compile(r" *")


def locate(document: Document, written: Written) -> Located:
    """Return a scalar with the place of each of its characters."""
    lines = document.lines[written.line - 1 : max(written.end_line, written.line)]
    opening = 1 if written.style in {"'", '"'} else 0
    if written.style not in {"|", ">"}:
        first = written.column - 1 + opening
        if lines[0][first : first + len(written)] == written:
            return Located(
                value=str(written),
                path=document.path,
                line=written.line,
                column=first + 1,
                source=(lines[0],),
            )
    places = tuple(_beside(written, list(_signs(written, lines))))
    line, column = places[0] if places else (written.line, written.column)
    return Located(
        value=str(written),
        path=document.path,
        line=line,
        column=column,
        places=places,
        source=document.lines[line - 1 : max(written.end_line, line)],
    )


def _beside(value: str, signs: list[Sign]) -> Iterator[tuple[int, int]]:
    """Lay the value beside its signs; a sign that folding dropped has no place in it."""
    at = 0
    for character in value:
        while at < len(signs) - 1 and not _stands_for(signs[at][0], character):
            at += 1
        yield signs[at][1:]
        at = min(at + 1, len(signs) - 1)


def _stands_for(sign: str, character: str) -> bool:
    return sign == character or (sign == "\n" and character == " ")


def _signs(written: Written, lines: tuple[str, ...]) -> Iterator[Sign]:
    if written.style in {"|", ">"}:
        return _block(written.line, lines)
    return _flow(written, lines)


def _block(line: int, lines: tuple[str, ...]) -> Iterator[Sign]:
    """List a block scalar's signs, its indentation cut off."""
    body = lines[1:]
    header = re.search(r"[|>][+-]?([1-9])[+-]?\s*(#.*)?$|[|>]([1-9])", lines[0])
    indent = min((_indent(text) for text in body if text.strip(" ")), default=0)
    if header:  # the indent is told: deeper spaces belong to the text
        indent = min(indent, _indent(lines[0]) + int(header[1] or header[3]))
    for number, text in enumerate(body, start=line + 1):
        for column, sign in enumerate(text[indent:], start=indent + 1):
            yield sign, number, column
        yield "\n", number, len(text) + 1


def _indent(text: str) -> int:
    found = INDENT.match(text)
    return found.end() if found else 0


def _flow(written: Written, lines: tuple[str, ...]) -> Iterator[Sign]:
    """List a plain or quoted scalar's signs, escapes resolved, line breaks folded."""
    quote = written.style
    for offset, text in enumerate(lines):
        start = written.column - 1 + len(quote) if offset == 0 else _blank_end(text)
        kept = len(text) if offset == len(lines) - 1 else len(text.rstrip(" \t"))
        at, joined = start, False
        while at < kept:
            step, sign = _sign(text, at, quote)
            if sign is None:
                joined = True  # a backslash at the end of a line: no break, no space
            elif sign == "":
                return  # the closing quote
            else:
                yield sign, written.line + offset, at + 1
            at += step
        if not joined:
            yield "\n", written.line + offset, kept + 1


def _blank_end(text: str) -> int:
    return len(text) - len(text.lstrip(" \t"))


def _sign(text: str, at: int, quote: str) -> tuple[int, str | None]:
    """Return how many signs of the file make the next character, and which it is."""
    sign = text[at]
    if quote == "'" and sign == "'":
        return (2, "'") if text[at : at + 2] == "''" else (1, "")
    if quote == '"' and sign == '"':
        return 1, ""
    if quote == '"' and sign == "\\":
        return _escape(text, at)
    return 1, sign


def _escape(text: str, at: int) -> tuple[int, str | None]:
    kind = text[at + 1 : at + 2]
    if not kind:
        return 1, None
    if kind in LONG_ESCAPES:
        digits = LONG_ESCAPES[kind]
        return 2 + digits, chr(int(text[at + 2 : at + 2 + digits], 16))
    return 2, SHORT_ESCAPES.get(kind, kind)

"""Say in an analyst's words what libyaml could not read, and show the line put right.

Pure: an error and the file's lines in, a Mistake out.
"""

import re

import yaml

from config.errors import Mistake

KEY_AND_VALUE = re.compile(r"^(\s*(?:- +)*)([\w-]+:\s+)(?![\[{])(.+?)\s*$")
ITEM = re.compile(r"^(\s*(?:- +)+)(?![\[{])(.+?)\s*$")
BEGINS_WITH_KEY = re.compile(r"^\s*(- +)*[\w-]+:(\s|$)")
NO_SPACE = re.compile(r"""^\s*(?:- +)*[\w-]+:(?=['"@\[{\w*])""")
APOSTROPHE = re.compile(r"""^(\s*(?:- +)*[\w-]+:\s+)'(.*\w'\w.*)'\s*$""")
AFTER_QUOTE = re.compile(r"""[:-]\s+("[^"]*"|'[^']*')\s*$""")
_CUT_OFF = "E007 ' #' cuts the value off"
TAB = Mistake(
    path="",
    message="E001 a tab stands where YAML wants spaces",
    hint="replace the tab by spaces; most editors have a setting for it",
)


def explain(error: yaml.MarkedYAMLError, path: str, lines: tuple[str, ...]) -> Mistake:
    """Return the mistake behind a syntax error, at the place where a person made it."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Mistake(path=path, message=f"not YAML: {error.problem}")
    line, column = mark.line, mark.column
    text = lines[line] if line < len(lines) else ""
    opened = error.context_mark
    if (joined := _without_space(error, lines)) is not None:
        line, text = joined, lines[joined]
        key, _, value = text.strip(" -").partition(":")
        column = text.index(":") + 1
        message, hint = f"E009 a space is missing behind {key}:", f"write  {key}: {value}"
    elif opened is not None and _unclosed(error, lines):
        line, column, text = opened.line, opened.column, lines[opened.line]
        sign = text[column : column + 1]
        message, hint = f"what {sign} opens here is never closed", "is the file half saved?"
    else:
        message, hint = _say(error.problem or "", text, column, lines[:line])
        if message.startswith(_CUT_OFF):
            line -= 1
            text = lines[line]
            column = text.index(" #") + 1
    return Mistake(
        path=path,
        line=line + 1,
        column=column + 1,
        source_line=text,
        message=message,
        hint=hint,
    )


def quoted(line: str) -> str:
    """Return the line with its value in single quotes, as a hint; empty when it has none."""
    found = KEY_AND_VALUE.match(line)
    if found:
        return f"write  {found[2]}'{_doubled(found[3])}'"
    item = ITEM.match(line)
    return f"write  - '{_doubled(item[2])}'" if item else "put it in single quotes"


def _doubled(value: str) -> str:
    return value.replace("'", "''")


def _without_space(error: yaml.MarkedYAMLError, lines: tuple[str, ...]) -> int | None:
    """Return the line where no space parts key and value, so YAML sees none; None: no line."""
    marks = (error.context_mark, error.problem_mark)
    places = [mark.line for mark in marks if mark is not None]
    if "mapping values" in (error.problem or ""):
        places = [line - 1 for line in places]
    return next((n for n in places if 0 <= n < len(lines) and NO_SPACE.match(lines[n])), None)


def _unclosed(error: yaml.MarkedYAMLError, lines: tuple[str, ...]) -> bool:
    mark, problem = error.context_mark, error.problem or ""
    if mark is None or mark.line >= len(lines):
        return False
    opens = lines[mark.line][mark.column : mark.column + 1] in tuple("[{'\"")
    return opens and ("expected ','" in problem or "end of" in problem)


def _say(problem: str, text: str, column: int, before: tuple[str, ...]) -> tuple[str, str]:
    sign = text[column : column + 1]
    indent = text[: len(text) - len(text.lstrip())]
    if sign == "\t" or "\t" in indent or "tab character" in problem:
        return TAB.message, TAB.hint
    if "cannot start any token" in problem:
        return f"E009 a value that begins with {sign} must stand in quotes", quoted(text)
    if "alphabetic or numeric" in problem:
        return "E009 a value that begins with * or & must stand in quotes", quoted(text)
    if "mapping values" in problem:
        return _second_colon(text, column)
    if within := APOSTROPHE.match(text):
        hint = f"write it twice:  {within[1].strip()} '{_doubled(within[2])}'"
        return "E009 the apostrophe ends what the quote began", hint
    if AFTER_QUOTE.search(text[:column]):
        # The quotes round each word are meant for us, not for YAML: ours are the double ones.
        return "E009 text stands after the closing quote", quoted(text.replace("'", '"'))
    if _cut_by_comment(text, before):
        return (
            f"{_CUT_OFF}: YAML takes the rest for a comment",
            quoted(before[-1]),
        )
    return f"not YAML: {problem}", "look at the indentation of this line and the one before it"


def _second_colon(text: str, column: int) -> tuple[str, str]:
    if ": " in text[:column]:
        return "E009 ': ' inside a value that stands without quotes", quoted(text)
    return (
        "a key stands where none can be",
        "look at the indentation of this line and the one before it",
    )


def _cut_by_comment(text: str, before: tuple[str, ...]) -> bool:
    return bool(before) and " #" in before[-1] and not BEGINS_WITH_KEY.match(text)

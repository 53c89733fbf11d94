"""Translate what pydantic found wrong into mistakes with line, column, caret and hint.

Pure: errors and the document in, mistakes out.
"""

from dataclasses import replace

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from config.elsewhere import OF_A_MAP
from config.errors import Mistake
from config.secrets import AS_PLAIN_TEXT
from config.written import Document, Node, Steps, WrittenMap

_NO_MAP = ("model_type", "dict_type", "model_attributes_type")


def masked(mistake: Mistake) -> Mistake:
    """Hide what stands on the line from the column on: it may be a secret."""
    column = mistake.column or 1
    return replace(mistake, source_line=f"{mistake.source_line[: column - 1]}••••")


def complaints(error: ValidationError, document: Document) -> list[Mistake]:
    """Return one mistake per error, in the order of the file."""
    found = [_complaint(each, document) for each in error.errors(include_url=False)]
    return sorted(found, key=lambda mistake: (mistake.line or 0, mistake.column or 0))


def _complaint(error: ErrorDetails, document: Document) -> Mistake:
    steps: Steps = tuple(step for step in error["loc"] if step != "[key]")
    place, name = _place(error, document, steps)
    context = error.get("ctx", {})
    message = _message(error["type"], error["msg"], context)
    code = context.get("code", "")
    if message[:1] == "E" and message[1:4].isdigit():
        code, _, message = message.partition(" ")
    said = f"{name!r} {message}" if name else f"this {message}"
    missing = error["type"] == "missing" and steps == ("sources",)
    hint = str(context.get("hint", "with nothing to watch: sources: []" if missing else ""))
    if error["type"] in _NO_MAP:
        hint = hint or OF_A_MAP.get(name, "")
    mistake = document.mistake(place, f"{code} {said}".strip(), hint)
    if (at := context.get("at")) is not None:
        mistake = replace(mistake, line=at[0], column=at[1], source_line=document.line(at[0]))
    return masked(mistake) if message == AS_PLAIN_TEXT else mistake


def _message(kind: str, message: str, context: dict[str, object]) -> str:
    said = {
        "misread": str(context.get("message", "")),
        "missing": "is missing",
        "int_parsing": "must be a whole number",
        "int_type": "must be a whole number",
        "float_parsing": "must be a number",
        "bool_parsing": "must be true or false",
        **dict.fromkeys(_NO_MAP, "must hold keys and values"),
        "tuple_type": "must be a list",
        "list_type": "must be a list",
        "too_short": "must not be empty",
    }.get(kind)
    return said or message.replace("Input should be", "must be", 1)


def _place(error: ErrorDetails, document: Document, steps: Steps) -> tuple[Node, str]:
    """Return where to point, and the key to name."""
    if error["type"] == "missing":
        return _head(document.node(steps[:-1])), str(steps[-1])
    if error["loc"] and error["loc"][-1] == "[key]":
        return document.key(steps), str(steps[-1])
    node: Node = document.root
    name = ""
    for end in range(1, len(steps) + 1):
        below = document.node(steps[:end])
        if below is not node and isinstance(steps[end - 1], str):
            name = str(steps[end - 1])
        node = below
    return node, "" if isinstance(node, WrittenMap) else name


def _head(node: Node) -> Node:
    """Point at the first key of a mapping: its opening brace or indent says nothing."""
    return next(iter(node), node) if isinstance(node, WrittenMap) else node

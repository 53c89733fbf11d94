"""Write what can be looked up: a JSON Schema per file, and docs/settings.md.

`python -m config.reference` writes them; a test holds that they are current. The reasons are
the comments beside the dataclass fields, so that each stands once.
"""

import ast
import dataclasses
import inspect
import json
import textwrap
from collections.abc import Iterator
from datetime import time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_type_hints

from config.channel import Channel
from config.digest import Digest
from config.settings import AT_START, Secret, Settings
from config.shapes import FILES
from config.source import Source
from config.words import written_duration

_AT_START = tuple(f"{each}." for each in AT_START)
INTRODUCTION = """\
# Every setting

Written by `python -m config.reference` from the code; a test holds it to the code.
The rules' own keys are in [rules.md](rules.md).

* A duration is a number with `s`, `m`, `h`, `d` or `w`: `15m`, `6h`, `30d`, `1h30m`.
* A secret is never written in a file: `env:NAME` names a variable of the daemon's environment,
  `file:/path` a file that holds nothing else.
* A list with one member may be written without brackets.
* A saved file goes live within seconds, but for what is marked ↻: that waits for the next
  start, and the daemon says so. A file with a mistake changes nothing: the last good
  configuration goes on, and `presswatch status` says so.
"""
TABLES = (
    ("settings.yaml", "How presswatch runs.", Settings),
    ("sources/*.yaml", "Under `sources:`, one entry per outlet.", Source),
    (
        "channels.yaml",
        "Under `channels:`, one entry per way in which people are told.",
        Channel,
    ),
    ("digests.yaml", "Under `digests:`, one entry per digest.", Digest),
)


def reasons(kind: type[Any]) -> dict[str, str]:
    """Return the comment that stands beside, or right above, each field of a dataclass."""
    lines = textwrap.dedent(inspect.getsource(kind)).splitlines()
    (body,) = ast.parse("\n".join(lines)).body
    assert isinstance(body, ast.ClassDef)  # noqa: S101 - it is the source of a class
    fields = [node for node in body.body if isinstance(node, ast.AnnAssign)]
    return {ast.unparse(node.target): " ".join(_comments(node, lines)) for node in fields}


def schema_of(kind: str) -> str:
    """Return the JSON Schema of one kind of file, as text."""
    schema = FILES[kind].model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    known = {each.__name__: each for each in _dataclasses()}
    for part in parts:
        part.pop("description", None)
        dataclass = known.get(part.get("title", ""))
        for key, field in part.get("properties", {}).items():
            field.pop("title", None)
            if dataclass:
                field.update(_described(dataclass, key))
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    head["title"] = f"presswatch {kind}"
    return json.dumps(head, ensure_ascii=False, indent=1) + "\n"


def settings_page() -> str:
    """Return docs/settings.md."""
    parts = [INTRODUCTION]
    for title, first, kind in TABLES:
        parts.append(
            f"## {title}\n\n{first}\n\n| key | default | what, and why |\n|---|---|---|"
        )
        parts += [
            f"| `{key}`{_mark(kind, key)} | {default} | {_cell(why)} |"
            for key, default, why in rows(kind)
        ]
        parts.append("")
    return "\n".join(parts)


def rows(kind: type[Any], prefix: str = "") -> Iterator[tuple[str, str, str]]:
    """List the keys of a dataclass, those of the dataclasses in it behind a dot."""
    why = reasons(kind)
    hints = get_type_hints(kind)
    for field in dataclasses.fields(kind):
        inside = _dataclass_in(hints[field.name])
        if inside and hints[field.name] is inside:
            yield from rows(inside, f"{prefix}{field.name}.")
        else:
            told = why[field.name]
            yield f"{prefix}{field.name}", _shown(_default(field, told)), told
            if inside:
                within = "" if "dict" not in str(hints[field.name]) else ".*"
                yield from rows(inside, f"{prefix}{field.name}{within}.")


def as_written(value: Any) -> Any:
    """Return a default as a person would write it in YAML, for JSON."""
    match value:
        case timedelta():
            return written_duration(value)
        case time():
            return f"{value:%H:%M}"
        case StrEnum():
            return value.value
        case tuple():
            return [as_written(each) for each in value]
        case _:
            return value


def write(root: Path) -> None:
    """Write every file of the reference below the project's root."""
    for kind in FILES:
        path = root / "config" / "schema" / f"{kind}.json"
        path.write_text(schema_of(kind), encoding="utf-8")
    (root / "docs" / "settings.md").write_text(settings_page(), encoding="utf-8")


def _comments(node: ast.AnnAssign, lines: list[str]) -> Iterator[str]:
    above: list[str] = []
    for line in reversed(lines[: node.lineno - 1]):
        if not line.strip().startswith("#"):
            break
        above.insert(0, line)
    end = node.end_lineno or node.lineno
    for line in [*above, *lines[node.lineno - 1 : end]]:
        _, sign, comment = line.partition("# ")
        if sign:
            yield comment.strip()


def _described(dataclass: type[Any], key: str) -> dict[str, Any]:
    why = {each.name: each for each in dataclasses.fields(dataclass)}
    if key not in why:
        return {}
    told = {"description": reasons(dataclass)[key]} if reasons(dataclass)[key] else {}
    default = as_written(_default(why[key], told.get("description", "")))
    plain = default is not None and default is not dataclasses.MISSING
    plain = plain and not dataclasses.is_dataclass(default)
    return told | ({"default": default} if plain else {})


def _dataclasses() -> Iterator[type[Any]]:
    for _, _, kind in TABLES:
        yield from _below(kind)


def _below(kind: type[Any]) -> Iterator[type[Any]]:
    yield kind
    for hint in get_type_hints(kind).values():
        inside = _dataclass_in(hint)
        if inside:
            yield from _below(inside)


def _dataclass_in(hint: Any) -> type[Any] | None:
    for each in (hint, *get_args(hint)):
        if isinstance(each, type) and dataclasses.is_dataclass(each) and each is not Secret:
            return each
    return None


def _default(field: "dataclasses.Field[Any]", why: str) -> Any:
    """Return a field's default; None where its comment says what holds when it is left out."""
    if "left out:" in why:
        return None
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _mark(kind: type[Any], key: str) -> str:
    return " ↻" if kind is Settings and f"{key}.".startswith(_AT_START) else ""


def _cell(why: str) -> str:
    return why.replace("None:", "left out:").replace("|", "\\|")


def _shown(value: Any) -> str:
    if value is dataclasses.MISSING:
        return "**required**"
    if value is None or value in ((), {}, ""):
        return "–"
    written = as_written(value)
    text = "[" + ", ".join(map(str, written)) + "]" if isinstance(written, list) else written
    return f"`{str(text).lower() if isinstance(text, bool) else text}`"


if __name__ == "__main__":
    write(Path.cwd())

"""What can be looked up says what the code does."""

from pathlib import Path

import jsonschema_rs
import pytest
import yaml

from config.reference import TABLES, rows, schema_of, settings_page
from config.shapes import FILES

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("kind", sorted(FILES))
def test_the_schema_in_the_folder_is_current(kind: str) -> None:
    written = (ROOT / "config" / "schema" / f"{kind}.json").read_text(encoding="utf-8")
    assert written == schema_of(kind), "run: python -m config.reference"


def test_the_page_of_settings_is_current() -> None:
    written = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert written == settings_page(), "run: python -m config.reference"


@pytest.mark.parametrize("kind", [table[2] for table in TABLES])
def test_every_setting_has_its_reason(kind: type) -> None:
    for key, _, why in rows(kind):
        assert len(why) > 5, f"{kind.__name__}.{key} has no comment that says why"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("rules", "rules: [{id: a, match: b, severty: high}]"),
        ("rules", "rules: [{id: a, match: b, severity: loud}]"),
        ("settings", "poll: {every: quarterly}"),
        ("settings", "mail: {password: hunter2}"),
        ("sources", "sources: [{id: a, name: A}]"),
        ("channels", "channels: [{id: A b, kind: email}]"),
    ],
)
def test_an_editor_finds_what_the_daemon_would_refuse(kind: str, text: str) -> None:
    schema = yaml.safe_load(schema_of(kind))
    assert not jsonschema_rs.is_valid(schema, yaml.safe_load(text))

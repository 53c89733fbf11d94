"""What is broken is told to whom it concerns."""

from dataclasses import replace

import pytest

from alerts.delivery.operators import Operators, edit_rejected, owe
from alerts.delivery.render import render
from alerts.notification import from_json
from config.config import Config
from config.errors import Mistake
from config.settings import Settings
from tests.alerts.telling import VOICE, make_channel, make_rule
from tests.making import NOW

OURS = make_rule(owner="energy-desk")  # stands in config/rules/test.yaml
CONFIG = Config(
    settings=Settings(),
    sources=(),
    terms=(),
    rules=(OURS, replace(OURS, id="other", owner="a person without a channel")),
    channels=(make_channel("ops"), make_channel("energy-desk"), make_channel("border-desk")),
    digests=(),
    fingerprint="",
    rules_fingerprint="",
)
MISTAKE = Mistake(
    path=OURS.place.path,
    line=12,
    column=7,
    message="E103 two terms without an operator",
    source_line="match: a b",
    hint="a AND b",
)


def test_a_mistake_is_shown_with_its_line_and_its_caret_below_the_place() -> None:
    (entry,) = owe(Operators(channels=("ops",)), edit_rejected((MISTAKE,), ""), NOW)
    message = render(entry.key, from_json(entry.payload), VOICE)
    assert "\n    match: a b\n          ^\n    hint: a AND b\n" in message.text
    assert ">          ^</pre>" in message.html


@pytest.mark.parametrize(
    ("path", "channels"),
    [
        pytest.param(OURS.place.path, ("ops", "energy-desk"), id="their own file"),
        pytest.param("config/rules/border.yaml", ("ops",), id="a file of others"),
        pytest.param("config/settings.yaml", ("ops",), id="no rules at all"),
    ],
)
def test_the_owner_of_a_broken_file_is_told_on_the_channel_of_their_name(
    path: str, channels: tuple[str, ...]
) -> None:
    mistakes = (replace(MISTAKE, path=path),)
    readers = Operators(channels=("ops",)).and_owners(CONFIG, mistakes)
    assert readers.channels == channels
    owed = owe(readers, edit_rejected(mistakes, ""), NOW)
    assert tuple(entry.channel for entry in owed) == channels


def test_it_says_where_and_what_to_write_once_per_edit() -> None:
    readers = Operators(channels=("ops",))
    (entry,) = owe(readers, edit_rejected((MISTAKE,), ""), NOW)
    lines = from_json(entry.payload).lines
    assert lines[0] == "config/rules/test.yaml:12:7: E103 two terms without an operator"
    assert lines[1:3] == ("    match: a b", "          ^")
    assert lines[-1].strip() == "hint: a AND b"
    (again,) = owe(readers, edit_rejected((MISTAKE,), ""), NOW.replace(hour=3))
    assert again.key == entry.key
    (waiting,) = owe(readers, edit_rejected((), "it would fire too often"), NOW)
    assert waiting.key != entry.key

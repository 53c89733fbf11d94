"""A daemon that starts again begins with what last was live, whatever was saved meanwhile."""

from pathlib import Path

import pytest

from config.errors import ConfigError
from crawler.live.configuration import Live
from crawler.live.kept import keep_live, load_kept, start_live
from crawler.places import DataFolderError, Places
from tests.making import make_config_folder

RULE = "rules: [{{id: ports, match: '{query}', alert: {{channels: {channel}}}}}]"


def save(places: Places, *, query: str = "strike", channel: str = "desk", **files: str) -> None:
    channels = f"channels: [{{id: {channel}, kind: email, to: [desk@example.org]}}]"
    rules = RULE.format(query=query, channel=channel)
    make_config_folder(places.config, rules=rules, channels=channels, **files)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = Places(config=tmp_path / "config", data=tmp_path / "data")
    places.prepare()
    save(places)
    return places


def query_of(live: Live) -> str:
    match = live.config.rules[0].match
    return match.value if match else ""


def test_with_nothing_edited_the_files_are_live(places: Places) -> None:
    keep_live(places)
    start = start_live(places, {})
    assert (query_of(start.live), start.mistakes) == ("strike", ())


def test_files_with_mistakes_are_named_and_what_last_was_live_goes_on(places: Places) -> None:
    keep_live(places)
    save(places, query="port strike")
    start = start_live(places, {})
    assert query_of(start.live) == "strike"
    assert "E103" in str(start.mistakes[0])
    # What goes on is called by the file that people know, not by the copy.
    assert start.live.config.rules[0].place.path.startswith(f"{places.config}/rules/")


def test_where_nothing_ever_was_live_mistakes_stop_the_start(places: Places) -> None:
    save(places, query="port strike")
    with pytest.raises(ConfigError, match="E103"):
        start_live(places, {})


def test_where_nothing_ever_was_live_a_failing_test_of_a_rule_stops_the_start(
    places: Places,
) -> None:
    rules = "rules: [{id: r, match: strike, tests: [{match: a harbour}]}]"
    make_config_folder(places.config, rules=rules)
    with pytest.raises(ConfigError, match="E130"):
        start_live(places, {})


def test_rules_edited_meanwhile_wait_and_other_edits_hold(places: Places) -> None:
    keep_live(places)
    save(places, query="harbour", settings="timezone: Asia/Baku")
    live = start_live(places, {}).live
    assert query_of(live) == "strike"
    assert live.config.settings.timezone == "Asia/Baku"


def test_rules_that_no_longer_fit_are_not_brought_back(places: Places) -> None:
    keep_live(places)
    save(places, query="harbour", channel="other")
    assert query_of(start_live(places, {}).live) == "harbour"


def test_an_editors_lock_and_another_ending_do_not_stand_in_the_way(places: Places) -> None:
    (places.config / "rules" / ".#one.yaml").symlink_to("analyst@desk.4711")
    more = "version: 1\nrules:\n  - {id: more, match: 'harbour'}\n"
    (places.config / "rules" / "more.yml").write_text(more, encoding="utf-8")
    keep_live(places)
    kept = load_kept(places)
    assert kept is not None
    assert kept.fingerprint == start_live(places, {}).live.config.fingerprint
    assert "more" in {rule.id for rule in kept.rules}


def test_a_copy_that_cannot_be_written_says_where_and_what_to_do(tmp_path: Path) -> None:
    places = Places(config=tmp_path / "config", data=tmp_path / "gone")
    with pytest.raises(DataFolderError, match=r"gone/live-config: .* let presswatch write in"):
        keep_live(places)

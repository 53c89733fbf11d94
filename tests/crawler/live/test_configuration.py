"""Mistakes of files, of queries and of a rule's own tests are shown together."""

from pathlib import Path

import pytest

from config.errors import ConfigError
from crawler.live.configuration import check_live, load_live
from tests.making import make_config_folder


def codes(folder: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        check_live(folder, {})
    return [each.message.split()[0] for each in caught.value.mistakes]


def test_mistakes_of_files_and_of_queries_are_shown_at_once(tmp_path: Path) -> None:
    rules = """\
        timezone: Nowhere
        terms:
          ports: [Alat, Poti]
        rules:
          - id: a
            severty: high
            match: port strike AND @prots
          - id: b
            match: port # strike
          - id: c
            match: port near5 strike
        """
    assert codes(make_config_folder(tmp_path, rules=rules)) == [
        "E006", "E004", "E103", "E120", "E007", "E107",
    ]  # fmt: skip


def test_a_list_that_a_broken_file_may_hold_is_not_called_unknown(tmp_path: Path) -> None:
    rules = "terms: {ports: [x, ]y}\nrules: []"
    folder = make_config_folder(tmp_path, rules=rules)
    (folder / "rules" / "more.yaml").write_text("rules: [{id: a, match: '@ports AND b c'}]")
    assert "E120" not in codes(folder)


def test_a_rule_whose_own_tests_fail_is_refused_by_check_alone(tmp_path: Path) -> None:
    rules = "rules: [{id: ports, match: port*, tests: [{no_match: The ports of Alat}]}]"
    folder = make_config_folder(tmp_path, rules=rules)
    assert codes(folder) == ["E130"]
    assert load_live(folder, {}).config.rules  # so that `rules why` can tell

"""Every command answers, and each wrong use is one clear message with its exit status."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from crawler.cli.group import COMMANDS, presswatch
from tests.making import EXAMPLE


def call(*words: str, data: Path) -> Result:
    places = () if "--help" in words else ("--config", str(EXAMPLE), "--data", str(data))
    return CliRunner().invoke(presswatch, [*words, *places])


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_a_command_explains_itself(command: str, tmp_path: Path) -> None:
    result = call(command, "--help", data=tmp_path)
    assert result.exit_code == 0, result.output
    assert "--data" in result.output
    assert len(result.output.splitlines()) > 5


def every_command(group: click.Group = presswatch, *names: str) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*names, name)
        if isinstance(command, click.Group):
            yield from every_command(command, *names, name)


@pytest.mark.parametrize("names", list(every_command()), ids=" ".join)
def test_help_fits_a_terminal_and_says_what_each_option_does(names: tuple[str, ...]) -> None:
    result = CliRunner().invoke(presswatch, [*names, "--help"], terminal_width=80)
    assert max(len(line) for line in result.output.splitlines()) <= 80
    command: click.Command = presswatch
    for name in names:
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), name) or command
    options = [each for each in command.params if isinstance(each, click.Option)]
    silent = [each.name for each in options if not each.help]
    assert silent == []


@pytest.mark.parametrize("option", ["--config=x", "--data"])
def test_a_folder_before_the_command_is_told_its_place(option: str) -> None:
    result = CliRunner().invoke(presswatch, [option, "x", "status"])
    assert result.exit_code == 2
    assert f"{option} stands behind the command" in result.output


def test_a_mistyped_command_names_the_nearest(tmp_path: Path) -> None:
    result = CliRunner().invoke(presswatch, ["serach"])
    assert result.exit_code == 2
    assert "Did you mean 'search'?" in result.output


def test_a_good_configuration_is_called_good(tmp_path: Path) -> None:
    result = call("check", data=tmp_path)
    assert result.exit_code == 0, result.output
    assert "all good" in result.output


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        pytest.param(("status",), 1, "nothing is stored here yet", id="no database yet"),
        pytest.param(("search", "port strike"), 2, "E103", id="a query with a mistake"),
        pytest.param(
            ("search", "x", "--since", "soon"), 2, "is no span of time", id="a wrong span"
        ),
        pytest.param(
            ("channels", "test", "nobody"), 2, "no channel is called", id="no channel"
        ),
        pytest.param(("digest", "preview", "nope"), 2, "no digest is called", id="no digest"),
        pytest.param(("extract", "/no/page"), 2, "cannot be read", id="no such page"),
        pytest.param(("extract", "ftp://x/y"), 2, "only http and https", id="no web address"),
        pytest.param(("extract", "-", "--url", "x"), 2, "is no URL: 'x'", id="no URL"),
        pytest.param(
            ("extract", "-", "--timezone", "Mars/One"), 2, "no IANA time zone", id="no zone"
        ),
        pytest.param(("sources", "add", "x"), 2, "is no URL: 'x'", id="no site"),
        pytest.param(("rules", "why", "x", "1"), 1, "nothing is stored", id="why without data"),
    ],
)
def test_wrong_use_is_one_clear_message(
    words: tuple[str, ...], status: int, says: str, tmp_path: Path
) -> None:
    result = call(*words, data=tmp_path)
    assert result.exit_code == status, result.output
    assert says in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        pytest.param("rules/caspian.yaml", "severity: urgent", "severty: urgent",
                     "did you mean", id="an unknown key"),
        pytest.param("sources/caspian.yaml", '"https://caspiannews.com/"', "nonsense",
                     "sources/caspian.yaml:", id="a source that is no URL"),
        pytest.param("settings.yaml", "sender: Caspian", "password: hunter2\n  sender: Caspian",
                     "settings.yaml:", id="a literal secret"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_named_with_line_and_column(
    file: str, old: str, new: str, says: str, tmp_path: Path
) -> None:
    for each in EXAMPLE.rglob("*.yaml"):
        copy = tmp_path / "config" / each.relative_to(EXAMPLE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(each.read_text(encoding="utf-8"), encoding="utf-8")
    wrong = tmp_path / "config" / file
    text = wrong.read_text(encoding="utf-8")
    assert old in text
    wrong.write_text(text.replace(old, new, 1), encoding="utf-8")
    for command, status in (("check", 1), ("run", 2)):
        result = CliRunner().invoke(
            presswatch,
            [command, "--config", str(tmp_path / "config"), "--data", str(tmp_path / "data")],
        )
        assert result.exit_code == status, result.output
        assert says in result.output
        assert "Traceback" not in result.output
    assert not (tmp_path / "data").exists()


def test_every_rules_command_takes_the_two_folders(tmp_path: Path) -> None:
    result = call("rules", "import", "--from", "lexis", "a w/5 b", data=tmp_path)
    assert "a NEAR/5 b" in result.output


def test_what_the_system_refuses_is_one_clear_message(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = CliRunner().invoke(presswatch, ["demo", "--keep", str(tmp_path / "file" / "in")])
    assert result.exit_code == 1
    assert result.output.startswith(str(tmp_path / "file" / "in"))
    assert result.output.endswith(": Not a directory\n")
    assert result.output.count("\n") == 1


def test_who_reads_the_archive_need_not_know_the_secrets(tmp_path: Path) -> None:
    config = shutil.copytree(EXAMPLE, tmp_path / "config")
    with (config / "channels.yaml").open("a", encoding="utf-8") as channels:
        channels.write(
            "  - {id: hook, kind: webhook, url: env:NOWHERE, secrets: [env:UNSET]}\n"
            "  - {id: locked, kind: slack, url: file:/nowhere/at-all}\n"
        )
    places = ["--config", str(config), "--data", str(tmp_path)]
    listed = CliRunner().invoke(presswatch, ["channels", *places])
    assert listed.exit_code == 0, listed.output
    assert "env:NOWHERE" in listed.output
    for sender in (["once"], ["channels", "test", "hook"]):
        refused = CliRunner().invoke(presswatch, [*sender, *places])
        assert refused.exit_code in {1, 2}
        assert "UNSET, which is not set" in refused.output
    sent = CliRunner().invoke(presswatch, ["channels", "test", "duty-mail", *places])
    assert sent.exit_code == 0, "it needs none of the others' secrets"
    checked = CliRunner().invoke(presswatch, ["check", *places])
    assert checked.exit_code == 0, checked.output
    assert "warning: 'secrets' refers to the environment variable UNSET" in checked.output
    assert "3 secrets the daemon needs cannot be read here" in checked.output


def test_a_warning_is_not_counted_as_a_mistake(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    shutil.copytree(EXAMPLE, folder)
    (folder / "rules" / "mine.yaml").write_text(
        "version: 1\nrules:\n  - {id: mine, match: 'us AND Zangezur corridor'}\n"
    )
    result = CliRunner().invoke(presswatch, ["check", "--config", str(folder)])
    assert result.exit_code == 1
    assert "\n1 mistake, 1 warning." in result.output

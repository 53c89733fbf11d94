"""What the documents name is there: files, commands, tasks. Decisions are numbered."""

import re
from pathlib import Path

import click
import pytest

from crawler.cli.group import COMMANDS, LazyGroup

ROOT = Path(__file__).parent.parent
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *DECISIONS]
OURS = ("config/", "storage/", "alerts/", "crawler/", "tests/", "benchmarks/", "docs/", ".ci/")
MADE = {"config/sources/added.yaml"}  # by a command, once it is used
COMMANDS_BY_NAME = {
    name: LazyGroup().get_command(click.Context(LazyGroup()), name) for name in COMMANDS
}
COMMAND = re.compile(r"^presswatch ([a-z]+)(?: ([a-z]+)(?=$| ))?")
FILE = re.compile(r"[\w./-]+\.(?:py|md|ya?ml|json|sql|service|j2|html|css)")

every_document = pytest.mark.parametrize(
    "document", [pytest.param(each, id=str(each.relative_to(ROOT))) for each in DOCUMENTS]
)


def named(document: Path) -> list[str]:
    """Return what a document sets as code on a line."""
    return re.findall(r"`([^`\n]+)`", document.read_text(encoding="utf-8"))


def is_command(name: str, below: str) -> bool:
    """Tell whether the command line has the command and, if it is a group, the one below."""
    command = COMMANDS_BY_NAME.get(name)
    return command is not None and (
        not below or not isinstance(command, click.Group) or below in command.commands
    )


@every_document
def test_every_file_that_a_document_names_is_there(document: Path) -> None:
    paths = {each for each in named(document) if FILE.fullmatch(each)} - MADE
    lost = [each for each in paths if each.startswith(OURS) and not (ROOT / each).exists()]
    assert not lost


@every_document
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    inside = [each for each in links if "://" not in each]
    assert not [each for each in inside if not (document.parent / each).exists()]


@every_document
def test_every_task_that_a_document_names_can_be_made(document: Path) -> None:
    tasks = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    asked = {word for each in named(document) for word in re.findall(r"^make ([a-z]+)", each)}
    assert asked <= tasks


@every_document
def test_every_command_that_a_document_names_is_one(document: Path) -> None:
    asked = [each for code in named(document) for each in COMMAND.findall(code)]
    assert not [each for each in asked if not is_command(*each)]


def test_decisions_are_numbered_without_a_gap_and_each_number_is_given_once() -> None:
    numbers = [each.name[:4] for each in DECISIONS]
    assert numbers == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda each: each.stem)
def test_a_decision_is_headed_by_its_number(decision: Path) -> None:
    head = decision.read_text(encoding="utf-8").partition(".")[0]
    assert head == f"# {int(decision.name[:4])}"

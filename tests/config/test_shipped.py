"""What git has in config/ is sound, whatever was edited in this checkout since."""

import io
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import jsonschema_rs
import pytest
import yaml
from click.testing import CliRunner

from config.reference import schema_of
from crawler.cli.group import presswatch

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return config/ as it was committed; the schema lies beside it, as it does there."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is no checkout of git")
    packed = subprocess.run(  # noqa: S603 - git, and words of ours
        [git, "-C", str(ROOT), "archive", "HEAD", "config"], capture_output=True, check=True
    )
    folder = tmp_path_factory.mktemp("shipped")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder / "config"


def test_it_is_good(shipped: Path, tmp_path: Path) -> None:
    places = ["--config", str(shipped), "--data", str(tmp_path)]
    result = CliRunner().invoke(presswatch, ["check", *places])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("settings.yaml", "settings"),
        ("channels.yaml", "channels"),
        ("digests.yaml", "digests"),
        ("sources/caspian.yaml", "sources"),
        ("rules/caspian.yaml", "rules"),
    ],
)
def test_a_file_names_its_schema_and_an_editor_finds_no_fault(
    shipped: Path, name: str, kind: str
) -> None:
    path = shipped / name
    if not path.exists():
        pytest.skip("this desk has committed files of its own instead")
    text = path.read_text(encoding="utf-8")
    head, _, schema = text.partition("\n")[0].partition("$schema=")
    assert head == "# yaml-language-server: "
    assert (path.parent / schema).resolve() == shipped / "schema" / f"{kind}.json"
    jsonschema_rs.validate(yaml.safe_load(schema_of(kind)), yaml.safe_load(text))


def test_no_test_reads_what_an_analyst_may_have_edited() -> None:
    read = re.compile(
        r"""(?:ROOT|parents?\b.*) / "config"(?! / "schema")|ROOT\.glob\(f?"config"""
    )
    tests = [each for each in (ROOT / "tests").rglob("*.py") if each != Path(__file__)]
    assert [str(each) for each in tests if read.search(each.read_text("utf-8"))] == []

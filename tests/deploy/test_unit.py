"""systemd itself reads the unit, and finds it well closed."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

UNIT = Path(__file__).parent.parent.parent / "docs" / "presswatch.service"
ANALYZE = shutil.which("systemd-analyze")
OPEN = 15  # tenths; systemd calls a service below 2.0 "OK"

pytestmark = pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed here")


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    """Ask systemd-analyze."""
    assert ANALYZE is not None
    return subprocess.run([ANALYZE, *words], capture_output=True, text=True, check=False)  # noqa: S603 - our own words


def test_the_unit_has_no_mistake(tmp_path: Path) -> None:
    there = re.sub(r"/opt/presswatch/\.venv/bin/presswatch", "/bin/true", UNIT.read_text())
    (tmp_path / UNIT.name).write_text(there)
    found = analyze("verify", "--man=no", str(tmp_path / UNIT.name))
    assert (found.returncode, found.stderr) == (0, "")
    (tmp_path / UNIT.name).write_text(there.replace("WatchdogSec=60", "WatchdogSec=soon"))
    assert (
        "Failed to parse sec value"
        in analyze("verify", "--man=no", str(tmp_path / UNIT.name)).stderr
    )


def test_files_with_mistakes_do_not_keep_the_service_down() -> None:
    """What last was live goes on (ADR 0017): a check before the start would undo that."""
    assert "ExecStartPre" not in UNIT.read_text()


def test_the_service_can_do_little_else_than_its_work() -> None:
    told = analyze(
        "security", "--offline=true", f"--threshold={OPEN}", "--json=short", str(UNIT)
    )
    open_still = [
        (each["description"], each["exposure"])
        for each in json.loads(told.stdout)
        if float(each["exposure"] or 0) > 0.2
    ]
    assert told.returncode == 0, open_still

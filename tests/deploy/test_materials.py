"""What a release is made of is written from the lock; known faults fail the audit."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
FAULT = {"id": "CVE-2026-0001", "fix_versions": ["2"], "aliases": [], "description": ""}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own scripts
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_the_bill_names_every_locked_package_with_version_and_hashes() -> None:
    bill = json.loads(run(".ci/sbom.py").stdout)
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([\w.-]+)==([^ ;\\]+)", lock, re.MULTILINE))
    assert {(each["name"], each["version"]) for each in bill["components"]} == locked
    assert all(each["hashes"] for each in bill["components"])
    assert len(bill["dependencies"][0]["dependsOn"]) == len(locked)


def test_the_same_lock_gives_the_same_bill() -> None:
    assert run(".ci/sbom.py").stdout == run(".ci/sbom.py").stdout


@pytest.mark.parametrize(
    ("answer", "status", "says"),
    [
        pytest.param(
            {"dependencies": [{"name": "a", "version": "1", "vulns": [FAULT]}]},
            1,
            "a 1: CVE-2026-0001, mended in 2",
            id="a known fault",
        ),
        pytest.param(
            {"dependencies": [{"name": "a", "version": "1", "vulns": []}]},
            0,
            "1 of 1 packages audited, 0 faults",
            id="none known",
        ),
        pytest.param(
            {"dependencies": [{"name": "a", "skip_reason": "not found"}]},
            0,
            "NOT AUDITED, unknown to the service: 1 packages",
            id="unknown to the service",
        ),
        pytest.param({}, 0, "NOT AUDITED, the service is out of reach", id="no network"),
    ],
)
def test_the_audit_fails_on_findings_alone(
    tmp_path: Path, answer: dict[str, Any], status: int, says: str
) -> None:
    asked = tmp_path / "pip-audit"
    asked.write_text(f"#!/bin/sh\ncat <<'END'\n{json.dumps(answer)}\nEND\n")
    asked.chmod(0o755)
    done = run(".ci/audit.py", str(asked), "requirements.lock")
    assert done.returncode == status, done.stderr
    assert says in done.stdout

"""The image, the compose file and the unit say what the operations page promises."""

import configparser
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
INSTRUCTIONS = [
    line.split(maxsplit=1)
    for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    if line[:1].isupper()
]


def compose_is_here() -> bool:
    docker = shutil.which("docker")
    if docker is None:
        return False
    command = [docker, "compose", "version"]
    return subprocess.run(command, capture_output=True, check=False, timeout=20).returncode == 0  # noqa: S603 - a fixed command


@pytest.mark.skipif(not compose_is_here(), reason="docker compose is not installed here")
@pytest.mark.parametrize("profile", [(), ("--profile", "mail")], ids=["daemon", "mail catcher"])
def test_compose_accepts_its_file(profile: tuple[str, ...]) -> None:
    docker = shutil.which("docker") or "docker"
    command = [
        docker,
        "compose",
        *profile,
        "-f",
        str(ROOT / "docker-compose.yml"),
        "config",
        "-q",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603 - a fixed command
    assert done.returncode == 0, done.stderr


def test_the_daemon_runs_confined_and_within_limits() -> None:
    daemon = COMPOSE["services"]["presswatch"]
    assert daemon["read_only"] is True
    assert not daemon["user"].startswith(("0", "root"))
    assert daemon["cap_drop"] == ["ALL"]
    assert {"cpus", "memory", "pids"} <= set(daemon["deploy"]["resources"]["limits"])
    assert "healthcheck" in daemon


def test_nothing_is_published_beyond_this_machine() -> None:
    for service in COMPOSE["services"].values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_config_is_mounted_as_a_folder_and_data_is_a_volume() -> None:
    daemon = COMPOSE["services"]["presswatch"]
    assert daemon["volumes"] == ["./config:/config:ro", "data:/data"]
    assert "data" in COMPOSE["volumes"]


def test_only_the_daemon_starts_without_a_profile() -> None:
    plain = [name for name, service in COMPOSE["services"].items() if "profiles" not in service]
    assert plain == ["presswatch"]


def test_the_image_is_slim_and_ends_as_a_plain_user_with_a_health_check() -> None:
    froms = [rest for name, rest in INSTRUCTIONS if name == "FROM"]
    assert all("slim" in rest and ":latest" not in rest for rest in froms)
    users = [rest for name, rest in INSTRUCTIONS if name == "USER"]
    assert users == ["10001:10001"]
    names = [name for name, _ in INSTRUCTIONS]
    assert "HEALTHCHECK" in names
    assert "ADD" not in names


def test_what_the_image_copies_is_there_and_let_through() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for name, rest in INSTRUCTIONS:
        if name == "COPY" and not rest.startswith("--from"):
            for copied in rest.split()[:-1]:
                assert f"!{copied.split('/')[0]}" in ignored, (
                    f".dockerignore keeps {copied} out"
                )
                assert any(ROOT.glob(copied)), f"there is no {copied}"


def test_the_unit_waits_for_readiness_and_watches() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their case
    unit.read(ROOT / "docs" / "presswatch.service")
    service = unit["Service"]
    assert service["Type"] == "notify"
    assert int(service["WatchdogSec"]) > 0
    assert int(service["TimeoutStopSec"]) >= 10
    assert service["ProtectSystem"] == "strict"
    assert "HUP" in service["ExecReload"]

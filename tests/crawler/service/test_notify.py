"""systemd hears what it asked to hear; where it is not there, nothing happens."""

import socket
from datetime import timedelta
from pathlib import Path

from crawler.service.notify import ServiceManager


def test_a_state_reaches_the_socket(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        ServiceManager({"NOTIFY_SOCKET": str(tmp_path / "notify")}).say("READY=1")
        assert systemd.recv(100) == b"READY=1"


def test_without_a_service_manager_nothing_is_said_nor_fed() -> None:
    manager = ServiceManager({})
    manager.say("READY=1")  # to nobody: connecting to no address would raise
    assert manager.alive_every is None


def test_one_who_has_gone_away_ends_nothing(tmp_path: Path) -> None:
    ServiceManager({"NOTIFY_SOCKET": str(tmp_path / "nobody")}).say("READY=1")


def test_one_who_does_not_listen_holds_up_nothing(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        manager = ServiceManager({"NOTIFY_SOCKET": str(tmp_path / "notify")})
        for _ in range(1000):  # more than its queue holds
            manager.say("WATCHDOG=1")


def test_the_watchdog_is_fed_twice_in_its_time() -> None:
    assert ServiceManager({"WATCHDOG_USEC": "30000000"}).alive_every == timedelta(seconds=15)
    assert ServiceManager({"WATCHDOG_USEC": "3000", "WATCHDOG_PID": "1"}).alive_every is None

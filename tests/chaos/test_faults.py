"""The disk is full, the database locked, the machine asleep, DNS silent: nothing is lost."""

import asyncio
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from tests.chaos.processes import exists, zygote
from tests.chaos.promises import check_all, check_disk
from tests.chaos.world import World, world

READ = "SELECT count(*) FROM ledger WHERE settled_at IS NOT NULL"
SILENT = "http://silent.example/"


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Mount a disk of 16 MB there; skip where we may not."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(command, check=False, capture_output=True).returncode:  # noqa: S603 - our own folder
        pytest.skip("needs the right to mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S603, S607 - our own folder


async def test_row_84_sigterm_twice_in_the_middle_of_work_ends_it_well(tmp_path: Path) -> None:
    async with zygote() as mother, world(tmp_path, 84, mother) as found:
        for _ in range(6):
            found.press.publish(found.now())
        life = await found.bear()
        await said(found, "source read")
        workers = life.workers()
        life.kill(signal.SIGTERM)
        await found.stop(life)
        assert not any(map(exists, workers))
        check_disk(found, set())
        await found.settle()
        check_all(found)


async def test_row_85_a_full_disk_stops_nothing_for_good(tmp_path: Path) -> None:
    async with zygote() as mother, world(tmp_path, 85, mother) as found:
        with small_disk(tmp_path / "data") as disk:
            life = await found.bear()
            await found.idle(life)
            await asyncio.to_thread(fill, disk / "filler")
            for _ in range(6):
                found.press.publish(found.now())
            found.move_clock(timedelta(minutes=30))
            await said(found, "database or disk is full")
            assert life.alive()
            (disk / "filler").unlink()
            found.move_clock(timedelta(minutes=1))  # within which it must go on
            await found.idle(life)
            await found.stop(life)
            await found.settle()
            check_disk(found, set())
            check_all(found)


async def test_row_85_started_on_a_full_disk_it_waits_for_room(tmp_path: Path) -> None:
    async with zygote() as mother, world(tmp_path, 850, mother) as found:
        with small_disk(tmp_path / "data") as disk:
            for begun in (False, True):  # with nothing there yet, and after a kill
                found.press.publish(found.now())
                await asyncio.to_thread(fill, disk / "filler")
                life = await found.bear()
                await said(found, "cannot start yet", times=1 + 2 * begun)
                await found.stop(life)
                life = await found.bear()
                await said(found, "cannot start yet", times=2 + 2 * begun)
                (disk / "filler").unlink()
                await found.idle(life)
                await found.bury(life, life.workers())
            await found.settle()
            check_disk(found, set())
            check_all(found)


def fill(file: Path) -> None:
    """Write until the disk is full."""
    with file.open("wb", buffering=0) as out:
        try:
            while True:
                out.write(b"x" * 4096)
        except OSError:
            return


async def said(found: World, words: str, *, times: int = 1) -> None:
    """Wait until the daemon has said so, and so often."""
    for _ in range(600):
        if found.log.count(words) >= times:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"it never said {words!r}:\n{found.log[-3000:]}")


async def test_row_86_a_foreign_lock_delays_and_loses_nothing(tmp_path: Path) -> None:
    async with zygote() as mother, world(tmp_path, 86, mother) as found:
        life = await found.bear()
        await found.idle(life)
        with closing(sqlite3.connect(found.database, isolation_level=None)) as foreign:
            foreign.execute("BEGIN IMMEDIATE")
            for _ in range(4):
                found.press.publish(found.now())
            found.move_clock(timedelta(minutes=30))
            await asyncio.sleep(6)
            foreign.execute("ROLLBACK")
        await found.idle(life)
        await found.stop(life)
        assert "Traceback" not in found.log
        await found.settle()
        check_all(found)


async def test_row_96_a_machine_that_slept_catches_up_once(tmp_path: Path) -> None:
    async with zygote() as mother, world(tmp_path, 96, mother) as found:
        life = await found.bear()
        await found.idle(life)
        life.kill(signal.SIGSTOP)
        for _ in range(4):
            found.press.publish(found.now())
        found.move_clock(timedelta(hours=27))  # a digest's hour has passed meanwhile
        life.kill(signal.SIGCONT)
        await found.idle(life)
        await found.stop(life)
        await found.settle()
        check_all(found)


async def test_row_81_the_clock_jumps_a_month_on_and_back_and_a_day_back(
    tmp_path: Path,
) -> None:
    async with zygote() as mother, world(tmp_path, 81, mother) as found:
        life = await found.bear()
        await found.idle(life)
        for number, days in enumerate((30, -30, -1)):
            for _ in range(3):
                found.press.publish(found.now())
            found.move_clock(timedelta(days=days))
            await said(found, "the clock was set back", times=number)
            found.move_clock(timedelta(minutes=20))  # within which all must be read
            await all_read(found, len(found.press.published))
            await found.idle(life)
        await found.stop(life)
        await found.settle()
        check_all(found)


@contextmanager
def silent_dns(folder: Path) -> Iterator[list[str]]:
    """Yield the command of a zygote whose only name server never answers."""
    if os.geteuid() or not shutil.which("unshare"):
        pytest.skip("needs the right to have a resolv.conf of its own")
    address = f"127.9.{os.getpid() // 250 % 250}.{os.getpid() % 250 + 1}"  # nobody else's
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        try:
            server.bind((address, 53))
        except OSError:
            pytest.skip(f"needs port 53 of {address}")
        file = folder / "resolv.conf"
        file.write_text(f"nameserver {address}\noptions timeout:30 attempts:5\n")
        mother = f"{sys.executable} -m tests.chaos.zygote"
        bind = f"mount --bind {file} /etc/resolv.conf && exec {mother}"
        yield ["unshare", "-m", "sh", "-c", bind]


async def test_row_97_silent_dns_delays_no_other_source(tmp_path: Path) -> None:
    with silent_dns(tmp_path) as command:
        async with zygote(*command) as mother, world(tmp_path, 97, mother) as found:
            lost = f"  - {{id: lost, name: Lost, url: '{SILENT}', kind: feed, every: 1m}}\n"
            with (tmp_path / "config" / "sources" / "all.yaml").open("a") as sources:
                sources.write(lost)
            for _ in range(4):
                found.press.publish(found.now())
            life = await found.bear()
            await all_read(found, 4)
            assert life.alive()
            await said(found, "no answer from DNS")
            await found.stop(life)


async def all_read(found: World, count: int) -> None:
    """Wait until every article is stored but those that the servers put off."""
    found.press.faulty = False
    for _ in range(300):
        await asyncio.sleep(0.1)
        if (found.count(READ) or 0) >= count:
            return
    raise AssertionError(found.log[-3000:])

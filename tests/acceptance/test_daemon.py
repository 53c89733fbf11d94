"""The daemon as a process: it starts, says what it does, refuses a second one, and stops."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from pathlib import Path

import httpx
import pytest

from crawler.service.web import listen

ROOT = Path(__file__).parent.parent.parent


async def start(config: Path, data: Path) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "crawler", "run", "--config", str(config), "--data", str(data),
        stdout=PIPE, stderr=STDOUT, cwd=ROOT,
    )  # fmt: skip


async def read_until(process: Process, words: str) -> str:
    assert process.stdout is not None
    said = ""
    while words not in said:
        line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
        assert line, f"it ended after saying: {said}"
        said += line
    return said


@pytest.fixture
def config(tmp_path: Path) -> Path:
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    folder = tmp_path / "config"
    (folder / "sources").mkdir(parents=True)
    (folder / "rules").mkdir()
    (folder / "settings.yaml").write_text(f"status:\n  port: {port}\n")
    (folder / "sources" / "one.yaml").write_text(
        "sources:\n  - {id: one, name: One, url: 'http://127.0.0.1:9/', kind: feed}\n"
    )
    (folder / "rules" / "one.yaml").write_text(
        "version: 1\nrules:\n  - {id: ports, name: Ports, match: 'port* AND strike*'}\n"
    )
    (folder / "channels.yaml").write_text(
        "channels:\n  - {id: desk, kind: email, to: [desk@example.org], default: true}\n"
    )
    (folder / "digests.yaml").write_text(
        "digests:\n  - {id: daily, name: Watch, to: [desk@example.org], at: '07:00'}\n"
    )
    return folder


async def test_a_daemon_starts_answers_reloads_refuses_a_second_and_stops(
    config: Path, tmp_path: Path
) -> None:
    process = await start(config, tmp_path / "data")
    said = await read_until(process, "status page")
    assert "1 source and 1 rule: ports" in said
    assert "next digest" in said
    address = said.split("status page")[1].split()[0]
    async with httpx.AsyncClient() as client:
        assert (await client.get(f"{address}/healthz")).status_code == 200
    second = await start(config, tmp_path / "data")
    refused, _ = await second.communicate()
    assert second.returncode == 1
    assert b"another presswatch" in refused
    assert b"Traceback" not in refused
    with (config / "settings.yaml").open("a") as settings:
        settings.write("extract: {seconds: 4}\n")
    assert "extract" in await read_until(process, "settings wait for the next start")
    async with httpx.AsyncClient() as client:
        assert "extract of settings.yaml" in (await client.get(f"{address}/")).text
    (config / "rules" / "one.yaml").write_text(
        "version: 1\nrules:\n  - {id: ports, match: 'a b'}\n"
    )
    assert "E103" in await read_until(process, "not live")
    process.send_signal(signal.SIGTERM)
    rest, _ = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 0
    assert b"stopped; nothing is half-done" in rest


async def test_a_daemon_started_on_broken_files_goes_on_with_what_last_was_live(
    config: Path, tmp_path: Path
) -> None:
    rules, data = config / "rules" / "one.yaml", tmp_path / "data"
    first = await start(config, data)
    await read_until(first, "status page")
    first.send_signal(signal.SIGTERM)
    await asyncio.wait_for(first.communicate(), 20)
    rules.write_text("version: 1\nrules:\n  - {id: ports, match: 'a b'}\n")
    again = await start(config, data)
    said = await read_until(again, "E103")
    assert "1 rule: ports" in said
    assert "has mistakes; what last was live goes on" in said
    rules.write_text("version: 1\nrules:\n  - {id: quays, match: quay*}\n")
    await read_until(again, "configuration is live")
    again.send_signal(signal.SIGTERM)
    await asyncio.wait_for(again.communicate(), 20)
    assert again.returncode == 0
    assert "quays" in (data / "live-config" / "rules" / "one.yaml").read_text()

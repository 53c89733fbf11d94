"""How fast 10,000 sources start, and what they cost while nothing is due.

    python -m benchmarks.many_sources [--sources 10000] [--json]

The real daemon on a folder of that many sources, none of which is due when it idles. Its peer
in the same run is the daemon with ten sources. Seconds are of CPU: the machine may be busy.
"""

import argparse
import asyncio
import json
import os
import signal
import sqlite3
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx

from crawler.service.web import listen

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """What so many sources cost."""

    sources: int
    first_start_s: float  # CPU until the status page answers, on an empty database
    start_s: float  # likewise, when all are known and none is due
    idle_percent: float  # CPU of one core while nothing is due
    memory_mb: int


def memory_mb(pid: int) -> int:
    """Return what a process has in memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)


def cpu(pid: int) -> float:
    """Return the CPU seconds a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def write_config(folder: Path, port: int, sources: int) -> None:
    """Write an installation of so many sources; nobody answers at their addresses."""
    (folder / "sources").mkdir(parents=True)
    (folder / "rules").mkdir()
    (folder / "settings.yaml").write_text(f"status: {{port: {port}}}\n")
    for part in range(0, sources, 1000):
        rows = "".join(
            f"  - {{id: s{n}, name: S{n}, url: 'http://127.0.0.1:9/{n}', kind: feed}}\n"
            for n in range(part, min(part + 1000, sources))
        )
        (folder / "sources" / f"{part}.yaml").write_text(f"sources:\n{rows}")
    (folder / "rules" / "all.yaml").write_text("rules: [{id: corridor, match: 'corridor*'}]\n")
    (folder / "channels.yaml").write_text(
        "channels: [{id: desk, kind: email, to: [desk@example.org], default: true}]\n"
    )
    (folder / "digests.yaml").write_text("digests: []\n")


async def started(folder: Path, port: int) -> asyncio.subprocess.Process:
    """Start the daemon; return when its status page answers."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "crawler", "run", "--config", str(folder / "config"),
        "--data", str(folder / "data"), stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    async with httpx.AsyncClient(trust_env=False) as client:
        while process.returncode is None:
            try:
                await client.get(f"http://127.0.0.1:{port}/healthz")
            except httpx.HTTPError:
                await asyncio.sleep(0.01)
            else:
                break
    return process


async def stopped(process: asyncio.subprocess.Process) -> None:
    """End the daemon."""
    process.send_signal(signal.SIGTERM)
    await process.wait()


def nothing_due(database: Path) -> None:
    """Let no source be due for a year."""
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE sources SET next_at = '2099', leased_until = NULL")
    connection.close()


async def measure(sources: int, seconds: float) -> Many:
    """Start the daemon twice, and let it idle."""
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        write_config(folder / "config", port, sources)
        process = await started(folder, port)
        first = cpu(process.pid)
        await stopped(process)
        nothing_due(folder / "data" / "presswatch.db")
        process = await started(folder, port)
        again = cpu(process.pid)
        await asyncio.sleep(5)
        before, began = cpu(process.pid), time.monotonic()
        await asyncio.sleep(seconds)
        idle = (cpu(process.pid) - before) / (time.monotonic() - began)
        memory = memory_mb(process.pid)
        await stopped(process)
    return Many(
        sources=sources,
        first_start_s=round(first, 2),
        start_s=round(again, 2),
        idle_percent=round(idle * 100, 2),
        memory_mb=memory,
    )


def main() -> None:
    """Measure both and print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sources", type=int, default=10_000)
    asked.add_argument("--seconds", type=float, default=30)
    asked.add_argument("--json", action="store_true")
    wanted = asked.parse_args()
    runs = [asyncio.run(measure(n, wanted.seconds)) for n in (10, wanted.sources)]
    for key in asdict(runs[0]):
        print(f"{key:16}" + "".join(f"{asdict(each)[key]:>12}" for each in runs))
    if wanted.json:
        print(json.dumps(asdict(runs[1])))


if __name__ == "__main__":
    main()

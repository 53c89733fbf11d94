"""Let the daemon run against hundreds of hosts that misbehave, beside honest ones.

    python -m benchmarks.hostile [--hosts 300] [--honest 20] [--seconds 120] [--json]

What must hold: the status page answers while it goes on, memory stays bounded, an honest source
is looked at when it is due and its articles stand in the store soon after they appear, and the
log holds no traceback. The same daemon over the honest hosts alone, in one run, is its peer.
"""

import argparse
import asyncio
import contextlib
import json
import re
import signal
import sqlite3
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import httpx

from benchmarks.hostile_server import EVERYWHERE, PUBLISHES
from crawler.service.web import listen

FIRST = 45.0  # seconds in which the first looks may take their time


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run of the daemon came to."""

    hosts: int
    answer_p50_ms: float  # of /healthz: how late the loop is
    answer_p99_ms: float
    answer_max_ms: float
    daemon_mb: float  # the most
    workers_mb: float  # all worker processes together, the most
    together_mb: float  # daemon and workers, pages that they share counted once, the most
    sockets: int  # the most
    looks_s: float  # between two looks at an honest feed, the median; 60 are asked for
    looks_max_s: float
    articles: int  # that honest hosts published, the last minute and a half apart
    missing: int  # of them, not in the store
    delay_p50_s: float  # from publication to storage
    delay_max_s: float
    tracebacks: int
    stopped_s: float  # from SIGTERM to the end
    faults: int  # answers that misbehaved


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large the daemon and its workers are at one time."""

    daemon_mb: float
    workers_mb: float
    together_mb: float  # pages that they share counted once
    files: int  # that the daemon has open


def look_at(pid: int) -> Size:
    """Return the sizes of a process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    workers = [mapped(int(child)) for child in children]
    daemon = mapped(pid)
    return Size(
        daemon_mb=daemon["Rss"],
        workers_mb=sum(each["Rss"] for each in workers),
        together_mb=daemon["Pss"] + sum(each["Pss"] for each in workers),
        files=len(list(Path(f"/proc/{pid}/fd").iterdir())),
    )


def mapped(pid: int) -> dict[str, float]:
    """Return a process's MB: resident (Rss), and with its share of what is shared (Pss)."""
    sizes = {"Rss": 0.0, "Pss": 0.0}
    with contextlib.suppress(OSError):  # it has ended
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            name, _, size = line.partition(":")
            if name in sizes:
                sizes[name] = int(size.split()[0]) * 1024 / 1e6
    return sizes


def write_config(folder: Path, port: int, status: int, hosts: int) -> None:
    """Write an installation that watches every host."""
    (folder / "sources").mkdir(parents=True)
    (folder / "rules").mkdir()
    names = [f"host-{n}" for n in range(hosts)]
    (folder / "settings.yaml").write_text(
        f"version: 1\nstatus: {{port: {status}}}\npoll: {{every: 1m, shortest: 1m}}\n"
        f"fetch: {{contact: desk@example.org, allow_private: [{', '.join(names)}]}}\n"
        "log_format: json\n"
    )
    rows = [
        f"  - {{id: {name}, name: H{n}, every: 1m, "
        f"url: 'http://127.9.{n // 256}.{n % 256}:{port}/', "
        f"feeds: ['http://127.9.{n // 256}.{n % 256}:{port}/feed.xml']}}\n"
        for n, name in enumerate(names)
    ]
    (folder / "sources" / "all.yaml").write_text("version: 1\nsources:\n" + "".join(rows))
    (folder / "rules" / "all.yaml").write_text(
        "version: 1\nrules:\n  - {id: corridor, match: 'corridor*'}\n"
    )
    (folder / "channels.yaml").write_text(
        "channels:\n  - {id: desk, kind: email, to: [desk@example.org], default: true}\n"
    )
    (folder / "digests.yaml").write_text("digests: []\n")


async def watch(pid: int, status: int, seconds: float) -> tuple[list[float], list[Size]]:
    """Ask the status page ten times a second, and look at the processes."""
    waits, sizes = [], []
    end = time.monotonic() + seconds
    async with httpx.AsyncClient(timeout=30, trust_env=False) as client:
        while time.monotonic() < end:
            asked = time.monotonic()
            with contextlib.suppress(httpx.HTTPError):
                await client.get(f"http://127.0.0.1:{status}/healthz")
            waits.append((time.monotonic() - asked) * 1000)
            if len(waits) % 10 == 0:
                sizes.append(look_at(pid))
            await asyncio.sleep(0.1)
    return waits, sizes


def stored(data: Path) -> dict[str, float]:
    """Return when each address was settled in the store."""
    with contextlib.closing(
        sqlite3.connect(f"file:{data}/presswatch.db?mode=ro", uri=True)
    ) as db:
        rows = db.execute(
            "SELECT url, strftime('%s', min(settled_at)) FROM ledger "
            "WHERE state IN ('stored', 'duplicate_of') GROUP BY url"
        )
        return {url: float(at) for url, at in rows}


async def run(hosts: int, honest: int, seconds: float, keep: Path | None) -> Run:
    """Run the daemon against the hosts; all of them honest where there are no others."""
    with listen(EVERYWHERE, 0) as one, listen("127.0.0.1", 0) as other:
        port, status = one.getsockname()[1], other.getsockname()[1]
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = keep or Path(name)
        write_config(folder / "config", port, status, hosts)
        server = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "benchmarks.hostile_server",
            str(port),
            str(hosts),
            str(honest),
            stdout=asyncio.subprocess.PIPE,
        )
        assert server.stdout is not None
        await server.stdout.readline()
        with (folder / "log").open("wb") as log:
            daemon = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "crawler",
                "run",
                "--config",
                str(folder / "config"),
                "--data",
                str(folder / "data"),
                stdout=log,
                stderr=log,
            )
        try:
            await asyncio.sleep(3)
            waits, sizes = await watch(daemon.pid, status, seconds)
            async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
                told = (await client.get(f"http://127.9.255.1:{port}/_seen")).json()
        finally:
            stopping = time.monotonic()
            daemon.send_signal(signal.SIGTERM)
            await daemon.wait()
            stopped = time.monotonic() - stopping
            server.kill()
            await server.wait()
        return judge(folder, told, (hosts, honest, port), waits, sizes, stopped)


def judge(
    folder: Path,
    told: dict[str, object],
    site: tuple[int, int, int],
    waits: list[float],
    sizes: list[Size],
    stopped: float,
) -> Run:
    """Put together what was seen on both sides."""
    hosts, honest, port = site
    began, seen = float(str(told["began"])), told["seen"]
    assert isinstance(seen, list)
    end = max(at for at, _, _ in seen)
    gaps = looks_apart(seen, end) or [0.0]
    published = published_until(end - 90, began, honest, port)
    have = stored(folder / "data")
    delays = [
        have[url] - at for url, at in published.items() if url in have and at > began + FIRST
    ]
    log = (folder / "log").read_text("utf-8", "replace")
    waits.sort()
    return Run(
        hosts=hosts,
        answer_p50_ms=round(median(waits), 1),
        answer_p99_ms=round(waits[int(len(waits) * 0.99)], 1),
        answer_max_ms=round(waits[-1], 1),
        daemon_mb=round(max(each.daemon_mb for each in sizes)),
        workers_mb=round(max(each.workers_mb for each in sizes)),
        together_mb=round(max(each.together_mb for each in sizes)),
        sockets=max(each.files for each in sizes),
        looks_s=round(median(gaps), 1),
        looks_max_s=round(max(gaps), 1),
        articles=len(published),
        missing=sum(url not in have for url in published),
        delay_p50_s=round(median(delays or [0]), 1),
        delay_max_s=round(max(delays or [0]), 1),
        tracebacks=len(re.findall(r"Traceback|\"exception\"|Task exception", log)),
        stopped_s=round(stopped, 1),
        faults=sum(dict(told["told"]).values()),  # type: ignore[call-overload]  # JSON
    )


def looks_apart(seen: list[tuple[float, str, str]], end: float) -> list[float]:
    """Return the seconds between looks at one honest feed; a long wait at the end counts."""
    looks: dict[str, list[float]] = {}
    for at, host, path in seen:
        if path.startswith("/feed"):
            looks.setdefault(host, []).append(at)
    return [
        b - a
        for each in looks.values()
        for a, b in zip(each, [*each[1:], end], strict=True)
        if b is not end or b - a > 60
    ]


def published_until(end: float, began: float, honest: int, port: int) -> dict[str, float]:
    """Return the address of each honest article with its time of publication."""
    return {
        f"http://127.9.{n // 256}.{n % 256}:{port}/news/2026/report-on-the-corridor-{m}": began
        + m * PUBLISHES
        for n in range(honest)
        for m in range(int((end - began) / PUBLISHES))
    }


def main() -> None:
    """Run both and print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--hosts", type=int, default=300)
    asked.add_argument("--honest", type=int, default=20)
    asked.add_argument("--seconds", type=float, default=180)
    asked.add_argument("--keep", type=Path, help="a folder that is left as it is for a look")
    asked.add_argument(
        "--alone", action="store_true", help="without the run of honest hosts only"
    )
    asked.add_argument("--json", action="store_true")
    wanted = asked.parse_args()
    runs = {
        "with hostile hosts": asyncio.run(
            run(wanted.hosts, wanted.honest, wanted.seconds, wanted.keep)
        )
    }
    if not wanted.alone:
        runs["honest hosts alone"] = asyncio.run(
            run(wanted.honest, wanted.honest, wanted.seconds, None)
        )
    for key in asdict(next(iter(runs.values()))):
        print(f"{key:16}" + "".join(f"{asdict(each)[key]:>14}" for each in runs.values()))
    if wanted.json:
        print(json.dumps({name: asdict(each) for name, each in runs.items()}))


if __name__ == "__main__":
    main()

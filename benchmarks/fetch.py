"""Measure what a request costs us in CPU beside aiohttp, plain httpx and Scrapy, in one run.

python -m benchmarks.fetch [--json] [--quick]

Loopback only. Every client runs in a process of its own against the same server process, and
the clients take turns. The figure is CPU time, not wall time, and the lowest of the rounds:
what else a machine does meanwhile can only add to it. With --json the last line is one JSON
object.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from benchmarks.fetch_server import AUTHORITY

_NAMES = {
    "aiohttp": "aiohttp",
    "aiohttp-new": "aiohttp, a new connection each time",
    "presswatch": "presswatch, the whole Fetcher",
    "transport": "httpx.AsyncClient over our transport",
    "production": "presswatch, 256 connections kept",
    "httpx": "httpx, its own transport",
    "scrapy": "Scrapy",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One table row's worth of work."""

    name: str
    path: str
    hosts: int
    requests: int
    clients: tuple[str, ...]
    rounds: int = 3
    slow_requests: int = 100  # for clients that need 20 ms each
    scheme: str = "http"


_US = ("aiohttp", "presswatch", "transport")
_ALL = (*_US, "httpx", "scrapy")
_MANY = ("aiohttp", "presswatch", "aiohttp-new", "production")
CASES = (
    Case(name="page", path="page", hosts=500, requests=1500, clients=_ALL),
    Case(name="small", path="small", hosts=500, requests=3000, clients=_ALL),
    Case(name="304", path="304", hosts=500, requests=3000, clients=(*_US, "scrapy")),
    Case(
        name="tls",
        path="page",
        hosts=50,
        requests=1500,
        clients=_US[:2],
        scheme="https",
    ),
    Case(name="page", path="page", hosts=10_000, requests=5000, clients=_MANY, rounds=1),
    Case(name="small", path="small", hosts=10_000, requests=10_000, clients=_MANY, rounds=1),
)
_SLOW = ("httpx", "scrapy")  # measured once: they are an order of magnitude away


@contextmanager
def server() -> Iterator[dict[str, str]]:
    """Run the server in its own process; give its ports, by scheme."""
    command = [sys.executable, "-m", "benchmarks.fetch_server"]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {AUTHORITY: f"{folder}/authority.pem"},
        ) as process,
    ):
        assert process.stdout
        os.environ[AUTHORITY] = f"{folder}/authority.pem"
        try:
            yield dict(zip(("http", "https"), process.stdout.readline().split(), strict=True))
        finally:
            process.terminate()


def measure(client: str, case: Case, ports: dict[str, str]) -> dict[str, float]:
    """Run one client once."""
    slow = client in _SLOW
    requests = case.slow_requests if slow else case.requests
    command = [sys.executable, "-m", "benchmarks.fetch_clients", client]
    command += [case.scheme, ports[case.scheme], str(case.hosts), case.path, str(requests)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        sys.exit(f"{client}: {done.stderr[-2000:]}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def run(case: Case, ports: dict[str, str]) -> dict[str, dict[str, float]]:
    """Let the clients take turns; return each one's least disturbed round."""
    found: dict[str, list[dict[str, float]]] = {client: [] for client in case.clients}
    for turn in range(case.rounds):
        for client in case.clients:
            if turn and client in _SLOW:
                continue
            found[client].append(measure(client, case, ports))
    return {client: min(runs, key=lambda one: one["us"]) for client, runs in found.items()}


def show(case: Case, figures: dict[str, dict[str, float]]) -> None:
    """Print one case's table."""
    print(f"\n{case.name}, {case.hosts:,} hosts, 50 at a time")
    print(f"  {'':38}{'CPU µs':>9}{'× aiohttp':>11}{'peak MB':>9}{'grown MB':>10}")
    beside = figures["aiohttp"]["us"]
    for client, one in figures.items():
        ratio = one["us"] / beside
        print(
            f"  {_NAMES[client]:38}{one['us']:>9,.0f}{ratio:>11.2f}"
            f"{one['rss_mb']:>9.0f}{one['growth_mb']:>10.1f}"
        )


def summarise(case: Case, figures: dict[str, dict[str, float]]) -> dict[str, float]:
    """Return one case's figures under the names that --json gives them."""
    place = f"{case.hosts}_hosts"
    beside = figures["aiohttp"]["us"]
    found = {
        f"us_per_{case.name}_{client}_{place}": one["us"] for client, one in figures.items()
    }
    found |= {
        f"{client}_{case.name}_vs_aiohttp_{place}": one["us"] / beside
        for client, one in figures.items()
        if client not in ("aiohttp", "presswatch")
    }
    ours = figures["presswatch"]
    found[f"cpu_per_{case.name}_vs_aiohttp_{place}"] = ours["us"] / beside
    found[f"peak_mb_{case.name}_{place}"] = ours["rss_mb"]
    return {name: round(value, 3) for name, value in found.items()}


def main() -> None:
    """Run the cases, print a table for each."""
    parser = argparse.ArgumentParser(description="CPU per request beside other clients")
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--quick", action="store_true", help="500 hosts, aiohttp and us")
    given = parser.parse_args()
    cases: tuple[Case, ...] = CASES
    if given.quick:
        cases = tuple(
            replace(case, clients=("aiohttp", "presswatch"), rounds=3)
            for case in CASES
            if case.hosts <= 500
        )
    summary: dict[str, float] = {}
    with server() as ports:
        for case in cases:
            figures = run(case, ports)
            show(case, figures)
            summary |= summarise(case, figures)
    if given.json:
        print(json.dumps(summary))


if __name__ == "__main__":
    main()

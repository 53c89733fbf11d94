"""What a worker costs before it is warm: its start, the patterns it compiles, its first pages.

    python -m benchmarks.worker_start [--json] [--pages 60]

Everything in a process of its own, the lowest of three. CPU milliseconds, beside what a bare
interpreter's start takes and what the same pages take once more. Patterns are told by the file
that compiles them: a class of some thousand letters takes milliseconds by itself, and several
times as many where case is ignored.
"""

import argparse
import json
import re
import subprocess
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

RUNS = 3
NEW = 20  # pages that are told apart from those after them
SHOWN = 6  # files whose patterns cost most
NOW = datetime(2026, 11, 26, tzinfo=UTC)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--begin", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.begin:
        print(json.dumps(begin(options.pages)))
        return
    runs = [measured(options.pages) for _ in range(RUNS)]
    best = min(runs, key=lambda run: run["start"])
    bare = min(run["bare"] for run in runs)
    print(f"{'':44}{'CPU ms':>8}  over bare")
    for name, value in (
        ("bare interpreter", bare),
        ("worker, until it is ready", best["start"]),
        (f"  of it {best['patterns']} patterns", best["compiling"]),
    ):
        print(f"{name:44}{value:8.0f}{value / bare:9.1f} x")
    for file, ms in best["files"]:
        print(f"{'    ' + file:44}{ms:8.1f}")
    print(f"\n{'a page':44}{'first':>8}{'again':>9}")
    for name in ("new", "later"):
        first, again = best[name]
        said = f"the first {NEW}" if name == "new" else "those after them"
        print(f"{said:44}{first:8.2f}{again:9.2f}{first / again:9.2f} x")
    if options.json:
        print(json.dumps({**best, "bare": bare}))


def measured(pages: int) -> dict[str, Any]:
    """Start a worker's modules in a process of their own; return what it tells of itself."""
    begin = [sys.executable, "-m", "benchmarks.worker_start", "--begin", f"--pages={pages}"]
    told: dict[str, Any] = json.loads(subprocess.check_output(begin))
    bare = [sys.executable, "-c", "import time; print(time.process_time())"]
    return {**told, "bare": 1000 * float(subprocess.check_output(bare))}


def begin(count: int) -> dict[str, Any]:
    """Load what a worker loads, then read pages that it never saw, each twice."""
    compiling: list[tuple[str, float]] = []
    _watch(compiling)
    begun = time.process_time()
    from crawler.loading import loading

    with loading():
        import crawler.discover.discovery
        import crawler.extract  # noqa: F401 - loaded by each worker
        import crawler.workers.work as work
    start = 1000 * (time.process_time() - begun)
    by_file: defaultdict[str, float] = defaultdict(float)
    for file, ms in compiling:
        by_file[file] += ms
    told = {
        "start": start,
        "patterns": len(compiling),
        "compiling": sum(by_file.values()),
        "files": sorted(by_file.items(), key=lambda each: -each[1])[:SHOWN],
    }

    from benchmarks.newsroom import articles
    from benchmarks.newsroom_desk import HOSTS
    from config.source import Source

    source = Source(id="outlet", name="Outlet", url="https://outlet.example/")
    costs: list[tuple[float, float]] = []
    for each in islice(articles(HOSTS, count), count):
        page, moments = each.page.read(), [time.thread_time()]
        for _ in range(2):
            work.read_page(page, each.url(80), None, source, NOW)
            moments.append(time.thread_time())
        costs.append((moments[1] - moments[0], moments[2] - moments[1]))
    return told | {"new": _mean(costs[:NEW]), "later": _mean(costs[NEW:] or costs)}


def _watch(compiling: list[tuple[str, float]]) -> None:
    """Let each compilation of a pattern be noted, with the file that asks for it."""
    compiler: Any = re._compiler  # type: ignore[attr-defined]
    compile_pattern = compiler.compile

    def timed(pattern: Any, flags: int = 0) -> Any:
        begun = time.thread_time()
        compiled = compile_pattern(pattern, flags)
        ms = 1000 * (time.thread_time() - begun)
        frame = sys._getframe(1)
        while frame.f_back and "/re/" in frame.f_code.co_filename:
            frame = frame.f_back
        compiling.append((Path(frame.f_code.co_filename).name, ms))
        return compiled

    compiler.compile = timed


def _mean(costs: list[tuple[float, float]]) -> tuple[float, float]:
    first, again = zip(*costs, strict=True)
    return 1000 * sum(first) / len(costs), 1000 * sum(again) / len(costs)


if __name__ == "__main__":
    main()

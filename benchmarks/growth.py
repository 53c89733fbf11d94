"""What an article costs as everything grows: sources, articles kept, rules.

    python -m benchmarks.growth [--json] [--full] [--million] [--only NAME] [--plot FILE]

CPU of all processes. Sources: the daemon's whole way on loopback, one article a source, its
start included. Articles kept: storing one more, by the daemon's own functions, the mean of the
last tenth before each size (from 100,000 on the last 4,000: those before are copies of others
under new keys, see benchmarks.store). Rules: reading and matching one article. --full takes
10,000 sources, 100,000 articles, 100,000 rules; --million a million articles (ten minutes).
--only takes one of the three. Each point is told as soon as it is measured.
"""

import argparse
import asyncio
import json
import math
import random
import sys
import tempfile
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from alerts.matching.ruleset import compile_rules
from benchmarks.end_to_end import MOST, newsroom, settled
from benchmarks.made import NOW, articles
from benchmarks.newsroom_desk import write_config
from benchmarks.rules import (
    ALPHABETS,
    Language,
    count_documents,
    make_articles,
    make_terms,
    ours,
    per_second,
    rules_of,
)
from benchmarks.store import COPIED, copy_up
from benchmarks.taking_in import PART
from benchmarks.taking_in import fill as store
from benchmarks.tree import measure
from storage.database import Database
from storage.storing import catch_up

WIDE, HIGH, MARGIN = 250, 170, 40  # of one plot, in pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How a cost goes with a size."""

    name: str
    unit: str  # of the size
    points: list[tuple[int, float]] = field(default_factory=list)  # size, ms an article

    def add(self, size: int, seconds: float) -> None:
        """Add a point, and tell it."""
        self.points.append((size, seconds * 1000))
        print(f"{self.name}: {size:>9,} {self.unit}, {seconds * 1000:.2f} ms", flush=True)


def by_sources(sizes: list[int]) -> Line:
    """Crawl newsrooms of so many hosts with an article each."""
    line = Line(name="the whole way", unit="sources")
    for size in sizes:
        with tempfile.TemporaryDirectory() as name, newsroom(size, size) as port:
            folder = Path(name)
            write_config(folder / "config", port, size, size)
            data = folder / "data"
            command = [
                sys.executable, "-m", "crawler", "run",
                "--config", str(folder / "config"), "--data", str(data),
            ]  # fmt: skip
            path = data / "presswatch.db"
            cost = measure(
                command,
                log=folder / "log",
                done=partial(nearly_all, path, size),
                most=MOST,
            )
            line.add(size, cost.cpu / settled(path))
    return line


def nearly_all(path: Path, size: int) -> bool:
    """Tell whether all is done but a few pages that a busy machine puts off for ten minutes."""
    return settled(path) >= 0.97 * size


def by_articles(sizes: list[int]) -> Line:
    """Store ever more articles in one database."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(fill(Path(folder) / "grown.sqlite", sizes))


async def fill(path: Path, sizes: list[int]) -> Line:
    """Fill a database up to each size; measure what the last tenth before it costs."""
    made, stored, line = articles(), 0, Line(name="the store", unit="articles kept")
    for size in sizes:
        before = size - max(size // 10, 1_000)
        if size >= COPIED:
            before = size - 2 * PART
            await asyncio.to_thread(copy_up, path, before)
            stored = before
        async with await Database.open(path, now=NOW) as database:
            await database.write(partial(catch_up, newest=stored))
            await store(database, made, before - stored, stored)
            spent = await store(database, made, size - before, before)
        line.add(size, spent.cpu / spent.articles)
        stored = size
    return line


def by_rules(sizes: list[int]) -> Line:
    """Read and match the same articles against ever more rules."""
    dice = random.Random(20261124)
    languages = [Language(code, dice) for code in ALPHABETS]
    made = make_articles(languages, 600, dice)
    archive, fresh = made[:300], made[300:]
    frequencies = count_documents(archive)
    line = Line(name="reading and matching", unit="rules")
    for size in sizes:
        texts = rules_of(list(make_terms(languages, size, dice)))
        match = ours(compile_rules(texts, frequencies=frequencies))
        per_second(match, archive)
        line.add(size, 1 / per_second(match, fresh))
    return line


def plot(lines: list[Line]) -> str:
    """Draw the lines beside each other; sizes are logarithmic, costs begin at 0."""
    wide, high = len(lines) * (WIDE + MARGIN), HIGH + 2 * MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}"'
        ' font-family="sans-serif" font-size="11">',
        f'<rect width="{wide}" height="{high}" fill="#fff"/>',
    ]
    for number, line in enumerate(lines):
        parts.append(f'<g transform="translate({number * (WIDE + MARGIN) + MARGIN} {MARGIN})">')
        parts += panel(line)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>", ""])


def panel(line: Line) -> list[str]:
    """Draw one line with its axes."""
    first, last = math.log10(line.points[0][0]), math.log10(line.points[-1][0])
    top = max(cost for _, cost in line.points) * 1.2
    places = [
        ((math.log10(size) - first) / (last - first) * (WIDE - 40), HIGH - cost / top * HIGH)
        for size, cost in line.points
    ]
    joined = " ".join(f"{x:.0f},{y:.0f}" for x, y in places)
    drawn = [
        f'<text y="-16" font-weight="bold">{line.name}: CPU ms an article</text>',
        f'<path d="M0 0V{HIGH}H{WIDE - 30}" fill="none" stroke="#888"/>',
        f'<polyline points="{joined}" fill="none" stroke="#1a5fb4" stroke-width="2"/>',
    ]
    for (size, cost), (x, y) in zip(line.points, places, strict=True):
        drawn += [
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3" fill="#1a5fb4"/>',
            f'<text x="{x:.0f}" y="{y - 7:.0f}">{cost:.2g}</text>',
            f'<text x="{x:.0f}" y="{HIGH + 15}" text-anchor="middle">{short(size)}</text>',
        ]
    return [*drawn, f'<text x="{WIDE // 2}" y="{HIGH + 32}">{line.unit}</text>']


def short(size: int) -> str:
    """Write a size as it stands below an axis."""
    for unit, sign in ((1_000_000, "M"), (1_000, "k")):
        if size >= unit:
            return f"{size // unit}{sign}"
    return str(size)


def main() -> None:
    """Measure, print a table, plot, and with --json one object on the last line."""
    parser = argparse.ArgumentParser(description="what an article costs as everything grows")
    parser.add_argument("--json", action="store_true", help="one object on the last line")
    parser.add_argument("--full", action="store_true", help="10,000 sources, 100,000 rules")
    parser.add_argument("--million", action="store_true", help="a million articles kept")
    parser.add_argument("--only", choices=("rules", "sources", "articles"))
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the lines as SVG")
    asked = parser.parse_args()
    kept = [1_000, 10_000, *[100_000] * asked.full, *[300_000, 1_000_000] * asked.million]
    sizes = {
        "rules": [10, 100, 1_000, 10_000, *[100_000] * asked.full],
        "sources": [100, 1_000, *[10_000] * asked.full],
        "articles": kept,
    }
    measures = {"rules": by_rules, "sources": by_sources, "articles": by_articles}
    lines = [
        measure_of(sizes[name])
        for name, measure_of in measures.items()
        if asked.only in {None, name}
    ]
    if asked.plot:
        asked.plot.write_text(plot(lines), encoding="utf-8")
    if asked.json:
        print(
            json.dumps(
                {
                    f"ms_at_{size}_{line.unit.replace(' ', '_')}": round(cost, 3)
                    for line in lines
                    for size, cost in line.points
                }
            )
        )


if __name__ == "__main__":
    main()

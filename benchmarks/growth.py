"""What an article costs as everything grows: sources, articles kept, rules.

    python -m benchmarks.growth [--json] [--full] [--million] [--plot docs/images/growth.svg]

CPU of all processes. Sources: the daemon's whole way on loopback, one article a source, its
start included. Articles kept: storing one more. Rules: reading and matching one article. --full
takes 10,000 sources, 100,000 articles, 100,000 rules; --million a million articles (an hour).
"""

import argparse
import asyncio
import itertools
import json
import math
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from alerts.matching.ruleset import compile_rules
from benchmarks.end_to_end import MOST, newsroom, settled, write_config
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
from benchmarks.store import NOW, articles, prepare, through_the_store
from benchmarks.tree import measure
from storage.database import Database

WIDE, HIGH, MARGIN = 250, 170, 40  # of one plot, in pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How a cost goes with a size."""

    name: str
    unit: str  # of the size
    points: tuple[tuple[int, float], ...]  # size, milliseconds an article


def by_sources(sizes: list[int]) -> Line:
    """Crawl newsrooms of so many hosts with an article each."""
    points = []
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
                done=lambda path=path, size=size: settled(path) >= size,  # type: ignore[misc]
                most=MOST,
            )
            points.append((size, cost.cpu / settled(path) * 1000))
    return Line(name="the whole way", unit="sources", points=tuple(points))


def by_articles(sizes: list[int]) -> Line:
    """Store ever more articles in one database."""
    with tempfile.TemporaryDirectory() as folder:
        points = asyncio.run(fill(Path(folder) / "grown.sqlite", sizes))
    return Line(name="the store", unit="articles kept", points=tuple(points))


async def fill(path: Path, sizes: list[int]) -> list[tuple[int, float]]:
    """Fill a database up to each size; return there what the last thousand cost each."""
    made, stored, points = articles(sizes[-1]), 0, []
    async with await Database.open(path, now=NOW) as database:
        for size in sizes:
            cost = 0.0
            while stored < size:
                part, _ = prepare(list(itertools.islice(made, 1_000)))
                begun = time.process_time()
                await through_the_store(database, part, stored)
                cost = (time.process_time() - begun) / len(part)
                stored += len(part)
            points.append((size, cost * 1000))
    return points


def by_rules(sizes: list[int]) -> Line:
    """Read and match the same articles against ever more rules."""
    dice = random.Random(20261124)
    languages = [Language(code, dice) for code in ALPHABETS]
    made = make_articles(languages, 600, dice)
    archive, fresh = made[:300], made[300:]
    frequencies = count_documents(archive)
    points = []
    for size in sizes:
        texts = rules_of(list(make_terms(languages, size, dice)))
        match = ours(compile_rules(texts, frequencies=frequencies))
        per_second(match, archive)
        points.append((size, 1000 / per_second(match, fresh)))
    return Line(name="reading and matching", unit="rules", points=tuple(points))


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
            f'<text x="{x:.0f}" y="{HIGH + 15}" text-anchor="middle">{size:,}</text>',
        ]
    return [*drawn, f'<text x="{WIDE // 2}" y="{HIGH + 32}">{line.unit}</text>']


def main() -> None:
    """Measure, print a table, plot, and with --json one object on the last line."""
    parser = argparse.ArgumentParser(description="what an article costs as everything grows")
    parser.add_argument("--json", action="store_true", help="one object on the last line")
    parser.add_argument("--full", action="store_true", help="10,000 sources, 100,000 rules")
    parser.add_argument("--million", action="store_true", help="a million articles kept")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the lines as SVG")
    asked = parser.parse_args()
    lines = [
        by_rules([10, 100, 1_000, 10_000, *[100_000] * asked.full]),
        by_articles([1_000, 10_000, *[100_000] * asked.full, *[1_000_000] * asked.million]),
        by_sources([100, 1_000, *[10_000] * asked.full]),
    ]
    for line in lines:
        print(f"{line.name}, CPU milliseconds an article")
        for size, cost in line.points:
            print(f"  {size:>10,} {line.unit:14} {cost:8.2f}")
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

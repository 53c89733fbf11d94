"""Measure a replay beside the day itself, and what evidence costs a matched page.

    python -m benchmarks.replay [--json] [--full]

Replay: a day of 1,000 articles on archives of several sizes, with 56 rules that match some
two articles in five, alerts and a digest. Its peer is the day as it was lived: matching,
storing and telling by the daemon's own functions, without fetching and extraction. The replay
is the command as a person runs it, with its start (`start_s`: asked for a day before all that
is kept). --full takes 100,000 articles. Evidence: pages that match, taken in with and without a
witness in turns; the disk is that of temporary files.
"""

import argparse
import asyncio
import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice, permutations
from pathlib import Path
from statistics import median
from typing import Any

import structlog

from benchmarks.made import NOW, articles
from benchmarks.taking_in import fill
from config.settings import EvidenceSettings
from crawler.app import App, Ports, open_live, open_witness
from crawler.fetch.outcome import Fetched
from crawler.live.configuration import check_live
from crawler.places import Places
from crawler.watch.ingest import Ingest
from storage.article import Article
from storage.database import Database
from storage.ledger import Waiting
from storage.prepared import prepare

SIZES, LARGEST = (1_000, 10_000), 100_000  # articles kept before the day
DAY = (NOW + timedelta(days=2)).replace(hour=1)
ARTICLES, TURN, PACKETS, PAGE_BYTES = 1_000, 50, 300, 60_000
WORDS = ("minister", "police", "border", "election", "budget", "corridor", "trade", "court")
RULES = "rules:\n" + "".join(
    f"  - {{id: {one}-{other}, match: '{one}* AND {other}*', severity: "
    f"{'high' if one < other else 'digest'}}}\n"
    for one, other in permutations(WORDS, 2)
)
FILES = {
    "settings.yaml": "version: 1\n",
    "sources/all.yaml": "sources:\n"
    + "".join(
        f"  - {{id: outlet-{n}, name: Outlet {n}, url: 'https://outlet-{n}.example'}}\n"
        for n in range(50)
    ),
    "channels.yaml": "channels: [{id: desk, kind: maildir, default: true}]\n",
    "digests.yaml": "digests: [{id: daily, name: Daily, to: [d@desk.example], at: '18:00'}]\n",
    "rules/all.yaml": RULES,
}


def write_config(folder: Path) -> None:
    """Write the configuration of the day."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def waiting(article: Article, now: datetime) -> Waiting:
    """Return the link that led to an article."""
    return Waiting(
        url=article.url, source_id=article.source_id, way="", attempts=1, article_id=None,
        title="", published=None, noted_at=now,
    )  # fmt: skip


async def live_through(places: Places, made: Iterator[Article]) -> float:
    """Let the day pass; return the CPU seconds of matching, storing, telling, the digest."""
    now = [DAY]
    ports = Ports(clock=lambda: now[0])
    async with open_live(check_live(places.config, {}), places, ports) as app:
        await app.press.step()  # its readers are known from here on
        step, spent = timedelta(hours=20) / ARTICLES, 0.0
        for _ in range(ARTICLES // TURN):
            pages = [prepare(article) for article in islice(made, TURN)]
            begun = time.process_time()
            for page in pages:
                now[0] += step
                link = waiting(page.article, now[0])
                await Ingest(app.database, app.live).take(page, link, now[0])
            await app.dispatcher.step()
            await app.press.step()
            spent += time.process_time() - begun
    return spent


def replayed(places: Places, day: datetime) -> tuple[float, float, str]:
    """Run the command; return its CPU and wall clock seconds, and its last line."""
    command = [
        sys.executable, "-m", "crawler", "replay", f"{day:%Y-%m-%d}",
        "--config", str(places.config), "--data", str(places.data),
    ]  # fmt: skip
    begun = time.perf_counter()
    reader, writer = os.pipe()
    pid = os.posix_spawn(
        command[0], command, os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, writer, 1), (os.POSIX_SPAWN_DUP2, writer, 2)],
    )  # fmt: skip
    os.close(writer)
    with os.fdopen(reader) as output:
        said = output.read().strip().splitlines()
    usage = os.wait4(pid, 0)[2]
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - begun, said[-1]


async def kept_before(places: Places, made: Iterator[Article], size: int) -> None:
    """Fill an archive with articles of two days before."""
    async with await Database.open(places.database, now=NOW) as database:
        await fill(database, made, size, 0)


def by_size(size: int) -> dict[str, Any]:
    """Measure a day and its replay on top of so many articles."""
    with tempfile.TemporaryDirectory() as name:
        places = Places(config=Path(name) / "config", data=Path(name) / "data")
        places.prepare()
        write_config(places.config)
        made = articles()
        asyncio.run(kept_before(places, made, size))
        lived = asyncio.run(live_through(places, made))
        start = median(replayed(places, NOW - timedelta(days=30))[0] for _ in range(3))
        cpu, wall, said = replayed(places, DAY)
    if not said.startswith("identical:"):
        raise SystemExit(f"the day does not go through again: {said}")
    return {
        "kept": size,
        "lived_s": round(lived, 2),
        "replay_s": round(cpu, 2),
        "start_s": round(start, 2),
        "replay_wall_s": round(wall, 2),
        "over_lived": round((cpu - start) / lived, 2),
        "said": said,
    }


def page_of(article: Article, number: int) -> Fetched:
    """Return a page as large as the press's, with the article in it."""
    rows = (f'<li class="card-{n}"><a href="/x/{number}/{n}">{n}</a>' for n in range(1_000))
    text = f"<html><title>{article.headline}</title><p>{article.text}</p>{''.join(rows)}"
    return Fetched(
        url=article.url, status=200, content_type="text/html; charset=utf-8", headers={},
        body=text.encode().ljust(PAGE_BYTES)[:PAGE_BYTES], etag=None, last_modified=None,
        body_hash="", fetched_at=NOW, elapsed=0.1, max_age=None,
    )  # fmt: skip


async def take_matching(app: App, pages: Sequence[Article], *, witnessed: bool) -> list[float]:
    """Take in articles that match, one after the other; return CPU and wall seconds of each."""
    settings = EvidenceSettings(folder="evidence" if witnessed else None)
    witness = open_witness(settings, app.places, app.database, app.workers)
    ingest, cpu, wall = Ingest(app.database, app.live, witness=witness), 0.0, 0.0
    for number, article in enumerate(pages):
        page, seen = prepare(article), page_of(article, number)
        begun, clock = time.process_time(), time.perf_counter()
        await ingest.take(page, waiting(article, DAY), DAY, seen)
        cpu, wall = cpu + time.process_time() - begun, wall + time.perf_counter() - clock
    if witness is not None:
        await witness.close()
    return [cpu / len(pages), wall / len(pages)]


async def cost_of_evidence(places: Places) -> dict[str, float]:
    """Measure taking in an article that matches, with and without a packet of its page."""
    made, costs = articles(seed=5), {True: list[list[float]](), False: list[list[float]]()}
    async with open_live(
        check_live(places.config, {}), places, Ports(clock=lambda: DAY)
    ) as app:
        for turn in range(6):
            part = [
                replace(article, headline="The minister met the police")
                for article in islice(made, PACKETS // 6)
            ]
            costs[turn % 2 == 0].append(await take_matching(app, part, witnessed=turn % 2 == 0))
    return {
        f"{name}_{unit}": round(median(each[at] for each in costs[with_it]) * 1000, 2)
        for name, with_it in (("with", True), ("without", False))
        for unit, at in (("cpu_ms", 0), ("wall_ms", 1))
    }


def main() -> None:
    """Measure both, and tell them as a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--full", action="store_true")
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    print("articles kept   lived, CPU s   replay   its start   wall s   replay : lived")
    rows = []
    for size in (*SIZES, *([LARGEST] if asked.full else [])):
        row = by_size(size)
        rows.append(row)
        print(
            f"{row['kept']:>13,}   {row['lived_s']:>12.2f}   {row['replay_s']:>6.2f}   "
            f"{row['start_s']:>9.2f}   {row['replay_wall_s']:>6.2f}   {row['over_lived']:.2f}"
            f"   {row['said']}",
            flush=True,
        )
    with tempfile.TemporaryDirectory() as name:
        places = Places(config=Path(name) / "config", data=Path(name) / "data")
        write_config(places.config)
        found = asyncio.run(cost_of_evidence(places))
    print(
        f"a matched page of {PAGE_BYTES // 1000} kB: {found['with_cpu_ms']:.2f} ms CPU and "
        f"{found['with_wall_ms']:.2f} ms with evidence, {found['without_cpu_ms']:.2f} and "
        f"{found['without_wall_ms']:.2f} without"
    )
    if asked.json:
        print(json.dumps({"replay": rows, "evidence": found}))


if __name__ == "__main__":
    main()

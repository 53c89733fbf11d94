"""The whole way beside the others: one newsroom on loopback, crawled by each in turn.

    python -m benchmarks.end_to_end [--json] [--articles 2000] [--presswatch PYTHON]
                                    [--newsplease PYTHON]

60 hosts with a feed each and 2,000 pages of ../shared/corpus (our own pages where it is not
there), served by a process of its own. presswatch is its real daemon with its own defaults and
1,000 rules: robots.txt, ledger, extraction in a worker, stories, matching, full-text index,
outbox, mails. The peers fetch, extract and store, and do nothing of the rest. All are equally
polite: no delay, one request per host at a time, at most 64 in all. trafilatura runs as it
comes, and once more told to be fast, without its second opinion. The slow peers see fewer
articles of the same newsroom. CPU and memory are those of the crawler's whole process tree.
Everybody's modules are compiled beforehand, as pip leaves them. `--presswatch` names a Python
that has what an operator installs (requirements.lock) and none of a developer's tools, some of
which structlog and httpx load where they find them.
"""

import argparse
import compileall
import contextlib
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from benchmarks.newsroom import articles
from benchmarks.newsroom_desk import HOSTS, write_config
from benchmarks.peer_store import ALL
from benchmarks.rightness import Answers, shares
from benchmarks.scoring import Answer
from benchmarks.tree import Cost, measure
from storage.articles import StoredArticle, article_by_url
from storage.connection import connect_reader
from storage.transaction import Transaction

MOST = 900.0  # seconds for one crawl
SPIDER, NEWSPAPER = "benchmarks.peer_scrapy", "benchmarks.peer_newspaper"
CODE = ("config", "storage", "alerts", "crawler", "benchmarks")  # what pip has not compiled
SLOW = 240  # articles that a slow peer is given


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One contestant's crawl, measured and scored."""

    name: str
    articles: int  # that the newsroom had
    stored: int
    cost: Cost
    right: dict[str, float]  # headline, date, body, all: shares of the articles that state them

    @property
    def cpu_per_1000(self) -> float:
        """Return CPU seconds per 1,000 articles of the newsroom."""
        return self.cost.cpu / self.articles * 1000

    @property
    def per_second(self) -> float:
        """Return articles per second of wall clock."""
        return self.stored / self.cost.seconds


@contextlib.contextmanager
def newsroom(count: int, hosts: int = HOSTS, manner: str = "plain") -> Iterator[int]:
    """Serve the newsroom and yield its port."""
    command = [sys.executable, "-m", "benchmarks.newsroom", str(hosts), str(count), manner]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.stdin.close()


def crawl(name: str, count: int, run: Callable[[Path, int], tuple[Cost, Answers]]) -> Result:
    """Let one contestant crawl a newsroom of so many articles."""
    with tempfile.TemporaryDirectory() as folder, newsroom(count) as port:
        cost, answers = run(Path(folder), port)
        log = Path(folder, "log")
        if not answers and log.exists():
            print(log.read_text(errors="replace")[-2000:], file=sys.stderr)
        every = list(articles(HOSTS, count))
        return Result(
            name=name,
            articles=count,
            stored=len(answers),
            cost=cost,
            right=shares(every, answers, port),
        )


def presswatch(python: str, count: int, folder: Path, port: int) -> tuple[Cost, Answers]:
    """Run the daemon until every article of the newsroom stands settled in its ledger."""
    write_config(folder / "config", port, count)
    data = folder / "data"
    command = [
        python, "-m", "crawler", "run",
        "--config", str(folder / "config"), "--data", str(data),
    ]  # fmt: skip
    path = data / "presswatch.db"
    cost = measure(command, log=folder / "log", done=lambda: settled(path) >= count, most=MOST)
    with contextlib.closing(connect_reader(path)) as connection:
        tx = Transaction(connection)
        found = (
            (each.url(port), article_by_url(tx, each.url(port)))
            for each in articles(HOSTS, count)
        )
        return cost, {
            url: Answer(
                title=stored.article.headline,
                published=stored.article.published_at,
                dates=True,
                summary=stored.article.summary,
                body=stored.article.text,
            )
            for url, stored in found
            if isinstance(stored, StoredArticle)
        }


def settled(path: Path) -> int:
    """Count the addresses that the daemon is done with."""
    if not path.exists():
        return 0
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        try:
            query = "SELECT count(*) FROM ledger WHERE settled_at IS NOT NULL"
            return int(connection.execute(query).fetchone()[0])
        except sqlite3.OperationalError:  # not migrated yet
            return 0


def peer(module: list[str], folder: Path, port: int, *manner: str) -> tuple[Cost, Answers]:
    """Run one of the others, which keeps its articles in the peers' table."""
    database = folder / "articles.db"
    command = [*module, str(database), str(port), str(HOSTS), *manner]
    cost = measure(command, log=folder / "log", most=MOST)
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return cost, {
            url: Answer(
                title=title, published=to_stamp(published), dates=True,
                body=body.replace("\n", "\n\n"),
            )
            for url, title, published, body in connection.execute(ALL)
        }  # fmt: skip


def to_stamp(text: str) -> datetime | date | None:
    """Read a peer's date."""
    if not text:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def report(results: list[Result]) -> None:
    """Print the table."""
    heads = f"{'':26}{'articles':>9}{'stored':>8}{'/s':>7}{'CPU s/1000':>12}{'peak MB':>9}"
    print(f"{heads}{'headline':>10}{'date':>7}{'body':>7}{'all':>7}")
    for each in results:
        marks = "".join(
            f"{each.right[name]:>{width}.3f}"
            for name, width in (("headline", 10), ("date", 7), ("body", 7), ("all", 7))
        )
        print(
            f"{each.name:26}{each.articles:>9,}{each.stored:>8,}{each.per_second:>7.1f}"
            f"{each.cpu_per_1000:>12.1f}{each.cost.peak_mb:>9.0f}{marks}"
        )


def figures(results: list[Result]) -> dict[str, float]:
    """Name the figures that are followed from run to run."""
    named = {each.name: each for each in results}
    found: dict[str, float] = {}
    for each in results:
        key = re.sub(r"\W+", "_", each.name).lower()
        found[f"{key}_articles_per_second"] = round(each.per_second, 2)
        found[f"{key}_cpu_per_1000"] = round(each.cpu_per_1000, 2)
        found[f"{key}_peak_mb"] = round(each.cost.peak_mb)
        found |= {f"{key}_{name}_right": round(mark, 4) for name, mark in each.right.items()}
    ours = named.get("presswatch")
    for name, key in (
        ("Scrapy + trafilatura", "speed_vs_scrapy_trafilatura"),
        ("Scrapy + trafilatura, fast", "speed_vs_scrapy_trafilatura_fast"),
        ("news-please", "speed_vs_news_please"),
        ("newspaper4k", "speed_vs_newspaper4k"),
    ):
        if ours is not None and name in named:
            found[key] = round(named[name].cpu_per_1000 / ours.cpu_per_1000, 2)
    return found


def main() -> None:
    """Crawl, print the table, and with --json one object on the last line."""
    parser = argparse.ArgumentParser(description="the whole way, beside the others")
    parser.add_argument("--json", action="store_true", help="one object on the last line")
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--only", action="append", default=[], help="a contestant; repeatable")
    parser.add_argument("--presswatch", metavar="PYTHON", default=sys.executable)
    parser.add_argument("--newsplease", metavar="PYTHON", help="a Python that has news-please")
    asked = parser.parse_args()
    count = asked.articles
    few = min(SLOW, count)
    here = [sys.executable, "-m"]
    contestants: dict[str, tuple[int, Callable[[Path, int], tuple[Cost, Answers]]]] = {
        "presswatch": (count, lambda f, p: presswatch(asked.presswatch, count, f, p)),
        "Scrapy + trafilatura": (
            count,
            lambda f, p: peer([*here, SPIDER], f, p),
        ),
        "Scrapy + trafilatura, fast": (
            count,
            lambda f, p: peer([*here, SPIDER], f, p, "fast"),
        ),
        "newspaper4k": (few, lambda f, p: peer([*here, NEWSPAPER], f, p)),
    }
    if asked.newsplease:
        script = str(Path(__file__).parent / "peer_newsplease.py")
        contestants["news-please"] = (few, lambda f, p: peer([asked.newsplease, script], f, p))
    for folder in CODE:
        compileall.compile_dir(Path(__file__).parent.parent / folder, quiet=2)
    results = [
        crawl(name, size, run)
        for name, (size, run) in contestants.items()
        if not asked.only or name in asked.only
    ]
    report(results)
    if not asked.newsplease and not asked.only:
        print("news-please: not run; name a Python that has it with --newsplease")
    found = figures(results)
    for key, times in found.items():
        if key.startswith("speed_vs_"):
            print(f"per core: {times} × {key.removeprefix('speed_vs_').replace('_', ' ')}")
    if asked.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()

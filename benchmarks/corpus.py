"""Crawl the real pages of ../shared/corpus from loopback, the whole way (`make corpus`).

They are served as feeds and section pages by small web servers of our own; `presswatch once`
runs over them as a user would run it. Passes only if every page ends in exactly one state of
the ledger and none raises. Prints for how many pages headline, date, authors and body were
stored, and how many of the dates are right.
"""

import argparse
import asyncio
import contextlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from benchmarks.truth import CORPUS, Page, corpus
from crawler.clock import utc_now
from crawler.service.web import address_of, listen, serving
from storage.articles import StoredArticle, article_by_url
from storage.coverage import ledger_sums
from storage.database import Database
from storage.transaction import Transaction

PER_SOURCE = 40  # pages; every second source is a section page, the others are feeds


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One source of the run: a slice of the corpus behind a port."""

    id: str
    pages: tuple[Page, ...]
    base: str  # where it answers
    feed: bool

    def address(self, number: int) -> str:
        """Return the address of one of its pages."""
        return f"{self.base}/news/{number:03d}-report-of-the-{self.pages[number].dataset}-set"

    def answer(self, path: str) -> Response:
        """Answer as a web server of the page's age would: no charset in the header."""
        if path.startswith("/news/"):
            page = self.pages[int(path.removeprefix("/news/")[:3])]
            return Response(page.read(), headers={"content-type": "text/html"})
        if path == "/feed.xml" and self.feed:
            return Response(self.rss(), media_type="application/rss+xml")
        if path == "/":
            return Response(self.section(), media_type="text/html; charset=utf-8")
        return Response("not found", 404)

    def rss(self) -> str:
        """Write the feed."""
        items = "".join(
            f"<item><title>{escape(self.title(number))}</title>"
            f"<link>{self.address(number)}</link></item>"
            for number in range(len(self.pages))
        )
        return (
            '<?xml version="1.0"?><rss version="2.0"><channel>'
            f"<title>{self.id}</title>{items}</channel></rss>"
        )

    def section(self) -> str:
        """Write the section page."""
        cards = "".join(
            f'<li><h2><a href="{self.address(number)}">{escape(self.title(number))}</a></h2>'
            for number in range(len(self.pages))
        )
        return f"<!DOCTYPE html><title>{self.id}</title><main><ul>{cards}</ul></main>"

    def title(self, number: int) -> str:
        """Return a page's title as a feed would give it."""
        return str(
            self.pages[number].truth.get("title") or f"Report number {number} of the day"
        )


@contextlib.asynccontextmanager
async def outlets(pages: Iterable[Page]) -> AsyncIterator[list[Outlet]]:
    """Serve the pages, forty to a port."""
    every = list(pages)
    starts = range(0, len(every), PER_SOURCE)
    sockets = [listen("127.0.0.1", 0) for _ in starts]
    found = [
        Outlet(
            id=f"outlet-{start // PER_SOURCE:02d}",
            pages=tuple(every[start : start + PER_SOURCE]),
            base=address_of(listening),
            feed=start // PER_SOURCE % 2 == 0,
        )
        for start, listening in zip(starts, sockets, strict=True)
    ]
    async with contextlib.AsyncExitStack() as stack:
        for outlet, listening in zip(found, sockets, strict=True):
            await stack.enter_async_context(serving(site(outlet), listening))
        yield found


def site(outlet: Outlet) -> ASGIApp:
    """Return an outlet as an application."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await outlet.answer(scope["path"])(scope, receive, send)

    return app


def write_config(folder: Path, found: list[Outlet]) -> None:
    """Write the configuration of the run, as an operator would."""
    ids = ", ".join(outlet.id for outlet in found)
    (folder / "sources").mkdir(parents=True)
    (folder / "rules").mkdir()
    (folder / "settings.yaml").write_text(
        f"fetch:\n  gap: 0s\n  contact: corpus@example.org\n  allow_private: [{ids}]\n"
        f"extract:\n  workers: {os.cpu_count() or 1}\n"
    )
    (folder / "channels.yaml").write_text(
        "channels:\n  - {id: desk, kind: email, to: [desk@example.org], default: true}\n"
    )
    (folder / "digests.yaml").write_text("digests: []\n")
    (folder / "rules" / "corpus.yaml").write_text(
        "version: 1\nrules:\n  - id: elections\n    name: Elections\n"
        "    match: 'election* OR Wahl* OR выбор*'\n"
    )
    entries = "".join(
        f"  - id: {each.id}\n    name: {each.id}\n    url: {each.base}\n"
        + (
            f"    kind: feed\n    feeds: [{each.base}/feed.xml]\n"
            if each.feed
            else f"    kind: section\n    sections: [{each.base}/]\n    include: ['/news/']\n"
        )
        for each in found
    )
    (folder / "sources" / "corpus.yaml").write_text(f"sources:\n{entries}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one crawl of the corpus cost and said."""

    seconds: float
    cpu: float
    peak_mb: float
    said: str
    status: int


async def crawl(folder: Path) -> Run:
    """Run `presswatch once` in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "crawler", "once",
        "--config", str(folder / "config"), "--data", str(folder / "data"),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    seconds = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(
        seconds=seconds,
        cpu=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        peak_mb=after.ru_maxrss / 1024,
        said=said.decode("utf-8", "replace"),
        status=process.returncode or 0,
    )


def count_fields(tx: Transaction, found: list[Outlet]) -> Counter[str]:
    """Count, over all pages, what was stored and what of it is right."""
    counts: Counter[str] = Counter()
    for outlet in found:
        for number, page in enumerate(outlet.pages):
            counts["pages"] += 1
            stored = article_by_url(tx, outlet.address(number))
            if isinstance(stored, StoredArticle):
                counts["stored"] += 1
                count_article(counts, stored, page)
    return counts


def count_article(counts: Counter[str], stored: StoredArticle, page: Page) -> None:
    """Count one stored article's fields."""
    article, truth = stored.article, page.truth
    held = {
        "headline": bool(article.headline),
        "date": article.published_at is not None,
        "authors": bool(article.authors),
        "body": bool(article.body),
    }
    counts.update(name for name, there in held.items() if there)
    if "published" in truth:
        counts["dates known"] += 1
        day = str(truth["published"])[:10]
        counts["dates right"] += str(article.published_at or "").startswith(day)


def ledger_faults(tx: Transaction, pages: int) -> str:
    """Say why the ledger does not add up; empty: it does."""
    sums = ledger_sums(tx)
    total = sum(sums.values())
    waiting = sum(number for state, number in sums.items() if state.value == "waiting")
    if total != pages:
        return f"{pages} pages were shown, {total} stand in the ledger"
    return f"{waiting} still wait" if waiting else ""


async def main() -> int:
    """Crawl, count, print, and judge."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true", help="one object on the last line")
    chosen = options.parse_args()
    if not CORPUS.exists():
        print(f"skipped: the corpus is not there ({CORPUS})")
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with outlets(corpus()) as found:
            write_config(folder / "config", found)
            run = await crawl(folder)
        database = await Database.open(folder / "data" / "presswatch.db", now=utc_now())
        try:
            counts = await database.read(lambda tx: count_fields(tx, found))
            faults = await database.read(lambda tx: ledger_faults(tx, counts["pages"]))
            states = await database.read(ledger_sums)
        finally:
            await database.close()
    return report(run, counts, faults, {k.value: v for k, v in states.items()}, chosen.json)


def report(
    run: Run, counts: Counter[str], faults: str, states: dict[str, int], as_json: bool
) -> int:
    """Print the table; return 1 where the run did not hold its promise."""
    if "Traceback" in run.said:
        faults = f"{faults} a page raised".strip()
        print(run.said[-4000:])
    print(f"pages              {counts['pages']:6}")
    for name in ("stored", "headline", "date", "authors", "body"):
        print(f"{name:18} {counts[name]:6}  {counts[name] / counts['pages']:6.1%}")
    print(f"right dates        {counts['dates right']:6} of {counts['dates known']} known")
    print(f"ledger             {', '.join(f'{k} {v}' for k, v in states.items() if v)}")
    print(f"seconds            {run.seconds:8.1f}   CPU {run.cpu:.1f}")
    print(f"articles a second  {counts['stored'] / run.seconds:8.1f}")
    print(f"peak memory, MB    {run.peak_mb:8.0f}   (the largest process)")
    print(
        f"FAILED: {faults}" if faults else "every page ended in exactly one state, none raised"
    )
    if as_json:
        figures = {
            **counts,
            "seconds": round(run.seconds, 2),
            "articles_per_second": round(counts["stored"] / run.seconds, 2),
            "peak_mb": round(run.peak_mb),
            "ok": not faults,
        }
        print(json.dumps(figures))
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))

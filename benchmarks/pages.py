"""Measure each status page on a small and a large archive: python -m benchmarks.pages [--json].

The peer of a page is the page itself on a thousand articles: what grows with the archive shows
as a ratio. CPU time of the whole answer (query, HTML), the lowest of five; the archive has 300
sources, 60 rules, a fortnight of polls, and a message per match. --keep FOLDER leaves the
archives there, and uses them again.
"""

import argparse
import asyncio
import json
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import httpx

from alerts.matching.reading import read_article
from alerts.routing.event import EventKind
from alerts.routing.report import match_rows, report, story_note
from benchmarks.made import NOW, articles
from benchmarks.taking_in import take_in
from config.load import load_config
from crawler.health import Health
from crawler.live.configuration import Holder, Live, make_live
from crawler.pages.app import make_pages
from crawler.watch.read import AT_ONCE
from storage.alert_log import ToldRow, record_told
from storage.article import Article
from storage.articles import StoredArticle, article_by_url
from storage.database import Database
from storage.matches import record_matches
from storage.outbox import OutboxEntry, enqueue, mark_sent
from storage.polls import Poll, record_poll
from storage.prepared import prepare
from storage.sources import SourceState, ensure_sources, save_source
from storage.stories import load_story
from storage.transaction import Transaction

SOURCES, RULES, DAYS = 300, 60, 60
PAGES = (
    "/", "/stories", "/stories?matched=1", "/stories?rule=rule-7", "/stories?source=outlet-7",
    "/stories/{story}", "/sources", "/sources/outlet-7", "/rules", "/rules/rule-7",
    "/search?q=minister+NEAR/5+president", "/search?q=minister&days=3650",
    "/search?q=zzyzx+OR+headline:qqq", "/search?q=NOT+minister", "/digests", "/outbox",
    "/readyz", "/metrics",
)  # fmt: skip
WORDS = ("minister", "police", "border", "election", "budget", "corridor", "trade", "court")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The state of a daemon that nobody runs."""

    live: Holder
    health: Health

    @staticmethod
    def clock() -> Any:
        """Return the time at which the archive ends."""
        return NOW


def configuration(folder: Path) -> Live:
    """Write and load a configuration of 300 sources and 60 rules."""
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    (folder / "rules").mkdir(exist_ok=True)
    sources = "".join(
        f"  - {{id: outlet-{n}, name: Outlet {n}, url: 'https://outlet-{n}.example/'}}\n"
        for n in range(SOURCES)
    )
    rules = "".join(
        f"  - {{id: rule-{n}, name: Rule {n}, severity: {'urgent' if n % 9 == 0 else 'normal'},"
        f" match: '{WORDS[n % 8]}* NEAR/{2 + n // 8} ({WORDS[(n + 3) % 8]}* OR {n * 17})'}}\n"
        for n in range(RULES)
    )
    texts = {
        "settings.yaml": "version: 1\n",
        "channels.yaml": "channels: {id: desk, kind: maildir, default: true}\n",
        "digests.yaml": "digests: {id: daily, name: Daily, to: [desk@desk.example]}\n",
        "sources/all.yaml": f"sources:\n{sources}",
        "rules/all.yaml": f"version: 1\nrules:\n{rules}",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return make_live(load_config(folder, {}))


async def fill(path: Path, live: Live, count: int) -> None:
    """Store articles as the daemon does, spread over sixty days, with what they owed."""
    begin, step = NOW - timedelta(days=DAYS), timedelta(days=DAYS) / count
    made = islice(articles(count), count)
    async with await Database.open(path, now=begin) as database:
        await database.write(lambda tx: ensure_sources(tx, list(live.sources), begin))
        for first in range(0, count, AT_ONCE):
            at = begin + step * first
            source = f"outlet-{first // AT_ONCE % SOURCES}"
            poll = [published(each, source, at) for each in islice(made, AT_ONCE)]
            await take_in(database, [prepare(each) for each in poll], at)
            works = [partial(tell, article=each, live=live, at=at) for each in poll]
            await asyncio.gather(*(database.write(work) for work in works))
        await database.write(fill_sources)


def published(article: Article, source: str, at: datetime) -> Article:
    """Return the article as one of that source, out for a while when it is seen."""
    ago = timedelta(minutes=3 + len(article.text) % 31)
    return replace(article, source_id=source, published_at=at - ago)


def tell(tx: Transaction, article: Article, live: Live, at: datetime) -> None:
    """Store what matched an article, and one message that told of it."""
    matches = live.ruleset.match(read_article(article), now=at).matches
    stored = article_by_url(tx, article.url)
    story = load_story(tx, stored.story_id) if isinstance(stored, StoredArticle) else None
    if not matches or story is None or not isinstance(stored, StoredArticle):
        return
    note = story_note(story, live.outlets)
    event = report(article, note, matches, kind=EventKind.NEW, article_id=stored.id, now=at)
    record_matches(tx, stored.id, story.id, 1, match_rows(event), at)
    key = f"story/{story.id}/{stored.id}"
    enqueue(
        tx, [OutboxEntry(key=key, channel="desk", kind="alert", payload="{}", due_at=at)], at
    )
    mark_sent(tx, key, at + timedelta(seconds=4))
    row = ToldRow(
        channel="desk", story_id=story.id, source_id=article.source_id,
        rule_id=matches[0].rule.id, severity="normal", kind="alert", key=key, held=False,
        subject=article.headline, outlets=1, languages=1, facts=(), told_at=at,
    )  # fmt: skip
    record_told(tx, [row])


def fill_sources(tx: Transaction) -> None:
    """Look at every source once an hour for a fortnight."""
    for number in range(SOURCES):
        name = f"outlet-{number}"
        well = number % 20 > 0
        state = SourceState(
            source_id=name,
            next_at=NOW + timedelta(minutes=number % 15),
            last_polled=NOW - timedelta(minutes=5),
            last_success=NOW - timedelta(minutes=5 if well else 4000),
            last_error="" if well else "the server answered 503 three times",
        )
        save_source(tx, state)
        for hour in range(24 * 14):
            way, at = f"https://{name}.example/feed", NOW - timedelta(hours=hour)
            record_poll(
                tx,
                Poll(source_id=name, way=way, polled_at=at, outcome="new", found=20, new=1,
                     elapsed=timedelta(milliseconds=120)),
            )  # fmt: skip


async def measure(path: Path, live: Live) -> dict[str, tuple[float, int]]:
    """Return, per page, the milliseconds of CPU (the lowest of five) and the bytes."""
    state = State(live=Holder(live), health=Health(started_at=NOW - timedelta(hours=6)))
    async with await Database.open(path, now=NOW) as database:
        transport = httpx.ASGITransport(app=make_pages(database, state))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://localhost"
        ) as client:
            listed = (await client.get("/api/stories?matched=1")).json()["stories"]
            found = {}
            for page in PAGES:
                address = page.format(story=listed[0]["id"] if listed else 1)
                found[page] = min([await ask(client, address) for _ in range(5)])
            return found


async def ask(client: httpx.AsyncClient, address: str) -> tuple[float, int]:
    """Ask for a page once; return the milliseconds of CPU and the bytes of its answer."""
    begun = time.process_time()
    answer = await client.get(address)
    spent = (time.process_time() - begun) * 1000
    if answer.status_code not in {200, 503}:
        raise SystemExit(f"{address}: {answer.status_code} {answer.text[:200]}")
    return spent, len(answer.content)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made)
        live = configuration(folder / "config")
        measured = []
        for count in (1_000, options.articles):
            path = folder / f"{count}.db"
            if not path.exists():
                asyncio.run(fill(path, live, count))
            measured.append(asyncio.run(measure(path, live)))
    small, large = measured
    print(f"{'page':40} {'1,000':>8} {f'{options.articles:,}':>9}  ratio     kB   (CPU ms)")
    for page, (ms, size) in large.items():
        before = small[page][0]
        print(f"{page:40} {before:8.1f} {ms:9.1f} {ms / before:5.1f} × {size / 1000:6.0f}")
    if options.json:
        print(json.dumps({page: round(ms, 1) for page, (ms, _) in large.items()}))


if __name__ == "__main__":
    main()

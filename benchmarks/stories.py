"""Measure how well and how fast copies find their story: python -m benchmarks.stories [--json].

With --stored N the index is filled with N signatures of other articles first.
"""

import argparse
import json
import random
import sqlite3
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

from benchmarks.labelled import KINDS, Labelled, labelled
from storage.connection import connect_writer, use_log
from storage.migrate import migrate, migrations
from storage.signature import Signature, pack, sign
from storage.stamp import to_text
from storage.stories import enter_stories, next_story, place
from storage.storing import catch_up
from storage.transaction import Transaction

ADD = """
    INSERT INTO articles (id, story_id, source_id, revision, first_seen, last_seen, fetched_at,
                          happened_at, language, origins, fingerprint, signature,
                          content, folded)
    VALUES (?, ?, 's', 1, '', '', '', ?, '', '', ?, ?, x'', x'')
"""


class Run:
    """Place labelled articles one by one and keep the score."""

    def __init__(self, tx: Transaction) -> None:
        self.tx = tx
        self.events: dict[int, int] = {}  # story → event of its first article
        self.stories: dict[int, set[int]] = defaultdict(set)  # event → its stories
        self.right: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        self.joins: Counter[tuple[str, str, bool]] = Counter()
        self.seconds = 0.0
        self.next_id = int((tx.one("SELECT coalesce(max(id), 0) AS n FROM articles") or [0])[0])

    def add(self, one: Labelled) -> None:
        """Place one article as the daemon would."""
        self.next_id += 1
        begun = time.process_time()
        signature = sign(one.article)
        placed = place(self.tx, signature, one.at)
        story = next_story(self.tx) if placed.story_id is None else placed.story_id
        entry = {"story_id": story, "article_id": self.next_id, "now": to_text(one.at)}
        enter_stories(self.tx, [entry])
        store(self.tx, self.next_id, story, int(one.at.timestamp()), signature)
        self.seconds += time.process_time() - begun
        self.score(one, placed.story_id, story, placed.joined)

    def score(self, one: Labelled, joined: int | None, story: int, why: str) -> None:
        """Note whether the article is where it belongs."""
        self.all[one.kind] += 1
        if joined is None:
            self.events[story] = one.event
        else:
            self.joins[one.kind, why, self.events.get(story) == one.event] += 1
        known = self.stories[one.event]
        self.right[one.kind] += story in known or (not known and joined is None)
        known.add(story)


def store(
    tx: Transaction, article_id: int, story: int, happened: int, signature: Signature
) -> None:
    """Store what stories need of an article."""
    row = (article_id, story, happened, signature.fingerprint, pack(signature))
    tx.execute(ADD, row)
    tx.candidates.add(article_id, signature.keys)


def fill(tx: Transaction, count: int, sample: list[Signature], start: int) -> None:
    """Store count signatures of articles that nobody in the set copies."""
    chance = random.Random(11)
    common = [name for signature in sample for name in signature.names]
    for number in range(1, count + 1):
        like = chance.choice(sample)
        sketch = sorted(chance.randrange(1 << 30) for _ in like.sketch)
        sounds = [chance.choice(common) for _ in like.names]
        other = replace(
            like,
            fingerprint=chance.randrange(1, 1 << 62),
            sketch=tuple(sketch),
            names=tuple(sounds),
        )
        happened = start - chance.randrange(90 * 86400)
        tx.execute(ADD, (number, number, happened, other.fingerprint, pack(other)))
    catch_up(tx, count)


def measure(count: int, stored: int, folder: Path) -> dict[str, object]:
    """Run the set through a fresh database and return the figures."""
    articles = list(labelled(count))
    path = folder / "stories.sqlite"
    connection = connect_writer(path)
    use_log(connection)
    migrate(connection, path, migrations(), articles[0].at)
    tx = Transaction(connection)
    if stored:
        tx.execute("BEGIN")
        sample = [sign(one.article) for one in articles[:2000]]
        fill(tx, stored, sample, int(articles[0].at.timestamp()))
        tx.execute("COMMIT")
    run = Run(tx)
    tx.execute("BEGIN")
    for number, one in enumerate(articles):
        run.add(one)
        if number % 100 == 99:
            tx.execute("COMMIT")
            tx.candidates.commit()
            tx.execute("BEGIN")
    tx.execute("COMMIT")
    size = sizes(connection)
    connection.close()
    return figures(run, size)


def sizes(connection: sqlite3.Connection) -> float:
    """Return the megabytes that the database holds."""
    pages = int(connection.execute("PRAGMA page_count").fetchone()[0])
    return pages * int(connection.execute("PRAGMA page_size").fetchone()[0]) / 1e6


def figures(run: Run, size: float) -> dict[str, object]:
    """Return precision and recall as the issue asks for them."""
    joined = sum(run.joins.values())
    right = sum(number for (_, _, good), number in run.joins.items() if good)
    result: dict[str, object] = {
        "articles": sum(run.all.values()),
        "precision": round(right / max(joined, 1), 5),
        "microseconds": round(run.seconds / sum(run.all.values()) * 1e6),
        "megabytes": round(size, 1),
    }
    for kind in (*KINDS, "first", "false friend"):
        result[kind] = round(run.right[kind] / max(run.all[kind], 1), 4)
    wrong = {f"{kind} by {why}": n for (kind, why, good), n in run.joins.items() if not good}
    return result | {"wrong": wrong}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--stored", type=int, default=0, help="articles already there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = measure(options.articles, options.stored, Path(folder))
    for name, value in result.items():
        print(f"{name:>14}  {value}")
    if options.json:
        print(json.dumps(result))


if __name__ == "__main__":
    main()

"""Fill a database with copies of its own articles under new keys, for benchmarks at a size.

To make a million articles takes half an hour, to copy rows a few minutes. A copy has the texts,
rows and words of an article; its address, its fingerprint and the keys by which stories are
found are its own, as random as real ones are. Plain inserts, by the block.
"""

import os
import random
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from storage.packing import inflate
from storage.record import to_plain_again
from storage.search import BLOCK
from storage.signature import Signature, pack, unpack
from storage.stamp import to_text

Row = dict[str, Any]
NEWEST = "SELECT coalesce(max(id), 0) FROM {table}"
ADD_WORDS = "INSERT INTO search_index (rowid, words) VALUES (?, ?)"


class Copier:
    """Copies of the articles that a database holds when it is made."""

    def __init__(
        self, connection: sqlite3.Connection, began: datetime, step: timedelta
    ) -> None:
        self._connection = connection
        self._began, self._step = began, step
        self._chance = random.Random(self._newest("articles"))  # never the same keys twice
        self._articles = self._rows("SELECT * FROM articles ORDER BY id LIMIT 12000")
        self._ledger = self._rows("SELECT * FROM ledger ORDER BY id LIMIT 12000")
        self._signatures = [unpack(row["signature"]) for row in self._articles]
        self._names = [name for each in self._signatures if each for name in each.names]

    def fill(self, size: int) -> None:
        """Add copies until so many articles are there and their words are in the index."""
        stored, indexed = self._newest("articles"), self._newest("search_index_docsize")
        link = self._newest("ledger")
        while stored < size:
            ids = range(stored + 1, min(stored + BLOCK, size) + 1)
            words = range(indexed + 1, ids[-1] + 1)
            self._connection.execute("BEGIN IMMEDIATE")
            self._insert("articles", [self._article(number) for number in ids])
            self._insert("stories", [self._story(number) for number in ids])
            keys = [self._key() for _ in ids]
            self._insert("ledger", list(self._links(link, ids, keys)))
            self._connection.executemany(ADD_WORDS, [(n, self._words(n)) for n in words])
            self._connection.execute("COMMIT")
            stored, indexed, link = ids[-1], ids[-1], link + len(ids)
            if stored // BLOCK % 8 == 0:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _article(self, number: int) -> Row:
        at = number % len(self._articles)
        seen, like = self._seen(number), self._signatures[at]
        own = {
            "id": number,
            "story_id": number,
            "first_seen": seen,
            "last_seen": seen,
            "fetched_at": seen,
            "fingerprint": self._key(),
        }
        signed = {} if like is None else {"signature": pack(self._signature(like))}
        return self._articles[at] | own | signed

    def _signature(self, like: Signature) -> Signature:
        sketch = array("I", os.urandom(4 * len(like.sketch)))
        return replace(
            like,
            fingerprint=self._key(),
            sketch=tuple(sorted(value % like.limit for value in sketch)),
            names=tuple(self._chance.choices(self._names, k=len(like.names))),
        )

    def _story(self, number: int) -> Row:
        seen = self._seen(number)
        ids = {"id": number, "first_article_id": number}
        return ids | {"first_seen": seen, "last_seen": seen, "articles": 1}

    def _links(self, last: int, ids: Sequence[int], keys: Sequence[int]) -> Iterator[Row]:
        for place, (number, key) in enumerate(zip(ids, keys, strict=True), last + 1):
            seen = self._seen(number)
            times = {"noted_at": seen, "settled_at": seen, "next_at": None}
            own = {"id": place, "identity": key, "article_id": number}
            yield self._ledger[number % len(self._ledger)] | own | times

    def _words(self, number: int) -> str:
        row = self._articles[number % len(self._articles)]
        return inflate(row["folded"], to_plain_again(row["content"])).decode()

    def _seen(self, number: int) -> str:
        return to_text(self._began + self._step * number)

    def _key(self) -> int:
        return self._chance.getrandbits(64) - (1 << 63)

    def _newest(self, table: str) -> int:
        newest = self._connection.execute(NEWEST.format(table=table)).fetchone()
        return int(newest[0])

    def _rows(self, query: str) -> list[Row]:
        return [dict(row) for row in self._connection.execute(query)]

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        columns, places = ", ".join(rows[0]), ", ".join(f":{name}" for name in rows[0])
        insert = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - our own tables
        self._connection.executemany(insert, rows)

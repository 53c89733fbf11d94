"""Lay a past moment over the database, so that whoever asks it is answered as they were then.

Tables of the connection's own (TEMP) stand before those of the file under the same names: what
came later is not in them, and what is written goes there. The file is opened for reading only.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from storage.change_kinds import Change
from storage.columns import said
from storage.connection import connect_read_only
from storage.errors import DatabaseMissing, translate
from storage.migrate import check_schema, migrations
from storage.prepared import imprint
from storage.record import from_plain, to_plain_again
from storage.revising import Revised
from storage.revisions import changes_from_text
from storage.stamp import from_text, to_text
from storage.storing import Stored
from storage.transaction import Row, Transaction


@contextmanager
def reading_only(path: Path) -> Iterator[Transaction]:
    """Read one state of the database; nothing can be written but tables of one's own."""
    if not path.exists():
        raise DatabaseMissing(f"{path}: nothing is stored here yet; start 'presswatch run'")
    try:
        with closing(connect_read_only(path)) as connection:
            check_schema(connection, path, migrations())
            connection.row_factory = sqlite3.Row
            connection.isolation_level = None
            connection.execute("BEGIN")
            yield Transaction(connection)
    except sqlite3.Error as error:
        raise translate(error, path) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One article that came in, or one edit, as it was stored."""

    id: int  # of its arrival
    at: datetime
    outcome: Stored | Revised
    backlog: bool
    renewed: bool  # what is kept of it is of later

    @property
    def version(self) -> tuple[int, int]:
        """Return the number of the article and of its version."""
        outcome = self.outcome
        return outcome.article_id, outcome.revision if isinstance(outcome, Revised) else 1


HAPPENINGS = """
    WITH asked (id) AS (
        SELECT id FROM main.articles WHERE first_seen >= :since AND first_seen < :until
         UNION
        SELECT article_id FROM main.revisions WHERE seen_at >= :since AND seen_at < :until
    )
    SELECT a.*, n.story_id,
           coalesce(r.changes, '[]') AS changes,
           coalesce(r.silent, 0) AS silent,
           coalesce(r.content = x'', 0) AS lost,
           CASE a.revision WHEN 1 THEN n.first_seen ELSE r.seen_at END AS at,
           (SELECT first_article_id FROM main.stories WHERE id = n.story_id) = n.id AS opens
      FROM asked
      JOIN main.articles AS n ON n.id = asked.id
      JOIN main.arrivals AS a ON a.article_id = n.id
      LEFT JOIN main.revisions AS r ON r.article_id = n.id AND r.revision = a.revision
     WHERE at >= :since AND at < :until
     ORDER BY a.id
"""
CONTENT = """
    SELECT coalesce(nullif(r.content, x''), n.content) AS content
      FROM main.articles AS n
      LEFT JOIN main.revisions AS r ON r.article_id = n.id AND r.revision = :revision
     WHERE n.id = :id
"""
# Articles that were edited after the beginning, with the version they had then.
EDITED = """
    SELECT r.article_id AS id,
           coalesce((SELECT max(revision) FROM main.revisions
                      WHERE article_id = r.article_id AND seen_at < :since), 1) AS revision
      FROM main.revisions AS r
      JOIN main.articles AS n ON n.id = r.article_id
     WHERE r.seen_at >= :since AND r.revision > 1 AND n.first_seen < :until
     GROUP BY r.article_id
"""
ARTICLE = "SELECT * FROM main.articles WHERE id = ?"
MOMENT = """
    CREATE TEMP TABLE moment (
        newest  INTEGER NOT NULL,  -- article
        arrival INTEGER NOT NULL,
        at      TEXT    NOT NULL
    )
"""
BEGIN = """
    INSERT INTO moment
    SELECT coalesce((SELECT max(id) FROM main.articles WHERE first_seen < :since), 0),
           coalesce((SELECT max(id) FROM main.arrivals WHERE id < :first), 0), :since
"""
MOVE = "UPDATE moment SET newest = max(newest, ?), arrival = ?, at = ?"
VIEWS = (
    "CREATE TEMP TABLE rewound AS SELECT * FROM main.articles WHERE 0",
    "CREATE UNIQUE INDEX temp.rewound_by_id ON rewound (id)",
    """CREATE TEMP VIEW articles AS
       SELECT * FROM main.articles
        WHERE id <= (SELECT newest FROM moment) AND id NOT IN (SELECT id FROM rewound)
        UNION ALL
       SELECT * FROM rewound WHERE id <= (SELECT newest FROM moment)""",
    """CREATE TEMP VIEW revisions AS
       SELECT * FROM main.revisions AS r
        WHERE coalesce((SELECT id FROM main.arrivals AS a
                         WHERE a.article_id = r.article_id AND a.revision = r.revision), 0)
              <= (SELECT arrival FROM moment)""",
    """CREATE TEMP VIEW thumbnails AS
       SELECT * FROM main.thumbnails WHERE at <= (SELECT at FROM moment)""",
)
# What was written down before the beginning. Of messages, those that were not at their end.
BEFORE = {
    "matches": "matched_at < :since",
    "alert_log": "told_at < :since",
    "digest_issues": "composed_at < :since",
    "outbox": "created_at < :since AND (finished_at IS NULL OR finished_at >= :since)",
}
UNSENT = """
    UPDATE outbox
       SET state = CASE WHEN hold IS NULL THEN 'pending' ELSE 'held' END,
           attempts = 0, finished_at = NULL, folded_into = NULL
"""
UNBEGUN = "CREATE INDEX temp.outbox_unbegun ON outbox (key) WHERE attempts = 0"
# By the order of storing, where it was noted; a message nobody ever owed goes when it is due.
BEGUN = """
    UPDATE outbox SET attempts = 1
     WHERE attempts = 0
       AND (SELECT coalesce(then_.begun < :arrival, then_.finished_at < :at)
              FROM main.outbox AS then_ WHERE then_.key = outbox.key)
"""
INVENTED = """
    UPDATE outbox SET attempts = 1, state = 'sent', finished_at = due_at
     WHERE attempts = 0 AND due_at <= :at
       AND NOT EXISTS (SELECT 1 FROM main.outbox AS then_ WHERE then_.key = outbox.key)
"""
ENDED = """
    UPDATE outbox
       SET (state, finished_at) = (SELECT state, finished_at FROM main.outbox AS then_
                                    WHERE then_.key = outbox.key)
     WHERE (SELECT finished_at <= :at FROM main.outbox AS then_ WHERE then_.key = outbox.key)
"""
# Summaries of storms count as messages of their rule; they were written when it was over.
SUMMARIES = """
    SELECT *, (SELECT min(begun) FROM main.outbox WHERE folded_into = log.key) AS begun
      FROM main.alert_log AS log
     WHERE story_id = 0 AND told_at >= :since AND told_at < :until
     ORDER BY id
"""


class Past:
    """The database as it was at a moment that moves on from a beginning."""

    def __init__(self, tx: Transaction, since: datetime, until: datetime) -> None:
        """Lay it over the database; from here on tx is answered by it."""
        self._tx = tx
        self._span = {"since": to_text(since), "until": to_text(until)}
        self.happenings = [_happening(row) for row in tx.fetch(HAPPENINGS, self._span)]
        self._summaries = tx.fetch(SUMMARIES, self._span)
        for name, when in BEFORE.items():
            self._copy(name, when)
        tx.execute(UNSENT)
        tx.execute(UNBEGUN)
        tx.execute(MOMENT)
        first = self.happenings[0].id if self.happenings else 0
        tx.execute(BEGIN, self._span | {"first": first})
        edited = tx.fetch(EDITED, self._span)
        for statement in VIEWS:
            tx.execute(statement)
        for row in edited:
            self._rewind(row["id"], row["revision"])

    def move(self, to: Happening) -> None:
        """Let one more article come in, or be edited; what was sent before it is on its way."""
        at = to_text(to.at)
        self.send(to.id, to.at)
        known = to.outcome.article_id if isinstance(to.outcome, Stored) else 0
        self._tx.execute(MOVE, (known, to.id, at))
        if isinstance(to.outcome, Revised):
            self._rewind(to.outcome.article_id, to.outcome.revision)

    def send(self, arrival: int, at: datetime) -> None:
        """Let be sent what somebody had begun to send before an arrival."""
        moment = {"arrival": arrival, "at": to_text(at)}
        self._tx.execute(BEGUN, moment)
        self._tx.execute(INVENTED, moment)
        while self._summaries and (self._summaries[0]["begun"] or 0) < arrival:
            row = dict(self._summaries.pop(0))
            del row["id"], row["begun"]
            names, places = ", ".join(row), ", ".join(f":{name}" for name in row)
            self._tx.execute(f"INSERT INTO alert_log ({names}) VALUES ({places})", row)  # noqa: S608 - names of its own columns

    def settle(self, at: datetime) -> None:
        """Let messages be at the end that they had come to by then."""
        self._tx.execute(ENDED, {"at": to_text(at)})
        self._tx.execute("UPDATE moment SET at = ?", (to_text(at),))

    def content(self, article_id: int, revision: int) -> bytes:
        """Return a version of an article as it is stored; a later one where it is lost."""
        row = self._tx.one(CONTENT, {"id": article_id, "revision": revision})
        if row is None:
            raise LookupError(f"article {article_id} happened and is not there")
        content: bytes = row["content"]
        return content

    def _copy(self, name: str, when: str) -> None:
        """Make a table of one's own before that of the file, with its indexes."""
        schema = self._tx.fetch(
            "SELECT type, sql FROM main.sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL "
            "ORDER BY type DESC",  # the table before its indexes
            (name,),
        )
        for row in schema:
            of_table = row["sql"].replace("CREATE TABLE ", "CREATE TEMP TABLE ", 1)
            of_index = row["sql"].replace("INDEX ", "INDEX temp.", 1)
            self._tx.execute(of_table if row["type"] == "table" else of_index)
        self._tx.execute(
            f"INSERT INTO temp.{name} SELECT * FROM main.{name} WHERE {when}",  # noqa: S608 - our own names
            self._span,
        )

    def _rewind(self, article_id: int, revision: int) -> None:
        """Let an article say what that version of it said."""
        row = self._tx.one(ARTICLE, (article_id,))
        self._tx.execute("DELETE FROM rewound WHERE id = ?", (article_id,))
        if row is None or row["revision"] == revision:
            return
        content = self.content(article_id, revision)
        article = imprint(from_plain(to_plain_again(content)))
        values = dict(row) | said(article) | {"content": content, "revision": revision}
        places = ", ".join(f":{name}" for name in values)
        self._tx.execute(f"INSERT INTO rewound VALUES ({places})", values)  # noqa: S608 - names of its own columns


def _happening(row: Row) -> Happening:
    place: dict[str, Any] = {"article_id": row["article_id"], "story_id": row["story_id"]}
    changes: tuple[Change, ...] = changes_from_text(row["changes"])
    outcome: Stored | Revised = (
        Stored(**place, new_story=bool(row["opens"]), copy=bool(row["copied"]))
        if row["revision"] == 1
        else Revised(
            **place, revision=row["revision"], changes=changes, silent=bool(row["silent"])
        )
    )
    return Happening(
        id=row["id"],
        at=from_text(row["at"]),
        outcome=outcome,
        backlog=bool(row["backlog"]),
        renewed=bool(row["renewed"] or row["lost"]),
    )

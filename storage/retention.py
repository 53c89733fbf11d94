"""Let go of articles that have grown old, so that they never come back as new.

An address and the fingerprint of a text outlive their article: they are its tombstone.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from storage.search import unindex_text
from storage.signature import NO_KEYS, unpack_keys
from storage.stamp import to_text
from storage.transaction import Row, Transaction

# The newest article always stays, and that of the newest story: so no id is given twice.
NEWEST = """
    WITH newest (id) AS (
        SELECT max(id) FROM articles
         UNION
        SELECT max(id) FROM articles WHERE story_id = (SELECT max(id) FROM stories)
    )
"""
OLD = f"""
    {NEWEST}
    SELECT id, story_id, fingerprint, signature, content, folded
      FROM articles
     WHERE first_seen < :before
       AND id NOT IN (SELECT id FROM newest)
       AND source_id NOT IN (SELECT key FROM json_each(:apart))
     ORDER BY first_seen
     LIMIT :limit
"""  # noqa: S608 - our own words
OLD_OF_SOURCE = f"""
    {NEWEST}
    SELECT id, story_id, fingerprint, signature, content, folded
      FROM articles
     WHERE first_seen < :before
       AND id NOT IN (SELECT id FROM newest)
       AND source_id = :source_id
     ORDER BY first_seen
     LIMIT :limit
"""  # noqa: S608 - our own words
BURY = """
    INSERT OR IGNORE INTO tombstones (fingerprint, article_id, story_id, purged_at)
    VALUES (:fingerprint, :id, :story_id, :now)
"""
LEAVE_STORY = "UPDATE stories SET articles = articles - 1 WHERE id = ?"
CLOSE_STORY = "DELETE FROM stories WHERE id = ? AND articles <= 0"
FORGET = (
    "DELETE FROM revisions WHERE article_id = ?",
    "DELETE FROM arrivals WHERE article_id = ?",
    "DELETE FROM matches WHERE article_id = ?",
    "DELETE FROM judgements WHERE article_id = ?",
    "DELETE FROM thumbnails WHERE article_id = ?",
    "DELETE FROM articles WHERE id = ?",
)
OLD_POLLS = """
    DELETE FROM polls WHERE id IN (SELECT id FROM polls WHERE polled_at < ? LIMIT ?)
"""
_POLLS_KEPT = timedelta(days=90)
_POLLS_AT_ONCE = 5000


def purge(
    tx: Transaction,
    now: datetime,
    *,
    keep: timedelta | None,
    by_source: Mapping[str, timedelta],
    limit: int = 200,
) -> int:
    """Let go of up to limit articles (and of old polls); return how many articles went.

    Call it again, in a write of its own, until it returns 0: so nobody waits long for the
    writer. With keep None only the sources in by_source lose articles.
    """
    tx.execute(OLD_POLLS, (to_text(now - _POLLS_KEPT), _POLLS_AT_ONCE))
    rows: list[Row] = []
    if keep is not None:
        apart = json.dumps(dict.fromkeys(by_source, 0))
        span = {"before": to_text(now - keep), "apart": apart, "limit": limit}
        rows += tx.fetch(OLD, span)
    for source_id, kept in by_source.items():
        span = {"before": to_text(now - kept), "source_id": source_id, "limit": limit}
        rows += tx.fetch(OLD_OF_SOURCE, span)
    for row in rows[:limit]:
        _let_go(tx, row, now)
    return len(rows[:limit])


def _let_go(tx: Transaction, row: Row, now: datetime) -> None:
    unindex_text(tx, row)
    tx.candidates.exchange(row["id"], unpack_keys(row["signature"]), NO_KEYS)
    if row["fingerprint"]:
        keys = ("fingerprint", "id", "story_id")
        tx.execute(BURY, {key: row[key] for key in keys} | {"now": to_text(now)})
    for statement in FORGET:
        tx.execute(statement, (row["id"],))
    tx.execute(LEAVE_STORY, (row["story_id"],))
    tx.execute(CLOSE_STORY, (row["story_id"],))

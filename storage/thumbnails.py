"""Keep a small picture per article, or why there is none: it is asked for once."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from storage.stamp import to_text
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Thumbnail:
    """What came of asking for one article's picture."""

    content_type: str = ""
    content: bytes | None = None  # None: there is none, the reason says why
    reason: str = ""


# The article that told a story first stands for it.
WANTED = """
    SELECT min(article_id) AS id FROM matches
     WHERE matched_at >= ? AND rule_id IN (SELECT value FROM json_each(?))
     GROUP BY story_id
    HAVING min(article_id) NOT IN (SELECT article_id FROM thumbnails)
     ORDER BY id DESC LIMIT ?
"""
KEEP = """
    INSERT INTO thumbnails (article_id, content_type, content, reason, at)
         VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (article_id) DO NOTHING
"""
LOAD = "SELECT content_type, content FROM thumbnails WHERE article_id = ?"


def wanted_thumbnails(
    tx: Transaction, rules: Collection[str], since: datetime, *, limit: int
) -> list[int]:
    """Return the articles of stories these rules matched whose picture was never asked for."""
    rows = tx.fetch(WANTED, (to_text(since), json.dumps(list(rules)), limit))
    return [row["id"] for row in rows]


def keep_thumbnail(tx: Transaction, article_id: int, found: Thumbnail, now: datetime) -> None:
    """Keep what came of it."""
    values = (article_id, found.content_type, found.content, found.reason, to_text(now))
    tx.execute(KEEP, values)


def load_thumbnail(tx: Transaction, article_id: int) -> Thumbnail | None:
    """Return an article's small picture; None: there is none."""
    row = tx.one(LOAD, (article_id,))
    if row is None or row["content"] is None:
        return None
    return Thumbnail(content_type=row["content_type"], content=row["content"])

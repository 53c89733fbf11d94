"""Find the articles that may answer a query; the matcher decides which do."""

import sqlite3
from datetime import datetime

from storage.folded import Folded
from storage.packing import deflate, inflate
from storage.stamp import maybe_to_text
from storage.transaction import Transaction
from storage.whole import whole


class BadSearch(Exception):  # noqa: N818 - the word callers use
    """The index cannot read this query."""


SEARCH = """
    SELECT rowid
      FROM search_index
     WHERE search_index MATCH :query
       AND rowid >= :first AND rowid < :end
     ORDER BY rowid DESC
     LIMIT :limit
"""

# Ids ascend with first_seen, so that a span of time is a span of ids.
FIRST_SINCE = "SELECT id FROM articles WHERE first_seen >= ? ORDER BY first_seen, id LIMIT 1"
LAST_BEFORE = """
    SELECT id FROM articles WHERE first_seen < ? ORDER BY first_seen DESC, id DESC LIMIT 1
"""

ADD = "INSERT INTO search_index (rowid, headline, body, rest) VALUES (?, ?, ?, ?)"
REMOVE = """
    INSERT INTO search_index (search_index, rowid, headline, body, rest)
    VALUES ('delete', ?, ?, ?, ?)
"""

_BREAK = "\x1f"


def search(
    tx: Transaction,
    fts_query: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 20,
    before_id: int | None = None,
) -> list[int]:
    """Return the ids of up to limit articles that may match, the newest first.

    The next page begins before_id the last one returned. The index knows words, not places:
    a query may name columns (headline, body, rest) and word beginnings, but no phrase.
    Raise BadSearch when the query is none.
    """
    first, end = _span(tx, since, until)
    span = {"first": first, "end": end if before_id is None else min(end, before_id)}
    try:
        rows = tx.fetch(SEARCH, span | {"query": fts_query, "limit": limit})
    except sqlite3.OperationalError as error:
        raise BadSearch(f"cannot search for {fts_query!r}: {error}") from error
    return [int(row["rowid"]) for row in rows]


def index_text(tx: Transaction, article_id: int, folded: Folded) -> None:
    """Let an article be found."""
    tx.execute(ADD, (article_id, *texts(folded)))


def unindex_text(tx: Transaction, article_id: int, folded: Folded) -> None:
    """Let an article be found no more; folded must be what it was indexed with."""
    tx.execute(REMOVE, (article_id, *texts(folded)))


def pack_folded(folded: Folded, plain: bytes) -> bytes:
    """Return the folded texts, compressed against the article they were folded from.

    The index keeps no text of its own, and needs it back to forget an article.
    """
    return deflate(_BREAK.join(texts(folded)).encode(), plain)


def unpack_folded(stored: bytes, plain: bytes) -> Folded:
    """Return the folded texts that pack_folded wrote."""
    headline, body, rest = inflate(stored, plain).decode().split(_BREAK)
    return Folded(headline=headline, body=body, rest=rest)


def texts(folded: Folded) -> tuple[str, str, str]:
    """Return the texts as SQLite can hold them: no half characters, nothing that ends them."""
    return (_clean(folded.headline), _clean(folded.body), _clean(folded.rest))


def _clean(text: str) -> str:
    if text.isascii() and "\0" not in text and _BREAK not in text:
        return text
    return whole(text).replace("\0", " ").replace(_BREAK, " ")


def _span(tx: Transaction, since: datetime | None, until: datetime | None) -> tuple[int, int]:
    first, end = 0, 1 << 62
    if since is not None:
        row = tx.one(FIRST_SINCE, (maybe_to_text(since),))
        first = end if row is None else int(row["id"])
    if until is not None:
        row = tx.one(LAST_BEFORE, (maybe_to_text(until),))
        end = 0 if row is None else int(row["id"]) + 1
    return first, end

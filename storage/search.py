"""Find the articles that may answer a query; the matcher decides which do.

The full-text index is fed by the block, as a commit that adds a few articles costs it almost
as much as one that adds hundreds. The articles that still wait, those newer than any in the
index, are looked at one by one. Both see what is committed, so a crash leaves nothing unfound.
"""

from datetime import datetime

from storage.folded import fold_article
from storage.narrowing import Narrowing, expression, may_answer
from storage.packing import inflate
from storage.prepared import Prepared
from storage.record import from_plain, to_plain_again
from storage.stamp import maybe_to_text
from storage.transaction import Row, Transaction

BLOCK = 512  # articles; so many waiting ones cost a search 25 ms
_AT_HAND = 16_384  # characters; longer texts are unpacked, so that a block's take 8 MB at most


# Its words are gone from the index, but an article's id stays there until it is forgotten.
INDEXED = "SELECT max(id) AS id FROM search_index_docsize"
SEARCH = """
    SELECT rowid
      FROM search_index
     WHERE search_index MATCH :query
       AND rowid >= :first AND rowid < :end
     ORDER BY rowid DESC
     LIMIT :limit
"""
NEWER = """
    SELECT id, content, folded FROM articles
     WHERE id > :indexed AND id >= :first AND id < :end
     ORDER BY id DESC
"""

# Ids ascend with first_seen, so that a span of time is a span of ids.
FIRST_SINCE = "SELECT id FROM articles WHERE first_seen >= ? ORDER BY first_seen, id LIMIT 1"
LAST_BEFORE = """
    SELECT id FROM articles WHERE first_seen < ? ORDER BY first_seen DESC, id DESC LIMIT 1
"""

WAITING = "SELECT id, content, folded FROM articles WHERE id > ? ORDER BY id LIMIT ?"
ADD = "INSERT INTO search_index (rowid, words) VALUES (?, ?)"
REMOVE = "INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', ?, ?)"


def search(
    tx: Transaction,
    narrowing: Narrowing,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 20,
    before_id: int | None = None,
) -> list[int]:
    """Return the ids of up to limit articles that may match, the newest first.

    The next page begins before_id the last one returned.
    """
    first, end = _span(tx, since, until)
    span = {"first": first, "end": end if before_id is None else min(end, before_id)}
    ids = _waiting(tx, narrowing, span, limit)
    if len(ids) < limit:
        query = {"query": expression(narrowing), "limit": limit - len(ids)}
        ids += [int(row["rowid"]) for row in tx.fetch(SEARCH, span | query)]
    return ids


def remember_text(tx: Transaction, article_id: int, prepared: Prepared) -> None:
    """Let the text of an article that waits be at hand when its block is put into the index."""
    if len(prepared.text) <= _AT_HAND:
        tx.texts[article_id] = (prepared.content, prepared.folded, prepared.text)


def index_waiting(tx: Transaction, limit: int = 4 * BLOCK) -> int:
    """Put waiting articles into the index, the oldest first; return how many."""
    rows = tx.fetch(WAITING, (_indexed(tx), limit))
    tx.executemany(ADD, [(row["id"], _text(tx, row)) for row in rows])
    tx.texts.clear()
    return len(rows)


def reindex_text(tx: Transaction, row: Row, prepared: Prepared) -> None:
    """Let an article be found by its new words, no more by those of its row."""
    if unindex_text(tx, row):
        plain = to_plain_again(prepared.content)
        tx.execute(ADD, (row["id"], inflate(prepared.folded, plain).decode()))


def unindex_text(tx: Transaction, row: Row) -> bool:
    """Let an article be found no more; False: it still waits, and the index has none of it."""
    if row["id"] > _indexed(tx):
        return False
    tx.execute(REMOVE, (row["id"], _folded(row)))
    return True


def _waiting(
    tx: Transaction, narrowing: Narrowing, span: dict[str, int], limit: int
) -> list[int]:
    found: list[int] = []
    for row in tx.execute(NEWER, span | {"indexed": _indexed(tx)}):
        if may_answer(narrowing, _folded(row)):
            found.append(row["id"])
            if len(found) == limit:
                break
    return found


def _indexed(tx: Transaction) -> int:
    """Return the newest article in the index; all older ones are there, too."""
    row = tx.one(INDEXED)
    return row["id"] or 0 if row else 0


def _text(tx: Transaction, row: Row) -> str:
    """Return the words of an article that waits, unpacked only if they are not at hand.

    What is at hand may be of an article that was rolled back, or changed since.
    """
    content, folded, text = tx.texts.get(row["id"], (b"", b"", ""))
    if folded == row["folded"] and content == row["content"]:
        return text
    return _folded(row)


def _folded(row: Row) -> str:
    """Return the words of an article; the index keeps none, and needs them to forget it."""
    plain = to_plain_again(row["content"])
    if not row["folded"]:  # stored before words were folded as they are now
        return fold_article(from_plain(plain))
    return inflate(row["folded"], plain).decode()


def _span(tx: Transaction, since: datetime | None, until: datetime | None) -> tuple[int, int]:
    first, end = 0, 1 << 62
    if since is not None:
        row = tx.one(FIRST_SINCE, (maybe_to_text(since),))
        first = end if row is None else int(row["id"])
    if until is not None:
        row = tx.one(LAST_BEFORE, (maybe_to_text(until),))
        end = 0 if row is None else int(row["id"]) + 1
    return first, end

"""Find the few recent articles that may tell the same story, by their shingles and their names.

For each key the newest articles that have it are listed, in temporary tables of SQLite in the
writer's memory: the keys are random, so that on disk every article would dirty a page for each
of its twenty keys. The tables say nothing that the stored signatures do not say; what they
lack, after a start for instance, is read from there. So a restart changes nothing.
"""

import heapq
import struct
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from storage.signature import Signature, unpack
from storage.transaction import Transaction

_LISTED = 16  # newest articles of one key
# Made for each connection that writes; see storage/connection.py. The lists hold article ids of
# four bytes, big end first so that they compare, the newest last.
TABLES = """
    CREATE TEMP TABLE recent_shingles (key INTEGER PRIMARY KEY, ids BLOB NOT NULL) STRICT;
    CREATE TEMP TABLE recent_names (key INTEGER PRIMARY KEY, ids BLOB NOT NULL) STRICT;
"""
_ID = struct.Struct(">I")
# No shingle's key: every article is listed under it, so its last is the newest known.
_EVERY = -1

_EPOCH = 8192  # articles; old ones are forgotten by the epoch
# So many epochs are known: 50,000 articles by shingles; names count only within two days.
_SHINGLES, _NAMES = 6, 2
_CANDIDATES = 6
_SHARED = 3  # fewer shared names make no candidate

KNOWN = f"SELECT ids FROM recent_shingles WHERE key = {_EVERY}"  # noqa: S608 - a number of ours
SIGNATURES = "SELECT id, signature FROM articles WHERE id > ? AND id <= ? ORDER BY id"
LIST = """
    INSERT INTO {table} VALUES (?, ?)
        ON CONFLICT (key) DO UPDATE SET ids = substr(CAST(ids || excluded.ids AS BLOB), {most})
"""
LIST_SHINGLE = LIST.format(table="recent_shingles", most=-4 * _LISTED)
LIST_NAME = LIST.format(table="recent_names", most=-4 * _LISTED)
SHINGLES = "SELECT key, ids FROM recent_shingles WHERE key IN ({keys})"
NAMES = "SELECT key, ids FROM recent_names WHERE key IN ({keys})"
FORGET_SHINGLES = "DELETE FROM recent_shingles WHERE substr(ids, -4) < ?"
FORGET_NAMES = "DELETE FROM recent_names WHERE substr(ids, -4) < ?"


def candidates_by_words(tx: Transaction, signature: Signature, newest: int) -> list[int]:
    """Return the ids of articles that share the rarest shingles; newest: of all there are."""
    lists = _lists(tx, SHINGLES, signature.sketch_keys, _first(_SHINGLES, newest))
    return _most_alike(lists, 1)


def candidates_by_names(tx: Transaction, signature: Signature, newest: int) -> list[int]:
    """Return the ids of articles that share several names, the rarest best."""
    lists = _lists(tx, NAMES, signature.name_keys, _first(_NAMES, newest))
    return _most_alike(lists, _SHARED)


def list_signature(tx: Transaction, article_id: int, signature: Signature) -> None:
    """Let later articles find this one, the newest, as a candidate."""
    _list_shingles(tx, article_id, signature)
    _list_names(tx, article_id, signature)
    if article_id % _EPOCH == 0:
        tx.execute(FORGET_SHINGLES, (_ID.pack(_first(_SHINGLES, article_id)),))
        tx.execute(FORGET_NAMES, (_ID.pack(_first(_NAMES, article_id)),))


def relist_signature(
    tx: Transaction, article_id: int, old: Signature | None, new: Signature | None
) -> None:
    """Let an article be found by its new signature, no more by its old one; None: by none.

    A list that was full keeps nothing in reserve: until a restart it is one shorter.
    """
    for table, before, after in (
        ("recent_shingles", old and old.sketch_keys, new and new.sketch_keys),
        ("recent_names", old and old.name_keys, new and new.name_keys),
    ):
        for key in set(before or ()) ^ set(after or ()):
            _relist(tx, table, key, article_id)


def _relist(tx: Transaction, table: str, key: int, article_id: int) -> None:
    """Take an article out of a list that has it, or put it where it belongs."""
    row = tx.one(f"SELECT ids FROM {table} WHERE key = ?", (key,))  # noqa: S608 - a table of ours
    listed = {article_id} ^ set(_unpack(row["ids"]) if row else ())
    if not listed:
        tx.execute(f"DELETE FROM {table} WHERE key = ?", (key,))  # noqa: S608 - a table of ours
        return
    packed = b"".join(map(_ID.pack, sorted(listed)[-_LISTED:]))
    tx.execute(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", (key, packed))  # noqa: S608 - a table of ours


def catch_up(tx: Transaction, newest: int) -> None:
    """Read from the stored signatures what the lists do not know yet."""
    row = tx.one(KNOWN)
    known: int = _ID.unpack(row["ids"][-4:])[0] if row else 0
    if known >= newest:
        return
    known = max(known, _first(_SHINGLES, newest) - 1)
    for start in range(known, newest, _EPOCH):
        for row in tx.fetch(SIGNATURES, (start, min(start + _EPOCH, newest))):
            signature = unpack(row["signature"])
            if signature is not None:
                _list_shingles(tx, row["id"], signature)
                if row["id"] >= _first(_NAMES, newest):
                    _list_names(tx, row["id"], signature)


def _list_shingles(tx: Transaction, article_id: int, signature: Signature) -> None:
    own = _ID.pack(article_id)
    tx.executemany(LIST_SHINGLE, [(key, own) for key in (*signature.sketch_keys, _EVERY)])


def _list_names(tx: Transaction, article_id: int, signature: Signature) -> None:
    own = _ID.pack(article_id)
    tx.executemany(LIST_NAME, [(key, own) for key in signature.name_keys])


def _first(epochs: int, newest: int) -> int:
    """Return the oldest article that is known once the newest is there."""
    return max(newest // _EPOCH - epochs + 1, 0) * _EPOCH


def _lists(tx: Transaction, query: str, keys: Sequence[int], first: int) -> list[Sequence[int]]:
    """Return, for each key that is known, the articles that have it."""
    if not keys:
        return []
    rows = tx.fetch(query.format(keys=",".join("?" * len(keys))), keys)
    return [[known for known in _unpack(row["ids"]) if known >= first] for row in rows]


def _unpack(ids: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(ids) // 4}I", ids)


def _most_alike(lists: Sequence[Sequence[int]], shared: int) -> list[int]:
    """Return the articles in the shortest lists, those in at least so many."""
    counts = Counter(chain.from_iterable(lists))
    weights = {article_id: 0.0 for article_id, count in counts.items() if count >= shared}
    for ids in lists if weights else ():
        for article_id in weights.keys() & ids:
            # What an outlet prints below everything it writes counts little.
            weights[article_id] += 1 / len(ids)
    return heapq.nlargest(_CANDIDATES, weights, key=weights.__getitem__)

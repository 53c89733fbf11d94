"""Keep stories: each article belongs to exactly one, chosen when it is first stored.

Candidates come from two small indexes, of shingles and of names; whether one of them tells the
same story is decided by sameness. Nothing is kept in memory, so a restart changes nothing.
"""

import heapq
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import chain

from storage.sameness import (
    Kinship,
    Reason,
    can_tell_by_names,
    kinship,
    kinship_by_names,
)
from storage.signature import Signature, unpack
from storage.stamp import from_text, to_text
from storage.transaction import Row, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """The story an article belongs to, and why."""

    story_id: int | None  # None: it is the first of its story
    joined: str = ""  # why it joined: "exact", "contained", "rewritten", "names"
    copy_of: int | None = (
        None  # the article whose words it repeats; None: its words are its own
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One event, as all who tell it."""

    id: int
    first_article_id: int  # the first mover
    first_seen: datetime
    last_seen: datetime  # when an article last joined
    outlets: tuple[str, ...]  # source ids, in the order in which they told it
    article_ids: tuple[int, ...]
    languages: tuple[str, ...]
    origins: tuple[str, ...]  # agencies its articles cite, most cited first


EXACT = """
    SELECT id, story_id, happened_at, signature
      FROM articles
     WHERE fingerprint = ?
     ORDER BY id
     LIMIT 1
"""
_POSTINGS = 12  # newest articles of an epoch looked at for one key
_EPOCH = 8192  # articles; at the schema it is told why
# So many epochs are kept: 50,000 articles for shingles; names count only within two days.
_EPOCHS = {"sketch_keys": 6, "name_keys": 2}
NEWEST = "SELECT max(id) AS id FROM articles"
_CANDIDATES = 6
_NAMES = 3  # fewer shared names make no candidate
LOAD_CANDIDATES = """
    SELECT id, story_id, happened_at, signature
      FROM articles
     WHERE id IN (SELECT value FROM json_each(?))
"""
ADD_SKETCH_KEY = "INSERT OR IGNORE INTO sketch_keys VALUES (?, ?, ?)"
ADD_NAME_KEY = "INSERT OR IGNORE INTO name_keys VALUES (?, ?, ?)"
DROP_SKETCH_KEY = "DELETE FROM sketch_keys WHERE epoch = ? AND key = ? AND article_id = ?"
DROP_NAME_KEY = "DELETE FROM name_keys WHERE epoch = ? AND key = ? AND article_id = ?"
DROP_SKETCHES = "DELETE FROM sketch_keys WHERE epoch < ?"
DROP_NAMES = "DELETE FROM name_keys WHERE epoch < ?"

OPEN_STORY = """
    INSERT INTO stories (first_article_id, first_seen, last_seen, articles)
    VALUES (:article_id, :now, :now, 1)
"""
JOIN_STORY = "UPDATE stories SET last_seen = :now, articles = articles + 1 WHERE id = :story_id"

ONE = "SELECT * FROM stories WHERE id = ?"
BETWEEN = """
    SELECT * FROM stories WHERE last_seen >= ? AND last_seen < ? ORDER BY last_seen, id LIMIT ?
"""
MEMBERS = """
    SELECT id, story_id, source_id, language, origins
      FROM articles
     WHERE story_id IN (SELECT value FROM json_each(?))
     ORDER BY id
"""


def place(tx: Transaction, signature: Signature, happened_at: datetime) -> Placement:
    """Return the story that an article not yet stored belongs to."""
    same_words = tx.one(EXACT, (signature.fingerprint,)) if signature.fingerprint else None
    if same_words is not None:
        return Placement(
            story_id=same_words["story_id"], joined="exact", copy_of=same_words["id"]
        )
    rows = _load(tx, _candidates(tx, "sketch_keys", signature.sketch_keys))
    by_words = _choose(_kin(kinship, signature, happened_at, rows))
    if by_words.story_id is not None or not can_tell_by_names(signature):
        return by_words
    rows = _load(tx, _candidates(tx, "name_keys", signature.name_keys, shared=_NAMES))
    return _choose(_kin(kinship_by_names, signature, happened_at, rows))


def _choose(kin: Iterable[tuple[Kinship, int]]) -> Placement:
    """Return the story of the nearest kin; a story that only shares a template is out."""
    found = list(kin)
    barred = {story for kinship, story in found if kinship.reason is Reason.TEMPLATE}
    best = max(
        (
            (kinship.strength, kinship.reason, story)
            for kinship, story in found
            if kinship.reason is Reason.CONTAINED or story not in barred
        ),
        default=None,
    )
    if best is None:
        return Placement(story_id=None)
    return Placement(story_id=best[2], joined=best[1])


def enter_story(tx: Transaction, article_id: int, story_id: int | None, now: datetime) -> int:
    """Let an article join a story, or open one with it; return the story's id."""
    times = {"article_id": article_id, "story_id": story_id, "now": to_text(now)}
    if story_id is None:
        return int(tx.execute(OPEN_STORY, times).lastrowid or 0)
    tx.execute(JOIN_STORY, times)
    return story_id


def index_signature(tx: Transaction, article_id: int, signature: Signature) -> None:
    """Let later articles find this one as a candidate."""
    epoch = article_id // _EPOCH
    tx.executemany(ADD_SKETCH_KEY, [(epoch, key, article_id) for key in signature.sketch_keys])
    tx.executemany(ADD_NAME_KEY, [(epoch, key, article_id) for key in signature.name_keys])
    if article_id % _EPOCH == 0:
        tx.execute(DROP_SKETCHES, (epoch - _EPOCHS["sketch_keys"] + 1,))
        tx.execute(DROP_NAMES, (epoch - _EPOCHS["name_keys"] + 1,))


def unindex_signature(tx: Transaction, article_id: int, signature: Signature) -> None:
    """Take an article out of the candidates."""
    epoch = article_id // _EPOCH
    tx.executemany(DROP_SKETCH_KEY, [(epoch, key, article_id) for key in signature.sketch_keys])
    tx.executemany(DROP_NAME_KEY, [(epoch, key, article_id) for key in signature.name_keys])


def load_story(tx: Transaction, story_id: int) -> Story | None:
    """Return a story with all who tell it; None: there is no such story."""
    row = tx.one(ONE, (story_id,))
    return None if row is None else _stories(tx, [row])[0]


def stories_between(
    tx: Transaction, since: datetime, until: datetime, *, limit: int = 10_000
) -> list[Story]:
    """Return the stories that an article joined (or opened) in a span, in that order."""
    return _stories(tx, tx.fetch(BETWEEN, (to_text(since), to_text(until), limit)))


def _stories(tx: Transaction, rows: Sequence[Row]) -> list[Story]:
    members: dict[int, list[Row]] = {row["id"]: [] for row in rows}
    for member in tx.fetch(MEMBERS, (json.dumps(list(members)),)):
        members[member["story_id"]].append(member)
    return [_story(row, members[row["id"]]) for row in rows]


def _story(row: Row, members: Sequence[Row]) -> Story:
    origins = Counter(
        name
        for member in members
        if member["origins"]
        for name in json.loads(member["origins"])
    )
    return Story(
        id=row["id"],
        first_article_id=row["first_article_id"],
        first_seen=from_text(row["first_seen"]),
        last_seen=from_text(row["last_seen"]),
        outlets=tuple(dict.fromkeys(member["source_id"] for member in members)),
        article_ids=tuple(member["id"] for member in members),
        languages=tuple(dict.fromkeys(m["language"] for m in members if m["language"])),
        origins=tuple(name for name, _ in origins.most_common()),
    )


def _candidates(
    tx: Transaction, table: str, keys: Sequence[int], *, shared: int = 1
) -> list[int]:
    """Return the articles that share the rarest of the keys, at least so many of them."""
    if not keys:
        return []
    postings: dict[int, list[int]] = defaultdict(list)
    newest = tx.one(NEWEST)
    last = (newest["id"] or 0) // _EPOCH if newest else 0
    for epoch in range(last, max(last - _EPOCHS[table], -1), -1):
        for key, article_id in tx.fetch(_postings(table, len(keys)), (*keys, epoch)):
            postings[key].append(article_id)
    counts = Counter(chain.from_iterable(postings.values()))
    weights = {article_id: 0.0 for article_id, count in counts.items() if count >= shared}
    for articles in postings.values() if weights else ():
        for article_id in weights.keys() & articles:
            # What an outlet prints below everything it writes counts little.
            weights[article_id] += 1 / len(articles)
    return heapq.nlargest(_CANDIDATES, weights, key=weights.__getitem__)


@cache
def _postings(table: str, keys: int) -> str:
    """Return the query for the newest articles of each key: one call instead of a dozen.

    Its parameters are the keys, then the epoch.
    """
    one = (
        f"SELECT * FROM (SELECT key, article_id FROM {table} "  # noqa: S608 - a table of ours
        f"WHERE epoch = ?{keys + 1} AND key = ?%d ORDER BY article_id DESC LIMIT {_POSTINGS})"
    )
    return " UNION ALL ".join([one % place for place in range(1, keys + 1)])


def _load(tx: Transaction, ids: Sequence[int]) -> list[Row]:
    return tx.fetch(LOAD_CANDIDATES, (json.dumps(list(ids)),)) if ids else []


def _kin(
    judge: Callable[[Signature, Signature, timedelta], Kinship | None],
    signature: Signature,
    happened_at: datetime,
    rows: Iterable[Row],
) -> Iterator[tuple[Kinship, int]]:
    for row in rows:
        other = unpack(row["signature"])
        apart = abs(timedelta(seconds=row["happened_at"] - happened_at.timestamp()))
        found = other and judge(signature, other, apart)
        if found:
            yield found, row["story_id"]

"""Keep stories: each article belongs to exactly one, chosen when it is first stored.

Whether one of the candidates tells the same story is decided by sameness.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.candidates import Candidate
from storage.sameness import Compared, Kinship, Reason, can_tell_by_names
from storage.signature import Signature
from storage.stamp import from_text
from storage.transaction import Row, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """The story an article belongs to, and why."""

    story_id: int | None  # None: it is the first of its story
    joined: str = ""  # why it joined: "exact", "contained", "rewritten", "names"
    copy_of: int | None = None  # the article whose words it repeats; None: they are its own


Entry = Mapping[str, Any]  # story_id, article_id, now: when it joins, as text


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


# How much nearer than to what only shares the form an article has to be to another of a story:
# a later stage of an event has the words of the stage before it.
_NEARER = 0.05

EXACT = """
    SELECT id, story_id
      FROM articles
     WHERE fingerprint = ?
     ORDER BY id
     LIMIT 1
"""
LOAD_CANDIDATES = """
    SELECT id, story_id, happened_at, signature
      FROM articles
     WHERE id IN ({ids})
"""

NEWEST_ID = "SELECT coalesce(max(id), 0) FROM stories"
ENTER = """
    INSERT INTO stories (id, first_article_id, first_seen, last_seen, articles)
    VALUES (:story_id, :article_id, :now, :now, 1)
    ON CONFLICT (id) DO UPDATE SET last_seen = :now, articles = articles + 1
"""

ONE = "SELECT * FROM stories WHERE id = ?"
MEMBERS = """
    SELECT id, source_id, language, origins
      FROM articles
     WHERE story_id = :story_id AND (:upto IS NULL OR id <= :upto)
     ORDER BY id
"""


def place(tx: Transaction, signature: Signature, happened_at: datetime) -> Placement:
    """Return the story that an article not yet stored belongs to."""
    same_words = tx.one(EXACT, (signature.fingerprint,)) if signature.fingerprint else None
    if same_words is not None:
        return Placement(
            story_id=same_words["story_id"], joined="exact", copy_of=same_words["id"]
        )
    compared = Compared(signature)
    rows = _load(tx, tx.candidates.by_words(signature.keys))
    by_words = _choose(_kin(compared.by_words, happened_at, rows))
    if by_words.story_id is not None or not can_tell_by_names(signature):
        return by_words
    rows = _load(tx, tx.candidates.by_names(signature.keys))
    return _choose(_kin(compared.by_names, happened_at, rows))


def _choose(kin: Iterable[tuple[Kinship, int]]) -> Placement:
    """Return the story of the nearest kin; a story that rather shares a template is out."""
    found = list(kin)
    barred: dict[int, float] = {}
    for kinship, story in found:
        if kinship.reason is Reason.TEMPLATE:
            barred[story] = max(kinship.strength, barred.get(story, 0.0))
    best = max(
        (
            (kinship.strength, kinship.reason, story)
            for kinship, story in found
            if kinship.reason is Reason.CONTAINED
            or (
                kinship.reason is not Reason.TEMPLATE
                and kinship.strength > barred.get(story, -1.0) + _NEARER
            )
        ),
        default=None,
    )
    if best is None:
        return Placement(story_id=None)
    return Placement(story_id=best[2], joined=best[1])


def next_story(tx: Transaction) -> int:
    """Return the id of the next story that is opened."""
    row = tx.one(NEWEST_ID)
    return 1 + int(row[0] if row else 0)


def enter_stories(tx: Transaction, entries: Iterable[Entry]) -> None:
    """Let articles join their stories; a story that is not there is opened with its first."""
    tx.executemany(ENTER, entries)


def load_story(tx: Transaction, story_id: int, *, upto: int | None = None) -> Story | None:
    """Return a story with those who tell it, up to an article; None: there is no such story."""
    row = tx.one(ONE, (story_id,))
    if row is None:
        return None
    return _story(row, tx.fetch(MEMBERS, {"story_id": story_id, "upto": upto}))


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


def _load(tx: Transaction, ids: Iterable[int]) -> list[Candidate]:
    """Return candidates as they are compared; only those that are not at hand are read."""
    known = {article_id: tx.candidates.at_hand(article_id) for article_id in ids}
    unread = [article_id for article_id, candidate in known.items() if candidate is None]
    rows = [candidate for candidate in known.values() if candidate is not None]
    if unread:
        query = LOAD_CANDIDATES.format(ids=",".join("?" * len(unread)))
        rows += map(tuple, tx.execute(query, unread))
    return rows


def _kin(
    judge: Callable[[bytes, float], Kinship | None],
    happened_at: datetime,
    candidates: Iterable[Candidate],
) -> Iterator[tuple[Kinship, int]]:
    at = happened_at.timestamp()
    for _, story_id, happened, stored in candidates:
        if found := judge(stored, abs(happened - at)):
            yield found, story_id

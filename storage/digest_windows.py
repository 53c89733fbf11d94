"""Remember which digest went to whom for which window, and what was written in it.

The unique key (digest, recipient, window end) is what makes a digest go out exactly once,
whatever a scheduler does.
"""

from dataclasses import dataclass
from datetime import datetime

from storage.stamp import from_text, maybe_from_text, to_text
from storage.transaction import Row, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestIssue:
    """One digest as it was written for one window."""

    digest_id: str
    start: datetime
    end: datetime
    subject: str
    stories: int
    content: bytes  # opaque here
    composed_at: datetime
    last_match: int | None  # the newest that was there; None: nobody noted it


LAST_END = (
    "SELECT max(window_end) AS last FROM digest_windows WHERE digest_id = ? AND recipient = ?"
)
TAKE = """
    INSERT INTO digest_windows (digest_id, recipient, window_start, window_end, key)
         SELECT :digest, :recipient, :start, :end, :key
          WHERE NOT EXISTS (SELECT 1 FROM digest_windows
                             WHERE digest_id = :digest AND recipient = :recipient
                               AND window_end > :start)
"""
BEGIN = """
    INSERT INTO digest_windows (digest_id, recipient, window_start, window_end, key)
         SELECT :digest, :recipient, :at, :at, ''
          WHERE NOT EXISTS (SELECT 1 FROM digest_windows
                             WHERE digest_id = :digest AND recipient = :recipient)
"""
KEEP = """
    INSERT INTO digest_issues (digest_id, window_start, window_end, subject, stories, content,
                               composed_at, last_match)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (digest_id, window_start, window_end) DO NOTHING
"""
COLUMNS = "digest_id, window_start, window_end, subject, stories, content, composed_at, \
last_match"
LOAD = f"""
    SELECT {COLUMNS} FROM digest_issues
     WHERE digest_id = ? AND window_start = ? AND window_end = ?
"""  # noqa: S608 - our own column list

SINCE = f"""
    SELECT {COLUMNS} FROM digest_issues
     WHERE digest_id = :digest AND window_end > :at
     ORDER BY window_end
"""  # noqa: S608 - our own column list

ENDING = f"""
    SELECT {COLUMNS} FROM digest_issues
     WHERE window_end >= ? AND window_end < ?
     ORDER BY composed_at, digest_id, window_start
"""  # noqa: S608 - our own column list
COMPOSED = f"""
    SELECT {COLUMNS} FROM digest_issues
     WHERE composed_at >= ? AND composed_at < ?
     ORDER BY composed_at, digest_id, window_start
"""  # noqa: S608 - our own column list

MARK = """
    SELECT max(last_match) AS last_match FROM digest_issues
     WHERE digest_id = ? AND window_end = ?
"""


def last_end(tx: Transaction, digest_id: str, recipient: str) -> datetime | None:
    """Return where a reader's last window ended; None: they never had this digest."""
    row = tx.one(LAST_END, (digest_id, recipient))
    return maybe_from_text(row["last"]) if row else None


def begin_reader(tx: Transaction, digest_id: str, recipient: str, at: datetime) -> None:
    """Note where a new reader's first window begins; who has one keeps theirs."""
    tx.execute(BEGIN, {"digest": digest_id, "recipient": recipient, "at": to_text(at)})


def take_window(
    tx: Transaction, digest_id: str, recipient: str, start: datetime, end: datetime, *, key: str
) -> bool:
    """Claim a window for a reader; False: it, or part of it, has been sent before."""
    values = {
        "digest": digest_id,
        "recipient": recipient,
        "start": to_text(start),
        "end": to_text(end),
        "key": key,
    }
    return tx.execute(TAKE, values).rowcount == 1


def keep_issue(tx: Transaction, issue: DigestIssue) -> None:
    """Keep what was written; the first writing of a window stands."""
    tx.execute(
        KEEP,
        (issue.digest_id, to_text(issue.start), to_text(issue.end), issue.subject,
         issue.stories, issue.content, to_text(issue.composed_at), issue.last_match),
    )  # fmt: skip


def load_issue(
    tx: Transaction, digest_id: str, start: datetime, end: datetime
) -> DigestIssue | None:
    """Return what was written for a window; None: nothing was."""
    row = tx.one(LOAD, (digest_id, to_text(start), to_text(end)))
    return _issue(row) if row else None


def issues_since(tx: Transaction, digest_id: str, at: datetime) -> list[DigestIssue]:
    """Return what was written for the window a moment lies in and for those after it."""
    values = {"digest": digest_id, "at": to_text(at)}
    return [_issue(row) for row in tx.fetch(SINCE, values)]


def issues_between(tx: Transaction, since: datetime, until: datetime) -> list[DigestIssue]:
    """Return what was written for windows that ended in [since, until), as it was written."""
    return [_issue(row) for row in tx.fetch(ENDING, (to_text(since), to_text(until)))]


def issues_composed(tx: Transaction, since: datetime, until: datetime) -> list[DigestIssue]:
    """Return what was written in [since, until), in its order."""
    return [_issue(row) for row in tx.fetch(COMPOSED, (to_text(since), to_text(until)))]


def mark_before(tx: Transaction, digest_id: str, start: datetime) -> int | None:
    """Return the newest match when the window before was written; None: nobody noted it."""
    row = tx.one(MARK, (digest_id, to_text(start)))
    return row["last_match"] if row else None


def _issue(row: Row) -> DigestIssue:
    return DigestIssue(
        digest_id=row["digest_id"],
        start=from_text(row["window_start"]),
        end=from_text(row["window_end"]),
        subject=row["subject"],
        stories=row["stories"],
        content=row["content"],
        composed_at=from_text(row["composed_at"]),
        last_match=row["last_match"],
    )

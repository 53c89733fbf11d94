"""Remember who has left a digest."""

from datetime import datetime

from storage.stamp import from_text, to_text
from storage.transaction import Transaction

LEAVE = """
    INSERT INTO left_digests (digest_id, recipient, left_at) VALUES (?, ?, ?)
    ON CONFLICT (digest_id, recipient) DO NOTHING
"""
COME_BACK = "DELETE FROM left_digests WHERE digest_id = ? AND recipient = ?"
BEGIN_ANEW = """
    INSERT OR IGNORE INTO digest_windows (digest_id, recipient, window_start, window_end, key)
         VALUES (:digest, :recipient, :at, :at, '')
"""
LEFT = "SELECT recipient, left_at FROM left_digests WHERE digest_id = ?"


def leave(tx: Transaction, digest_id: str, recipient: str, now: datetime) -> bool:
    """Send a reader no more of a digest; False: they had left before."""
    return tx.execute(LEAVE, (digest_id, recipient, to_text(now))).rowcount == 1


def come_back(tx: Transaction, digest_id: str, recipient: str, begin: datetime) -> bool:
    """Send a reader the digest again, from this time on; False: they had not left."""
    if tx.execute(COME_BACK, (digest_id, recipient)).rowcount == 0:
        return False
    at = to_text(begin)
    tx.execute(BEGIN_ANEW, {"digest": digest_id, "recipient": recipient, "at": at})
    return True


def left(tx: Transaction, digest_id: str) -> dict[str, datetime]:
    """Return who has left a digest, and when."""
    rows = tx.fetch(LEFT, (digest_id,))
    return {row["recipient"]: from_text(row["left_at"]) for row in rows}

"""Remember which feeds' hubs we asked to tell us what is new, and what they granted."""

import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from storage.stamp import from_text, maybe_from_text, maybe_to_text, to_text
from storage.transaction import Row, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """One feed of one source, and how we stand with its hub."""

    token: str
    source_id: str
    way: str
    hub: str
    topic: str
    secret: str
    wanted: str = "subscribe"  # or unsubscribe
    next_at: datetime
    failures: int = 0
    expires_at: datetime | None = None  # None: the hub has not confirmed it
    delivered_at: datetime | None = None  # None: never
    reason: str = ""

    def is_active(self, now: datetime) -> bool:
        """Tell whether the hub is bound to tell us."""
        return self.expires_at is not None and self.expires_at > now


SAVE = """
    INSERT OR REPLACE INTO subscriptions
           (token, source_id, way, hub, topic, secret, wanted, next_at, failures, expires_at,
            delivered_at, reason)
    VALUES (:token, :source_id, :way, :hub, :topic, :secret, :wanted, :next_at, :failures,
            :expires_at, :delivered_at, :reason)
"""
AT_CALLBACK = "SELECT * FROM subscriptions WHERE token = ?"
OF_SOURCE = "SELECT * FROM subscriptions WHERE source_id = ?"
ALL = "SELECT * FROM subscriptions ORDER BY source_id, way"
DUE = "SELECT * FROM subscriptions WHERE next_at <= ? ORDER BY next_at LIMIT ?"
END_OTHERS = """
    UPDATE subscriptions
       SET wanted = 'unsubscribe', next_at = :now, failures = 0
     WHERE wanted = 'subscribe'
       AND source_id NOT IN (SELECT value FROM json_each(:kept))
"""
FORGET = "DELETE FROM subscriptions WHERE token = ?"


def save_subscription(tx: Transaction, subscription: Subscribed) -> None:
    """Write down how we stand with a hub."""
    tx.execute(
        SAVE,
        {
            "token": subscription.token,
            "source_id": subscription.source_id,
            "way": subscription.way,
            "hub": subscription.hub,
            "topic": subscription.topic,
            "secret": subscription.secret,
            "wanted": subscription.wanted,
            "next_at": to_text(subscription.next_at),
            "failures": subscription.failures,
            "expires_at": maybe_to_text(subscription.expires_at),
            "delivered_at": maybe_to_text(subscription.delivered_at),
            "reason": subscription.reason,
        },
    )


def want_subscription(
    tx: Transaction, source_id: str, way: str, hub: str, topic: str, now: datetime
) -> None:
    """Want to be told by the hub that a feed announces now; empty: it announces none."""
    known = subscriptions_of(tx, source_id).get(way)
    if not hub:
        if known is not None and known.wanted == "subscribe":
            save_subscription(tx, replace(known, wanted="unsubscribe", next_at=now, failures=0))
    elif known is None:
        wanted = Subscribed(
            token=secrets.token_urlsafe(24), source_id=source_id, way=way, hub=hub, topic=topic,
            secret=secrets.token_urlsafe(32), next_at=now,
        )  # fmt: skip
        save_subscription(tx, wanted)
    elif (known.hub, known.topic, known.wanted) != (hub, topic, "subscribe"):
        moved = replace(known, hub=hub, topic=topic, wanted="subscribe", next_at=now,
                        failures=0, expires_at=None)  # fmt: skip
        save_subscription(tx, moved)


def load_subscription(tx: Transaction, token: str) -> Subscribed | None:
    """Return the subscription of a callback; None: there is none."""
    row = tx.one(AT_CALLBACK, (token,))
    return None if row is None else _subscribed(row)


def subscriptions_of(tx: Transaction, source_id: str) -> dict[str, Subscribed]:
    """Return a source's subscriptions by the feed's URL."""
    return {row["way"]: _subscribed(row) for row in tx.fetch(OF_SOURCE, (source_id,))}


def all_subscriptions(tx: Transaction) -> list[Subscribed]:
    """Return every subscription."""
    return [_subscribed(row) for row in tx.fetch(ALL)]


def due_subscriptions(tx: Transaction, now: datetime, limit: int) -> list[Subscribed]:
    """Return those whose hub is to be asked now."""
    return [_subscribed(row) for row in tx.fetch(DUE, (to_text(now), limit))]


def end_others(tx: Transaction, kept: Collection[str], now: datetime) -> None:
    """Want an end of the subscriptions of all sources but these."""
    tx.execute(END_OTHERS, {"kept": json.dumps(list(kept)), "now": to_text(now)})


def forget_subscription(tx: Transaction, token: str) -> None:
    """Forget a subscription that has ended."""
    tx.execute(FORGET, (token,))


def _subscribed(row: Row) -> Subscribed:
    return Subscribed(
        token=row["token"],
        source_id=row["source_id"],
        way=row["way"],
        hub=row["hub"],
        topic=row["topic"],
        secret=row["secret"],
        wanted=row["wanted"],
        next_at=from_text(row["next_at"]),
        failures=row["failures"],
        expires_at=maybe_from_text(row["expires_at"]),
        delivered_at=maybe_from_text(row["delivered_at"]),
        reason=row["reason"],
    )

"""Speak WebSub with a hub: what to ask, and whether an answer is what it claims. Pure.

Who listens at the public address hands requests in here and acts on what comes back. A delivery
is only a reason to read its feed: a forged one, even unsigned, costs no more than a poll.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

LEASE: Final = timedelta(days=7)
RENEW_BEFORE: Final = timedelta(hours=12)
_LINK = re.compile(r"<([^<>]{1,2083})>((?:\s*;[^,;<>]*)*)")
_REL = re.compile(r"""\brel\s*=\s*["']?([^"';,]+)""", re.IGNORECASE)
_LONGEST_CHALLENGE: Final = 2000
_DIGESTS: Final = frozenset({"sha1", "sha256", "sha384", "sha512"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What we want from a hub."""

    hub: str
    topic: str  # the feed's own rel=self
    callback: str  # our public address, unguessable in its last segment
    secret: str = ""  # only to hubs reached by https

    @property
    def is_signed(self) -> bool:
        """Say whether the hub signs what it delivers: it knows our secret."""
        return bool(self.secret) and self.hub.startswith("https://")

    def form(self, mode: str = "subscribe") -> dict[str, str]:
        """Return the form to POST to the hub; mode is subscribe or unsubscribe."""
        fields = {
            "hub.mode": mode,
            "hub.topic": self.topic,
            "hub.callback": self.callback,
            "hub.lease_seconds": str(int(LEASE.total_seconds())),
        }
        if self.is_signed:
            fields["hub.secret"] = self.secret
        return fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """The hub asks whether we meant it, and we did: answer 200 with the challenge."""

    challenge: str
    mode: str
    lease: timedelta  # as the hub grants it


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """The hub will not, or not any more."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOurs:
    """We asked for nothing of the kind: answer 404."""

    reason: str


def answer_intent(
    query: Mapping[str, str], subscription: Subscription, *, wanted: str = "subscribe"
) -> Confirmed | Denied | NotOurs:
    """Judge a hub's GET to our callback; wanted is what we last asked it for."""
    mode = query.get("hub.mode", "")
    if query.get("hub.topic") != subscription.topic:
        return NotOurs(reason="another topic")
    if mode == "denied":
        return Denied(reason=query.get("hub.reason", "")[:200] or "no reason given")
    challenge = query.get("hub.challenge", "")
    if mode != wanted or not 0 < len(challenge) <= _LONGEST_CHALLENGE:
        return NotOurs(reason="not what was asked for")
    return Confirmed(challenge=challenge, mode=mode, lease=_lease(query))


def is_genuine(body: bytes, signature: str | None, subscription: Subscription) -> bool:
    """Say whether a delivery carries the signature that our secret makes."""
    if not subscription.is_signed:
        return True  # nothing was agreed that could be checked
    method, _, digest = (signature or "").partition("=")
    if method.lower() not in _DIGESTS:
        return False
    expected = hmac.new(subscription.secret.encode(), body, getattr(hashlib, method.lower()))
    return hmac.compare_digest(expected.hexdigest().encode(), digest.lower().encode())


def renew_after(lease: timedelta) -> timedelta:
    """Return when a lease is to be renewed: half a day before its end, or in time if short."""
    return max(lease - RENEW_BEFORE, lease / 2)


def announced(link_header: str, hub: str, topic: str) -> tuple[str, str]:
    """Return the hub and topic a feed announces: its header goes before its text."""
    found: dict[str, str] = {}
    for target, parameters in _LINK.findall(link_header):
        said = _REL.search(parameters)
        for rel in said[1].lower().split() if said else ():
            found.setdefault(rel, target.strip())
    hub = found.get("hub", hub)
    if not hub.startswith(("https://", "http://")):
        return "", topic
    return hub, found.get("self", topic)


def _lease(query: Mapping[str, str]) -> timedelta:
    seconds = query.get("hub.lease_seconds", "")
    if not (seconds.isascii() and seconds.isdigit()) or len(seconds) > 9:
        return LEASE
    return min(max(timedelta(seconds=int(seconds)), timedelta(minutes=5)), 4 * LEASE)

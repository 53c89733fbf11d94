"""Sign the address by which one reader leaves one digest, and read it again (RFC 8058).

Nobody can write such an address but us: it carries a signature over the digest and the reader.
"""

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import datetime

from config.digest import DigestPlan
from storage.leaving import left, make_key
from storage.transaction import Transaction

PATH = "/unsubscribe/"
_SIGNED = 16  # bytes of the signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """One reader who may leave one digest."""

    digest_id: str
    reader: str


def leave_address(tx: Transaction, public: str, leaving: Leaving) -> str:
    """Return the address of a reader's way out; empty: there is no public https address."""
    if not public.startswith("https://"):
        return ""
    return f"{public.rstrip('/')}{PATH}{leave_token(make_key(tx), leaving)}"


def leave_token(key: bytes, leaving: Leaving) -> str:
    """Write a reader and a digest so that nobody else could have written them."""
    said = f"{leaving.digest_id}\n{leaving.reader}".encode()
    return base64.urlsafe_b64encode(_sign(key, said) + said).decode().rstrip("=")


def read_token(key: bytes, token: str) -> Leaving | None:
    """Return what a token says; None: we did not write it."""
    try:
        whole = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    signature, said = whole[:_SIGNED], whole[_SIGNED:]
    if not hmac.compare_digest(signature, _sign(key, said)):
        return None
    digest_id, _, reader = said.decode().partition("\n")
    return Leaving(digest_id=digest_id, reader=reader)


def staying(tx: Transaction, plan: DigestPlan) -> tuple[str, ...]:
    """Return a digest's readers without those who have left it."""
    gone: dict[str, datetime] = left(tx, plan.id)
    return tuple(reader for reader in plan.to if reader not in gone)


def _sign(key: bytes, said: bytes) -> bytes:
    return hmac.digest(key, b"leave\n" + said, "sha256")[:_SIGNED]

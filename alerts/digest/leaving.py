"""Sign the address by which one reader leaves one digest, and read it again (RFC 8058).

Nobody can write such an address but us: it carries a signature over the digest and the reader.
"""

from dataclasses import dataclass
from datetime import datetime

from alerts.signed import read_token, write_token
from config.digest import Digest
from storage.leaving import left
from storage.signing import make_key
from storage.transaction import Transaction

PATH = "/unsubscribe/"
_PURPOSE = "leave"


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
    return write_token(key, _PURPOSE, (leaving.digest_id, leaving.reader))


def read_leaving(key: bytes, token: str) -> Leaving | None:
    """Return what a token says; None: we did not write it."""
    said = read_token(key, _PURPOSE, token)
    if said is None:
        return None
    digest_id, reader = said
    return Leaving(digest_id=digest_id, reader=reader)


def staying(tx: Transaction, digest: Digest) -> tuple[str, ...]:
    """Return a digest's readers without those who have left it."""
    gone: dict[str, datetime] = left(tx, digest.id)
    return tuple(reader for reader in digest.to if reader not in gone)

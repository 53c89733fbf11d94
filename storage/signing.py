"""Keep the key that our addresses are signed with."""

import secrets

from storage.transaction import Transaction

# The first addresses that were signed took readers off a digest; the key kept that name.
KEY_NAME, KEY_BYTES = "leaving", 32
KEY = "SELECT key FROM signing_keys WHERE name = ?"
MAKE_KEY = "INSERT INTO signing_keys (name, key) VALUES (?, ?) ON CONFLICT (name) DO NOTHING"


def make_key(tx: Transaction) -> bytes:
    """Return the key that addresses are signed with; the first call makes it."""
    tx.execute(MAKE_KEY, (KEY_NAME, secrets.token_bytes(KEY_BYTES)))
    return load_key(tx) or b""


def load_key(tx: Transaction) -> bytes | None:
    """Return the key that addresses are signed with; None: no address was ever signed."""
    row = tx.one(KEY, (KEY_NAME,))
    return bytes(row["key"]) if row else None

"""Write what an address of ours says so that nobody else could have written it; read it again.

What it is for is signed with it: a token of one purpose says nothing to another. Whoever has
the address may do the one thing it is for, without a login, so it must do nothing else.
"""

import base64
import binascii
import hmac

_SIGNED = 16  # bytes of the signature


def write_token(key: bytes, purpose: str, said: tuple[str, ...]) -> str:
    """Return a token that says these lines."""
    text = "\n".join(said).encode()
    return base64.urlsafe_b64encode(_sign(key, purpose, text) + text).decode().rstrip("=")


def read_token(key: bytes, purpose: str, token: str) -> tuple[str, ...] | None:
    """Return what a token says; None: we did not write it, or for another purpose."""
    try:
        whole = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    signature, text = whole[:_SIGNED], whole[_SIGNED:]
    if not hmac.compare_digest(signature, _sign(key, purpose, text)):
        return None
    return tuple(text.decode().split("\n"))


def _sign(key: bytes, purpose: str, text: bytes) -> bytes:
    return hmac.digest(key, purpose.encode() + b"\n" + text, "sha256")[:_SIGNED]

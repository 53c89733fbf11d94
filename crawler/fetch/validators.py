"""Keep a server's validators byte for byte, or not at all."""

from collections.abc import Mapping


def clean_validator(value: str | None, limit: int) -> str | None:
    """Return the validator as it came; None if it is long or not visible ASCII.

    A dirty one sent back would inject a header or lock us out with 431.
    """
    if not value or len(value) > limit:
        return None
    visible = value.isascii() and value.isprintable()
    return value if visible and value == value.strip() else None


def conditions(etag: str | None, last_modified: str | None, limit: int) -> Mapping[str, str]:
    """Return the request's conditional fields, with what the server gave us the last time."""
    asked = {
        "If-None-Match": clean_validator(etag, limit),
        "If-Modified-Since": clean_validator(last_modified, limit),
    }
    return {name: value for name, value in asked.items() if value}

"""Make a foreign text fit for one line of a log or a message."""


def printable(text: str, limit: int = 200) -> str:
    """Return text in one line: control characters escaped, cut at limit characters."""
    clean = "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in text[:limit]
    )
    return f"{clean[:limit]}…" if len(text) > limit or len(clean) > limit else clean

"""Make any text one that SQLite can hold."""


def whole(text: str) -> str:
    """Return the text without the half characters of a broken page, which SQLite refuses."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()

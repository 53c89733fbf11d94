"""The words of one byline as names: what its three readers share."""

from crawler.extract.choice import Found
from crawler.extract.names import is_desk, is_handle, read_names

Names = Found[tuple[str, ...]]


def person(text: str) -> tuple[str, ...]:
    """Return the names of a byline, or the one word by which somebody or a desk goes."""
    bare = text.strip(" ,.|")
    return read_names(text) or ((bare,) if is_handle(bare) or is_desk(bare) else ())

"""Leave out of a page's markup what only looks like tags: the insides of scripts and styles."""

import re
from typing import Any, AnyStr, Final

_NAMES: Final = ("script", "style")
# For text and for bytes: where one opens, and where each ends.
_OPENS: Final[dict[type, re.Pattern[Any]]] = {
    str: re.compile(r"<(script|style)\b", re.IGNORECASE),
    bytes: re.compile(rb"<(script|style)\b", re.IGNORECASE),
}
_ENDS: Final[dict[str | bytes, re.Pattern[Any]]] = {
    **{name: re.compile(f"</{name}", re.IGNORECASE) for name in _NAMES},
    **{name.encode(): re.compile(f"</{name}".encode(), re.IGNORECASE) for name in _NAMES},
}


def without_scripts(page: AnyStr) -> AnyStr:
    """Return the page without the insides of its scripts and styles.

    A page can hide tags from this look (behind a script in a comment, say): what slips through
    meets the time limit of the worker it is parsed in.
    """
    opens, pieces, at = _OPENS[type(page)], [], 0
    while match := opens.search(page, at):
        end = _ENDS[match[1].lower()].search(page, match.end())
        if end is None:
            break
        pieces.append(page[at : match.end()])
        at = end.start()
    pieces.append(page[at:])
    return page[:0].join(pieces)

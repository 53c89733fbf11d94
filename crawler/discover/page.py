"""Parse an HTML page for its links, after a look at what would make the parser slow.

lexbor is quadratic in hostile nesting and in attributes, and a thread cannot be killed: what
could plainly take seconds is refused before it is parsed (docs/security.md, row 34); the rest
is the business of the worker process that this runs in.
"""

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from crawler.discover.outcome import Fault
from crawler.raw_text import without_scripts

MOST_CHARACTERS: Final = 5 * 1024 * 1024
DEEPEST: Final = 1000
MOST_ELEMENTS: Final = 50_000
MOST_ATTRIBUTES: Final = 100
_OPEN_FORMATS: Final = 200  # left open at once: each costs at every next tag
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{400,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
# Elements that end themselves, or that another of their kind ends.
_SELF_ENDING_NAMES: Final = (
    "area base br col embed hr img input link meta param source track wbr p li dt dd "
    "option optgroup tr td th thead tbody tfoot colgroup rp rt path circle rect line "
    "polygon use polyline ellipse stop html head body"
)
_SELF_ENDING: Final = frozenset(_SELF_ENDING_NAMES.split())
_FORMAT_NAMES: Final = "a b big code em font i nobr s small strike strong tt u"
_FORMATS: Final = frozenset(_FORMAT_NAMES.split())


class PageRefusedError(Exception):
    """The page would make the parser slow."""

    def __init__(self, fault: Fault, reason: str) -> None:
        self.fault = fault
        super().__init__(reason)


def parse_page(text: str) -> LexborHTMLParser:
    """Return the page's tree; raise PageRefusedError for one that would take too long."""
    if len(text) > MOST_CHARACTERS:
        raise PageRefusedError(Fault.TOO_LARGE, "the page has more than 5 MiB of text")
    markup = without_scripts(text)
    _refuse_deep(markup)
    _refuse_attributes(markup)
    return LexborHTMLParser(text)


def base_of(tree: LexborHTMLParser) -> str:
    """Return what <base> says; empty: nothing."""
    node = tree.css_first("base[href]")
    return (node.attributes.get("href") or "") if node else ""


def _refuse_deep(text: str) -> None:
    depth = deepest = elements = formats = most_formats = 0
    for match in _TAG.finditer(text):
        name = match[2].lower()
        if name in _SELF_ENDING:
            elements += not match[1]
            continue
        step = -1 if match[1] else 1
        elements += step > 0
        depth = max(0, depth + step)
        deepest = max(deepest, depth)
        if name in _FORMATS:
            formats = max(0, formats + step)
            most_formats = max(most_formats, formats)
    if deepest > DEEPEST or most_formats > _OPEN_FORMATS:
        raise PageRefusedError(Fault.TOO_DEEP, f"its elements nest deeper than {DEEPEST}")
    if elements > MOST_ELEMENTS:
        raise PageRefusedError(
            Fault.TOO_LARGE, f"the page has more than {MOST_ELEMENTS} elements"
        )


def _refuse_attributes(text: str) -> None:
    for match in _LONG_TAG.finditer(text):
        if len(_QUOTED.sub("", match[0]).split()) > MOST_ATTRIBUTES:
            reason = f"an element has more than {MOST_ATTRIBUTES} attributes"
            raise PageRefusedError(Fault.TOO_LARGE, reason)

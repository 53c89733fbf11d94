"""Collect the links of a page that a script has yet to draw, from the data it draws them of.

Frameworks leave it as `<script type="application/json">` or `window.STATE = {…}`, search
engines are given a list as JSON-LD: an object with an address and a headline is a link. Nothing
is run, and nothing is judged here.
"""

import re
from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.discover.address import absolute
from crawler.discover.anchors import MOST_ANCHORS, Anchor, weight_of
from crawler.discover.feed_json import JsonRefusedError, read_json
from crawler.discover.wording import plain_title

_MOST_SCRIPTS: Final = 100
_STATE: Final = re.compile(
    r"\s*(?:window\.|self\.|var |let |const )[\w.$\[\]\"']{1,60}\s*=\s*(?=\{)"
)
_ADDRESSES: Final = (
    "canonical_url",
    "canonicalUrl",
    "permalink",
    "url",
    "href",
    "link",
    "path",
)
_HEADLINES: Final = ("headline", "headlines", "title", "name", "label")
_IN_HEADLINES: Final = ("basic", "main", "default", "rendered", "text")


def scripted_anchors(tree: LexborHTMLParser, base: str) -> list[Anchor]:
    """Return the links in the page's data in order, one per address."""
    found: dict[str, Anchor] = {}
    for node in tree.css("script:not([src])")[:_MOST_SCRIPTS]:
        for each in _objects(_data_in(node)):
            url = absolute(_first_text(each, _ADDRESSES), base)
            title = plain_title(_first_text(each, _HEADLINES))
            if url and title and len(found) < MOST_ANCHORS:
                found.setdefault(url, _anchor(url, title, len(found)))
    return list(found.values())


def _anchor(url: str, title: str, place: int) -> Anchor:
    return Anchor(url=url, place=place, title=title, weight=weight_of(title), heading=True)


def _data_in(script: LexborNode) -> object:
    """Return the data a script holds; None: it holds none, or too much of it."""
    text = script.text()
    state = _STATE.match(text)
    try:
        if state:
            return read_json(text[state.end() :], beginning=True)
        if "json" in (script.attributes.get("type") or ""):
            return read_json(text)
    except JsonRefusedError:
        pass
    return None


def _objects(data: object) -> Iterator[dict[str, object]]:
    """Yield every object, an outer one before those in it, without recursion."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting.extend(reversed(list(value.values())))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def _first_text(fields: dict[str, object], names: tuple[str, ...]) -> str:
    """Return the first of the fields that is a text, or holds its wordings."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, dict):
            value = next((value[key] for key in _IN_HEADLINES if value.get(key)), None)
        if isinstance(value, str) and value.strip():
            return value
    return ""

"""Read a JSON Feed. Decides nothing about the items."""

import json
import re
from collections.abc import Iterator
from typing import Final

from crawler.discover.feed_item import MOST_ITEMS, FeedItem, FeedRead
from crawler.discover.outcome import Fault

LONGEST_JSON: Final = 1024 * 1024  # characters; parsing cannot be stopped half-way
DEEPEST_JSON: Final = 50
_DECODER: Final = json.JSONDecoder(strict=False)
# A string, to be passed over, or a comma behind which nothing more comes.
_LAST_COMMA = re.compile(r"(\"(?:[^\"\\]|\\.)*+(?:\"|\Z))|,(?=\s*[]}])", re.DOTALL)


class JsonRefusedError(Exception):
    """The JSON is not what we read."""

    def __init__(self, fault: Fault, reason: str) -> None:
        self.fault = fault
        super().__init__(reason)


def read_feed_json(text: str) -> FeedRead:
    """Return the feed in text; raise JsonRefusedError where it is none."""
    feed = read_json(text)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise JsonRefusedError(Fault.NOT_A_FEED, "the JSON has no list of items")
    if "jsonfeed.org" not in str(feed.get("version", "")):
        raise JsonRefusedError(Fault.NOT_A_FEED, "the JSON does not call itself a JSON Feed")
    entries = feed["items"]
    return FeedRead(
        items=list(_items(entries[:MOST_ITEMS])),
        title=_word(feed.get("title")),
        link=_word(feed.get("home_page_url")),
        language=_word(feed.get("language")),
        topic=_word(feed.get("feed_url")),
        hub=_hub(feed.get("hubs")),
        cut=len(entries) > MOST_ITEMS,
    )


def read_json(text: str, *, beginning: bool = False) -> object:
    """Return what the JSON says; raise JsonRefusedError where it is too much or broken.

    `beginning`: other text may follow the value.
    """
    if len(text) > LONGEST_JSON:
        raise JsonRefusedError(Fault.TOO_LARGE, "the JSON is larger than 1 MiB")
    try:
        feed = _DECODER.raw_decode(text)[0] if beginning else _parse(text)
    except (ValueError, RecursionError) as error:
        raise JsonRefusedError(
            Fault.BROKEN, f"the JSON cannot be read: {error}"[:200]
        ) from error
    if _depth(feed) > DEEPEST_JSON:
        raise JsonRefusedError(Fault.TOO_DEEP, f"the JSON nests deeper than {DEEPEST_JSON}")
    return feed


def _parse(text: str) -> object:
    """Return what the JSON says; line breaks in strings and a last comma are forgiven."""
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError:
        return json.loads(_LAST_COMMA.sub(r"\1", text), strict=False)


def _depth(value: object) -> int:
    """Return how deep lists and objects nest, without recursion."""
    level, depth = [value], 0
    while level and depth <= DEEPEST_JSON:
        level = [child for parent in level for child in _children(parent)]
        depth += 1
    return depth


def _children(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _items(entries: list[object]) -> Iterator[FeedItem]:
    for entry in entries:
        if isinstance(entry, dict):
            identity = _word(entry.get("id"))
            yield FeedItem(
                link=_word(entry.get("url"))
                or (identity if identity.startswith(("http://", "https://")) else "")
                or _word(entry.get("external_url")),
                title=_word(entry.get("title")),
                published=_moment(entry.get("date_published"))
                or _moment(entry.get("date_modified")),
            )


def _word(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _moment(value: object) -> str:
    """Return a date as it is written, seconds since 1970 too."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value).partition(".")[0]
    return _word(value)


def _hub(hubs: object) -> str:
    """Return the address of the first WebSub hub; empty: there is none."""
    for hub in hubs if isinstance(hubs, list) else []:
        if isinstance(hub, dict) and str(hub.get("type", "")).lower() == "websub":
            return _word(hub.get("url"))
    return ""

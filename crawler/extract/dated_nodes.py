"""Read the stamps of `<time>` and of the nodes that a property calls a date."""

import re
from collections.abc import Iterator
from datetime import time
from functools import lru_cache
from typing import Final

from selectolax.lexbor import LexborNode

from crawler.extract.choice import Found
from crawler.extract.document import Document
from crawler.extract.labels import UPDATED
from crawler.extract.lines import Lines
from crawler.extract.month_names import fold_date
from crawler.extract.stamp import Written, read_machine, read_written
from storage.article import Provenance

Reading = Found[Written]

_DATED: Final = frozenset({"datePublished", "dateModified"})
_UPDATED_NODES: Final = "[itemprop=dateModified]"
# More than is wanted ("datePublished", "dc:created"), in two steps through the tree, not five.
_DATED_NODES: Final = "[itemprop^=date],[property*=ate]"
_UPDATED_NAME: Final = re.compile(r"updat|modif", re.IGNORECASE)
_PUBLISHED_NAME: Final = re.compile(r"publish|posted|pubdate", re.IGNORECASE)
_MIDNIGHT: Final = time(0)
_NAMING: Final = (
    "[class*=date i],[class*=time i],[class*=publi i],abbr[title],relative-time,time-ago"
)
TIME: Final = "time"
_NOON: Final = "T12:00:00Z"  # of a large system's dates without a time
_MOST_NAMING: Final = 30
_KEPT: Final = re.compile(
    r"title|datetime|data-[a-z-]*(?:date|time|stamp|publish|utc|seconds)[a-z-]*"
)  # see legible.py


def time_tags(
    document: Document, lines: Lines, *, every: bool, month_first: bool = False
) -> dict[str, list[Reading]]:
    """Return `<time datetime>` by what its name and its place make of it."""
    found: dict[str, list[Reading]] = {
        kind: [] for kind in ("published", "updated", "touched", "head", "elsewhere", "below")
    }
    head = {line.number for line in lines.head}
    last = lines.below[0].number if lines.below else 1 << 30
    marks = [
        (node, node.attributes, at) for node, at, _ in document.outline.marks.get("time", ())
    ]
    for node, attributes, before in (*marks, *_named_nodes(document, every=every)):
        stated = next(
            filter(None, (attributes.get(name) for name in ("datetime", "content", "title"))),
            "",
        )
        text = stated or " ".join(node.text(separator=" ").split())
        stamp = read_any(text.strip(), month_first=month_first)
        if stamp and stated.endswith(_NOON) and ":" not in node.text():
            stamp = Written(stamp.day)
        if stamp:
            place = "head" if before in head else "below" if before >= last else "elsewhere"
            told = "" if stated else "updated" if UPDATED.stand_in(fold_date(text)) else ""
            kind = _kind_of(attributes) or told or place
            if kind == "published" and place == "below":
                kind = "below"  # of another article, most often
            found[kind].append(
                Found(stamp, Provenance.PAGE, TIME if stated else "text of time")
            )
            if kind == "updated" and place == "head":
                found["touched"].append(found[kind][-1])
    return found


def in_attributes(document: Document) -> list[Reading]:
    """Return what nodes that name a date keep for scripts: of "2 hours ago", the moment.

    Only of those in the article, or else in the page's main part: a header may keep the clock.
    """
    frame = document.outline.first("article")
    part = document.outline.frames[0 if frame is None else frame]
    found = []
    for node in part.css(_NAMING)[:_MOST_NAMING]:
        for name, value in node.attributes.items():
            told = value if value and _is_kept(name) else ""
            if told and not told.endswith(_NOON) and (stamp := read_machine(told.strip())):
                found.append(Found(stamp, Provenance.PAGE, f"{name} of a node"))
    return found


@lru_cache(maxsize=512)
def _is_kept(name: str) -> bool:
    return _KEPT.fullmatch(name) is not None


def _named_nodes(
    document: Document, *, every: bool
) -> Iterator[tuple[LexborNode, dict[str, str | None], int]]:
    """Yield the nodes that a property calls a date, of the update alone or of both."""
    for node in dict.fromkeys(document.tree.css(_DATED_NODES if every else _UPDATED_NODES)):
        attributes = node.attributes
        named, property_ = attributes.get("itemprop"), attributes.get("property") or ""
        if (
            named in _DATED
            or property_.endswith(("datePublished", "dateCreated"))
            or "dc:created" in property_.split()
        ):
            yield node, attributes, -1


def _kind_of(attributes: dict[str, str | None]) -> str:
    """Return what a `<time>` is called by its class or property; empty: it is not."""
    said = f"{attributes.get('itemprop') or ''} {attributes.get('class') or ''}"
    if "pubdate" in attributes or _PUBLISHED_NAME.search(said):
        return "published"
    return "updated" if _UPDATED_NAME.search(said) else ""


def read_any(text: str, *, month_first: bool = False) -> Written | None:
    """Read a stamp meant for machines, which publishers sometimes write for people.

    Midnight to the second is how a system writes a day whose time it was never told.
    """
    stamp = None
    if text:
        stamp = read_machine(text) or read_written(text, month_first=month_first)
    if stamp is not None and stamp.clock == _MIDNIGHT:
        return Written(day=stamp.day)
    return stamp

"""Read the JSON-LD of a page: its nodes laid flat, and those that speak of the article."""

import html as entities
import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit

_LARGEST: Final = 1 << 20
_DEEPEST: Final = 50
_ARTICLE: Final = re.compile(r"(?:Article|Posting|Report|^Review|^CreativeWork)$")
_PAGE: Final = re.compile(r"(?:WebPage|^VideoObject|^Product)$")
_INNER: Final = ("@graph", "mainEntity", "mainEntityOfPage")
_read: Final = json.JSONDecoder(strict=False).decode

Node = dict[str, Any]


def read_json_ld(text: str) -> Iterator[Node]:
    """Yield the nodes of one script, those of @graph and arrays beside them."""
    if text and len(text) <= _LARGEST:
        yield from _flatten(_parsed(text), 0)


def _parsed(text: str) -> Any:
    """Read JSON as publishers write it: with raw line breaks, comments, a semicolon."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return _read(text)
    except (ValueError, RecursionError):
        pass
    try:
        return _read(text.replace("\n", " ").replace("\r", " ").replace("\t", " "))
    except (ValueError, RecursionError):
        return None


def _flatten(value: Any, depth: int) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _flatten(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _INNER:
            inner = value.get(key)
            if isinstance(inner, (list, dict)):
                yield from _flatten(inner, depth + 1)


def article_nodes(nodes: Iterable[Node], addresses: Iterable[str]) -> tuple[Node, ...]:
    """Return the article-like nodes; the one that names one of the page's addresses first."""
    found = [node for node in nodes if any(map(_is_article, types_of(node)))]
    if len(found) > 1:
        here = set(map(_path, addresses)) - {""}
        found.sort(key=lambda node: (not _names(node, here), not plain(node.get("headline"))))
    return tuple(found)


def page_nodes(nodes: Iterable[Node]) -> list[Node]:
    """Return the nodes that speak of the page, for facts the article's own node leaves out."""
    return [node for node in nodes if any(map(_is_page, types_of(node)))]


@lru_cache(maxsize=256)
def _is_article(kind: str) -> bool:
    return _ARTICLE.search(kind) is not None


@lru_cache(maxsize=256)
def _is_page(kind: str) -> bool:
    return _PAGE.search(kind) is not None


def _names(node: Node, here: set[str]) -> bool:
    return any(_path(address) in here for address in _addresses(node))


def _addresses(node: Node) -> Iterable[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield value


def _path(url: str) -> str:
    """Return what two addresses of one page share: the path without scheme, host, query."""
    try:
        return urlsplit(url).path.rstrip("/")
    except ValueError:
        return ""


def types_of(node: Node) -> tuple[str, ...]:
    """Return a JSON-LD node's types, without the namespace."""
    kind = node.get("@type")
    if type(kind) is str:
        return (kind.rpartition("/")[2],) if kind else ()
    if not kind:
        return ()
    names = kind if isinstance(kind, list) else [kind]
    return tuple(str(name).rpartition("/")[2] for name in names)


def plain(value: Any) -> str:
    """Return a JSON-LD or meta value as one line of text, entities read; empty: it has none."""
    if not value:
        return "" if value is None or value == [] or value == {} else str(value)
    if isinstance(value, list):
        return plain(value[0])
    if isinstance(value, dict):
        return plain(value.get("name") or value.get("@value") or "")
    text = str(value)
    return " ".join((entities.unescape(text) if "&" in text else text).split())


def resolve(nodes: Iterable[Node], value: Any) -> Iterator[Node]:
    """Yield the objects a value holds, each {"@id": …} replaced by the node it points to."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str):
            yield {"name": each}
        elif isinstance(each, dict):
            yield _pointed(nodes, each)


def texts(value: Any) -> Iterator[str]:
    """Yield the texts of a value that may be one, a list, or a list of named things."""
    for each in value if isinstance(value, list) else [value]:
        if text := plain(each):
            yield text


def _pointed(nodes: Iterable[Node], node: Node) -> Node:
    target = node.get("@id")
    if target and not node.get("name"):
        for each in nodes:
            if each.get("@id") == target and each.get("name"):
                return each
    return node

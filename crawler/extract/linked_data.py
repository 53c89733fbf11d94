"""Find the node of a page's JSON-LD that speaks of the article itself."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from crawler.extract.document import Document, plain, types_of

_ARTICLE: Final = re.compile(r"(?:Article|Posting|Report|^Review|^CreativeWork)$")
_PAGE: Final = re.compile(r"(?:WebPage|^VideoObject|^Product)$")


def article_nodes(document: Document) -> list[dict[str, Any]]:
    """Return the article-like nodes, the one that names this page first."""
    nodes = [node for node in document.lds if _is(node, _ARTICLE)]
    if len(nodes) > 1:
        here = {_path(document.url), _path(document.canonical), _path(document.meta("og:url"))}
        here.discard("")
        nodes.sort(key=lambda node: (not _names(node, here), not plain(node.get("headline"))))
    return nodes


def page_nodes(document: Document) -> list[dict[str, Any]]:
    """Return the nodes that speak of the page, for facts the article's own node leaves out."""
    return [node for node in document.lds if _is(node, _PAGE)]


def resolve(document: Document, value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects a value holds, each {"@id": …} replaced by the node it points to."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str):
            yield {"name": each}
        elif isinstance(each, dict):
            yield _pointed(document, each)


def texts(value: Any) -> Iterator[str]:
    """Yield the texts of a value that may be one, a list, or a list of named things."""
    for each in value if isinstance(value, list) else [value]:
        if text := plain(each):
            yield text


def _pointed(document: Document, node: dict[str, Any]) -> dict[str, Any]:
    target = node.get("@id")
    if target and not node.get("name"):
        for each in document.lds:
            if each.get("@id") == target and each.get("name"):
                return each
    return node


def _is(node: dict[str, Any], kinds: re.Pattern[str]) -> bool:
    return any(kinds.search(kind) for kind in types_of(node))


def _names(node: dict[str, Any], here: set[str]) -> bool:
    return any(_path(address) in here for address in _addresses(node))


def _addresses(node: dict[str, Any]) -> Iterable[str]:
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

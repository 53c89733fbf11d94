"""Decode a page once, parse it once, and hold what every reader of it wants.

Nothing here decides what the article is. The tree is selectolax's (lexbor); see
docs/extraction.md for its traps.
"""

import html as entities
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from crawler.charset import decode

LARGEST_BYTES: Final = 10 << 20  # limits.md "Body after decoding"
LARGEST_TEXT: Final = 5 << 20  # limits.md "HTML"
DEEPEST: Final = 1000
MOST_TAGS: Final = 50_000
_LARGEST_JSON: Final = 1 << 20
_DEEPEST_JSON: Final = 50
_SLICES: Final = 64


class UnsafePageError(Exception):
    """The page would cost the parser too much; it is not read at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One page, decoded and parsed."""

    url: str
    tree: LexborHTMLParser = field(repr=False)
    metas: dict[str, list[str]]  # property, name or itemprop in lower case → contents
    lds: tuple[dict[str, Any], ...]  # JSON-LD nodes, @graph and arrays flattened
    language: str  # of <html lang>; empty: it does not say
    canonical: str  # absolute; empty: the page names none
    base: str  # what relative addresses are relative to

    def meta(self, *names: str) -> str:
        """Return the first non-empty content of the named metas; empty: there is none."""
        for name in names:
            for content in self.metas.get(name, ()):
                if content:
                    return content
        return ""


def read_document(html: bytes, url: str, content_type: str | None) -> Document:
    """Decode, guard and parse a page; raises UnsafePageError."""
    page = _decoded(html, content_type)
    guard(page)
    tree = LexborHTMLParser(page)
    head = tree.css("html, base[href], link[rel~=canonical i]")
    base, canonical, language = url, "", ""
    for node in head:
        attributes = node.attributes
        if node.tag == "html":
            language = (attributes.get("lang") or attributes.get("xml:lang") or "").strip()
        elif node.tag == "base":
            base = join(url, attributes.get("href") or "")
        else:
            canonical = canonical or (attributes.get("href") or "").strip()
    return Document(
        url=url,
        tree=tree,
        metas=_metas(tree),
        lds=tuple(_lds(tree)),
        language=language,
        canonical=join(base, canonical) if canonical else "",
        base=base,
    )


def join(base: str, reference: str) -> str:
    """Return an absolute address; what cannot be joined comes back as it was."""
    try:
        return urljoin(base, reference.strip())
    except ValueError:
        return reference


def _decoded(html: bytes, content_type: str | None) -> bytes | str:
    """Return UTF-8 bytes as they are (the parser reads them fastest), all else as text."""
    if len(html) > LARGEST_BYTES:
        raise UnsafePageError(f"body_too_large: {len(html)} bytes")
    if not html.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            html.decode()
        except UnicodeDecodeError:
            pass
        else:
            return html
    text = decode(html, content_type)
    if len(text) > LARGEST_TEXT:
        raise UnsafePageError(f"body_too_large: {len(text)} characters")
    return text


def guard(page: bytes | str) -> None:
    """Refuse a page whose nesting or number of tags would keep the parser busy for minutes.

    Parse time is quadratic in nesting (lexbor: 100,000 deep, over 40 s). Depth at a place is at
    most opening minus closing tags before it, so counting by slices finds every deep nest and
    costs a few per cent of a parse.
    """
    raw = page.encode("utf-8", "replace") if isinstance(page, str) else page
    if raw.count(b"<") - raw.count(b"</") > MOST_TAGS:
        raise UnsafePageError("too_many_elements")
    step = max(4096, len(raw) // _SLICES)
    open_tags = 0
    for start in range(0, len(raw), step):
        piece = raw[start : start + step]
        open_tags += piece.count(b"<") - 2 * piece.count(b"</")
        if open_tags > DEEPEST and _depth(raw) > DEEPEST:
            raise UnsafePageError("too_deep")


_UNCOUNTED = frozenset(
    b"area base br col embed hr img input link meta param source wbr p li td th tr".split()
)


def _depth(raw: bytes) -> int:
    """Return the deepest nesting, reading every tag; only for pages that look deep."""
    import re

    depth = deepest = 0
    for closing, name in re.findall(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)", raw):
        if name.lower() in _UNCOUNTED:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _metas(tree: LexborHTMLParser) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = (
            attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        )
        content = attributes.get("content")
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content.strip())
    return found


def _lds(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for node in tree.css('script[type="application/ld+json" i]'):
        text = node.text()
        if text and len(text) <= _LARGEST_JSON:
            yield from _flatten(_parsed(text), 0)


def _parsed(text: str) -> Any:
    """Read JSON as publishers write it: with raw line breaks, comments, a semicolon."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    for attempt in (text, text.replace("\n", " ").replace("\r", " ").replace("\t", " ")):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _flatten(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST_JSON:
        return
    if isinstance(value, list):
        for each in value:
            yield from _flatten(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(key), list | dict):
                yield from _flatten(value[key], depth + 1)


def types_of(node: dict[str, Any]) -> tuple[str, ...]:
    """Return a JSON-LD node's types, without the namespace."""
    kind = node.get("@type") or ()
    names = kind if isinstance(kind, list) else [kind]
    return tuple(str(name).rsplit("/", 1)[-1] for name in names)


def plain(value: Any) -> str:
    """Return a JSON-LD or meta value as one line of text, entities read; empty: it has none."""
    if isinstance(value, list):
        return plain(value[0]) if value else ""
    if isinstance(value, dict):
        return plain(value.get("name") or value.get("@value") or "")
    return " ".join(entities.unescape(str(value)).split()) if value is not None else ""

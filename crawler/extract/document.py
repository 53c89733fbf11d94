"""Decode a page once, parse it once, and hold what every reader of it wants.

Nothing here decides what the article is. The tree is selectolax's (lexbor); see
docs/extraction.md for its traps.
"""

import re
from codecs import utf_8_decode
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from crawler.charset import decode
from crawler.extract.json_ld import Node, article_nodes, read_json_ld
from crawler.extract.outline import Outline, read_outline
from crawler.raw_text import without_scripts

LARGEST_BYTES: Final = 10 << 20  # as the fetcher allows a page (crawler/fetch/limits.py)
LARGEST_TEXT: Final = 5 << 20  # characters (docs/security.md, row 35)
DEEPEST: Final = 1000
MOST_TAGS: Final = 50_000
MOST_ATTRIBUTES: Final = 1000  # of one tag; browsers' pages stay far below
# Nobody looks at what a <select> shows, for which lexbor watches every node that it makes.
_UNWATCHED: Final = int(LexborDocumentOptions.WO_EVENTS)
_SITE: Final = re.compile(r"https?://[\w.-]+(?=/)", re.ASCII)
_ROOTED: Final = re.compile(r"/[\w%~+,@=:.-][\w%~+,@=:./-]*(?:\?[\w%~+,@=:./&-]+)?", re.ASCII)
_STRIDE: Final = 16_384
_SAMPLE: Final = 1024
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HEAD: Final = 1 << 16
_LABEL: Final = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_CHARSETS: Final = (b"charset", b"charSet", b"CHARSET")  # the second is React's
_LONGEST_META: Final = 240  # bytes of a <meta> up to its charset
_LABEL_ROOM: Final = 20
_UTF8_META: Final = re.compile(rb"<meta[^>]{0,200}charset=[\"']?utf-?8\b", re.IGNORECASE)
_SUSPECT: Final = 4000  # open tags, by the samples: below it the parser is quick whatever comes
_TAG: Final = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_ATTRIBUTE: Final = re.compile(rb"[\s/][^\s/>=]")
_SEPARATORS: Final = (b" ", b"\n", b"\t", b"\r", b"\f", b"\v", b"/")
_WHOLE_TAG: Final = re.compile(rb"<[a-zA-Z](?:[^>\"']++|\"[^\"]*\"|'[^']*')*+")
_ORDINARY: Final = re.compile(rb"<[a-zA-Z][a-zA-Z0-9-]*[\s/]")  # a script's "<a.length" is not
_QUOTED: Final = re.compile(rb"\"[^\"]*\"|'[^']*'")
# Void, or closed by the next of their kind.
_UNCOUNTED: Final = frozenset(
    b"area base br col embed hr img input link meta param source wbr p li option td th tr"
    b" dd dt".split()
)


class UnsafePageError(Exception):
    """The page would cost the parser too much; it is not read at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One page, decoded and parsed."""

    url: str
    tree: LexborHTMLParser = field(repr=False)
    outline: Outline = field(repr=False)  # passages, frames, marked nodes of the one walk
    metas: dict[str, list[str]]  # property, name or itemprop in lower case → contents
    lds: tuple[Node, ...]  # JSON-LD nodes, @graph and arrays flattened
    articles: tuple[Node, ...]  # those that speak of an article, this page's own first
    language: str  # of <html lang>; empty: it does not say
    canonical: str  # absolute; empty: the page names none
    base: str  # what relative addresses are relative to

    def meta(self, *names: str) -> str:
        """Return the first non-empty content of the named metas; empty: there is none."""
        for name in names:
            if name in self.metas:
                return self.metas[name][0]
        return ""


def read_document(html: bytes, url: str, content_type: str | None = None) -> Document:
    """Decode, guard and parse a page; raises UnsafePageError."""
    page = _decoded(html, content_type)
    guard(page)
    tree = LexborHTMLParser(page, options=_UNWATCHED)
    outline = read_outline(tree)
    root = tree.root
    shown = root.attributes if root is not None else {}
    base = next(
        filter(None, (node.attributes.get("href") for node in outline.nodes("base"))), ""
    )
    base = join(url, base) if base else url
    canonical = _canonical(outline)
    canonical = join(base, canonical) if canonical else ""
    metas = _metas(outline)
    lds = _lds(outline)
    shared = next(iter(metas.get("og:url", ())), "")
    return Document(
        url=url,
        tree=tree,
        outline=outline,
        metas=metas,
        lds=lds,
        articles=article_nodes(lds, (url, canonical, shared)),
        language=(shown.get("lang") or shown.get("xml:lang") or "").strip(),
        canonical=canonical,
        base=base,
    )


def join(base: str, reference: str) -> str:
    """Return an absolute address; what cannot be joined comes back as it was."""
    reference = reference.strip()
    if reference.startswith(("https://", "http://")):
        return reference
    # Most begin at the root of their site, and urljoin takes ten times as long.
    if _ROOTED.fullmatch(reference) and "/." not in reference and (site := _SITE.match(base)):
        return site[0] + reference
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


def _canonical(outline: Outline) -> str:
    for node in outline.nodes("link"):
        attributes = node.attributes
        if "canonical" in (attributes.get("rel") or "").lower().split():
            return (attributes.get("href") or "").strip()
    return ""


def _decoded(html: bytes, content_type: str | None) -> bytes | str:
    """Return UTF-8 bytes as they are (the parser reads them fastest), all else as text."""
    if len(html) > LARGEST_BYTES:
        raise UnsafePageError(f"body_too_large: {len(html)} bytes")
    if not html.startswith(_MARKS) and (
        _is_ascii(html) or _says_utf8(html, content_type) or _is_utf8(html)
    ):
        page: bytes | str = html
    else:
        page = decode(html, content_type)
    if len(page) > LARGEST_TEXT:
        raise UnsafePageError(f"body_too_large: {len(page)} characters")
    return page


def _says_utf8(html: bytes, content_type: str | None) -> bool:
    """Tell whether all labels say UTF-8: then nothing better than reading it so is known."""
    label = _LABEL.search(content_type or "")
    if label is not None and label[1].lower() not in {"utf-8", "utf8"}:
        return False
    # A browser obeys a late <meta>, too; finding the word is quick, decoding the page is not.
    for word in _CHARSETS:
        at = html.find(word, 0, _HEAD)
        while at >= 0:
            start, end = max(0, at - _LONGEST_META), at + _LABEL_ROOM
            tag = html.rfind(b"<", start, at)  # its own, nearly always
            if (tag >= 0 and _UTF8_META.match(html, tag, end)) or _UTF8_META.search(
                html, start, end
            ):
                return True
            at = html.find(word, at + 1, _HEAD)
    return False


def _is_ascii(html: bytes) -> bool:
    return html.isascii() and b"\x1b" not in html  # ISO-2022-JP is made of ASCII bytes, too


def _is_utf8(html: bytes) -> bool:
    if html.isascii():
        return b"\x1b$" not in html
    at, end = 0, len(html)
    try:
        while (
            at < end
        ):  # piece by piece, since what stays in the cache takes a third of the time
            last = at + _STRIDE >= end
            at += utf_8_decode(html[at : at + _STRIDE], "strict", last)[1]
    except UnicodeDecodeError:
        return False
    return True


def guard(page: bytes | str) -> None:
    """Refuse a page whose nesting, tags or attributes would keep the parser busy for minutes.

    Parse time is quadratic in nesting (lexbor: 100,000 deep, over 40 s) and in the attributes
    of one tag. Samples tell an ordinary page apart for a few per cent of a parse; what they
    find odd is counted in full. What slips through meets the worker's time limit.
    """
    raw = page.encode("utf-8", "replace") if isinstance(page, str) else page
    opened = looked = sought = 0
    last = -1
    starts = range(0, len(raw), _STRIDE)
    for start in starts:
        opened += raw.count(b"<", start, start + _SAMPLE)
        if start >= looked and raw.find(b">", start, start + _STRIDE) < 0:
            at, sought = raw.rfind(b"<", sought, start + 1), start + 1
            if at > last:  # else the text of a script, whose tag was looked at
                last, looked = at, _check_tag(raw, at, start)
    scale = _STRIDE // _SAMPLE if len(raw) > _STRIDE else 1
    if opened * scale <= _SUSPECT:
        return
    closed = sum(raw.count(b"</", start, start + _SAMPLE) for start in starts)
    many, nested = opened * scale > MOST_TAGS, (opened - 2 * closed) * scale > _SUSPECT
    if not (many or nested):
        return
    markup = without_scripts(raw)
    if many and len(_TAG.findall(markup)) > 2 * MOST_TAGS:
        raise UnsafePageError("too_many_elements")
    if nested and _depth(markup) > DEEPEST:
        raise UnsafePageError("too_deep")


def _check_tag(raw: bytes, at: int, start: int) -> int:
    """Return where the tag before start ends; refuse one with thousands of attributes."""
    tag = _WHOLE_TAG.match(raw, at)
    if tag is None:
        return start
    # A comparison in a script, "i<a.length", looks like a tag with whatever follows as its own.
    if tag.end() >= start and _is_crowded(tag[0]) and tag[0] in without_scripts(raw):
        raise UnsafePageError("too_many_attributes")
    return tag.end()


def _is_crowded(tag: bytes) -> bool:
    if _ORDINARY.match(tag):
        tag = _QUOTED.sub(b"", tag)  # some keep hundreds of kilobytes in one attribute
    if sum(map(tag.count, _SEPARATORS)) <= MOST_ATTRIBUTES:
        return False
    return len(_ATTRIBUTE.findall(_QUOTED.sub(b"", tag))) > MOST_ATTRIBUTES


def _depth(raw: bytes) -> int:
    """Return the deepest nesting, reading every tag; only for pages that look deep."""
    depth = deepest = 0
    for match in _TAG.finditer(raw):
        closing, name = match.groups()
        if name.lower() in _UNCOUNTED:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _metas(outline: Outline) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    described: dict[str, list[str]] = {}
    for node in outline.nodes("meta"):
        attributes = node.attributes
        content = attributes.get("content")
        if not content:
            continue
        name, kept = attributes.get("property") or attributes.get("name"), found
        if not name:  # microdata may speak of a picture, or of a thing in the text
            name, kept = attributes.get("itemprop"), described
        if name and (content := content.strip()):
            kept.setdefault(name.strip().lower(), []).append(content)
    return described | found


def _lds(outline: Outline) -> tuple[Node, ...]:
    nodes: list[Node] = []
    for script in outline.nodes("script"):
        kind = script.attributes.get("type")
        if kind and "ld+json" in kind.lower():
            nodes.extend(read_json_ld(script.text()))
    return tuple(nodes)

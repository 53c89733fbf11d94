"""Read what a site itself says about its feeds and sitemaps: links, robots.txt, menus. Pure."""

import re
import unicodedata
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from crawler.charset import decode
from crawler.discover.address import absolute, host_of, path_of
from crawler.discover.anchors import Anchor, collect_anchors
from crawler.discover.outcome import FrontPage, Way, WayKind
from crawler.discover.page import PageRefusedError, base_of, parse_page
from crawler.discover.url_shape import url_shape
from crawler.discover.wording import plain_title
from storage.canonical import same_site

MOST_POINTERS: Final = 20
MOST_SECTIONS: Final = 8
_FEED_TYPES: Final = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
    "application/xml",
    "text/xml",
)
_FEED_LINK = re.compile(
    r"(?:/(?:rss|feed|atom)s?(?:/|\.xml|\.php|$)|\.(?:rss|atom|rdf)$)", re.IGNORECASE
)
_COMMENTS = re.compile(r"comment|kommentar|wp-json|oembed|podcast", re.IGNORECASE)
_SITEMAP_LINE = re.compile(
    r"(?:\A\ufeff?|[\r\n])[ \t]*sitemap[ \t]*:[ \t]*([^\s#][^\r\n#]*)", re.IGNORECASE
)


def read_front_page(body: bytes, content_type: str | None, url: str) -> FrontPage:
    """Return what the page at url points to; a page that cannot be read points to nothing."""
    try:
        tree = parse_page(decode(body, content_type))
    except PageRefusedError:
        return FrontPage()
    base = absolute(base_of(tree), url) or url
    anchors = [each for each in collect_anchors(tree, base) if same_site(each.url, url)]
    return FrontPage(
        name=_name(tree, host_of(url)),
        language=_language(tree),
        feeds=_named_feeds(tree, base) or _listed_feeds(tree, url) or _linked_feeds(anchors),
        sections=_sections(anchors, url),
    )


def read_robots(text: str, url: str) -> tuple[Way, ...]:
    """Return the sitemaps that robots.txt names, of the same site only."""
    urls = (absolute(match[1], url) for match in _SITEMAP_LINE.finditer(text[:512_000]))
    same = dict.fromkeys(each for each in urls if each and same_site(each, url))
    return tuple(Way(kind=WayKind.SITEMAP, url=each) for each in same)[:MOST_POINTERS]


def _named_feeds(tree: LexborHTMLParser, base: str) -> tuple[Way, ...]:
    found: dict[str, Way] = {}
    for node in tree.css("link[rel~=alternate][href]")[:200]:
        kind = (node.attributes.get("type") or "").partition(";")[0].strip().lower()
        url = absolute(node.attributes.get("href") or "", base)
        title = plain_title(node.attributes.get("title") or "")
        if url and kind in _FEED_TYPES and not _COMMENTS.search(f"{url} {title}"):
            found.setdefault(url, Way(kind=WayKind.FEED, url=url, title=title))
    return tuple(found.values())[:MOST_POINTERS]


def _listed_feeds(tree: LexborHTMLParser, url: str) -> tuple[Way, ...]:
    """Return the feeds of an OPML, as far as they are of the same site."""
    found: dict[str, Way] = {}
    for node in tree.css("outline[xmlurl]")[:200]:
        feed = absolute(node.attributes.get("xmlurl") or "", url)
        if feed and same_site(feed, url):
            title = plain_title(node.attributes.get("text") or "")
            found.setdefault(feed, Way(kind=WayKind.FEED, url=feed, title=title))
    return tuple(found.values())[:MOST_POINTERS]


def _linked_feeds(anchors: list[Anchor]) -> tuple[Way, ...]:
    """Return what looks like a feed among the page's links, for pages that name none."""
    urls = [
        each.url
        for each in anchors
        if _FEED_LINK.search(path_of(each.url)) and not _COMMENTS.search(each.url)
    ]
    return tuple(Way(kind=WayKind.FEED, url=url) for url in urls[:MOST_SECTIONS])


def _sections(anchors: list[Anchor], url: str) -> tuple[Way, ...]:
    """Return the sections the menus lead to: short names, short addresses."""
    ways = []
    for anchor in anchors:
        shape = url_shape(anchor.url)
        short = shape.depth in (1, 2) and shape.words < 3 and anchor.weight < 30
        if anchor.furniture and short and not (shape.listing or shape.dated or shape.numbered):
            ways.append(Way(kind=WayKind.SECTION, url=anchor.url, title=anchor.title))
    return tuple(way for way in ways if way.url.rstrip("/") != url.rstrip("/"))[:MOST_SECTIONS]


def _name(tree: LexborHTMLParser, host: str) -> str:
    """Return what the site calls itself; of a title's parts the one its host is named after."""
    for selector in ('meta[property="og:site_name"]', 'meta[name="application-name"]'):
        node = tree.css_first(selector)
        if node and node.attributes.get("content"):
            return plain_title(node.attributes["content"] or "")
    title = tree.css_first("title")
    parts = re.split(r"\s+[|–—-]\s+|: ", plain_title(title.text())) if title else [""]
    named = [each for each in parts if len(each) > 2 and _letters(each) in _letters(host)]
    return max(named, key=len, default=parts[0])


def _letters(text: str) -> str:
    """Return a name as a host spells it: "Süd-Kurier" is sudkurier."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in plain if sign.isascii() and sign.isalnum()) or text


def _language(tree: LexborHTMLParser) -> str:
    node = tree.css_first("html[lang]")
    language = ((node.attributes.get("lang") or "") if node else "").strip()
    primary = re.split(r"[-_]", language)[0].lower()
    return primary if re.fullmatch(r"[a-z]{2,3}", primary) else ""

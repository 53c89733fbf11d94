"""Say what a page is when it is no article.

A page that calls itself an article is believed unless it holds next to nothing; one that does
not is judged by its address, its words and whether its text stands under links to other pages.
To refuse an article costs more than to keep a page that is none.
"""

import re
from typing import Final
from urllib.parse import urlsplit

from crawler.extract.access import length_of
from crawler.extract.document import Document
from crawler.extract.doors import door_of, sells
from crawler.extract.error_page import error_of
from crawler.extract.json_ld import types_of
from crawler.extract.lists import is_list, is_of_teasers
from crawler.extract.self_named import SelfNamed
from storage.article import Block, BlockKind

_ARTICLES: Final = re.compile(r"(?:Article|(?<!Job)(?<!Forum)Posting|^Report|^Review)$")
_LISTS: Final = frozenset({"CollectionPage", "SearchResultsPage"})
_GALLERIES: Final = frozenset({"ImageGallery", "MediaGallery"})
# What a page may state of itself where it states no article.
_STATED: Final = {
    **dict.fromkeys(("CollectionPage", "ItemList", "SearchResultsPage"), "list of articles"),
    **dict.fromkeys(("ProfilePage", "profile"), "profile page"),
    "JobPosting": "job advertisement",
    "ContactPage": "contact page",
    "AboutPage": "page about the outlet",
    "DiscussionForumPosting": "forum thread",
    "QAPage": "forum thread",
    **dict.fromkeys(_GALLERIES, "gallery"),
    **dict.fromkeys(("product", "Product"), "product page"),
    "Event": "announcement of an event",
}
_FRONT: Final = re.compile(r"/?(?:index\.\w+|home/?|[a-z]{2}/?)?$", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"(?:^|&)(?:p|\w*id|article|story|news)=\w", re.IGNORECASE)
_TELLING: Final = 3  # paragraphs of a gallery that tells a story
_HARDLY: Final = 80
_LITTLE: Final = 250


def object_to(
    document: Document, blocks: tuple[Block, ...], headline: str, frame: int | None
) -> str:
    """Say why the page is no article; empty: it is one. `frame`: where its text stands."""
    types = {kind for node in document.lds for kind in types_of(node)}
    stated = document.meta("og:type").lower()
    named = SelfNamed(document)
    typed = any(map(_ARTICLES.search, types))
    believed = named.dated and (typed or stated == "article")
    if not believed and (said := error_of(document, blocks, headline, named)):
        return said
    length = length_of(blocks)
    if length < _LITTLE and _is_video(document, stated, types, shown=length < _HARDLY):
        return "video without text"
    if length < 2 * _LITTLE and not named.dated and named.plays:
        return "video without text"
    if is_of_teasers(blocks):
        return "list of articles"
    if typed:
        return ""
    if sells(document, headline, named, believed=believed):
        return "subscription offer"
    if believed:
        return ""
    return _named(document, blocks, headline, frame, types | {stated}, named)


def _named(
    document: Document,
    blocks: tuple[Block, ...],
    headline: str,
    frame: int | None,
    types: set[str],
    named: SelfNamed,
) -> str:
    """Say what a page is that does not call itself an article of a day; empty: one of these."""
    dated = named.dated
    if not dated and (said := named.of_house(headline)):
        return said
    is_article = "article" in types
    length = length_of(blocks)
    # Systems call the list of a tag an article, too, and give it no date.
    listed = named.gathers or (named.found and not dated) or not _LISTS.isdisjoint(types)
    listed = listed or is_list(document, named, frame, headline, length, stated=is_article)
    if listed or not is_article or (_is_front(document.url) and not dated):
        told = types - _GALLERIES if _tells(blocks) else types
        if said := _told(document.url, named, told, listed=listed):
            return said
    if said := door_of(document, blocks, headline, named, stated=is_article):
        return said
    if length < _HARDLY and not is_article:
        return "hardly any text" if length else "no text of an article"
    return ""


def _tells(blocks: tuple[Block, ...]) -> bool:
    """Tell a story told between pictures: several paragraphs, not captions alone."""
    told = [len(block.text) for block in blocks if block.kind is BlockKind.PARAGRAPH]
    return len(told) >= _TELLING and sum(told) >= 2 * _LITTLE


def _told(url: str, named: SelfNamed, types: set[str], *, listed: bool) -> str:
    """Say what a page is by its address or what it states; empty: neither tells."""
    if _is_front(url) and not named.gathers:
        return "front page"
    told = next((_STATED[kind] for kind in _STATED if kind in types), "")
    return told or ("list of articles" if listed else "")


def _is_video(document: Document, stated: str, types: set[str], *, shown: bool) -> bool:
    """Tell a page that is a video; a player alone says so only where there is no text."""
    if stated.startswith("video") or "VideoObject" in types:
        return True
    return shown and document.tree.css_first("video") is not None


def _is_front(url: str) -> bool:
    address = urlsplit(url)
    if not address.netloc or _NUMBERED.search(address.query):
        return False  # ?p=123 is an article's address
    return _FRONT.fullmatch(address.path) is not None

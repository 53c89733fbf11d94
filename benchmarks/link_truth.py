"""Say which links of a saved page surely lead to articles, and which surely do not.

The corpus holds article pages, whose lists of other stories are what front pages are made of.
It does not say what those links are, so the truth is read from addresses alone, and only where
they leave no doubt: a link is an article's if its path is made like the path of the page it
stands on (which is an article's), with a number or a slug, and it is worded; it is none if its
path has neither number nor slug and its words are few. The rest, a quarter, is not counted.
This is silver: a contestant that reads addresses is favoured, and a story under an odd address
is not seen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from benchmarks.truth import Page
from crawler.charset import decode
from storage.canonical import same_site

_NUMBER = re.compile(r"\d{4,}")
_LISTS = re.compile(
    r"/(?:tags?|topics?|thema|author|autor|category|page|search)/|articlecomment|print",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LinkTruth:
    """The doubtless links of one page."""

    url: str
    text: str
    articles: frozenset[str]
    others: frozenset[str]


def truths(pages: Iterator[Page]) -> Iterator[LinkTruth]:
    """Yield the doubtless links of each page that has any."""
    for page in pages:
        text = decode(page.read())
        pattern = made_like(page.url)
        if pattern is None:
            continue
        worded = wordings(text, page.url)
        articles = {u for u, words in worded.items() if _is_article(u, words, pattern)}
        others = {u for u, words in worded.items() if words < 20 and _is_bare(u)}
        if articles:
            yield LinkTruth(page.url, text, frozenset(articles), frozenset(others))


def wordings(text: str, base: str) -> dict[str, int]:
    """Return the page's own links, each with the letters of its longest wording."""
    found: dict[str, int] = {}
    for node in LexborHTMLParser(text).css("a[href]"):
        try:
            url = urljoin(base, (node.attributes.get("href") or "").strip()).partition("#")[0]
        except ValueError:
            continue
        if url.startswith("http") and url != base and same_site(url, base):
            words = " ".join(node.text(separator=" ").split())
            found[url] = max(found.get(url, 0), len(words))
    return found


def made_like(url: str) -> re.Pattern[str] | None:
    """Return what paths made like the URL's look like; None: it has neither number nor slug."""
    segments = [each for each in urlsplit(url).path.split("/") if each]
    kinds = [_kind(each) for each in segments]
    if not any(kind != "[^/]+" for kind in kinds):
        return None
    return re.compile("/" + "/".join(kinds) + "/?")


def _kind(segment: str) -> str:
    if segment.count("-") >= 3 and len(segment) >= 20:
        numbered = _NUMBER.search(segment) is not None
        return r"[^/]*-[^/]*-[^/]*-[^/]*" + (r"\d{4,}[^/]*" if numbered else "")
    if _NUMBER.search(segment):
        return r"[^/]*\d{4,}[^/]*"
    return r"\d+" if segment.isdigit() else "[^/]+"


def _is_article(url: str, words: int, pattern: re.Pattern[str]) -> bool:
    path = urlsplit(url).path
    return words >= 20 and pattern.fullmatch(path) is not None and not _LISTS.search(path)


def _is_bare(url: str) -> bool:
    parts = urlsplit(url)
    slugs = (s.count("-") + s.count("_") >= 3 or len(s) >= 28 for s in parts.path.split("/"))
    return not _NUMBER.search(parts.path + parts.query) and not any(slugs)

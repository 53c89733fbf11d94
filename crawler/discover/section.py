"""Read a section page into links: by selector, by pattern, or learned from the page. Pure."""

from typing import Final

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from config.source import Source
from crawler.discover.address import absolute, host_of
from crawler.discover.anchors import CLICKED, LINKS, Anchor, collect_anchors
from crawler.discover.choice import Choice
from crawler.discover.likeness import ARTICLE, score_links
from crawler.discover.outcome import Discovered, Undiscoverable, Way
from crawler.discover.page import PageRefusedError, base_of, parse_page
from crawler.discover.script_links import scripted_anchors
from crawler.discover.wording import plain_title
from storage.canonical import same_site

MOST_LINKS: Final = 2000  # of one page


def discover_section(text: str, way: Way, source: Source) -> Discovered | Undiscoverable:
    """Return the links of a page that lead to articles."""
    try:
        tree = parse_page(text)
    except PageRefusedError as refused:
        return Undiscoverable(way=way, fault=refused.fault, reason=str(refused))
    base = absolute(base_of(tree), way.url) or way.url
    warnings: list[str] = []
    every = CLICKED if "data-href" in text else LINKS
    articles = _articles(_selected(tree, base, source, warnings, every), source, way)
    if not articles and source.link_selector is None:
        articles = _articles(collect_anchors(tree, base, CLICKED), source, way)
        articles = articles or _articles(scripted_anchors(tree, base), source, way)
    choice = Choice(source)
    for anchor in _each_once(articles):
        choice.offer(anchor.url, anchor.title, None, way.polled)
    if not choice.links:
        warnings.append("no link of the page looks like an article's")
    title = tree.css_first("title")
    return Discovered(
        way=way,
        links=tuple(choice.links[:MOST_LINKS]),
        warnings=tuple(warnings),
        title=plain_title(title.text()) if title else "",
        left_out=choice.left_out,
    )


def _selected(
    tree: LexborHTMLParser, base: str, source: Source, warnings: list[str], every: str
) -> list[Anchor]:
    """Return the links the operator's selector names, or every one of them."""
    if source.link_selector is None:
        return collect_anchors(tree, base, every)
    try:
        anchors = collect_anchors(tree, base, source.link_selector)
    except (SelectolaxError, ValueError) as error:
        warnings.append(f"link_selector cannot be used ({error}); links are learned instead")
        return collect_anchors(tree, base, every)
    if not anchors:
        warnings.append("link_selector selects nothing on this page")
    return anchors


def _each_once(articles: list[Anchor]) -> list[Anchor]:
    """Leave out the links that add to another's address what tells where it was clicked."""
    plain = {_bare(each.url) for each in articles if "?" not in each.url}
    return [each for each in articles if "?" not in each.url or _bare(each.url) not in plain]


def _bare(url: str) -> str:
    return url.partition("?")[0].partition("://")[2].removeprefix("www.")


def _articles(anchors: list[Anchor], source: Source, way: Way) -> list[Anchor]:
    """Return the links that lead to articles; what the operator names is not judged."""
    if source.link_selector is not None:
        return anchors
    hosts = {host_of(each.url): each.url for each in anchors}
    house = {host for host, url in hosts.items() if same_site(url, way.url)}
    own = [each for each in anchors if host_of(each.url) in house]
    if source.include:
        return own
    return [each.anchor for each in score_links(own, way.url) if each.score >= ARTICLE]

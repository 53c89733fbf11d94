"""Find the node that holds the article: by the weight of its paragraphs, names second.

A name like "share" or "related" may rule a subtree out only while it holds a minority of the
page's paragraphs: 17 % of news pages carry such a word on an ancestor of most of their body.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

OUT_TAGS: Final = frozenset(
    {
        "nav", "footer", "aside", "form", "button", "select", "figure", "figcaption", "dialog",
        "noscript", "template", "script", "style", "svg", "iframe", "menu", "textarea", "video",
        "audio", "object", "label", "amp-sidebar", "amp-consent", "amp-iframe", "picture",
    }
)  # fmt: skip
_WORD: Final = (
    r"comments?|commentlist|disqus|replies|respond|related|recommend(?:ed|ations?)?|newsletter|"
    r"subscribe|subscription|share|sharing|sharebar|socials?|promos?|advert|advertisement|ads?|"
    r"advertising|banner|sponsored|sponsor|outbrain|taboola|popular|trending|most-?read|teasers?|"
    r"read-?more|also-?read|read-?next|read-?also|see-?also|more-?news|more-?stories|sidebar|"
    r"breadcrumbs?|menu|navigation|navbar|nav|footer|cookies?|consent|gdpr|login|signup|"
    r"captions?|credits?|byline|author-?bio|author-?box|author-?info|about-?author|tags?|"
    r"taglist|topics?|toolbar|widgets?|modal|popup|infobox|factbox|fact-box|gallery|slideshow|"
    r"copyright|disclaimer|visually-?hidden|sr-only|screen-reader-text|hidden|print-?only|"
    r"no-?print|pagination|pager|latest|up-?next|jp-relatedposts|wp-caption-text|embed|"
    r"timestamp|dateline|meta|metadata|post-?meta|entry-?meta|rating|poll|quiz|donate|"
    r"app-?download|follow-?us|correction-?form|feedback|paywall"
)
_TOKEN: Final = re.compile(
    rf"(?:[a-z0-9]+-)?(?:[a-z0-9]+-)?(?:{_WORD})"
    r"(?:-(?:list|box|boxes|wrapper|wrap|container|block|section|area|widget|form|inner|bar|"
    r"links?|items?|buttons?|icons?|text|content|articles?|posts?|stories|news|module|title|"
    r"head|header|holder|group|panel|row|body|info))?(?:-\d+)?"
)
_KEPT: Final = re.compile(r"^(?:with|without|has|no|is|not|tag|category|field|js|post|type)-")
_COMMENTS: Final = re.compile(
    r"\bcomments?\b|commentlist|comment-|disqus|\breplies\b", re.IGNORECASE
)
_LETTERS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MINORITY: Final = 0.5
_ENOUGH: Final = 200  # characters that must remain before comments are ruled out for sure
DOWN: Final = 0.75  # walk down while one child holds this share of the weight


def named_out(name: str) -> bool:
    """Tell whether a class or id attribute says that the text is not the article's own."""
    for raw in name.split():
        token = _LETTERS.sub("-", raw).replace("_", "-").replace("--", "-").strip("-").lower()
        if not _KEPT.match(token) and _TOKEN.fullmatch(token):
            return True
    return False


@dataclass(slots=True)
class Verdicts:
    """What names and tags say of nodes; each class string is judged once."""

    cache: dict[str, bool] = field(default_factory=dict)

    def out(self, node: LexborNode, tag: str | None) -> bool:
        """Tell whether tag, class, id or a hidden attribute rule a node out."""
        if tag in OUT_TAGS:
            return True
        attributes = node.attributes
        if not attributes:
            return False
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return True
        name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        known = self.cache.get(name)
        if known is None:
            known = self.cache[name] = named_out(name)
        return known

    def comments(self, node: LexborNode) -> bool:
        """Tell whether a node is named as readers' comments."""
        attributes = node.attributes
        name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        return bool(_COMMENTS.search(name)) and named_out(name)


def weigh(text: str) -> int:
    """Return how much a paragraph counts: its letters, those of CJK scripts twice."""
    return len(text) + (len(_CJK.findall(text)) if not text.isascii() else 0)


@dataclass(slots=True)
class Groups:
    """The paragraphs of a page by the node they stand in, and the nodes above them."""

    weight: dict[int, int] = field(default_factory=dict)  # of paragraphs directly inside
    nodes: dict[int, LexborNode] = field(default_factory=dict)
    parent: dict[int, int] = field(default_factory=dict)

    def add(self, node: LexborNode, weight: int) -> None:
        """Count a paragraph that stands in node."""
        key = node.mem_id
        self.weight[key] = self.weight.get(key, 0) + weight
        while key not in self.nodes:
            self.nodes[key] = node
            above = node.parent
            if above is None or node.tag == "body":
                return
            self.parent[key] = above.mem_id
            key, node = above.mem_id, above

    def path(self, key: int) -> Iterable[int]:
        """Yield a node's key and those above it."""
        while True:
            yield key
            if key not in self.parent:
                return
            key = self.parent[key]

    def sums(self, keys: Iterable[int]) -> dict[int, int]:
        """Return the weight below each node, of the named groups only."""
        total: dict[int, int] = {}
        for key in keys:
            for above in self.path(key):
                total[above] = total.get(above, 0) + self.weight[key]
        return total


def gather(tree: LexborHTMLParser) -> Groups:
    """Weigh every paragraph of some length that is no list of links."""
    groups = Groups()
    linked: dict[int, int] = {}
    for anchor in tree.css("p a"):
        above = anchor.parent
        for _ in range(3):
            if above is None or above.tag == "p":
                break
            above = above.parent
        if above is not None:
            linked[above.mem_id] = linked.get(above.mem_id, 0) + len(anchor.text().strip())
    for paragraph in tree.css("p"):
        text = paragraph.text().strip()
        weight = weigh(text)
        parent = paragraph.parent
        if (
            weight > 25
            and parent is not None
            and linked.get(paragraph.mem_id, 0) < 0.6 * len(text)
        ):
            groups.add(parent, weight)
    return groups


def surviving(groups: Groups, verdicts: Verdicts) -> set[int]:
    """Return the groups that neither tag nor name of a node above rules out."""
    all_keys = set(groups.weight)
    sums = groups.sums(all_keys)
    total = sum(groups.weight.values())
    out: dict[int, bool] = {}
    comment_weight = 0
    for key, node in groups.nodes.items():
        tag = node.tag
        if tag in {"body", "html"}:
            out[key] = False
        elif sums.get(key, 0) < _MINORITY * total:
            out[key] = verdicts.out(node, tag)
        else:
            out[key] = False
            if verdicts.comments(node):
                comment_weight = max(comment_weight, sums[key])
                out[key] = total - sums[key] >= _ENOUGH
    kept = {
        key for key in all_keys if not any(out.get(above, False) for above in groups.path(key))
    }
    return kept or all_keys


def find_container(groups: Groups, kept: set[int]) -> LexborNode | None:
    """Walk down from the body while one child holds most of the weight; None: no paragraphs."""
    sums = groups.sums(kept)
    children: dict[int, list[int]] = {}
    for key, parent in groups.parent.items():
        if key in sums:
            children.setdefault(parent, []).append(key)
    roots = [key for key in sums if key not in groups.parent]
    if not roots:
        return None
    here = max(roots, key=sums.__getitem__)
    while inside := children.get(here):
        best = max(inside, key=sums.__getitem__)
        articles = [key for key in inside if groups.nodes[key].tag == "article"]
        if len(articles) > 1 and len(articles) == len(inside):
            best = first_article(articles, sums)
        elif sums[best] < DOWN * sums[here]:
            break
        here = best
    return groups.nodes[here]


def first_article(articles: list[int], sums: dict[int, int]) -> int:
    """Return the first of several articles that has a good part of the weight."""
    most = max(sums[key] for key in articles)
    return next(key for key in articles if sums[key] >= 0.4 * most)

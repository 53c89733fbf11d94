"""Find the article's own text in a page: which container, which blocks, which of them are ours.

Text weight decides first and class names second: a name like "share" or "related" may cut a
subtree out only while it holds a minority of the page's paragraphs (docs/extraction.md).
"""

import re
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborNode

from crawler.extract.document import Document, plain, types_of
from storage.article import Access, Block, BlockKind

MOST_TEXT: Final = 500_000  # limits.md "Article text stored"
_BLOCKS: Final = "p, h2, h3, h4, h5, h6, li, blockquote, pre, dd, dt, td"
_HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})
_OUT_TAGS: Final = frozenset(
    {
        "nav", "footer", "aside", "form", "button", "select", "figure", "figcaption", "dialog",
        "header", "noscript", "template", "script", "style", "svg", "iframe", "menu",
        "amp-sidebar", "amp-consent",
    }
)  # fmt: skip
_OUT_WORDS: Final = re.compile(
    r"\b(?:comments?|disqus|related|recommend(?:ed|ations?)?|newsletter|subscribe|subscription|"
    r"share|sharing|social|promo|advert(?:isement)?|ads?|banner|sponsored|outbrain|taboola|"
    r"popular|trending|most-?read|teaser|read-?(?:more|also|next)|see-?also|more-?(?:news|on)|"
    r"sidebar|breadcrumbs?|menu|navigation|navbar|footer|cookies?|consent|gdpr|paywall|login|"
    r"caption|credit|byline|author-?(?:bio|box|info)|tags?|topics?|toolbar|widget|modal|popup|"
    r"infobox|factbox|gallery|slideshow|copyright|disclaimer|hidden|visually-?hidden|sr-only)\b",
    re.IGNORECASE,
)
_KEEP_WORDS: Final = re.compile(
    r"\b(?:with|without|has|no|is)-|-enabled\b|\b(?:tag|category)-\w+", re.IGNORECASE
)
_SPACE: Final = re.compile(r"\s+")
_MINORITY: Final = 0.5
_DOWN: Final = 0.65  # walk down while one child holds this share of the weight
_SHORT: Final = 250  # characters; less than this and the next way of the cascade is asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The article's text as the page has it."""

    blocks: tuple[Block, ...]
    access: Access
    not_article: str  # why the page is none; empty: it is one
    container: LexborNode | None  # where the text stands; None: it came from a script
    truncated: bool = False


class _Scope:
    """What is known of the nodes above the text, asked of each node once."""

    def __init__(self) -> None:
        self.weight: dict[int, int] = {}
        self.nodes: dict[int, LexborNode] = {}
        self.parents: dict[int, int] = {}
        self.verdicts: dict[int, bool] = {}

    def add(self, node: LexborNode | None, weight: int) -> None:
        """Add a paragraph's weight to every node above it."""
        while node is not None and node.tag not in {"html", "-undef"}:
            key = node.mem_id
            if key not in self.nodes:
                self.nodes[key] = node
            self.weight[key] = self.weight.get(key, 0) + weight
            above = self.parents.get(key)
            if above is not None:
                node = self.nodes.get(above)
                continue
            parent = node.parent
            if parent is not None:
                self.parents[key] = parent.mem_id
                self.nodes.setdefault(parent.mem_id, parent)
            node = parent

    def outside(self, node: LexborNode, total: int) -> bool:
        """Tell whether a node's own tag or class says that its text is not the article's."""
        key = node.mem_id
        if key not in self.verdicts:
            self.verdicts[key] = self.weight.get(key, 0) < total * _MINORITY and _is_out(node)
        return self.verdicts[key]


def _is_out(node: LexborNode) -> bool:
    if node.tag in _OUT_TAGS:
        return True
    attributes = node.attributes
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if attributes.get("hidden", "") is None or attributes.get("aria-hidden") == "true":
        return True
    words = " ".join(part for part in named.split() if not _KEEP_WORDS.search(part))
    return bool(_OUT_WORDS.search(words.replace("_", "-")))


def squeeze(text: str) -> str:
    """Fold white space, soft hyphens and zero-width signs."""
    return _SPACE.sub(" ", text.replace("\u00ad", "").replace("\u200b", "")).strip()


def read_body(document: Document, headline: str = "") -> Body:
    """Return the article's blocks, or why there are none."""
    scope = _Scope()
    paragraphs = document.tree.css("p")
    total = 0
    for paragraph in paragraphs:
        length = len(paragraph.text().strip())
        if length > 25:
            total += length
            scope.add(paragraph.parent, length)
    container = _container(scope, total)
    blocks = _blocks(container, scope, total, headline) if container is not None else ()
    if sum(len(block.text) for block in blocks) < _SHORT:
        blocks = _longer(blocks, _from_text_nodes(document, headline))
    blocks = _longer(blocks, _from_json(document))
    kept, truncated = _cut(blocks)
    access = _access(document, kept)
    return Body(
        blocks=kept,
        access=access,
        not_article=_objection(document, kept, access),
        container=container,
        truncated=truncated,
    )


def _container(scope: _Scope, total: int) -> LexborNode | None:
    """Walk down from the body while one child holds most of the weight."""
    children: dict[int, list[int]] = {}
    for key, parent in scope.parents.items():
        children.setdefault(parent, []).append(key)
    here = next((key for key, node in scope.nodes.items() if node.tag == "body"), None)
    if here is None:
        return None
    while True:
        inside = [
            key
            for key in children.get(here, ())
            if key in scope.weight and not scope.outside(scope.nodes[key], total)
        ]
        if not inside:
            return scope.nodes[here]
        best = max(inside, key=lambda key: scope.weight[key])
        weight_here = sum(scope.weight[key] for key in inside) or 1
        own = scope.weight[here] - weight_here
        if scope.weight[best] < _DOWN * (weight_here + max(own, 0)):
            return scope.nodes[here]
        here = best


def _blocks(
    container: LexborNode, scope: _Scope, total: int, headline: str
) -> tuple[Block, ...]:
    found: list[Block] = []
    taken: set[int] = set()
    limits = {container.mem_id}
    for node in container.css(_BLOCKS):
        if node.mem_id in taken or node.mem_id in limits:
            continue
        inside, within = _standing(node, container, scope, total, taken)
        if not inside:
            continue
        taken.add(node.mem_id)
        for text in _texts(node):
            block = _block(node.tag or "p", within, text)
            if block is not None and not _is_noise(block, node, headline):
                found.append(block)
    return _tidy(found)


def _standing(
    node: LexborNode, container: LexborNode, scope: _Scope, total: int, taken: set[int]
) -> tuple[bool, frozenset[str]]:
    """Tell whether a block is the article's, and inside which kinds of block it stands."""
    tags: set[str] = set()
    above = node.parent
    if _out_by_itself(node, scope, total):
        return False, frozenset()
    while above is not None and above.mem_id != container.mem_id:
        if above.mem_id in taken or scope.outside(above, total):
            return False, frozenset()
        tags.add(above.tag or "")
        above = above.parent
    return above is not None, frozenset(tags)


def _out_by_itself(node: LexborNode, scope: _Scope, total: int) -> bool:
    return bool(node.attributes.get("class") or node.attributes.get("id")) and scope.outside(
        node, total
    )


def _texts(node: LexborNode) -> list[str]:
    """Return a block's text, split at line breaks of two or more, scripts left out."""
    parts: list[str] = []
    for each in node.traverse(include_text=True):
        if each.tag == "br":
            parts.append("\n")
        elif each.tag == "-text":
            parent = each.parent
            if parent is None or parent.tag not in {"script", "style", "noscript"}:
                parts.append((each.text_content or "").replace("\n", " "))
    lines = re.split(r"\n\s*\n", "".join(parts))
    return [text for text in (squeeze(line) for line in lines) if text]


def _block(tag: str, within: frozenset[str], text: str) -> Block | None:
    if tag in _HEADINGS:
        return Block(kind=BlockKind.HEADING, text=text)
    if tag == "blockquote" or "blockquote" in within:
        return Block(kind=BlockKind.QUOTE, text=text)
    if tag == "li" or "li" in within:
        return Block(kind=BlockKind.LIST_ITEM, text=text)
    if tag in {"td", "dd", "dt"} and len(text) < 40:
        return None
    return Block(text=text)


def _is_noise(block: Block, node: LexborNode, headline: str) -> bool:
    """Tell a line of links, the headline again, or a bare label from the article's words."""
    text = block.text
    if text == headline:
        return True
    linked = sum(len(a.text().strip()) for a in node.css("a")) if len(text) < 400 else 0
    return linked > 0.7 * len(text) and len(text) < 200


def _tidy(blocks: list[Block]) -> tuple[Block, ...]:
    """Drop repeated blocks and headings that nothing follows."""
    kept: list[Block] = []
    seen: set[str] = set()
    for block in blocks:
        if len(block.text) > 40 and block.text in seen:
            continue
        seen.add(block.text)
        if block.kind is BlockKind.HEADING and kept and kept[-1].kind is BlockKind.HEADING:
            kept.pop()
        kept.append(block)
    while kept and kept[-1].kind is BlockKind.HEADING:
        kept.pop()
    return tuple(kept)


def _from_text_nodes(document: Document, headline: str) -> tuple[Block, ...]:
    """Read text that stands in no paragraph: divs with line breaks between."""
    root = document.tree.body
    if root is None:
        return ()
    nodes = [
        node for node in root.css("div, td, article, section, main, span") if not _is_out(node)
    ]
    if not nodes:
        return ()
    blocks = [
        Block(text=text) for text in _own_lines(max(nodes, key=_own_text)) if len(text) > 25
    ]
    return _tidy([block for block in blocks if block.text != headline])


def _own_text(node: LexborNode) -> int:
    """Return how much text stands directly in a node, in none of its children."""
    children = node.iter(include_text=True)
    return sum(len((c.text_content or "").strip()) for c in children if c.tag == "-text")


def _own_lines(node: LexborNode) -> list[str]:
    """Return a node's text, a line for each break and each block inside."""
    texts: list[str] = [""]
    for child in node.iter(include_text=True):
        if child.tag in {"br", "p", "div"}:
            texts.append("")
        if child.tag == "-text":
            texts[-1] += child.text_content or ""
        elif child.tag not in _OUT_TAGS and child.tag != "br":
            texts[-1] += child.text()
    return [squeeze(text) for text in texts]


def _from_json(document: Document) -> tuple[Block, ...]:
    """Read the articleBody of JSON-LD, for pages whose markup holds less."""
    for node in document.lds:
        text = node.get("articleBody")
        if isinstance(text, str) and len(text) > _SHORT:
            lines = [squeeze(plain(line)) for line in re.split(r"\n+", text)]
            return tuple(Block(text=line) for line in lines if line)
    return ()


def _longer(blocks: tuple[Block, ...], others: tuple[Block, ...]) -> tuple[Block, ...]:
    """Take the other reading where it holds more than twice as much."""
    length = sum(len(block.text) for block in blocks)
    other = sum(len(block.text) for block in others)
    return others if other > 2 * length else blocks


def _cut(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], bool]:
    room = MOST_TEXT
    for number, block in enumerate(blocks):
        room -= len(block.text)
        if room < 0:
            return blocks[:number], True
    return blocks, False


def _access(document: Document, blocks: tuple[Block, ...]) -> Access:
    if not blocks:
        return Access.NO_BODY
    for node in document.lds:
        free = str(node.get("isAccessibleForFree", "")).lower()
        if free == "false" and sum(len(block.text) for block in blocks) < 1500:
            return Access.PAYWALLED
    return Access.OPEN


_ARTICLES: Final = re.compile(r"Article$|Posting$|^Report$")


def _objection(document: Document, blocks: tuple[Block, ...], access: Access) -> str:
    """Say why the page is no article; empty: it is one."""
    is_article = document.meta("og:type").lower() == "article" or any(
        _ARTICLES.search(kind) for node in document.lds for kind in types_of(node)
    )
    words = sum(len(block.text) for block in blocks)
    if access is Access.NO_BODY and not is_article:
        return "no text of an article"
    if words < 80 and not is_article:
        return "hardly any text"
    return ""

"""Walk over the container once and make blocks of it, leaving out what is not the article's.

Inline nodes are joined without a separator; blocks end at block-level tags and at empty lines
made of two breaks. What stands in a node that its tag or name rules out is passed over.
"""

import re
from typing import Final

from selectolax.lexbor import LexborNode

from crawler.extract.weights import Verdicts
from storage.article import Block, BlockKind

_DEEPEST: Final = 120
_INLINE: Final = frozenset(
    {
        "a", "b", "i", "em", "strong", "span", "u", "s", "small", "sub", "sup", "font", "mark",
        "abbr", "cite", "q", "code", "time", "bdi", "bdo", "wbr", "ins", "del", "strike", "big",
        "kbd", "var", "samp", "dfn", "data", "ruby", "rb", "rt", "rp", "nobr", "tt", "acronym",
    }
)  # fmt: skip
_HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})
_KINDS: Final = {
    "blockquote": BlockKind.QUOTE,
    "li": BlockKind.LIST_ITEM,
    **dict.fromkeys(_HEADINGS, BlockKind.HEADING),
}
_GAP: Final = re.compile(r"\n[ \t\r\f]*\n[\s]*")
_SPACE: Final = re.compile(r"\s+")
_SENTENCE: Final = re.compile(r"[.!?…。！？؟։।:;,»”\")]\s*$")
_JUNK: Final = str.maketrans({"\u00ad": "", "\u200b": "", "\ufeff": "", "\u2060": ""})


def squeeze(text: str) -> str:
    """Fold white space and drop soft hyphens and zero-width signs."""
    return _SPACE.sub(" ", text.translate(_JUNK)).strip()


class _Walk:
    """Collect the blocks of one container."""

    def __init__(self, verdicts: Verdicts) -> None:
        self.verdicts = verdicts
        self.blocks: list[tuple[Block, float]] = []  # with the share of linked text
        self._parts: list[str] = []
        self._linked = 0

    def flush(self, kind: BlockKind) -> None:
        """End the block under way."""
        if not self._parts:
            return
        whole = "".join(self._parts)
        linked = self._linked / max(1, len(whole.strip()))
        self._parts, self._linked = [], 0
        for piece in _GAP.split(whole):
            if text := squeeze(piece):
                self.blocks.append((Block(kind=kind, text=text), linked))

    def into(
        self, node: LexborNode, kind: BlockKind, depth: int, *, link: bool = False
    ) -> None:
        """Read the children of a node."""
        child = node.child
        while child is not None:
            tag = child.tag or ""
            if tag == "-text":
                text = child.text_content or ""
                self._parts.append(text.replace("\n", " "))
                self._linked += len(text) if link else 0
            elif tag == "br":
                self._parts.append("\n")
            elif tag in _INLINE:
                if (
                    tag != "rt"
                    and tag != "rp"
                    and not (tag == "span" and self._out(child, tag))
                ):
                    self.into(child, kind, depth + 1, link=link or tag == "a")
            elif tag != "-comment" and depth < _DEEPEST:
                self._block(child, tag, kind, depth)
            child = child.next

    def _out(self, node: LexborNode, tag: str) -> bool:
        return self.verdicts.out(node, tag)

    def _block(self, node: LexborNode, tag: str, kind: BlockKind, depth: int) -> None:
        self.flush(kind)
        if tag != "h1" and not self._out(node, tag):
            inside = _KINDS.get(tag, kind)
            self.into(node, inside, depth + 1)
            self.flush(inside)


def read_blocks(container: LexborNode, verdicts: Verdicts, headline: str) -> tuple[Block, ...]:
    """Return the blocks of a container, tidied."""
    walk = _Walk(verdicts)
    walk.into(container, BlockKind.PARAGRAPH, 0)
    walk.flush(BlockKind.PARAGRAPH)
    kept = [block for block, linked in walk.blocks if not _is_noise(block, linked, headline)]
    return tidy(kept)


def _is_noise(block: Block, linked: float, headline: str) -> bool:
    """Tell a line of links, the headline again or a bare sign from the article's words."""
    if block.text == headline or len(block.text) < 2:
        return True
    return linked > 0.7 and len(block.text) < 200


def tidy(blocks: list[Block]) -> tuple[Block, ...]:
    """Drop repeats, fragments before the first and after the last sentence, idle headings."""
    blocks = _trim(_unique(blocks))
    kept: list[Block] = []
    for block in blocks:
        is_heading = block.kind is BlockKind.HEADING
        if is_heading and kept and kept[-1].kind is BlockKind.HEADING:
            kept.pop()
        kept.append(block)
    while kept and kept[-1].kind is BlockKind.HEADING:
        kept.pop()
    return tuple(kept)


def _unique(blocks: list[Block]) -> list[Block]:
    seen: set[str] = set()
    unique = []
    for block in blocks:
        if len(block.text) < 40 or block.text not in seen:
            unique.append(block)
            seen.add(block.text)
    return unique


def _trim(blocks: list[Block]) -> list[Block]:
    """Cut what stands before the first and after the last block that is a sentence."""
    sentences = [number for number, block in enumerate(blocks) if _is_sentence(block)]
    if not sentences:
        return blocks
    last = sentences[-1]
    while last + 1 < len(blocks) and blocks[last + 1].kind is BlockKind.LIST_ITEM:
        last += 1
    return blocks[sentences[0] : last + 1]


def _is_sentence(block: Block) -> bool:
    return len(block.text) >= 80 or (
        len(block.text) >= 25 and bool(_SENTENCE.search(block.text))
    )

"""Read the article's own text out of a page: blocks in order, each with its kind.

The container is found by weight (weights.py); its passages become the blocks (blocks.py).
Where that gives little, other readings are asked in turn: text outside paragraphs, JSON-LD.
"""

from dataclasses import dataclass, replace
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from crawler.extract.access import access_of, length_of
from crawler.extract.article_body import mend, stated_text
from crawler.extract.blocks import read_blocks
from crawler.extract.document import Document
from crawler.extract.objections import object_to
from crawler.extract.outline import read_outline
from crawler.extract.pieces import squeeze
from crawler.extract.script_state import state_texts
from crawler.extract.weights import find_container
from storage.article import Access, Block

MOST_TEXT: Final = 500_000  # characters; what is cut says so (docs/security.md, row 35)
SHORT: Final = 250  # characters; less than this and the next way of the cascade is asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The article's text as the page has it."""

    blocks: tuple[Block, ...]
    access: Access
    not_article: str  # why the page is none; empty: it is one
    frame: int | None  # where the text stands; None: it came from a script
    truncated: bool = False


def read_body(document: Document, titles: tuple[str, ...] = ("",)) -> Body:
    """Return the article's blocks, or why there are none.

    `titles` are what the page could be called, the headline first.
    """
    headline = titles[0]
    outline = document.outline
    weights = find_container(outline, headline)
    frame: int | None = weights.container
    blocks = read_blocks(outline, weights, titles)
    if length_of(blocks) < SHORT:
        opened = read_outline(document.tree, reluctant=True)
        others = find_container(opened, headline)
        blocks = _longer(blocks, read_blocks(opened, others, titles))
    mended = mend(blocks, outline, stated_text(document))
    if mended is not blocks:
        blocks, frame = mended, None
    if length_of(blocks) < SHORT and (drawn := _from_state(document, titles)):
        blocks, frame = _longer(blocks, drawn), None
    kept, truncated = _cut(blocks)
    return Body(
        blocks=kept,
        access=access_of(document, kept, frame),
        not_article=object_to(document, kept, headline, frame),
        frame=frame,
        truncated=truncated,
    )


def _from_state(document: Document, titles: tuple[str, ...]) -> tuple[Block, ...]:
    """Read the text that a script would have drawn; it may be markup itself."""
    for text in state_texts(document, titles[0]):
        if "<" not in text:
            lines = (squeeze(line) for line in text.split("\n"))
            return tuple(Block(text=line) for line in lines if line)
        # Templates that stumble over an end leave it in braces.
        fragment = read_outline(LexborHTMLParser(text.replace("{/p}", "</p>")))
        weights = find_container(fragment, titles[0])
        blocks = read_blocks(fragment, weights, titles)
        if length_of(blocks) >= SHORT:
            return blocks
    return ()


def _longer(blocks: tuple[Block, ...], others: tuple[Block, ...]) -> tuple[Block, ...]:
    """Take the other reading where it holds more than twice as much."""
    return others if length_of(others) > 2 * length_of(blocks) else blocks


def _cut(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], bool]:
    """Keep as much as we store; the last block may be cut short."""
    room = MOST_TEXT
    for number, block in enumerate(blocks):
        if len(block.text) > room:
            rest = (replace(block, text=block.text[:room]),) if room else ()
            return (*blocks[:number], *rest), True
        room -= len(block.text)
    return blocks, False

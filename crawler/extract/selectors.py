"""Read fields by the CSS selectors of a source, for the outlet where the generic way fails.

A selector overrides its field only if it finds something; past its day it is not asked at all.
Either is noted among the field's candidates, so that a stale selector shows in --explain.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from selectolax.lexbor import LexborNode, SelectolaxError

from config.source import Selector, Source
from crawler.extract.choice import Choice, Found
from crawler.extract.dated_nodes import read_any
from crawler.extract.document import Document, join
from crawler.extract.names import fold_doubles, read_names
from crawler.extract.pieces import pieces_of, squeeze
from crawler.extract.stamp import read_written
from crawler.extract.stamp_span import cut_stamp
from crawler.extract.surroundings import Surroundings
from crawler.extract.weights import Weights
from storage.article import Block, Image, Provenance

_TEXTS: Final = (
    "headline", "summary", "section", "newsroom", "language", "caption", "credit"
)  # fmt: skip
_LISTS: Final = ("authors", "tags")
_STAMPS: Final = ("published_at", "last_update")
FIELDS: Final = (*_TEXTS, *_LISTS, *_STAMPS, "canonical_url", "lead_image", "body")


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What a source's selectors found, and what is to be said of those that found nothing."""

    values: dict[str, Any]
    notes: dict[str, Found[str]]
    css: dict[str, str]  # of every field that has a selector

    def over(self, name: str, choice: Choice[Any]) -> Choice[Any]:
        """Return the choice with the selector's value, if it found one, before it."""
        if name in self.values:
            lost = Found(
                choice.value,
                choice.provenance or Provenance.PAGE,
                "the source's selector goes first",
            )
            return Choice(
                value=self.values[name],
                provenance=Provenance.SELECTOR,
                lost=(*((lost,) if choice.value else ()), *choice.lost),
                note=self.css[name],
            )
        if name not in self.notes:
            return choice
        return choice._replace(lost=(self.notes[name], *choice.lost))


_NONE: Final = Overrides(values={}, notes={}, css={})


def read_overrides(
    document: Document, source: Source | None, surroundings: Callable[[], Surroundings]
) -> Overrides:
    """Ask each of the source's selectors that is still valid; few sources have any."""
    if source is None or not source.selectors:
        return _NONE
    around = surroundings()
    values: dict[str, Any] = {}
    notes: dict[str, Found[str]] = {}
    for name, selector in source.selectors.items():
        reason = "" if name in FIELDS else "no field of this name can be selected"
        if not reason and around.now and _is_past(selector, around.now.date()):
            reason = f"expired on {selector.valid_until}"
        if not reason:
            try:
                value = _read(document, name, selector, around)
            except (SelectolaxError, ValueError) as error:
                value, reason = None, f"cannot be read: {error}"
            if value:
                values[name] = value
            else:
                reason = reason or "found nothing"
        if reason:
            notes[name] = Found(selector.css, Provenance.SELECTOR, reason)
    css = {name: each.css for name, each in source.selectors.items()}
    return Overrides(values=values, notes=notes, css=css)


def _is_past(selector: Selector, today: date) -> bool:
    return selector.valid_until is not None and today > selector.valid_until


def _read(document: Document, name: str, selector: Selector, around: Surroundings) -> Any:
    nodes = document.tree.css(selector.css)
    if name == "body":
        return tuple(_blocks(document, nodes, selector))
    if name == "lead_image":
        return next(filter(None, (_image(document, node, selector) for node in nodes)), None)
    texts = list(filter(None, (_text(node, selector) for node in nodes)))
    if name == "authors":
        return fold_doubles(author for text in texts for author in read_names(cut_stamp(text)))
    if name in _LISTS:
        return tuple(dict.fromkeys(texts))
    if name in _STAMPS:
        stamps = (
            read_any(text)
            or read_written(text, language=around.language, month_first=around.month_first)
            for text in texts
        )
        return next((stamp.in_zone(around.zone) for stamp in stamps if stamp), None)
    if name == "canonical_url":
        return join(document.base, texts[0]) if texts else ""
    return texts[0] if texts else ""


def _text(node: LexborNode, selector: Selector) -> str:
    if selector.attribute is not None:
        return squeeze(node.attributes.get(selector.attribute) or "")
    removed = _removed(node, selector)
    return squeeze("".join(_parts(node, removed)))


def _parts(node: LexborNode, removed: frozenset[int]) -> Iterator[str]:
    for inner in node.traverse(include_text=True):
        if inner.tag == "-text" and not _is_below(inner, node, removed):
            yield inner.text_content or ""


def _is_below(inner: LexborNode, top: LexborNode, removed: frozenset[int]) -> bool:
    above = inner.parent
    while removed and above is not None and above.mem_id != top.mem_id:
        if above.mem_id in removed:
            return True
        above = above.parent
    return False


def _removed(node: LexborNode, selector: Selector) -> frozenset[int]:
    return frozenset(cut.mem_id for css in selector.remove for cut in node.css(css))


def _image(document: Document, node: LexborNode, selector: Selector) -> Image | None:
    attributes = node.attributes
    names = [selector.attribute] if selector.attribute else ["src", "data-src", "content"]
    url = next(filter(None, (attributes.get(name) for name in names)), "")
    if not url:
        return None
    return Image(url=join(document.base, url), alt=squeeze(attributes.get("alt") or ""))


def _blocks(document: Document, nodes: list[LexborNode], selector: Selector) -> Iterator[Block]:
    outline = document.outline
    done = 0
    for node in nodes:
        frame = outline.number(node)
        if frame is None or frame < done:
            continue  # not a box of its own, or inside one already read
        removed = _removed(node, selector)
        out = [False] * len(outline.frames)
        done = outline.ends[frame]
        for inner in range(frame, done):
            out[inner] = out[outline.ups[inner]] or outline.frames[inner].mem_id in removed
        everything = [True] * len(out)  # no name is judged: the selector has the say
        weights = Weights(frame, out, everything, [0] * len(out))
        for piece in pieces_of(outline, weights):
            yield Block(kind=piece.kind, text=piece.text)

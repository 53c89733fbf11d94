"""Read the caption and credit of one picture from the markup round it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborNode

from crawler.extract.credit import clean_credit, names_agency, split_credit
from crawler.extract.neighbourhood import Neighbourhood
from crawler.extract.title import fold_title

PICTURES: Final = "img,amp-img"
CAPTIONS: Final = "figcaption,[class*=caption i],[itemprop~=caption]"
_CREDIT: Final = re.compile(
    r"credit|copyright|source|photographer|photo-?by|rights|agency|attribution|autor|urheber|"
    r"license|byline|author",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"legend|description|bildunterschrift|untertitel|(?:img|image|pic|photo|foto|bild)\w*[-_]*"
    r"(?:text|info|desc|title|note|sub)|info-?text",
    re.IGNORECASE,
)
_NOISE: Final = re.compile(
    r"^(?:advertisement|anzeige|werbung|loading|image|photo|foto|bild|caption|video|play|close|"
    r"view (?:\d+ )?(?:gallery|images?).*|open image.*|share.*|\d+\s*/\s*\d+|full ?screen|"
    r"expand|zoom\w*|swipe.*|.*(?:newsletter|subscribe|abonnieren|suscríbete|abonnez-vous).*|"
    r"video loading.*|click to play.*)$",
    re.IGNORECASE,
)
_SKIPPED: Final = frozenset(
    {"script", "style", "noscript", "svg", "button", "-comment", "template", "select", "input"}
)
_BLOCKS: Final = frozenset({"br", "p", "div", "li", "small", "cite", "figcaption", "footer"})
_SENTENCE: Final = re.compile(r"[.!?…。؟][»”\"')\]]*$")
_DURATION: Final = re.compile(r"^\d{1,2}:\d{2}(?:\s*min\b)?\s+.*$")  # a video's
MAX_CAPTION: Final = 1500
_LONGEST_BESIDE: Final = 600  # an unmarked text beside a picture that is longer is the body


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """The words below a picture."""

    text: str = ""
    credit: str = ""
    whole: str = ""  # both as they stand in the page, to know them again in the body


@dataclass(slots=True, kw_only=True)
class Piece:
    """A run of text inside a caption, cut where the markup cuts it."""

    text: str
    marked: bool = False  # the markup calls it a credit
    block: bool = False  # it stands on a line of its own
    linked: bool = False
    named: bool = False  # its node is named as the words of a picture


def read_caption(node: LexborNode) -> Caption:
    """Read a node that is marked as a caption, or a figure by what is marked in it."""
    scope = node
    if node.css_first("h2,h3,h4,h5") is not None:
        return Caption()  # a card of another article
    if node.tag == "figure":
        inner = node.css_first(CAPTIONS)
        scope = inner if inner is not None else node
    return caption_of(pieces_of(scope))


def beside(
    picture: LexborNode, around: Neighbourhood, texts: frozenset[str], *, sure: bool
) -> Caption:
    """Read the unmarked text that shares a box with a picture, or follows it.

    Nothing marks such a text, so it must show that it is a caption: by a credit, by repeating
    the picture's alt text, by the name of its node, or (where we are sure to be below the
    headline) as a sentence that the body lacks.
    """
    alt = fold_title(picture.attributes.get("alt") or "")
    node = picture
    for _ in range(4):
        above = node.parent
        if above is None or above.tag in {"body", "td"} or around.above(above):
            break
        pieces = pieces_of(above)
        if pieces:
            boxed = _is_box(above, pieces)
            return _proved(pieces, alt, texts, sure) if boxed else _repeating(pieces, alt)
        node = above
    return _following(node, alt, texts)


def _repeating(pieces: Sequence[Piece], alt: str) -> Caption:
    """Return the piece that repeats the alt text, with the credit that follows it."""
    for index, piece in enumerate(pieces):
        if len(alt) > 15 and fold_title(piece.text) == alt:
            after = pieces[index + 1 : index + 2]
            credit = bool(after) and (after[0].marked or _is_credit_line(after[0], piece))
            return caption_of(pieces[index : index + 1 + credit])
    return Caption()


def _is_box(node: LexborNode, pieces: Sequence[Piece]) -> bool:
    """Say whether a node holds one picture and a few words of its own."""
    size = sum(len(piece.text) for piece in pieces)
    if not 8 <= size <= _LONGEST_BESIDE or node.css_first("h1,h2,h3,h4,form") is not None:
        return False
    linked = sum(len(piece.text) for piece in pieces if piece.linked)
    return len(node.css(PICTURES)) <= 2 and linked < 0.5 * size


def _following(node: LexborNode, alt: str, texts: frozenset[str]) -> Caption:
    after = node.next
    while after is not None and after.tag in {"-text", "br", "-comment"}:
        after = after.next
    if after is None or after.tag not in {"p", "div", "span", "em", "i", "small", "center"}:
        return Caption()
    pieces = pieces_of(after)
    if sum(len(piece.text) for piece in pieces) > _LONGEST_BESIDE:
        return Caption()
    named = _NAMED.search(after.attributes.get("class") or "") is not None
    made = _proved(pieces, alt, texts, sure=True)
    sure = made.credit or named or (alt and alt in fold_title(made.whole))
    return made if sure else Caption()


def _proved(pieces: Sequence[Piece], alt: str, texts: frozenset[str], sure: bool) -> Caption:
    made = caption_of(pieces)
    if len(alt) > 15 and alt == fold_title(made.text):
        return made
    if made.credit and made.text:
        return made
    shaped = _SENTENCE.search(made.text) or any(piece.named for piece in pieces)
    alone = sure and shaped and made.text not in texts
    return made if alone and not any(piece.linked for piece in pieces) else Caption()


def caption_of(pieces: Sequence[Piece]) -> Caption:
    """Tell caption from credit among the pieces of one caption."""
    size = sum(len(piece.text) for piece in pieces)
    if size > 25 and sum(len(piece.text) for piece in pieces if piece.linked) > 0.8 * size:
        return Caption()  # a card that leads elsewhere
    marked = [piece.text for piece in pieces if piece.marked]
    plain = [piece for piece in pieces if not piece.marked]
    if not marked and len(plain) > 1 and _is_credit_line(plain[-1], plain[-2]):
        marked = [plain.pop().text]
    elif not marked and len(plain) > 1 and _is_credit_line(plain[0], plain[1]):
        marked = [plain.pop(0).text] if _SENTENCE.search(plain[-1].text) else []
    text = " ".join(piece.text for piece in plain)
    credit = clean_credit(" ".join(dict.fromkeys(marked)))
    caption, written = split_credit(text)
    caption = _DURATION.sub("", caption).rstrip(" -–—|/")
    if not caption.strip(" .()[]:") or _NOISE.match(caption) or len(caption) > MAX_CAPTION:
        caption = ""
    whole = " ".join(piece.text for piece in pieces)
    return Caption(text=caption, credit=credit or written, whole=whole)


def _is_credit_line(last: Piece, before: Piece) -> bool:
    """Say whether the last piece of a caption reads as who took the picture."""
    words = last.text.split()
    if len(words) > 8 or _SENTENCE.search(last.text) or len(before.text.split()) < 3:
        return False
    if names_agency(last.text):
        return True
    titled = all(word[:1].isupper() or not word[:1].isalpha() for word in words)
    apart = last.block or _SENTENCE.search(before.text) is not None
    return titled and apart and len(words) <= 5


def pieces_of(node: LexborNode) -> list[Piece]:
    """Return the text of a caption, cut at its elements."""
    pieces = [Piece(text="")]
    above = node.parent
    linked = node.tag == "a" or (above is not None and above.tag == "a")
    _gather(node, pieces, depth=0, linked=linked)
    return list(_tidied(pieces))


def _tidied(pieces: list[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        if text := " ".join(piece.text.split()):
            piece.text = text
            yield piece


def _gather(node: LexborNode, pieces: list[Piece], *, depth: int, linked: bool) -> None:
    child = node.child
    while child is not None and depth < 30:
        tag = child.tag or ""
        if tag == "-text":
            text = child.text_content or ""
            pieces[-1].text += text
            pieces[-1].linked |= linked and bool(text.strip())
        elif tag == "br":
            pieces.append(Piece(text="", block=True))
        elif tag not in _SKIPPED:
            _gather_element(child, tag, pieces, depth=depth, linked=linked or tag == "a")
        child = child.next


def _gather_element(
    node: LexborNode, tag: str, pieces: list[Piece], *, depth: int, linked: bool
) -> None:
    attributes = node.attributes
    said = attributes.get("class") or attributes.get("itemprop") or ""
    named = bool(said) and _NAMED.search(said) is not None
    marked = bool(said) and _CREDIT.search(said) is not None
    cuts = marked or named or tag in _BLOCKS or tag == "span"
    if cuts:
        pieces.append(Piece(text="", block=tag in _BLOCKS, marked=marked))
    first = len(pieces) - 1
    _gather(node, pieces, depth=depth + 1, linked=linked)
    for piece in pieces[first:] if marked or named else ():
        piece.marked |= marked
        piece.named |= named
    if cuts:
        pieces.append(Piece(text=""))

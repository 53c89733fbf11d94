"""Read the caption and credit of one picture from the box it stands in."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from selectolax.lexbor import LexborNode

from crawler.extract.box import Box, Piece
from crawler.extract.credit import clean_credit, names_agency, split_credit
from crawler.extract.neighbourhood import FEW, Neighbourhood
from crawler.extract.outline import Outline, number_of
from crawler.extract.phrases import pleads
from crawler.extract.signs import holds_any
from crawler.extract.title_words import fold_title
from crawler.extract.weights import weigh

_NOISE: Final = re.compile(
    r"^(?:advertisement|anzeige|werbung|loading|image|photo|foto|bild|caption|video|play|close|"
    r"view (?:\d+ )?(?:gallery|images?).*|open image.*|share.*|\d+\s*/\s*\d+|full ?screen|"
    r"expand|zoom\w*|swipe.*|video loading.*|click to play.*)$",
    re.IGNORECASE,
)
_CALLS: Final = ("newsletter", "subscribe", "abonnieren", "suscríbete", "abonnez-vous")
_SENTENCE: Final = re.compile(r"[.!?…。！？؟][»”\"')\]]*$")
_DURATION: Final = re.compile(r"^\d{1,2}:\d{2}(?:\s*min\b)?\s+.*$")  # a video's
MAX_CAPTION: Final = 1500
_TELLING: Final = 20  # a text beside a picture that is longer is no label
_SAYING: Final = 15  # an alt text that is longer is worth looking for
_BODY: Final = number_of("body")
LONGEST_BESIDE: Final = 600  # an unmarked text beside a picture that is longer is the body


class Caption(NamedTuple):
    """The words below a picture."""

    text: str = ""
    credit: str = ""
    whole: str = ""  # both as they stand in the page, to know them again in the body


NO_CAPTION: Final = Caption()


class Context(NamedTuple):
    """What an unmarked caption is judged by."""

    around: Neighbourhood
    texts: frozenset[str]  # the body's paragraphs, which are no captions
    told: frozenset[str]  # what JSON-LD says of pictures, as folded titles
    sure: bool  # below the headline


def figure_caption(box: Box) -> Caption:
    """Return the caption of a figure by what is marked in it."""
    words = box.words
    return NO_CAPTION if box.headings else caption_of(words)


def marked_caption(node: LexborNode, box: LexborNode) -> Caption:
    """Return a caption that the markup calls so, with the credit beside it in its box."""
    made = figure_caption(Box(node))
    if not made.text or made.credit:
        return made
    around = Box(box)
    marked = [piece.text for piece in around.pieces if piece.marked]
    if marked and around.size <= LONGEST_BESIDE + MAX_CAPTION:
        return made._replace(credit=clean_credit(" ".join(dict.fromkeys(marked))))
    return made._replace(credit=_credit_after(node))


def beside(picture: LexborNode, alt: str, frame: int, context: Context) -> Caption:
    """Read the text that shares a box with a picture outside a figure, or follows it.

    What nothing marks must show that it is a caption: by a credit, by repeating the picture's
    alt text, by the name of its node, or (below the headline) as a sentence the body lacks.
    """
    alt = fold_title(alt)
    outline = context.around.outline
    node = picture
    for _ in range(4):
        above = node.parent
        if above is None or above.tag_id == _BODY or context.around.above(above):
            break
        if frame > 0 and above.mem_id == outline.frames[frame].mem_id:
            if _is_ruled_out(context.around, frame, alt):
                return NO_CAPTION
            says = outline.firsts[frame] < outline.lasts[frame]
            frame = outline.ups[frame]
        else:
            says = bool(above.text().strip())
        if says:
            box = context.around.box(above)
            if box is None:
                return NO_CAPTION
            if box.pieces:
                return _in_box(box, alt, context)
        node = above
    return _following(node, alt, frame, context)


def _is_ruled_out(around: Neighbourhood, frame: int, alt: str) -> bool:
    """Say whether a frame holds too much for a caption, and not the words of the picture.

    Reading such a box, some hundred nodes each, was half of the time that pictures cost.
    """
    whole = around.too_much(frame)
    if whole is None:
        return False
    if len(alt) <= _SAYING:
        return bool(whole.strip())
    return not all(word in whole for word in alt.split())


def _in_box(box: Box, alt: str, context: Context) -> Caption:
    words = box.words
    if any(piece.captioned for piece in words) and not box.headings:
        made = caption_of(words)
        return made if context.sure or (made.credit and made.text) else NO_CAPTION
    linked = sum(len(piece.text) for piece in box.pieces if piece.linked)
    if (
        not 8 <= box.size <= LONGEST_BESIDE
        or box.headings
        or len(box.pictures) > FEW
        or linked >= 0.5 * box.size
    ):
        return _repeating(box.pieces, alt)
    return _proved(box.pieces, alt, context)


def _repeating(pieces: Sequence[Piece], alt: str) -> Caption:
    """Return the piece that repeats the alt text, with the credit that follows it."""
    for index, piece in enumerate(pieces):
        if len(alt) > _SAYING and not piece.linked and fold_title(piece.text) == alt:
            after = pieces[index + 1 : index + 2]
            credit = bool(after) and (after[0].marked or _is_credit_line(after[0], piece))
            return caption_of(pieces[index : index + 1 + credit])
    return NO_CAPTION


def _following(node: LexborNode, alt: str, around: int, context: Context) -> Caption:
    """Read the text behind a node that stands in the frame `around`."""
    after = node.next
    while after is not None and after.tag in {"-text", "br", "-comment"}:
        after = after.next
    if after is None or after.tag not in {"p", "div", "span", "em", "i", "small", "center"}:
        return NO_CAPTION
    frame = _number_inside(context.around.outline, around, after)
    if frame is not None and _is_ruled_out(context.around, frame, ""):
        return NO_CAPTION
    box = Box(after)
    if not box.pieces or box.size > LONGEST_BESIDE or box.headings:
        return NO_CAPTION
    made = caption_of(box.pieces)
    credit = made.credit or (_credit_after(after) if made.text else "")
    made = made._replace(credit=credit) if credit else _proved(box.pieces, alt, context)
    named = any(piece.named or piece.captioned for piece in box.pieces)
    return (
        made if made.credit or named or (alt and alt in fold_title(made.whole)) else NO_CAPTION
    )


def _number_inside(outline: Outline, around: int, node: LexborNode) -> int | None:
    """Return the number of a node that stands in a frame, in none within; None: it is none."""
    if around < 0:
        return outline.number(node)
    inside, end = around + 1, outline.ends[around]
    while inside < end and outline.frames[inside].mem_id != node.mem_id:
        inside = outline.ends[inside]
    return inside if inside < end else None


def _credit_after(node: LexborNode) -> str:
    """Return the credit on a line of its own behind a caption; empty: there is none."""
    after = node.next
    while after is not None and after.tag in {"-text", "br", "-comment"}:
        after = after.next
    if after is None or after.tag not in {"p", "div", "span", "em", "i", "small", "cite"}:
        return ""
    made = caption_of(Box(after).pieces)
    return made.credit if not made.text else ""


def _proved(pieces: Sequence[Piece], alt: str, context: Context) -> Caption:
    made = caption_of(pieces)
    if len(alt) > _SAYING and alt == fold_title(made.text):
        return made
    if made.credit and made.text:
        return made
    if context.told and fold_title(made.text) in context.told:
        return made
    shaped = (
        _SENTENCE.search(made.text)
        or weigh(made.text) >= _TELLING
        or any(piece.named for piece in pieces)
    )
    alone = context.sure and shaped and made.text not in context.texts
    return made if alone and not any(piece.linked for piece in pieces) else NO_CAPTION


def caption_of(pieces: Sequence[Piece]) -> Caption:
    """Tell caption from credit among the pieces of one caption."""
    if not pieces:
        return NO_CAPTION
    size = sum(len(piece.text) for piece in pieces)
    linked = sum(len(piece.text) for piece in pieces if piece.linked)
    marked = [piece.text for piece in pieces if piece.marked]
    plain = [piece for piece in pieces if not piece.marked]
    if not marked and len(plain) > 1 and _is_credit_line(plain[-1], plain[-2]):
        marked = [plain.pop().text]
    elif not marked and len(plain) > 1 and _is_credit_line(plain[0], plain[1]):
        marked = [plain.pop(0).text] if _SENTENCE.search(plain[-1].text) else []
    text = " ".join(piece.text for piece in plain)
    credit = clean_credit(" ".join(dict.fromkeys(marked))) if marked else ""
    caption, written = split_credit(text)
    caption = _DURATION.sub("", caption).rstrip(" -–—|/")
    if not caption.strip(" .()[]:") or _is_noise(caption) or len(caption) > MAX_CAPTION:
        caption = ""
    if size > 25 and linked > 0.8 * size and not (credit or written):
        return NO_CAPTION  # a card that leads elsewhere
    whole = " ".join(piece.text for piece in pieces)
    return Caption(text=caption, credit=credit or written, whole=whole)


def _is_noise(caption: str) -> bool:
    folded = caption.lower()
    return holds_any(folded, _CALLS) or _NOISE.match(caption) is not None or pleads(caption)


def _is_credit_line(last: Piece, before: Piece) -> bool:
    """Say whether the last piece of a caption reads as who took the picture."""
    words = last.text.split()
    if len(words) > 8 or _SENTENCE.search(last.text) or len(before.text.split()) < 3:
        return False
    if last.quiet or names_agency(last.text):
        return True
    titled = all(word[:1].isupper() or not word[:1].isalpha() for word in words)
    apart = last.block or _SENTENCE.search(before.text) is not None
    return titled and apart and len(words) <= 5

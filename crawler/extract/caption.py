"""Read the caption and credit of one picture from the markup round it."""

import re
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborNode

from crawler.extract.credit import clean_credit, split_credit
from crawler.extract.neighbourhood import Neighbourhood
from crawler.extract.title import inner_text

PICTURES: Final = "img,amp-img"
CAPTIONS: Final = "figcaption,[class*=caption i],[itemprop~=caption]"
_CREDIT: Final = re.compile(
    r"credit|copyright|source|photographer|photo-?by|rights|agency|attribution|autor|urheber|"
    r"license|byline|author",
    re.IGNORECASE,
)
_NOISE: Final = re.compile(
    r"^(?:advertisement|anzeige|werbung|loading|image|photo|foto|bild|caption|video|play|close|"
    r"view (?:gallery|image).*|open image.*|share.*|\d+\s*/\s*\d+|full ?screen|expand|zoom\w*|"
    r"swipe.*)$",
    re.IGNORECASE,
)
_SKIPPED: Final = frozenset(
    {"script", "style", "noscript", "svg", "button", "-comment", "template", "select", "input"}
)
_SPACED: Final = frozenset({"br", "p", "div", "span", "li"})
MAX_CAPTION: Final = 1500
_LONGEST_BESIDE: Final = 600  # an unmarked text beside a picture that is longer is the body


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """The words below a picture."""

    text: str = ""
    credit: str = ""
    whole: str = ""  # both as they stand in the page, to know them again in the body


def read_caption(node: LexborNode) -> Caption:
    """Read a node that is marked as a caption, or a figure by what is marked in it."""
    scope = node
    if node.tag == "figure":
        inner = node.css_first(CAPTIONS)
        scope = inner if inner is not None else node
    parts: list[str] = []
    marked: list[str] = []
    _gather(scope, parts, marked, 0)
    return _made(" ".join("".join(parts).split()), marked)


def beside(picture: LexborNode, around: Neighbourhood) -> Caption:
    """Read the unmarked text that shares a box with a picture, or follows it with a credit."""
    node = picture
    for _ in range(3):
        above = node.parent
        if above is None or above.tag in {"body", "p", "td"} or around.above(above):
            break
        text = " ".join(inner_text(above).split())
        if text:
            return _made(text, []) if _is_box(above, text) else Caption()
        node = above
    return _following(node)


def _is_box(node: LexborNode, text: str) -> bool:
    """Say whether a node holds one picture and a few words of its own."""
    if not 8 <= len(text) <= _LONGEST_BESIDE or node.css_first("h1,h2,h3,h4,form") is not None:
        return False
    linked = sum(len(" ".join(link.text().split())) for link in node.css("a"))
    return len(node.css(PICTURES)) <= 2 and linked < 0.5 * len(text)


def _following(node: LexborNode) -> Caption:
    after = node.next
    while after is not None and after.tag in {"-text", "br", "-comment"}:
        after = after.next
    if after is None or after.tag not in {"p", "div", "span", "em", "i", "small", "center"}:
        return Caption()
    text = " ".join(inner_text(after).split())
    made = _made(text, []) if len(text) <= _LONGEST_BESIDE else Caption()
    return made if made.credit and made.text else Caption()


def _made(text: str, marked: list[str]) -> Caption:
    credit = " ".join(dict.fromkeys(each for each in marked if each))
    caption, written = split_credit(text)
    if not caption.strip(" .()[]/|-–—:") or _NOISE.match(caption) or len(caption) > MAX_CAPTION:
        caption = ""
    whole = " ".join(f"{text} {credit}".split())
    return Caption(text=caption, credit=clean_credit(credit) or written, whole=whole)


def _gather(node: LexborNode, parts: list[str], marked: list[str], depth: int) -> None:
    """Collect the text of a caption; what is marked as a credit goes to its own list."""
    child = node.child
    while child is not None and depth < 30:
        tag = child.tag or ""
        if tag == "-text":
            parts.append(child.text_content or "")
        elif tag not in _SKIPPED:
            _gather_element(child, tag, parts, marked, depth)
        child = child.next


def _gather_element(
    node: LexborNode, tag: str, parts: list[str], marked: list[str], depth: int
) -> None:
    attributes = node.attributes
    if _CREDIT.search(attributes.get("class") or attributes.get("itemprop") or ""):
        marked.append(" ".join(inner_text(node).split()))
        return
    gap = " " if tag in _SPACED else ""
    parts.append(gap)
    _gather(node, parts, marked, depth + 1)
    parts.append(gap)

"""Walk over a page once and note what its readers want: passages of text and where they stand.

Nothing is judged here. A passage is the text between two block-level boundaries, its inline
nodes joined without a separator; a frame is a block-level element, known by its number. Frames
stand in document order, so a frame's number is always greater than that of the one around it.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, create_tag

BREAK: Final = "\x0b"  # stands for <br> in a passage; white space to split()
_INLINE: Final = frozenset(
    {
        "a", "b", "i", "em", "strong", "span", "u", "s", "small", "sub", "sup", "font", "mark",
        "abbr", "cite", "q", "code", "time", "bdi", "bdo", "wbr", "ins", "del", "strike", "big",
        "kbd", "var", "samp", "dfn", "data", "ruby", "rb", "rp", "nobr", "tt", "acronym",
        "label", "picture", "amp-img",
    }
)  # fmt: skip
# Their text is not the article's, or not text at all.
_CLOSED: Final = frozenset(
    {
        "-comment", "script", "style", "svg", "noscript", "template", "select", "button",
        "textarea", "iframe", "object", "canvas", "meta", "link", "base", "img", "source",
        "input", "math", "head", "title", "nav", "datalist", "option",
        "map", "video", "audio", "track", "footer", "embed", "param", "dialog", "menu",
        "amp-sidebar", "amp-consent", "amp-iframe", "noembed", "noframes", "frameset",
    }
)  # fmt: skip
# Where a page's text stands in none else, these are opened.
_RELUCTANT: Final = frozenset({"noscript", "nav", "button", "dialog", "menu", "footer"})
# Where these stand says nothing: their nodes alone are kept.
_KEPT: Final = frozenset({"meta", "link", "base", "script", "title", "nav", "footer"})
_MARKED: Final = frozenset({"img", "time", "h1", "figure", "figcaption"})


# Inside these, white space between inline nodes is the writer's.
_SPACED: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "td"})
TEXT: Final = 2  # the numbers lexbor has for text nodes and comments
COMMENT: Final = 4
LAST_NUMBER: Final = 1000  # what is greater is the address of a custom element's name
# What to do at a tag, in the order in which the walk asks; without an entry it is a frame.
_FRAME, _SPACED_FRAME, _NOTED_FRAME, _NOTED_SPACED_FRAME, _CHARS, _SHUT = range(6)
_WITHIN, _LINK, _SPAN, _NOTED_WITHIN, _LINE_BREAK, _TAKEN, _NOTED, _READING = range(6, 14)


@cache
def number_of(tag: str) -> int:
    """Return lexbor's number for a tag: asking nodes for it is cheaper than for their name."""
    return create_tag(tag).tag_id


def fold_blanks(text: str) -> str:
    """Return a text with one blank for each run of white space; many hold no other."""
    text = text.strip()
    if "\n" not in text and "  " not in text and _holds_no_other(text):
        return text
    return " ".join(text.split())


def _holds_no_other(text: str) -> bool:
    """Say whether a text without line feeds has surely no white space but blanks."""
    if text.isascii():  # one letter is found in a fifth of the time that isprintable() takes
        return not ("\t" in text or BREAK in text or "\r" in text or "\f" in text)
    return text.isprintable()  # other white space, and signs of no width, are not


def _actions(closed: frozenset[str]) -> list[int]:
    """Return what to do by the number of a tag: a list is asked in no time."""
    actions = {TEXT: _CHARS, COMMENT: _SHUT}
    for tags, action in (
        (_SPACED, _SPACED_FRAME),
        (_MARKED, _NOTED_FRAME),
        (_SPACED & _MARKED, _NOTED_SPACED_FRAME),
        (_INLINE, _WITHIN),
        (closed, _SHUT),
        (_INLINE & _MARKED, _NOTED_WITHIN),
        (closed & _MARKED, _NOTED),
        (closed & _KEPT, _TAKEN),
        ({"br"}, _LINE_BREAK),
        ({"a"}, _LINK),
        ({"span"}, _SPAN),
        ({"rt"}, _READING),
    ):
        actions.update({number_of(tag): action for tag in tags if "-" not in tag})
    return [actions.get(number, _FRAME) for number in range(max(actions) + 1)]


_ACTIONS: Final = _actions(_CLOSED)
_OPENED: Final = _actions(_CLOSED - _RELUCTANT)
_MARK_NUMBERS: Final = {tag: number_of(tag) for tag in _MARKED}
_KEPT_NUMBERS: Final = {tag: number_of(tag) for tag in _KEPT}
_SPACED_NUMBERS: Final = frozenset(map(number_of, _SPACED))


class Cut(NamedTuple):
    """A passage's text in pieces, where spans may have to be cut out of it."""

    parts: list[str]
    spans: list[tuple[LexborNode, int, int]]  # <span>, first part, part after


class Mark(NamedTuple):
    """A node of one of the noted tags."""

    node: LexborNode
    before: int  # how many passages stand before it
    frame: int  # its own number, or that of the frame it stands in


_BREAKS: Final = BREAK + BREAK
# A named tuple's own constructor costs twice as much.
_new_mark: Final[Callable[[tuple[object, ...]], Mark]] = partial(tuple.__new__, Mark)


class Outline:
    """The passages of a page, the frames they stand in, and nodes by their tag.

    Passages and frames are numbers; what is known of each stands in lists.
    """

    __slots__ = (
        "_folded", "_known", "anchored", "anchors", "cuts", "ends", "firsts", "frames", "kept",
        "lasts", "linked", "marks", "numbers", "places", "texts", "ups",
    )  # fmt: skip

    def __init__(self) -> None:
        self.frames: list[LexborNode] = []
        self.numbers: list[int] = []  # lexbor's number for each frame's tag
        self.ups: list[int] = []  # the frame around each; -1: the body itself
        self.ends: list[int] = []  # the number after the last frame inside each
        self.firsts: list[int] = []  # the number of the first passage inside each
        self.lasts: list[int] = []  # the number after the last passage inside each
        self.texts: list[str] = []  # of each passage, as in the page: BREAK stands for <br>
        self.places: list[int] = []  # the frame each stands in
        self.linked: list[int] = []  # how many of its characters stand in links
        self.anchors: list[LexborNode] = []  # links, but those of menus
        self.anchored: list[int] = []  # the passage that each of them begins in
        self.cuts: dict[int, Cut] = {}  # of the passages that hold a <span>
        self.marks: dict[str, list[Mark]] = {}
        self.kept: dict[int, list[LexborNode]] = {n: [] for n in _KEPT_NUMBERS.values()}
        self._known: dict[int, int] | None = None
        self._folded: dict[int, str] = {}

    def first(self, tag: str) -> int | None:
        """Return the first frame of a tag; None: there is none."""
        number = number_of(tag)
        return self.numbers.index(number) if number in self.numbers else None

    def number(self, node: LexborNode) -> int | None:
        """Return the number of a frame's node; None: it is no frame."""
        if self._known is None:
            self._known = {frame.mem_id: n for n, frame in enumerate(self.frames)}
        return self._known.get(node.mem_id)

    def within(self, frame: int) -> range:
        """Return the passages inside a frame."""
        return range(self.firsts[frame], self.lasts[frame])

    def links(self, frame: int) -> list[LexborNode]:
        """Return the links inside a frame, but those of menus."""
        first = bisect_left(self.anchored, self.firsts[frame])
        return self.anchors[first : bisect_left(self.anchored, self.lasts[frame], first)]

    def is_link(self, passage: int) -> bool:
        """Say whether all of a passage is a link."""
        linked = self.linked[passage]
        return linked > 0 and linked >= 0.9 * len(self.texts[passage].strip())

    def line(self, passage: int) -> str:
        """Return a passage's text on one line; folded once for all who ask."""
        line = self._folded.get(passage)
        if line is None:
            line = self._folded[passage] = fold_blanks(self.texts[passage])
        return line

    def lines(self, end: int | None = None) -> list[str]:
        """Return each passage's text on one line; `end`: of those before it alone."""
        known, texts = self._folded, self.texts[:end]
        if len(known) < len(self.texts):
            for number, text in enumerate(texts):
                if number not in known:
                    known[number] = fold_blanks(text)
        return [known[number] for number in range(len(texts))]

    def nodes(self, tag: str) -> list[LexborNode]:
        """Return the page's nodes of one of the kept or noted tags, in document order."""
        number = _KEPT_NUMBERS.get(tag)
        if number is not None:
            return self.kept[number]
        return [mark[0] for mark in self.marks.get(tag, ())]

    def take(self, head: LexborNode) -> None:
        """Note what the head of the page holds."""
        ask = self.kept.get
        for node in head.iter():
            if (kept := ask(node.tag_id)) is not None:
                kept.append(node)


def read_outline(tree: LexborHTMLParser, *, reluctant: bool = False) -> Outline:
    """Walk over the page; `reluctant` opens tags whose text is seldom the article's."""
    outline = Outline()
    head, body = tree.head, tree.body
    if head is not None:
        outline.take(head)
    # A page of frames has no body; one is made up, so that there always is a frame.
    _walk(outline, body or create_tag("body"), _OPENED if reluctant else _ACTIONS)
    return outline


def _walk(outline: Outline, body: LexborNode, actions: list[int]) -> None:  # noqa: C901, PLR0912, PLR0915 - one loop: a call for each node of the page would double its cost
    frames, numbers, ups, kept = outline.frames, outline.numbers, outline.ups, outline.kept
    texts, places, links, cuts = outline.texts, outline.places, outline.linked, outline.cuts
    spaced, known = _SPACED_NUMBERS, len(actions)
    ends, firsts, lasts = outline.ends, outline.firsts, outline.lasts
    anchors, anchored = outline.anchors, outline.anchored
    marks: dict[int, list[Mark]] = {number: [] for number in _MARK_NUMBERS.values()}
    frames.append(body)
    numbers.append(body.tag_id)
    ups.append(-1)
    ends.append(0)
    firsts.append(0)
    lasts.append(0)
    frame, passage, linked = 0, 0, 0  # that which is read; how many letters of it are links
    opened = 1  # frames; counted here, since a call of len() for each costs more
    in_link = apart = False
    parts: list[str] = []
    spans: list[tuple[LexborNode, int, int]] = []
    # Where to go on behind each frame that is open.
    outer: list[Iterator[LexborNode]] = []
    # Behind each inline node: where, within a link?, the <span> that ends and its start, and
    # the frame of the inline node around it; that of the innermost is at hand.
    within: list[tuple[Iterator[LexborNode], bool, tuple[LexborNode, int] | None, int]] = []
    inline = -1
    # White space alone is asked for only inside inline nodes and paragraphs: it is a third of
    # all nodes, and between blocks it means nothing.
    nodes = body.iter(True, True)
    while True:
        for node in nodes:
            number = node.tag_id
            action = actions[number] if number < known else _FRAME
            if action < _CHARS:
                if parts:  # as below: a call for each would cost a twentieth of the walk
                    if spans:
                        cuts[passage] = Cut(parts, spans)
                        spans = []
                    texts.append(parts[0] if len(parts) == 1 else "".join(parts))
                    places.append(frame)
                    links.append(linked)
                    passage += 1
                    parts, linked = [], 0
                outer.append(nodes)
                ups.append(frame)
                frame = opened
                opened += 1
                if action >= _NOTED_FRAME:
                    marks[number].append(_new_mark((node, passage, frame)))
                frames.append(node)
                numbers.append(number)
                ends.append(0)
                firsts.append(passage)
                lasts.append(0)
                nodes = node.iter(True, not action & 1)
                break
            if action == _CHARS:
                text = node.text_content
                apart = False
                if text:
                    parts.append(text)
                    if in_link and not text.isspace():
                        linked += len(text)
            elif action == _SHUT:
                pass
            elif action <= _NOTED_WITHIN:
                if action == _LINK:
                    anchors.append(node)
                    anchored.append(passage)
                elif action == _NOTED_WITHIN:
                    marks[number].append(_new_mark((node, passage, frame)))
                if apart:
                    if parts and numbers[frame] not in spaced:
                        parts.append(" ")  # neighbours in a <div> are set apart by styles
                    apart = False
                inner = node.first_child
                if inner is None:
                    text = _BREAKS if parts and action == _SPAN and _is_break(node) else ""
                elif (text := inner.text_content) is None or inner.next is not None:
                    span = (node, len(parts)) if action == _SPAN else None
                    within.append((nodes, in_link, span, inline))
                    inline = frame
                    in_link = in_link or action == _LINK
                    nodes = node.iter(True)
                    break
                # Most links and spans hold one text: it is read without a turn of the loop.
                if text:
                    if action == _SPAN:
                        spans.append((node, len(parts), len(parts) + 1))
                    parts.append(text)
                    if (in_link or action == _LINK) and not text.isspace():
                        linked += len(text)
                if parts:
                    apart = True
            elif action == _LINE_BREAK:
                if parts:
                    parts.append(BREAK)
            elif action == _TAKEN:
                kept[number].append(node)
            elif action == _NOTED:
                marks[number].append(_new_mark((node, passage, frame)))
            else:
                # Readings are written out only where the page gives brackets for them.
                before = node.prev
                if before is not None and before.tag == "rp":
                    parts.append(node.text())
        else:
            if inline == frame:
                nodes, in_link, span, inline = within.pop()
                if parts:
                    if span is not None and span[1] < len(parts):
                        spans.append((*span, len(parts)))
                    apart = True
                continue
            if parts:
                if spans:
                    cuts[passage] = Cut(parts, spans)
                    spans = []
                texts.append(parts[0] if len(parts) == 1 else "".join(parts))
                places.append(frame)
                links.append(linked)
                passage += 1
                parts, linked = [], 0
            ends[frame] = opened
            lasts[frame] = passage
            if frame == 0:
                break
            nodes, frame = outer.pop(), ups[frame]
    outline.marks = {tag: found for tag, n in _MARK_NUMBERS.items() if (found := marks[n])}


def _is_break(empty: LexborNode) -> bool:
    """Tell an empty span that stands for a <br>, as its class says."""
    return "br" in (empty.attributes.get("class") or "").split()

"""Drive expat over a whole document under limits, keeping the text of the asked elements only.

What is refused: entity declarations, external anything, depth. What is mended: HTML's named
entities (`&nbsp;`) that XML does not know. Nothing is ever loaded from elsewhere.
"""

from html.entities import html5
from typing import Final, Protocol
from xml.parsers import expat

from crawler.discover.outcome import Fault

DEEPEST: Final = 100  # elements in each other (docs/security.md, row 33)
LONGEST_TEXT: Final = 65_536  # of an element we read; the rest of it is dropped
Attributes = dict[str, str]


class XmlRefusedError(Exception):
    """The document holds what we do not read on principle."""

    def __init__(self, fault: Fault, reason: str) -> None:
        self.fault = fault
        super().__init__(reason)


class Enough(Exception):  # noqa: N818 - not an error: the handler has what it came for
    """Raised by a handler to end the reading."""


class Handler(Protocol):
    """What sees the elements of a document; names are "namespace local" or "local"."""

    def open(self, name: str, attributes: Attributes, depth: int) -> bool:
        """Take a start tag; return whether close() shall be given the element's text."""

    def close(self, name: str, text: str | None, depth: int) -> None:
        """Take an end tag, with the text of the element where open() asked for it."""


def read_xml(text: str, handler: Handler) -> None:
    """Hand the elements to handler; raise XmlRefusedError or expat.ExpatError."""
    try:
        _Reading(handler).parser.Parse(text.encode("utf-8", "replace"), True)
    except Enough:
        return


class _Reading:
    """One parser with its limits; text is listened to only inside an asked element."""

    def __init__(self, handler: Handler) -> None:
        # The encoding given here wins over the one the document declares: it is text already.
        self.parser = parser = expat.ParserCreate("utf-8", " ")
        self.handler = handler
        self.depth = 0
        self.asked_at = 0  # depth of the asked element; 0: none is open
        self.pieces: list[str] = []
        self.length = 0
        parser.buffer_text = True
        parser.ordered_attributes = False
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.EntityDeclHandler = self.refuse_entity
        parser.ExternalEntityRefHandler = self.load_nothing
        parser.SkippedEntityHandler = self.mend_entity
        parser.UseForeignDTD(True)  # so that an unknown entity is reported, not fatal

    def start(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise XmlRefusedError(Fault.TOO_DEEP, f"elements nest deeper than {DEEPEST}")
        if self.handler.open(name, attributes, self.depth) and not self.asked_at:
            self.asked_at, self.pieces, self.length = self.depth, [], 0
            self.parser.CharacterDataHandler = self.listen

    def end(self, name: str) -> None:
        text = None
        if self.depth == self.asked_at:
            text, self.asked_at = "".join(self.pieces), 0
            self.parser.CharacterDataHandler = None
        self.handler.close(name, text, self.depth)
        self.depth -= 1

    def listen(self, piece: str) -> None:
        if self.length < LONGEST_TEXT:
            self.pieces.append(piece[: LONGEST_TEXT - self.length])
            self.length += len(piece)

    def mend_entity(self, name: str, is_parameter: bool) -> None:
        if self.asked_at and not is_parameter:
            self.listen(html5.get(f"{name};", f"&{name};"))

    def refuse_entity(self, name: str, *_: object) -> None:
        raise XmlRefusedError(
            Fault.XML_ENTITIES, f"the document declares an entity ({name[:40]!r})"
        )

    def load_nothing(self, *_: object) -> int:
        return 1

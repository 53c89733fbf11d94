"""Cut a query of another product into pieces, in that product's own writing."""

import re
from dataclasses import dataclass, replace

from alerts.importing.dialects import Dialect, Op


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A lexeme of a foreign query."""

    kind: str  # word phrase open close op field atleast caps first date end
    text: str
    start: int
    op: Op | None = None
    number: int = 0
    name: str = ""
    apart: bool = False  # a distance that must not be: "not w/5"


_WORDS = {"and": Op.AND, "&": Op.AND, "or": Op.OR, "|": Op.OR, "not": Op.NOT}
_DISTANCE = re.compile(
    r"(?P<apart>not\s+)?(?:/(n)(\d+)/|(?:(near|onear|adj|pre|w)/?(\d+)"
    r"|(w/s(?:ent)?|w/p(?:ara)?|w/seg|same|near|onear|adj|pre)|(around)\((\d+)\))(?=[\s()]|$))",
    re.IGNORECASE,
)
_UNITS = {"w/sent": "w/s", "w/para": "w/p", "/s": "w/s", "/p": "w/p", "+s": "w/s", "+p": "w/p"}
# Westlaw's signs, which LexisNexis takes, too.
_SIGNED = re.compile(r"(?:([/+])(\d+)|([/+][sp]))(?=[\s()]|$)", re.IGNORECASE)
_ATLEAST = re.compile(r"atleast\s*(\d+)\s*", re.IGNORECASE)
_CAPS = re.compile(r"(caps|allcaps|nocaps|plural|singular)\s*(?=\()", re.IGNORECASE)
_MINUS = re.compile(r"(?<![^\s(])[-–—−](?=\S)")  # a word processor makes dashes of it
_AND_NOT = re.compile(r"(?:and|but)\s+not\b|andnot\b", re.IGNORECASE)
_FIRST = re.compile(r"/f(\d+)/", re.IGNORECASE)  # stands behind its operand: x/F50/
_QUOTES = str.maketrans("“”„«»", '"""""')  # a word processor made them of "
_TOKEN = re.compile(r'[^\s()"]+')


class ForeignLexer:
    """Read one foreign query from left to right."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text = text.translate(_QUOTES)
        self.dialect = dialect
        self.joined: list[str] = []  # what stood side by side and means AND
        self.unclosed: int | None = None  # where a phrase begins that never ends

    def cut(self) -> list[Piece]:
        """Return every piece; the last is the end."""
        pieces: list[Piece] = []
        at = 0
        while at < len(self.text):
            if self.text[at].isspace():
                at += 1
                continue
            piece, at = self._piece(at)
            pieces.append(piece)
        if self.dialect.space == "AND":
            pieces = self._with_implied_and(pieces)
        return [*pieces, Piece(kind="end", text="", start=at)]

    def _with_implied_and(self, pieces: list[Piece]) -> list[Piece]:
        made: list[Piece] = []
        for piece in pieces:
            begins = piece.kind not in {"op", "close"} and not piece.text.startswith("~")
            begins = begins or piece.text == "-"
            if made and made[-1].kind in {"word", "phrase", "close"} and begins:
                if piece.kind in {"word", "phrase"}:
                    self.joined.append(f"{made[-1].text} {piece.text}")
                made.append(Piece(kind="op", text="AND", start=piece.start, op=Op.AND))
            made.append(piece)
        return made

    def _piece(self, at: int) -> tuple[Piece, int]:
        text = self.text
        if text[at] in "()":
            kind = "open" if text[at] == "(" else "close"
            return Piece(kind=kind, text=text[at], start=at), at + 1
        if text[at] == '"':
            end = text.find('"', at + 1)
            if end < 0:
                self.unclosed = at
                end = len(text)
            return Piece(kind="phrase", text=text[at + 1 : end], start=at), end + 1
        if match := _FIRST.match(text, at):
            number = int(match[1])
            return Piece(kind="first", text=match[0], start=at, number=number), match.end()
        for read in (self._operator, self._prefix):
            if (found := read(at)) is not None:
                return found
        match = _TOKEN.match(text, at)
        end = match.end() if match else at + 1
        slashed = re.search(r"/[nf]\d+/", text[at:end], re.IGNORECASE)
        end = at + slashed.start() if slashed and slashed.start() else end
        return Piece(kind="word", text=text[at:end], start=at), end

    def _operator(self, at: int) -> tuple[Piece, int] | None:
        if self.dialect.minus and _MINUS.match(self.text, at):
            return Piece(kind="op", text="-", start=at, op=Op.NOT), at + 1
        if (distance := self._distance(at)) is not None:
            return distance
        if match := _AND_NOT.match(self.text, at):
            return Piece(kind="op", text=match[0], start=at, op=Op.NOT), match.end()
        word = _TOKEN.match(self.text, at)
        if word is None or (word[0] == "&" and not self.dialect.ands):
            return None
        if op := _WORDS.get(word[0].lower()):
            return Piece(kind="op", text=word[0], start=at, op=op), word.end()
        return None

    def _distance(self, at: int) -> tuple[Piece, int] | None:
        if match := _DISTANCE.match(self.text, at):
            name = (match[2] or match[4] or match[6] or match[7]).lower()
            number = int(match[3] or match[5] or match[8] or 0)
            apart = match["apart"] is not None
        elif self.dialect.signs and (match := _SIGNED.match(self.text, at)):
            name = {"/": "w", "+": "pre"}.get(match[1] or "", (match[3] or "").lower())
            number, apart = int(match[2] or 0), False
        else:
            return None
        name = _UNITS.get(name, name)
        piece = Piece(kind="op", text=match[0], start=at, op=Op.PROX, number=number, name=name)
        return replace(piece, apart=apart), match.end()

    def _prefix(self, at: int) -> tuple[Piece, int] | None:
        if match := _ATLEAST.match(self.text, at):
            number = int(match[1])
            return Piece(kind="atleast", text=match[0], start=at, number=number), match.end()
        if match := _CAPS.match(self.text, at):
            name = match[1].lower()
            return Piece(kind="caps", text=match[0], start=at, name=name), match.end()
        if self.dialect.dates and (match := self.dialect.dates.match(self.text, at)):
            return Piece(kind="date", text=match[0], start=at), match.end()
        if match := self.dialect.field_sign.match(self.text, at):
            name = match[1].lower()
            return Piece(kind="field", text=match[0], start=at, name=name), match.end()
        return None

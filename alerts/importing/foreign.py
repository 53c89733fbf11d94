"""Cut a query of another product into pieces, in that product's own writing."""

import re
from dataclasses import dataclass, replace
from html import unescape

from alerts.importing.dialect import Dialect, Op
from alerts.language.lexeme import INVISIBLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A lexeme of a foreign query."""

    # word phrase open close op sign field atleast caps exact first date regex range weight end
    kind: str
    text: str
    start: int
    op: Op | None = None
    number: int = 0
    name: str = ""
    bare: bool = False  # a distance without a number
    apart: bool = False  # a distance that must not be: "not w/5"


_WORDS = {"and": Op.AND, "or": Op.OR, "not": Op.NOT}
_SIGNS = {"&": Op.AND, "&&": Op.AND, "|": Op.OR, "||": Op.OR}
_DISTANCE = re.compile(
    r"(?P<apart>not(?:\s+|(?=/)))?(?:/(?P<slashed>n)(?P<n>\d+)/"
    r"|(?:(?P<counted>near|onear|adj|pre|w|n|p)(?P<gap>\s*/\s*|\s+|)(?P<words>\d+)"
    r"(?P<forward>f?)"
    r"|(?P<bare>(?:w|pre)/(?:sent|s|para|p|seg)|same|near|onear|adj|pre)"
    r"|around\s*\((?P<steps>\d+)\))(?=[\s()]|$))",
    re.IGNORECASE,
)
_UNITS = {"sent": "s", "para": "p"}  # in full, and as LexisNexis shortens them
# Westlaw's signs, which LexisNexis takes, too.
_SIGNED = re.compile(
    r"(?P<apart>not\s*)?(?P<sign>[/+])(?:(?P<words>\d+)|(?P<unit>sent|s|para|p|seg))"
    r"(?=[\s()]|$)",
    re.IGNORECASE,
)
_ATLEAST = re.compile(r"atl(?:east)?\s*(\d+)\s*", re.IGNORECASE)
_CAPS = re.compile(r"(caps|allcaps|nocaps|plural|singular)\s*(?=\()", re.IGNORECASE)
_MINUS = re.compile(r"(?<![^\s(])[-–—−](?=\S)")  # a word processor makes dashes of it
_AND_NOT = re.compile(r"(?:and|but)\s+not\b|andnot\b", re.IGNORECASE)
_FIRST = re.compile(r"/f(\d+)/", re.IGNORECASE)  # stands behind its operand: x/F50/
_TIED = re.compile(r"/[nf]\d+/", re.IGNORECASE)  # what ends a word without a blank
_WEIGHT = re.compile(r"\^\d+(?:\.\d+)?")  # stands behind its operand, and only ranks
_RANGE = re.compile(r"[\[{][^\]}]*[\]}]")
_REGEX = re.compile(r"/((?:[^/\\\s]|\\.)+)/(?=[\s)^]|$)")
_MUST = re.compile(r"(?<![^\s(:])[-–—−+!](?=\S)")
# A word processor made the quotes of ", and a web page left what nobody sees.
_QUOTES = {
    **dict.fromkeys(map(ord, "“”„‟«»″＂❝❞〝〞"), '"'),
    **str.maketrans("（）", "()"),
    **dict.fromkeys(map(ord, INVISIBLE)),
}
_ENTITY = re.compile(r"&(?:quot|amp|lt|gt|nbsp|apos|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
_SQUARE = str.maketrans("[]", "()")
_SLOP = re.compile(r"~\d+")  # stands behind its phrase
_TOKEN = re.compile(r'[^\s()"]+')


_ENDS_TERM = frozenset(
    {"word", "phrase", "close", "exact", "regex", "range", "weight", "first", "date"}
)


def _shown(piece: Piece) -> str:
    """Return a piece as it stood in the query."""
    if piece.kind == "phrase":
        return f'"{piece.text}"'
    if piece.kind == "field":
        return f"{piece.text}…"
    return "(…)" if piece.kind in {"open", "close"} else piece.text


class ForeignLexer:
    """Read one foreign query from left to right."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.entity = _ENTITY.search(text)  # a page's own writing: &quot;
        self.text = (unescape(text) if self.entity else text).translate(_QUOTES)
        self.dialect = dialect
        self.comments: list[tuple[int, str]] = []
        if dialect.square:
            self.text = self.text.translate(_SQUARE)
        if dialect.comment:
            self.text = dialect.comment.sub(self._comment, self.text)
        self.joined: list[tuple[int, tuple[str, str]]] = []  # side by side: it means AND
        self.small: list[tuple[int, str]] = []  # operators in small letters, words there
        self.loose: list[tuple[int, str]] = []  # distances written with blanks in them
        self.unclosed: tuple[int, str] | None = None  # a phrase that never ends, and its sign

    def _comment(self, found: re.Match[str]) -> str:
        self.comments.append((found.start(), found[0]))
        return re.sub(r"[^\n]", " ", found[0])  # all that follows keeps its place

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
            begins = piece.kind not in {"op", "close", "weight", "first"}
            begins = begins and not _SLOP.fullmatch(piece.text)
            begins = begins or piece.text == "-"
            if made and made[-1].kind in _ENDS_TERM and begins:
                if piece.text != "-":
                    self.joined.append((made[-1].start, (_shown(made[-1]), _shown(piece))))
                made.append(Piece(kind="op", text="AND", start=piece.start, op=Op.AND))
            made.append(piece)
        return made

    def _piece(self, at: int) -> tuple[Piece, int]:
        text = self.text
        if text[at] in "()":
            kind = "open" if text[at] == "(" else "close"
            return Piece(kind=kind, text=text[at], start=at), at + 1
        if text[at] == '"':
            return self._enclosed("phrase", at, '"')
        if text[at] == "{" and self.dialect.braces:
            return self._enclosed("exact", at, "}")
        if match := _FIRST.match(text, at):
            number = int(match[1])
            return Piece(kind="first", text=match[0], start=at, number=number), match.end()
        for read in (self._operator, self._prefix, self._of_lucene):
            if (found := read(at)) is not None:
                return found
        match = _TOKEN.match(text, at)
        end = match.end() if match else at + 1
        behind = _WEIGHT if self.dialect.plus else _TIED
        tied = behind.search(text, at + 1, end)
        end = tied.start() if tied else end
        return Piece(kind="word", text=text[at:end], start=at), end

    def _enclosed(self, kind: str, at: int, closing: str) -> tuple[Piece, int]:
        end = self.text.find(closing, at + 1)
        if end < 0:
            self.unclosed = at, self.text[at]
            end = len(self.text)
        return Piece(kind=kind, text=self.text[at + 1 : end], start=at), end + 1

    def _of_lucene(self, at: int) -> tuple[Piece, int] | None:
        """Read what Lucene alone has: weights, ranges, expressions between slashes."""
        behind_field = self.text[at - 1 : at] == ":"
        for kind, pattern in (("weight", _WEIGHT), ("range", _RANGE), ("regex", _REGEX)):
            known = self.dialect.plus or (kind == "range" and behind_field)
            if known and (match := pattern.match(self.text, at)):
                return Piece(kind=kind, text=match[0], start=at), match.end()
        return None

    def _operator(self, at: int) -> tuple[Piece, int] | None:
        if (sign := self._sign(at)) is not None:
            return sign
        if (distance := self._distance(at)) is not None:
            return distance
        if match := _AND_NOT.match(self.text, at):
            self._check_capitals(at, match[0])
            return Piece(kind="op", text=match[0], start=at, op=Op.NOT), match.end()
        word = _TOKEN.match(self.text, at)
        if word is None or (word[0] == "&" and not self.dialect.ands):
            return None
        if op := _WORDS.get(word[0].lower()) or _SIGNS.get(word[0]):
            self._check_capitals(at, word[0])
            return Piece(kind="op", text=word[0], start=at, op=op), word.end()
        return None

    def _check_capitals(self, at: int, operator: str) -> None:
        if self.dialect.capitals and operator != operator.upper():
            self.small.append((at, operator))

    def _sign(self, at: int) -> tuple[Piece, int] | None:
        """Read a sign before a term: it must be there, or must not."""
        dialect = self.dialect
        if dialect.minus and _MINUS.match(self.text, at) and dialect.space != "OR":
            return Piece(kind="op", text="-", start=at, op=Op.NOT), at + 1
        if not dialect.plus or _MUST.match(self.text, at) is None:
            return None
        name = "+" if self.text[at] == "+" else "-"
        if dialect.space == "OR":
            return Piece(kind="sign", text=name, start=at), at + 1
        if name == "-":
            return Piece(kind="op", text="-", start=at, op=Op.NOT), at + 1
        return self._piece(at + 1)  # all must be there in any case

    def _distance(self, at: int) -> tuple[Piece, int] | None:
        if (match := _DISTANCE.match(self.text, at)) and self._measures(match):
            name = (match["slashed"] or match["counted"] or match["bare"] or "around").lower()
            name = {"n": "near", "p": "pre"}.get(name, name)
            name = "onear" if match["forward"] else name  # Brandwatch's NEAR/2f
            number = int(match["n"] or match["words"] or match["steps"] or 0)
            bare = match["bare"] is not None
            if (match["gap"] or "").strip("/"):
                self.loose.append((at, match[0]))
        elif self.dialect.signs and (match := _SIGNED.match(self.text, at)):
            name = {"/": "w", "+": "pre"}[match["sign"]]
            name += f"/{match['unit'].lower()}" if match["unit"] else ""
            number, bare = int(match["words"] or 0), match["words"] is None
        else:
            return self._unit_word(at)
        start, slash, unit = name.partition("/")
        name = start + slash + _UNITS.get(unit, unit)
        piece = Piece(kind="op", text=match[0], start=at, op=Op.PROX, number=number, name=name)
        return replace(piece, apart=match["apart"] is not None, bare=bare), match.end()

    def _unit_word(self, at: int) -> tuple[Piece, int] | None:
        """Read the word by which a product asks for one sentence or paragraph."""
        word = _TOKEN.match(self.text, at)
        name = self.dialect.unit_words.get(word[0]) if word else None
        if word is None or name is None:
            return None
        piece = Piece(kind="op", text=word[0], start=at, op=Op.PROX, name=name, bare=True)
        return piece, word.end()

    def _measures(self, match: re.Match[str]) -> bool:
        """Tell whether the product takes this for a distance; else it is a word."""
        if bare := match["bare"]:
            return "/" in bare or bare.lower() in self.dialect.bare
        counted, gap = (match["counted"] or "").lower(), match["gap"] or ""
        if counted in {"n", "p"} and not self.dialect.letters:
            return False
        if gap.isspace():  # "near 5 towns" is prose but where a bare near is a distance
            return counted in self.dialect.bare
        return counted not in {"w", "pre", "n", "p"} or "/" in gap

    def _prefix(self, at: int) -> tuple[Piece, int] | None:
        if match := _ATLEAST.match(self.text, at):
            number = int(match[1])
            return Piece(kind="atleast", text=match[0], start=at, number=number), match.end()
        if match := _CAPS.match(self.text, at):
            name = match[1].lower()
            return Piece(kind="caps", text=match[0], start=at, name=name), match.end()
        if self.dialect.exact and (match := self.dialect.exact.match(self.text, at)):
            return Piece(kind="caps", text=match[0], start=at, name="exact"), match.end()
        if self.dialect.dates and (match := self.dialect.dates.match(self.text, at)):
            return Piece(kind="date", text=match[0], start=at), match.end()
        if match := self.dialect.field_sign.match(self.text, at):
            name = next(filter(None, match.groups()))
            name = name.lower()
            return Piece(kind="field", text=match[0], start=at, name=name), match.end()
        return None

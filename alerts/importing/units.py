"""Read one term of a foreign query: a word, a phrase, a group, and what stands around it."""

import re
from collections.abc import Callable
from dataclasses import replace

from alerts.importing.cursor import ForeignCursor
from alerts.importing.dialect import Dialect
from alerts.importing.distances import Distances
from alerts.importing.fields import ForeignFields, instead_of_date
from alerts.importing.foreign import Piece
from alerts.importing.notes import Notes
from alerts.importing.plurals import plural
from alerts.importing.spelling import Spelling
from alerts.language.printer import print_query
from alerts.language.syntax import (
    MAX_MENTIONS,
    AtLeast,
    Case,
    InField,
    Or,
    Pattern,
    Phrase,
    Query,
    Word,
)

_SLOP = re.compile(r"~(\d+)")
_SHAPES: dict[str, tuple[Callable[[str], str], ...]] = {
    "caps": (str.title, str.upper), "allcaps": (str.upper,), "nocaps": (str.lower,),
    "exact": (str,),
}  # fmt: skip


class ForeignUnits:
    """Read terms; rest reads a whole boolean query, up to the parenthesis that closes."""

    def __init__(
        self,
        cursor: ForeignCursor,
        dialect: Dialect,
        notes: Notes,
        spelling: Spelling,
        *,
        rest: Callable[[], Query | None],
    ) -> None:
        self.bare: list[Query] = []  # what operators joined, and no parentheses
        self.distances = Distances(dialect, notes, spelling)
        self.as_written = 0  # how many CAPS( and the like are open: no plurals in them
        self._cursor = cursor
        self._dialect = dialect
        self._notes = notes
        self._spelling = spelling
        self._rest = rest
        self._fields = ForeignFields(cursor, dialect, notes, unit=self._in_field, rest=rest)
        self._readers: dict[str, Callable[[Piece], Query | None]] = {
            "open": self._group,
            "phrase": self._phrase,
            "field": self._fields.read,
            "atleast": self._at_least,
            "caps": self._caps,
            "exact": self._exact,
            "word": spelling.word,
            "regex": self._regex,
            "date": self._date,
        }

    def whole(self) -> Query | None:
        """Return a unit with what is written behind it."""
        start, unit = self._cursor.here().start, self._close_by(self._unit())
        while weight := self._cursor.taken("weight"):
            reason = "a weight only ranks; score: adds"
            self._notes.change(weight.start, weight.text, "", reason)
        if (first := self._cursor.taken("first")) is None:
            return unit
        if unit is None:
            lost = self._notes.written(start, first.start)
            self._notes.fallen(first.start, first.text, lost)
            return None
        made = InField(field="hlead", operand=unit)
        before = self._notes.text[start : first.start + len(first.text)]
        reason = f"headline and lead, not the first {first.number} words"
        self._notes.change(start, before, print_query(made), reason)
        return made

    def _close_by(self, unit: Query | None) -> Query | None:
        """Return a group whose sides must be near each other, if ~5 stands behind it."""
        before, here = self._cursor.before(), self._cursor.here()
        slop = _SLOP.fullmatch(here.text) if here.kind == "word" else None
        if slop is None or before is None or before.kind != "close" or unit is None:
            return unit
        self._cursor.next()
        near = self.distances.around(unit, int(slop[1]))
        if near is None:
            reason = "here a distance stands between two terms: a NEAR/5 b"
            self._notes.change(here.start, here.text, "", reason)
            return unit
        self._notes.same(here.start, here.text, print_query(near), "so near each other")
        return near

    def _unit(self) -> Query | None:
        if not self._cursor.at_term():
            return None
        piece = self._cursor.next()
        with self._cursor.deeper():
            return self._readers.get(piece.kind, self._nothing)(piece)

    def _date(self, piece: Piece) -> None:
        self._notes.change(piece.start, piece.text, "", instead_of_date(piece.text))

    def _nothing(self, piece: Piece) -> None:
        self._notes.change(piece.start, piece.text, "", "no term stands before it")

    def _group(self, opening: Piece) -> Query | None:
        if self._cursor.here().kind == "close":
            hint = "write a term between them"
            self._notes.problem("E100", opening.start, "nothing between the parentheses", hint)
        inner = self._rest()
        if not self._cursor.taken("close"):
            hint = "write ) where the group ends"
            self._notes.problem("E101", opening.start, "( is never closed", hint)
        self.bare = [one for one in self.bare if one is not inner]
        return inner

    def _in_field(self) -> Query | None:
        """Return what a field takes in: where words side by side are a phrase, all of them."""
        first = self._cursor.here()
        unit = self._unit()
        if self._dialect.space != "phrase" or not isinstance(unit, Word):
            return unit
        words = [unit.text]
        while word := self._cursor.taken("word"):
            words.append(self._spelling.spelling(word.text, word.start))
        if len(words) < 2:
            return unit
        made = Phrase(text=" ".join(words))
        reason = "words side by side are a phrase there"
        self._notes.same(first.start, made.text, print_query(made), reason)
        return made

    def _phrase(self, piece: Piece) -> Query:
        words = [self._spelling.spelling(word, piece.start) for word in piece.text.split()]
        if "*" in piece.text and not self._dialect.quoted_stars:
            reason = f"{self._dialect.title} finds nothing by a * in quotes: read as meant"
            self._notes.change(piece.start, f'"{piece.text}"', f'"{" ".join(words)}"', reason)
        here = self._cursor.here()
        slop = _SLOP.fullmatch(here.text) if here.kind == "word" else None
        if slop:
            self._cursor.next()
        if slop and len(words) > 1:
            made = self.distances.slop(words, int(slop[1]))
            what = "moves of words" if self._dialect.moves else "words between"
            before = f'"{piece.text}"~{slop[1]}'
            self._notes.same(
                piece.start, before, print_query(made), f"~{slop[1]} counts the {what}"
            )
            return made
        if slop:
            reason = "one word has nothing to be near"
            self._notes.change(here.start, slop[0], "", reason)
        if "*" in words[1:-1]:
            return self._spelling.gap(piece, words)
        return Phrase(text=" ".join(words))

    def _regex(self, piece: Piece) -> Query:
        made = Pattern(pattern=rf"\b{piece.text[1:-1]}\b", ignore_case=True)
        reason = "an expression for one word there, for a paragraph here"
        self._notes.same(piece.start, piece.text, print_query(made), reason)
        return made

    def _behind(self, piece: Piece, read: Callable[[], Query | None]) -> Query | None:
        """Return the term that a piece is about; None: nothing is left, nor of the piece."""
        start = self._cursor.here().start
        inner = read()
        if inner is None:
            lost = self._notes.written(start, self._cursor.here().start)
            self._notes.fallen(piece.start, piece.text, lost)
        return inner

    def _at_least(self, piece: Piece) -> Query | None:
        inner = self._behind(piece, self._in_field)
        if inner is None:
            return None
        if piece.number < 2:
            before = self._notes.written(piece.start, self._cursor.here().start)
            self._notes.same(piece.start, before, print_query(inner), "once is enough")
            return inner
        count = min(piece.number, MAX_MENTIONS)
        if count < piece.number:
            reason = f"at most {MAX_MENTIONS} are counted here"
            self._notes.change(piece.start, piece.text, f"ATLEAST{count}", reason)
        return AtLeast(count=count, operand=inner)

    def _caps(self, piece: Piece) -> Query | None:
        """Read what a product finds in one shape of letters, or one number, only."""
        self.as_written += 1
        inner = self._behind(piece, self._unit)
        self.as_written -= 1
        if isinstance(inner, Case):
            return inner  # raw:{BT} says it twice
        arms = inner.operands if isinstance(inner, Or) else (inner,)
        terms = [arm for arm in arms if isinstance(arm, Word | Phrase)]
        if inner is None or len(terms) < len(arms):
            if inner is not None:
                reason = "CASE() takes words as they are to be written"
                self._notes.change(piece.start, piece.text, "", reason)
            return inner
        if piece.name in {"plural", "singular"}:
            shaped = [*map(_only_plural, terms)] if piece.name == "plural" else [*terms]
            made, reason = _either(shaped), "in this number only"
        else:
            made, reason = self._shaped(terms, piece), "letter by letter"
        if isinstance(made, Pattern):
            return made  # told already
        before = f"{piece.text.strip()}({print_query(inner)})"
        self._notes.same(piece.start, before, print_query(made), reason)
        return made

    def _exact(self, piece: Piece) -> Query:
        """Read what stands in { }: it is found in these letters only."""
        words = piece.text.split()
        term = Word(text=words[0]) if len(words) == 1 else Phrase(text=" ".join(words))
        made = self._shaped([term], replace(piece, name="exact"))
        if not isinstance(made, Pattern):
            shown = f"{{{piece.text}}}"
            self._notes.same(piece.start, shown, print_query(made), "letter by letter")
        return made

    def _shaped(self, terms: list[Word | Phrase], piece: Piece) -> Query:
        made: list[Query] = []
        for term in terms:
            if piece.name == "exact" and isinstance(term, Word):
                exact = self._spelling.exactly(term, piece.start)
                made.append(Case(operand=exact) if isinstance(exact, Word) else exact)
            else:
                texts = dict.fromkeys(shape(term.text) for shape in _SHAPES[piece.name])
                made.append(Case(operand=_either([type(term)(text=text) for text in texts])))
        return _either(made)


def _only_plural(term: Word | Phrase) -> Word | Phrase:
    return type(term)(text=plural(term.text) or term.text)


def _either(terms: list[Word | Phrase] | list[Query]) -> Query:
    return terms[0] if len(terms) == 1 else Or(operands=tuple(terms))

"""Read the pieces of a foreign query as our tree, noting every change of meaning.

The foreign text is read with the foreign product's own binding of operators; the result carries
our parentheses. What we do not have is left out and named, never guessed.
"""

import re
from dataclasses import replace
from itertools import pairwise

from alerts.importing.dialects import Dialect, Op
from alerts.importing.distances import Distances
from alerts.importing.foreign import ForeignLexer, Piece
from alerts.importing.nesting import join
from alerts.importing.notes import Notes
from alerts.importing.spelling import Spelling
from alerts.language.languages import LANGUAGES, language_code
from alerts.language.printer import print_query
from alerts.language.syntax import (
    MAX_DISTANCE,
    MAX_MENTIONS,
    And,
    AtLeast,
    Case,
    Filter,
    InField,
    Length,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Word,
    children,
)

_BOUND = re.compile(r"\s*(?:\(\s*([<>]=?)\s*(\d+)\s*\)|([<>]=?)\s*(\d+))")


class ForeignReader:
    """Hold the place in one foreign query while it is read."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.dialect = dialect
        self.groups: list[Query] = []  # what stood in parentheses
        lexer = ForeignLexer(text, dialect)
        self.notes = Notes(lexer.text)
        self._spelling = Spelling(dialect, self.notes)
        self._distances = Distances(dialect, self.notes)
        self.pieces = lexer.cut()
        for both in lexer.joined:
            self.notes.change(
                both, both.replace(" ", " AND ", 1), "terms there must all be found"
            )
        if lexer.unclosed is not None:
            hint = 'write " after its last word'
            self.notes.problem("E101", lexer.unclosed, '" is never closed', hint)
        self.at = 0

    def read(self) -> Query | None:
        """Return the whole query; None: nothing of it is left."""
        if self.dialect.inflects:
            reason = f"{self.dialect.inflects}: write word* for them"
            self.notes.change("every word", "as written", reason)
        tree = self._level(0)
        while self._here().kind != "end":
            self.notes.problem(
                "E101", self._here().start, ") without its (", "delete it, or open it"
            )
            self.at += 1
            more = self._level(0) if self._here().kind != "end" else None
            tree = join(And, [tree, more])
        return tree

    def _here(self) -> Piece:
        return self.pieces[self.at]

    # Levels of binding ---------------------------------------------------------------------

    def _level(self, depth: int) -> Query | None:
        if depth == len(self.dialect.binding):
            return self._side_by_side()
        op = self.dialect.binding[depth]
        if op is Op.NOT and self._here().op is Op.NOT:
            self.at += 1
            inner = self._level(depth)
            return None if inner is None else Not(operand=inner)
        start = self._here().start
        operands = [self._level(depth + 1)]
        pieces: list[Piece] = []
        while self._here().op is op:
            pieces.append(self._here())
            self._check_sides(self._here())
            self.at += 1
            operands.append(self._level(depth + 1))
        if not pieces:
            return operands[0]
        made = self._made(op, operands, pieces)
        self._explain_binding(made, start)
        return made

    def _check_sides(self, piece: Piece) -> None:
        """Complain of an operator that has nothing on one side."""
        before, after = self.pieces[self.at - 1] if self.at else None, self.pieces[self.at + 1]
        said = f"{piece.text} has nothing on its"
        if before is None or before.kind == "open" or before.op:
            self.notes.problem("E108", piece.start, f"{said} left", "write a term before it")
        if after.kind in {"end", "close"} or (piece.op is Op.PROX and after.op is Op.NOT):
            self.notes.problem("E108", piece.start, f"{said} right", "write a term after it")

    def _made(self, op: Op, operands: list[Query | None], pieces: list[Piece]) -> Query | None:
        if op is Op.OR:
            return join(Or, operands)
        if op is Op.AND:
            return join(And, operands)
        if op is Op.NOT:
            excluded = [Not(operand=one) for one in operands[1:] if one is not None]
            return join(And, [operands[0], *excluded])
        near = [
            self._distances.near(left, right, piece)
            for left, right, piece in zip(operands, operands[1:], pieces, strict=False)
        ]
        if len(near) > 1:
            self.notes.change(
                "a near b near c", "a NEAR b AND b NEAR c", "distances do not chain here"
            )
        return join(And, near)

    def _explain_binding(self, made: Query | None, start: int) -> None:
        """Say so when the product's order of operators decided how a level was read."""
        sides = () if made is None else children(made)
        grouped = [
            one.operand if isinstance(one, Not) else one
            for one in sides
            if isinstance(one, Not | And | Or) and type(one) is not type(made)
        ]
        if made is not None and not all(self._in_parentheses(one) for one in grouped):
            end = self._here().start
            order = " > ".join(
                {Op.PROX: "distance", Op.NOT: "NOT"}.get(op, op.name)
                for op in reversed(self.dialect.binding)
            )
            reason = f"{self.dialect.name} binds {order}; here parentheses say it"
            self.notes.change(self.notes.text[start:end].strip(), print_query(made), reason)

    def _in_parentheses(self, query: Query) -> bool:
        return not isinstance(query, And | Or) or any(query is one for one in self.groups)

    def _side_by_side(self) -> Query | None:
        first = self.at
        units = [self._whole_unit()]
        while self._here().kind not in {"op", "close", "end"}:
            units.append(self._whole_unit())
        known = [unit for unit in units if unit is not None]
        if len(known) < 2:
            return known[0] if known else None
        before = " ".join(piece.text for piece in self.pieces[first : self.at])
        if all(isinstance(unit, Word | Phrase) for unit in known):
            text = " ".join(unit.text for unit in known if isinstance(unit, Word | Phrase))
            self.notes.change(before, f'"{text}"', "words side by side are a phrase there")
            return Phrase(text=text)
        joined = And(operands=tuple(known))
        self.notes.change(before, print_query(joined), "terms side by side must all be there")
        return joined

    # Units -----------------------------------------------------------------------------------

    def _whole_unit(self) -> Query | None:
        """Return a unit with what is written behind it."""
        start, unit = self._here().start, self._unit()
        here = self._here()
        if here.kind != "first":
            return unit
        self.at += 1
        if unit is None:
            return None
        made = InField(field="hlead", operand=unit)
        before = self.notes.text[start : here.start + len(here.text)]
        reason = f"headline and lead, not the first {here.number} words"
        self.notes.change(before, print_query(made), reason)
        return made

    def _unit(self) -> Query | None:
        piece = self._here()
        self.at += piece.kind not in {"end", "close", "op"}
        match piece.kind:
            case "open":
                return self._group(piece)
            case "phrase":
                return self._phrase(piece)
            case "field":
                return self._field(piece)
            case "atleast":
                return self._at_least(piece)
            case "caps":
                return self._caps(piece)
            case "word":
                return self._spelling.word(piece)
            case "date":
                self.notes.change(
                    piece.text, "", "an alert sees what is new; where: has max_age"
                )
                return None
            case _:
                return None

    def _group(self, opening: Piece) -> Query | None:
        if self._here().kind == "close":
            hint = "write a term between them"
            self.notes.problem("E100", opening.start, "nothing between the parentheses", hint)
        inner = self._level(0)
        if self._here().kind == "close":
            self.at += 1
        else:
            hint = "write ) where the group ends"
            self.notes.problem("E101", opening.start, "( is never closed", hint)
        self.groups += [] if inner is None else [inner]
        return inner

    def _phrase(self, piece: Piece) -> Query:
        words = [self._spelling.spelling(word) for word in piece.text.split()]
        here = self._here()
        if (
            len(words) > 1
            and here.kind == "word"
            and (slop := re.fullmatch(r"~(\d+)", here.text))
        ):
            self.at += 1
            within = min(int(slop[1]) + 1, MAX_DISTANCE)
            nears = [
                Near(left=Word(text=a), right=Word(text=b), within=within)
                for a, b in pairwise(words)
            ]
            made: Query = nears[0] if len(nears) == 1 else And(operands=tuple(nears))
            reason = f"~{slop[1]} counts the words between"
            self.notes.change(f'"{piece.text}"~{slop[1]}', print_query(made), reason)
            return made
        if "*" in words[1:-1]:
            return self._spelling.gap(piece, words)
        return Phrase(text=" ".join(words))

    def _at_least(self, piece: Piece) -> Query | None:
        inner = self._unit()
        if inner is None or piece.number < 2:
            return inner
        count = min(piece.number, MAX_MENTIONS)
        if count < piece.number:
            self.notes.change(
                piece.text, f"ATLEAST{count}", f"at most {MAX_MENTIONS} are counted here"
            )
        return AtLeast(count=count, operand=inner)

    def _caps(self, piece: Piece) -> Query | None:
        inner = self._unit()
        if inner is None or piece.name in {"plural", "singular"}:
            self.notes.change(piece.text, "", "we do not tell singular and plural apart")
            return inner
        if not isinstance(inner, Word | Phrase):
            self.notes.change(piece.text, "", "CASE() takes words as they are to be written")
            return inner
        shapes = {"caps": str.title, "allcaps": str.upper, "nocaps": str.lower}
        made = Case(operand=replace(inner, text=shapes[piece.name](inner.text)))
        self.notes.change(
            f"{piece.name.upper()}({inner.text})", print_query(made), "letter by letter"
        )
        return made

    def _field(self, piece: Piece) -> Query | None:
        ours = self.dialect.fields.get(piece.name, "")
        if ours == "words":
            return self._length(piece)
        if self._here().kind in {"end", "close", "op"}:
            self.notes.problem(
                "E123", piece.start, f"{piece.text} needs a value", f"{piece.text}word"
            )
        if ours_of_all := self.dialect.whole.get(piece.name):
            return self._whole_field(ours_of_all, piece)
        inner = self._unit()
        written = self.notes.text[piece.start : self._here().start].strip()
        if not ours:
            instead = self.dialect.lost.get(
                piece.name, f"we have no field {piece.name}: left out"
            )
            self.notes.change(written, "", instead)
            return None
        if inner is None:
            return None
        if ours in {"lang", "source", "country"}:
            return self._filter(ours, inner, written)
        made = InField(field=ours, operand=inner)
        self.notes.change(written, print_query(made), "a field")
        return made

    def _whole_field(self, ours: str, piece: Piece) -> Query | None:
        """Read a field that takes in all that follows it."""
        inner = self._level(0)
        if inner is None:
            return None
        made = InField(field=ours, operand=inner)
        self.notes.change(self.notes.text[piece.start :], print_query(made), "a field")
        return made

    def _length(self, piece: Piece) -> Query | None:
        match = _BOUND.match(self.notes.text, piece.start + len(piece.text))
        if match is None:
            self.notes.change(piece.text, "", "a length needs < or > and a number")
            return None
        while self._here().kind != "end" and self._here().start < match.end():
            self.at += 1
        made = Length(comparison=match[1] or match[3], count=int(match[2] or match[4]))
        self.notes.change(
            f"{piece.text}{match[0]}".strip(), print_query(made), "words of the body"
        )
        return made

    def _filter(self, kind: str, inner: Query, written: str) -> Query | None:
        terms = inner.operands if isinstance(inner, Or) else (inner,)
        values = [one.text.lower() for one in terms if isinstance(one, Word | Phrase)]
        if kind == "lang":
            values = [language_code(value) for value in values]
            values = [value for value in values if value in LANGUAGES]
        if not values:
            self.notes.change(written, "", f"not a {kind} that we know: left out")
            return None
        made = Filter(kind=kind, values=tuple(values))
        self.notes.change(written, print_query(made), "a filter on the article")
        return made

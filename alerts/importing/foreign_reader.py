"""Read the pieces of a foreign query as our tree, noting every change of meaning.

The foreign text is read with the foreign product's own binding of operators; the result carries
our parentheses. What we do not have is left out and named, never guessed.
"""

import re
from html import unescape

from alerts.importing.cursor import ForeignCursor
from alerts.importing.dialect import Dialect, Op
from alerts.importing.foreign import ForeignLexer, Piece
from alerts.importing.nesting import Side, join
from alerts.importing.notes import NOTHING_EXCLUDED, WIDER, Notes
from alerts.importing.plurals import with_plural
from alerts.importing.spelling import Spelling
from alerts.importing.units import ForeignUnits
from alerts.language.printer import print_query
from alerts.language.spelling import mixed_words
from alerts.language.syntax import And, Not, Or, Phrase, Query, Word, children

# Words by which people join terms, in their own language or as they speak.
_MEANT = {
    **dict.fromkeys(("ou", "oder", "или", "veya", "yaxud", "یا"), "OR"),
    **dict.fromkeys(("et", "und", "и", "və", "ve", "و"), "AND"),
    **dict.fromkeys(("sauf", "nicht", "не"), "NOT"),
    "within": "a distance",
}
_SINGLE = re.compile(r"(?<!\w)['‘][^'‘’\"()]+\s[^'‘’\"()]+['’](?!\w)")


class ForeignReader:
    """Read one foreign query level by level, the operators that bind loosest first."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.dialect = dialect
        lexer = ForeignLexer(text, dialect)
        self.notes = Notes(lexer.text)
        self.cursor = ForeignCursor(lexer.cut())
        spelling = Spelling(dialect, self.notes)
        self._units = ForeignUnits(self.cursor, dialect, self.notes, spelling, rest=self._whole)
        self._gone = 0  # terms of which nothing is left
        self._seen(lexer)
        self._seen_letters(lexer)

    def _seen(self, lexer: ForeignLexer) -> None:
        """Note what was seen while the query was cut."""
        title = self.dialect.title
        for at, comment in lexer.comments:
            self.notes.change(at, comment, "", "a comment; in a rule it begins with #")
        for at, operator in lexer.small:
            reason = f"{title} takes it for a word like all others; read as meant"
            self.notes.change(at, operator, operator.upper(), reason)
        for at, both in lexer.joined[:1]:
            reason = "terms side by side must all be found there"
            self.notes.same(at, " ".join(both), " AND ".join(both), reason)
        for at, distance in lexer.loose:
            reason = "a distance holds no blanks there: read as meant"
            self.notes.change(at, distance, "".join(distance.split()), reason)
        if lexer.unclosed is not None:
            at, sign = lexer.unclosed
            hint = f"write {'}' if sign == '{' else sign} after its last word"
            self.notes.problem("E101", at, f"{sign} is never closed", hint)

    def _seen_letters(self, lexer: ForeignLexer) -> None:
        """Note what a page or a word processor made of what was typed."""
        if lexer.entity is not None:
            meant = unescape(lexer.entity[0])
            reason = "as a page's source writes it: read as meant, and columns are counted so"
            self.notes.change(None, lexer.entity[0], meant, reason)
        for quoted in _SINGLE.finditer(lexer.text):
            reason = "single quotes are none there: each word for itself"
            self.notes.change(quoted.start(), quoted[0], quoted[0][1:-1], reason)
        for mixed in mixed_words(lexer.text):
            self.notes.warn(mixed.code, mixed.offset, mixed.message, mixed.hint)

    def read(self) -> Query | None:
        """Return the whole query; None: nothing of it is left."""
        if self.dialect.inflects:
            reason = f"{self.dialect.inflects}: write word* for them"
            self.notes.change(None, "every word", "as written", reason)
        tree = self._whole()
        while (here := self.cursor.here()).kind != "end":
            self.notes.problem("E101", here.start, ") without its (", "delete it, or open it")
            self.cursor.next()
            more = self._whole() if self.cursor.here().kind != "end" else None
            tree = join(And, [tree, more])
        return tree

    def _whole(self) -> Query | None:
        return self._clauses() if self.dialect.space == "OR" else self._level(0)

    # Levels of binding ---------------------------------------------------------------------

    def _level(self, depth: int) -> Query | None:
        if depth == len(self.dialect.binding):
            return self._side_by_side()
        op = self.dialect.binding[depth]
        if op is Op.NOT and self.cursor.here().op is Op.NOT:
            return self._negated(depth)
        start = self.cursor.here().start
        sides = [self._side(depth + 1)]
        pieces: list[Piece] = []
        while self.cursor.here().op is op:
            pieces.append(self.cursor.here())
            self._check_sides(self.cursor.here())
            self.cursor.next()
            sides.append(self._side(depth + 1))
        if not pieces:
            return sides[0].query
        made = self._made(op, sides, pieces)
        self._explain_binding(made, start)
        joined = made is not None and not any(made is side.query for side in sides)
        self._units.bare += [made] if made is not None and joined else []
        return made

    def _side(self, depth: int) -> Side:
        start, gone = self.cursor.here().start, self._gone
        made = self._level(depth)
        if made is not None:
            return Side(made, partly=self._gone > gone)
        lost = self.notes.written(start, self.cursor.here().start)
        self._gone += bool(lost)
        return Side(None, lost)

    def _excluded(self, at: int, sign: str, side: Side) -> Query | None:
        """Return the NOT of a side, and say what becomes of it where something is left out."""
        if side.query is None:
            self.notes.fallen(at, sign, side.lost, NOTHING_EXCLUDED)
            return None
        made = Not(operand=side.query)
        if side.partly:
            self.notes.change(at, sign, print_query(made), WIDER)
        return made

    def _negated(self, depth: int) -> Query | None:
        """Return what stands behind one NOT, or several."""
        first, count = self.cursor.here(), 0
        while self.cursor.here().op is Op.NOT:
            count += 1
            self.cursor.next()
        nots = self.notes.written(first.start, self.cursor.here().start)
        side = self._side(depth)
        made = side.query
        if made is None or count % 2:
            made = self._excluded(first.start, nots, side)
        if made is not None and count > 1:
            self.notes.same(first.start, nots, print_query(made), "two NOTs are none")
        return made

    def _check_sides(self, piece: Piece) -> None:
        """Complain of an operator that has nothing on one side."""
        before, after = self.cursor.before(), self.cursor.pieces[self.cursor.at + 1]
        said = f"{piece.text} has nothing on its"
        if before is None or before.kind == "open" or before.op:
            self.notes.problem("E108", piece.start, f"{said} left", "write a term before it")
        if after.kind in {"end", "close"} or (piece.op is Op.PROX and after.op is Op.NOT):
            self.notes.problem("E108", piece.start, f"{said} right", "write a term after it")

    def _made(self, op: Op, sides: list[Side], pieces: list[Piece]) -> Query | None:
        if op is Op.PROX:
            return self._units.distances.chain(sides, pieces)
        first, *others = (side.query for side in sides)
        if op is Op.OR:
            return join(Or, [first, *others])
        if op is Op.AND:
            return join(And, [first, *others])
        excluded = [
            self._excluded(piece.start, piece.text, side)
            for side, piece in zip(sides[1:], pieces, strict=True)
            if side.query is not None or side.lost  # else it is complained of already
        ]
        return join(And, [first, *excluded])

    def _explain_binding(self, made: Query | None, start: int) -> None:
        """Say so when the product's order of operators decided how a level was read."""
        sides = () if made is None else children(made)
        grouped = [
            one.operand if isinstance(one, Not) else one
            for one in sides
            if isinstance(one, Not | And | Or) and type(one) is not type(made)
        ]
        bare = any(one is other for one in grouped for other in self._units.bare)
        if made is not None and bare:
            end = self.cursor.here().start
            order = " > ".join(
                {Op.PROX: "distance", Op.NOT: "NOT"}.get(op, op.name)
                for op in reversed(self.dialect.binding)
            )
            reason = f"{self.dialect.title} binds {order}; here parentheses say it"
            before = self.notes.text[start:end].strip()
            self.notes.same(start, before, print_query(made), reason)

    # Terms side by side ----------------------------------------------------------------------

    def _side_by_side(self) -> Query | None:
        first = self.cursor.at
        units = [self._units.whole()]
        while self.cursor.at_term() and self.dialect.space != "OR":
            units.append(self._units.whole())
        known = [unit for unit in units if unit is not None]
        self._gone += len(units) - len(known)
        if len(known) < 2:
            made = known[0] if known else None
            word = self.cursor.pieces[first].kind == "word"
            return self._with_plural(made) if made is not None and word else made
        pieces = self.cursor.pieces[first : self.cursor.at]
        before = " ".join(piece.text for piece in pieces)
        if all(isinstance(unit, Word | Phrase) for unit in known):
            text = " ".join(unit.text for unit in known if isinstance(unit, Word | Phrase))
            reason = "words side by side are a phrase there"
            self.notes.same(pieces[0].start, before, f'"{text}"', reason)
            self._tell_of_joiners(pieces)
            return self._with_plural(Phrase(text=text))
        joined = And(operands=tuple(known))
        reason = "terms side by side must all be there"
        self.notes.change(pieces[0].start, before, print_query(joined), reason)
        return joined

    def _tell_of_joiners(self, pieces: list[Piece]) -> None:
        """Say that a word of a phrase may have been meant for an operator."""
        for piece in pieces[1:-1]:
            if meant := _MEANT.get(piece.text.lower()) if piece.kind == "word" else None:
                reason = f"it is a word of the phrase; was it meant so, or is it {meant}"
                self.notes.change(piece.start, piece.text, piece.text, reason)

    def _with_plural(self, query: Query) -> Query:
        if not self.dialect.plurals or self._units.as_written:
            return query
        made = with_plural(query)
        if made is not query:
            self.notes.tell_plurals(print_query(query), print_query(made))
        return made

    # Lucene ----------------------------------------------------------------------------------

    def _clauses(self) -> Query | None:
        """Read clauses as Lucene does: what AND joins must be there, the rest only ranks.

        Its "a OR b AND c" finds b and c, whatever precedence its readers expect.
        """
        clauses: list[tuple[str, Query, int]] = []  # + must, - must not; empty: may be there
        while self.cursor.here().kind not in {"close", "end"}:
            joiner = self._joiner()
            if joiner == "AND" and clauses and not clauses[-1][0]:
                clauses[-1] = ("+", *clauses[-1][1:])
            first = self.cursor.here()
            sign = self._sign()
            start = self.cursor.here().start
            side = self._side(0)
            unit = side.query
            if sign == "-":
                unit = self._excluded(first.start, self.notes.written(first.start, start), side)
            elif sign and unit is None:
                self.notes.fallen(first.start, sign, side.lost)
            if unit is not None:
                clauses.append((sign or ("+" if joiner == "AND" else ""), unit, start))
        must, may, never = ([c for c in clauses if c[0] == sign] for sign in ("+", "", "-"))
        for _, unit, start in may if must else ():
            reason = f"{self.dialect.title} only ranks by it, beside what AND or + requires; "
            reason += "was it meant, join it by OR in parentheses"
            self.notes.change(start, print_query(unit), "", reason)
        wanted = join(And, [c[1] for c in must]) if must else join(Or, [c[1] for c in may])
        return join(And, [wanted, *(c[1] for c in never)])

    def _joiner(self) -> str:
        """Pass over AND or OR before a clause, and return which it was."""
        here = self.cursor.here()
        if here.op not in {Op.AND, Op.OR}:
            return "AND" if here.op is Op.NOT and here.text[:1] in "aA&" else ""
        self._check_sides(here)
        self.cursor.next()
        return "AND" if here.op is Op.AND else "OR"

    def _sign(self) -> str:
        """Pass over NOT, + or - before a clause, and return the sign."""
        sign = ""
        while self.cursor.here().op is Op.NOT or self.cursor.here().kind == "sign":
            piece = self.cursor.next()
            sign = "+" if piece.text == "+" else "-"
        return sign

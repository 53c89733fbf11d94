"""Read the fields and filters of other products as ours; what we do not have is left out."""

import re
from collections.abc import Callable, Iterator

from alerts.importing.cursor import ForeignCursor
from alerts.importing.dialect import Dialect, Op
from alerts.importing.foreign import Piece
from alerts.importing.nesting import join
from alerts.importing.notes import Notes
from alerts.language.countries import country_code
from alerts.language.languages import LANGUAGES, language_code
from alerts.language.printer import print_query
from alerts.language.syntax import FILTERS, And, Filter, InField, Length, Query

_BOUND = re.compile(
    r"\s*(?P<group>\()?\s*(?P<sign>[<>]=?|=|gt|lt|geq|leq|eq|)\s*(?P<count>\d+)(?(group)\s*\))",
    re.IGNORECASE,
)
# How a bound is written: the comparisons that make it.
_SIGNS = {
    **{sign: (sign,) for sign in ("<", ">", "<=", ">=")},
    "gt": (">",), "lt": ("<",), "geq": (">=",), "leq": ("<=",), "eq": (">=", "<="),
    "=": (">=", "<="), "": (">=", "<="),
}  # fmt: skip
_AGE = re.compile(
    r"(?:(?<!\d)-|\b(?:last|past|previous)\s+|when:)(?P<count>\d*)\s*(?P<unit>[hdwmy]?)",
    re.IGNORECASE,
)
_DAYS = {"": 1, "d": 1, "w": 7, "m": 31, "y": 366}
_RANGE = re.compile(r"([\[{])\s*(\d+|\*)\s+TO\s+(\d+|\*)\s*([\]}])", re.IGNORECASE)
_STAMP = re.compile(r"date(?!line)|publish|(?<!sen)time|since|until", re.IGNORECASE)
_LEAD = "the lead is the standfirst and the first two paragraphs"
_REACH = {"lead": f": {_LEAD}", "hlead": f": {_LEAD}", "body": ": all paragraphs, the lead too"}
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?([^/]+)(/.*)?$")

Read = Callable[[], Query | None]


class ForeignFields:
    """Read what stands behind the name of a field; unit and rest read terms."""

    def __init__(
        self, cursor: ForeignCursor, dialect: Dialect, notes: Notes, *, unit: Read, rest: Read
    ) -> None:
        self._cursor = cursor
        self._dialect = dialect
        self._notes = notes
        self._unit = unit
        self._rest = rest

    def read(self, piece: Piece) -> Query | None:
        """Return the field with its terms; None: we have none like it."""
        ours = self._dialect.field_of(piece.name)
        if ours == "words":
            return self._length(piece)
        if not self._cursor.at_term():
            hint = f"{piece.text}word"
            self._notes.problem("E123", piece.start, f"{piece.text} needs a value", hint)
            return None
        if ours in FILTERS:
            return self._filter(ours, piece)
        whole = self._dialect.whole.get(piece.name)
        if not (ours or whole) or self._cursor.here().kind == "range":
            self._values()
            self._leave_out(piece, self._written(piece))
            return None
        start = self._cursor.here().start
        inner = self._rest() if whole else self._unit()
        if inner is None:
            lost = self._notes.written(start, self._cursor.here().start)
            self._notes.fallen(piece.start, piece.text, lost)
            return None
        made = InField(field=ours or whole or "", operand=inner)
        wider = piece.name == "td"  # what stands below the lead
        reason = f"a field{_REACH.get(made.field, '')}"
        if made.field in {"lead", "hlead"} and self._dialect.lead:
            reason, wider = f"{reason}; {self._dialect.lead}", True
        told = self._notes.change if wider else self._notes.same
        told(piece.start, self._written(piece), print_query(made), reason)
        return made

    def _written(self, piece: Piece) -> str:
        """Return the field with its value, as it stood in the query."""
        return self._notes.written(piece.start, self._cursor.here().start)

    def _values(self) -> list[Piece]:
        """Pass over a value, or a group of them, and return its pieces as they are."""
        first = self._cursor.next()
        if first.kind != "open":
            return [first, *self._words_behind(first)]
        found: list[Piece] = []
        depth = 1
        while depth and (piece := self._cursor.next()).kind != "end":
            depth += (piece.kind == "open") - (piece.kind == "close")
            found += [piece] if depth else []
        if depth:
            hint = "write ) where the group ends"
            self._notes.problem("E101", first.start, "( is never closed", hint)
        return found

    def _words_behind(self, first: Piece) -> Iterator[Piece]:
        while first.kind == "word" and self._dialect.space == "phrase":
            if (word := self._cursor.taken("word")) is None:
                break
            yield word

    def _leave_out(self, piece: Piece, written: str) -> None:
        lost = self._dialect.lost
        reason = lost.get(piece.name) or lost.get(piece.name.rpartition(".")[2])
        if reason is None and _STAMP.search(piece.name):
            reason = instead_of_date(written)
        self._notes.change(piece.start, written, "", reason or f"we have no field {piece.name}")

    def _length(self, piece: Piece) -> Query | None:
        if ranged := self._cursor.taken("range"):
            return self._bounds(piece, ranged)
        # What is read of the sign belongs to the name ("wc=").
        match = _BOUND.match(self._notes.text, piece.start + len(piece.text.rstrip("=<> ")))
        if match is None:
            self._notes.change(piece.start, piece.text, "", "a length needs < or >, a number")
            return None
        while self._cursor.here().kind != "end" and self._cursor.here().start < match.end():
            self._cursor.next()
        count = int(match["count"])
        signs = _SIGNS[match["sign"].lower()]
        made = join(And, [Length(comparison=sign, count=count) for sign in signs])
        before = self._notes.written(piece.start, match.end())
        after = "" if made is None else print_query(made)
        self._notes.same(piece.start, before, after, "words of the body")
        return made

    def _bounds(self, piece: Piece, ranged: Piece) -> Query | None:
        match = _RANGE.fullmatch(ranged.text)
        sides = () if match is None else (
            (match[2], ">=" if match[1] == "[" else ">"),
            (match[3], "<=" if match[4] == "]" else "<"),
        )  # fmt: skip
        bounds: list[Query | None] = [
            Length(comparison=sign, count=int(number))
            for number, sign in sides
            if number != "*"
        ]
        made = join(And, bounds)
        after = "" if made is None else print_query(made)
        before = piece.text + ranged.text
        self._notes.change(piece.start, before, after, "words of the body")
        return made

    def _filter(self, kind: str, piece: Piece) -> Query | None:
        name = "language" if kind == "lang" else kind
        values: list[str] = []
        for at, value in self._named(self._values()):
            if (known := _known(kind, value.lower())) is None:
                self._notes.change(at, value, "", f"not a {name} that we know")
            else:
                values.append(known)
        if not values:
            written = self._written(piece)
            self._notes.change(piece.start, written, "", f"no {name} is left in it")
            return None
        made = Filter(kind=kind, values=tuple(dict.fromkeys(values)))
        reason = "a filter on the article"
        if kind == "source":
            reason += "; it knows ids, hosts and tags of config/sources/"
        self._notes.same(piece.start, self._written(piece), print_query(made), reason)
        return made

    def _named(self, pieces: list[Piece]) -> Iterator[tuple[int, str]]:
        """Return each value with its place; what is excluded among them is left out."""
        joined, before = self._dialect.space == "phrase", ""
        opened = 0  # parentheses within one behind NOT
        values: list[tuple[int, str]] = []
        for piece in pieces:
            text = piece.text.strip(",;'")
            excluded = before == "NOT" or opened > 0
            if excluded:
                opened += (piece.kind == "open") - (piece.kind == "close")
            if excluded and piece.kind in {"word", "phrase"}:
                reason = "write what is excluded apart: AND NOT …"
                self._notes.change(piece.start, f"NOT {text}", "", reason)
            elif joined and before == piece.kind == "word":
                at, earlier = values.pop()
                values.append((at, f"{earlier} {text}"))
            elif piece.kind in {"word", "phrase"}:
                values.append((piece.start, text))
            before = "NOT" if piece.op is Op.NOT or piece.text == "-" else piece.kind
        yield from values


def _known(kind: str, value: str) -> str | None:
    """Return a value as our filter writes it; None: it can be none."""
    if kind == "lang":
        code = language_code(value)
        return code if code in LANGUAGES else None
    if kind == "country":
        return country_code(value) or None
    if kind == "source" and (address := _ADDRESS.match(value)):
        return address[1]
    return value or None


def instead_of_date(span: str) -> str:
    """Say what stands for a span of time: with the number, if it is told from today."""
    reason = "an alert sees what is new; where: has max_age"
    age = _AGE.search(span)
    if age is None or not (age["count"] or age["unit"]):
        return reason
    count, unit = int(age["count"] or 1), age["unit"].lower()
    span = f"{count}h" if unit == "h" else f"{count * _DAYS[unit]}d"
    return f"an alert sees what is new; for the same span  where: {{max_age: {span}}}"

"""Read the fields and filters of other products as ours; what we do not have is left out."""

import re
from collections.abc import Callable

from alerts.importing.countries import country_code
from alerts.importing.cursor import ForeignCursor
from alerts.importing.dialect import Dialect
from alerts.importing.foreign import Piece
from alerts.importing.nesting import join
from alerts.importing.notes import Notes
from alerts.language.languages import LANGUAGES, language_code
from alerts.language.printer import print_query
from alerts.language.syntax import And, Filter, InField, Length, Or, Phrase, Query, Word

_BOUND = re.compile(r"\s*(?:\(\s*([<>]=?)\s*(\d+)\s*\)|([<>]=?)\s*(\d+))")
_RANGE = re.compile(r"([\[{])\s*(\d+|\*)\s+TO\s+(\d+|\*)\s*([\]}])", re.IGNORECASE)
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
        whole = self._dialect.whole.get(piece.name)
        if self._cursor.here().kind == "range":
            self._cursor.next()
            inner = None
        else:
            inner = self._rest() if whole else self._unit()
        written = self._notes.text[piece.start : self._cursor.here().start].strip()
        if not (ours or whole):
            self._leave_out(piece, written)
            return None
        if inner is None:
            return None
        if ours in {"lang", "source", "country"}:
            return self._filter(ours, inner, piece, written)
        made = InField(field=ours or whole or "", operand=inner)
        self._notes.same(piece.start, written, print_query(made), "a field")
        return made

    def _leave_out(self, piece: Piece, written: str) -> None:
        last = piece.name.rpartition(".")[2]
        lost = self._dialect.lost
        instead = lost.get(piece.name) or lost.get(last)
        reason = instead or f"we have no field {piece.name}"
        self._notes.change(piece.start, written, "", reason)

    def _length(self, piece: Piece) -> Query | None:
        if ranged := self._cursor.taken("range"):
            return self._bounds(piece, ranged)
        match = _BOUND.match(self._notes.text, piece.start + len(piece.text))
        if match is None:
            self._notes.change(piece.start, piece.text, "", "a length needs < or >, a number")
            return None
        while self._cursor.here().kind != "end" and self._cursor.here().start < match.end():
            self._cursor.next()
        made = Length(comparison=match[1] or match[3], count=int(match[2] or match[4]))
        before = f"{piece.text}{match[0]}".strip()
        self._notes.same(piece.start, before, print_query(made), "words of the body")
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

    def _filter(self, kind: str, inner: Query, piece: Piece, written: str) -> Query | None:
        terms = inner.operands if isinstance(inner, Or) else (inner,)
        values: list[str] = []
        name = "language" if kind == "lang" else kind
        for term in terms:
            value = term.text.lower() if isinstance(term, Word | Phrase) else ""
            if (known := _known(kind, value)) is None:
                said = print_query(term)
                self._notes.change(piece.start, said, "", f"not a {name} that we know")
            else:
                values.append(known)
        if not values:
            self._notes.change(piece.start, written, "", f"no {name} is left in it")
            return None
        made = Filter(kind=kind, values=tuple(dict.fromkeys(values)))
        reason = "a filter on the article"
        if kind == "source":
            reason += "; it knows ids, hosts and tags of config/sources/"
        self._notes.same(piece.start, written, print_query(made), reason)
        return made


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

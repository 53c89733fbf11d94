"""Read the distances of other products as ours."""

from itertools import pairwise

from alerts.importing.dialect import Dialect
from alerts.importing.foreign import Piece
from alerts.importing.nesting import Side, apart, beside, join
from alerts.importing.notes import NOTHING_EXCLUDED, WIDER, Notes
from alerts.importing.spelling import Spelling
from alerts.language.printer import print_query
from alerts.language.syntax import (
    MAX_DISTANCE,
    And,
    Away,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Same,
    Word,
    children,
)

_UNITS = {"S": "one sentence", "P": "one paragraph"}
_MANY = 100  # distances that one may become


class Distances:
    """Put two terms near each other as one product means it."""

    def __init__(self, dialect: Dialect, notes: Notes, spelling: Spelling) -> None:
        self._dialect = dialect
        self._notes = notes
        self._spelling = spelling

    def chain(self, sides: list[Side], pieces: list[Piece]) -> Query | None:
        """Return each side at its distance from the next; beside none that is left: alone."""
        near = [
            self._beside(left, right, piece)
            for (left, right), piece in zip(pairwise(sides), pieces, strict=True)
        ]
        made = [piece for piece, one in zip(pieces, near, strict=True) if one is not None]
        if len(made) > 1:
            before, after = "a near b near c", "a NEAR b AND b NEAR c"
            self._notes.change(made[1].start, before, after, "distances do not chain here")
        kept: list[Query | None] = []
        for at, side in enumerate(sides):
            # What must not be near something lost would be asked for, were it left alone.
            apart_from = at > 0 and pieces[at - 1].apart
            alone = not apart_from and not any(near[max(at - 1, 0) : at + 1])
            kept += [side.query if alone else None, *near[at : at + 1]]
        return join(And, kept)

    def _beside(self, left: Side, right: Side, piece: Piece) -> Query | None:
        """Return two sides at a distance; None: one is lost, and the distance with it."""
        if left.query is not None and right.query is not None:
            near = self._near(left.query, right.query, piece)
            if piece.apart and right.partly:
                self._notes.change(piece.start, piece.text, print_query(near), WIDER)
            return near
        if lost := " and ".join(side.lost for side in (left, right) if side.lost):
            more = "; what is beside it may stand anywhere"
            if piece.apart:
                alone = right.query is not None
                more = "; nor is the other asked for" if alone else NOTHING_EXCLUDED
            self._notes.fallen(piece.start, piece.text, lost, more)
        return None

    def around(self, group: Query, number: int) -> Query | None:
        """Return the sides of an AND as near as (a AND b)~5 asks; None: it is none."""
        if not isinstance(group, And) or not all(beside(one) for one in group.operands):
            return None
        within = min(number + self._dialect.more_words, MAX_DISTANCE)
        near = [Near(left=a, right=b, within=within) for a, b in pairwise(group.operands)]
        return join(And, [*near])

    def _near(self, left: Query, right: Query, piece: Piece) -> Query:
        """Return both sides at the distance that the piece names."""
        left, right = (self._spelling.in_words(side, piece.start) for side in (left, right))
        near = self._nested(left, right, piece)
        if not piece.apart:
            return near
        if isinstance(near, Near | Same):
            return Away(near=near)
        made = Not(operand=near)
        reason = "it excludes an article that has both so near, wherever else the first stands"
        self._notes.change(piece.start, piece.text, print_query(made), reason)
        return And(operands=(left, made))

    def slop(self, words: list[str], number: int) -> Query:
        """Return the words of a phrase that others may stand between."""
        if not number:
            return Phrase(text=" ".join(words))
        units = [Word(text=word) for word in words]
        nears = [self._sloppy(a, b, number) for a, b in pairwise(units)]
        return nears[0] if len(nears) == 1 else And(operands=tuple(nears))

    def _sloppy(self, left: Query, right: Query, number: int) -> Query:
        within = min(number + 1, MAX_DISTANCE)
        if not self._dialect.moves:
            return Near(left=left, right=right, within=within)
        forward = Near(left=left, right=right, within=within, ordered=True)
        if number < 2:  # to change places is two moves
            return forward
        back = Near(left=right, right=left, within=min(number - 1, MAX_DISTANCE), ordered=True)
        return Or(operands=(forward, back))

    def _nested(self, left: Query, right: Query, piece: Piece) -> Query:
        """Return the distance; what is more than words beside it is asked for apart."""
        if (spread := self._spread(left, right, piece)) is not None:
            return spread
        sides = apart(left), apart(right)
        if 1 < len(sides[0]) * len(sides[1]) < _MANY:
            each = [self._nested(a, b, piece) for a in sides[0] for b in sides[1]]
            return Or(operands=tuple(each))
        return self._aside(left, right, piece)

    def _spread(self, left: Query, right: Query, piece: Piece) -> Query | None:
        """Return an AND beside a distance as one distance to each of its sides."""
        both, other = (left, right) if isinstance(left, And) else (right, left)
        positive = [one for one in children(both) if not isinstance(one, Not)]
        more = len(other.operands) if isinstance(other, And) else 1
        if not isinstance(both, And) or not 0 < len(positive) * more < _MANY:
            return None
        ordered = [(one, other) if both is left else (other, one) for one in positive]
        each = [self._nested(before, after, piece) for before, after in ordered]
        made = join(And, [*each, *(one for one in both.operands if isinstance(one, Not))])
        if made is not None:
            reason = "a distance is measured to words only here: to each of them"
            self._notes.change(piece.start, piece.text, print_query(made), reason)
        return made

    def _aside(self, left: Query, right: Query, piece: Piece) -> Query:
        sides = beside(left), beside(right)
        if sides[0] is None or sides[1] is None:
            return self._measured(left, right, piece)  # our own parser says what is wrong
        near = self._measured(sides[0][0], sides[1][0], piece)
        asides = (*sides[0][1], *sides[1][1])
        made = join(And, [near, *asides])
        if made is None or not asides:
            return near
        reason = "a distance is measured to words only here"
        self._notes.change(piece.start, piece.text, print_query(made), reason)
        return made

    def _measured(self, left: Query, right: Query, piece: Piece) -> Query:
        made = self._distance(left, right, piece)
        if isinstance(made, And):
            reason = "anywhere in the article, not in one field of it"
            self._notes.change(piece.start, piece.text, "AND", reason)
        elif isinstance(made, Same) and piece.name.startswith("pre"):
            reason = f"{_UNITS[made.unit]}, in either order: the order is not kept here"
            self._notes.change(piece.start, piece.text, f"SAME/{made.unit}", reason)
        elif isinstance(made, Same):
            self._notes.same(piece.start, piece.text, f"SAME/{made.unit}", _UNITS[made.unit])
        elif isinstance(made, Near):
            self._tell_of_words(piece, made)
        return made

    def _tell_of_words(self, piece: Piece, made: Near) -> None:
        after = f"{'ONEAR' if made.ordered else 'NEAR'}/{made.within}"
        if piece.bare:
            self._notes.change(piece.start, piece.text, after, "a distance needs a number here")
        elif piece.number + self._dialect.more_words > MAX_DISTANCE:
            reason = f"a distance is at most {MAX_DISTANCE} here: it finds less"
            self._notes.change(piece.start, piece.text, after, reason)
        elif self._dialect.more_words:
            reason = "there the words between are counted, here the steps from word to word"
            self._notes.same(piece.start, piece.text, after, reason)

    def _distance(self, left: Query, right: Query, piece: Piece) -> Query:
        name = piece.name
        _, _, unit = name.partition("/")
        if unit == "seg":
            return And(operands=(left, right))
        if unit or name == "same":
            return Same(left=left, right=right, unit="S" if unit == "s" else "P")
        number = (1 if name == "adj" else 4) if piece.bare else piece.number
        within = min(max(number + self._dialect.more_words, 1), MAX_DISTANCE)
        ordered = name in self._dialect.ordered
        return Near(left=left, right=right, within=within, ordered=ordered)

"""Read the distances of other products as ours."""

from alerts.importing.dialects import Dialect
from alerts.importing.foreign import Piece
from alerts.importing.nesting import beside, join
from alerts.importing.notes import Notes
from alerts.language.printer import print_query
from alerts.language.syntax import MAX_DISTANCE, And, Near, Not, Query, Same


class Distances:
    """Put two terms near each other as one product means it."""

    def __init__(self, dialect: Dialect, notes: Notes) -> None:
        self._dialect = dialect
        self._notes = notes

    def near(self, left: Query | None, right: Query | None, piece: Piece) -> Query | None:
        """Return both sides at the distance that the piece names; one alone: as it is."""
        if left is None or right is None:
            return left or right
        if piece.apart:
            made = Not(operand=self._nested(left, right, piece))
            reason = (
                "it excludes an article that has both so near, wherever else the first stands"
            )
            self._notes.change(piece.text, print_query(made), reason)
            return And(operands=(left, made))
        return self._nested(left, right, piece)

    def _nested(self, left: Query, right: Query, piece: Piece) -> Query:
        """Return the distance; what is more than words beside it is asked for apart."""
        sides = beside(left), beside(right)
        if sides[0] is None or sides[1] is None:
            return self._measured(left, right, piece)  # our own parser says what is wrong
        near = self._measured(sides[0][0], sides[1][0], piece)
        asides = (*sides[0][1], *sides[1][1])
        made = join(And, [near, *asides])
        if made is None or not asides:
            return near
        self._notes.change(
            piece.text, print_query(made), "a distance is measured to words only here"
        )
        return made

    def _measured(self, left: Query, right: Query, piece: Piece) -> Query:
        made = self._distance(left, right, piece)
        after = print_query(made)
        if not piece.number and isinstance(made, Near):
            self._notes.change(
                piece.text, f"{piece.text} {made.within}", "a distance needs a number here"
            )
        if piece.name == "w/seg":
            return made
        if isinstance(made, Near) and self._dialect.more_words:
            reason = "there the words between are counted, here the steps from word to word"
            self._notes.change(piece.text, f"NEAR/{made.within}", reason)
        elif piece.name == "same":
            self._notes.change(piece.text, "SAME/P", "one paragraph")
        if isinstance(made, Near) and piece.number + self._dialect.more_words > MAX_DISTANCE:
            self._notes.change(
                piece.text, after, f"a distance is at most {MAX_DISTANCE} here: narrower"
            )
        return made

    def _distance(self, left: Query, right: Query, piece: Piece) -> Query:
        name = piece.name
        if name in {"w/s", "w/p", "same"}:
            return Same(left=left, right=right, unit="S" if name == "w/s" else "P")
        if name == "w/seg":
            self._notes.change(piece.text, "AND", "anywhere in the article")
            return And(operands=(left, right))
        number = (piece.number or (1 if name == "adj" else 4)) + self._dialect.more_words
        ordered = name in self._dialect.ordered
        within = min(max(number, 1), MAX_DISTANCE)
        return Near(left=left, right=right, within=within, ordered=ordered)

"""Hold the place in the pieces of one foreign query."""

from collections.abc import Iterator
from contextlib import contextmanager

from alerts.importing.foreign import Piece
from alerts.language.parser import MAX_DEPTH


class TooDeepError(Exception):
    """A term holds another more often than can be read."""

    def __init__(self, at: int) -> None:
        super().__init__(f"nested deeper than {MAX_DEPTH} levels")
        self.at = at


class ForeignCursor:
    """Go through the pieces from left to right."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.at = 0
        self._depth = 0

    def here(self) -> Piece:
        """Return the piece that comes next."""
        return self.pieces[self.at]

    def before(self) -> Piece | None:
        """Return the piece that was read last; None: it is the beginning."""
        return self.pieces[self.at - 1] if self.at else None

    def at_term(self) -> bool:
        """Tell whether a term may begin here, not an operator or an end."""
        return self.here().kind not in {"op", "close", "end"}

    def next(self) -> Piece:
        """Return the piece that comes next, and pass over it."""
        piece = self.here()
        self.at += piece.kind != "end"
        return piece

    def taken(self, kind: str) -> Piece | None:
        """Pass over the next piece if it is of this kind, and return it."""
        return self.next() if self.here().kind == kind else None

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Read a term inside another; raises TooDeepError."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise TooDeepError(self.here().start)
        yield
        self._depth -= 1

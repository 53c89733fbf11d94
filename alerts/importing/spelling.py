"""Read the words of other products as ours: their signs, wildcards and gaps."""

import re
from itertools import pairwise

from alerts.importing.dialects import Dialect
from alerts.importing.foreign import Piece
from alerts.importing.notes import Notes
from alerts.language.habits import instead_of_sign
from alerts.language.printer import print_query
from alerts.language.syntax import And, InField, Near, Phrase, Query, Word
from alerts.language.tokens import TOKEN

_STRANGE = re.compile(r"^[-–—−=]|\w\.\.+\w")  # an exclusion, a range of numbers
_DOTTED = re.compile(r"(.+)\.([a-z]{2,3})\.$", re.IGNORECASE)  # Factiva's "tesla.hd."


class Spelling:
    """Spell words as we do."""

    def __init__(self, dialect: Dialect, notes: Notes) -> None:
        self._dialect = dialect
        self._notes = notes

    def word(self, piece: Piece) -> Query | None:
        """Return a word, its field if one is tied to it; None: it is none."""
        text = piece.text.lstrip("$").strip(",;")
        dotted = _DOTTED.match(text)
        if dotted and (ours := self._dialect.fields.get(dotted[2].lower())):
            made = InField(field=ours, operand=Word(text=self.spelling(dotted[1])))
            self._notes.change(text, print_query(made), "a field")
            return made
        if text == "&" and not self._dialect.ands:
            return None  # "Marks & Spencer" is a name
        if not TOKEN.search(text) or _STRANGE.search(text):
            said = text or piece.text
            hint = instead_of_sign(said[:1], said)
            self._notes.problem("E102", piece.start, f"unexpected {piece.text}", hint)
            return None
        plain = text.strip(".").lstrip("#@+~&|")
        if len(plain) < len(text.strip(".")):
            self._notes.change(text, plain, "a sign before a word means something else here")
        return Word(text=self.spelling(plain))

    def spelling(self, word: str) -> str:
        """Translate the wildcards of one word."""
        ours = word
        if self._dialect.one_letter == "*":
            ours = re.sub(r"\*(?=\w)", "?", ours)
        ours = (
            ours.replace(self._dialect.endings, "*") if self._dialect.endings != "*" else ours
        )
        ours = re.sub(r"(?<=\w)\$\d*$|[*?]+$", "*", ours)
        if ours != word:
            wider = (
                "any ending, not a given number of letters" if "$" in word else "our wildcard"
            )
            self._notes.change(word, ours, wider)
        return ours

    def gap(self, piece: Piece, words: list[str]) -> Query:
        """Return a phrase in which a * stands for words as its parts near each other."""
        sides = [part.split() for part in " ".join(words).split(" * ")]
        phrases = [Phrase(text=" ".join(part)) for part in sides]
        near = [Near(left=a, right=b, within=4, ordered=True) for a, b in pairwise(phrases)]
        made = near[0] if len(near) == 1 else And(operands=tuple(near))
        self._notes.change(
            f'"{piece.text}"', print_query(made), "up to three words between them"
        )
        return made

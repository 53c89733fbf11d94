"""Hold the place in one query while it is parsed, and what is to be said about its text."""

from alerts.language.complaint import Complaint
from alerts.language.lexeme import Kind, Lexeme


class Cursor:
    """Walk over the lexemes of a query; the last of them is its end."""

    def __init__(self, text: str, lexemes: list[Lexeme], complaints: list[Complaint]) -> None:
        self.text = text
        self.lexemes = lexemes
        self.complaints = complaints
        self.at = 0

    def here(self) -> Lexeme:
        """Return the lexeme that is next."""
        return self.lexemes[self.at]

    def next(self) -> Lexeme:
        """Return the lexeme that is next and step over it; the end is never left."""
        lexeme = self.lexemes[self.at]
        self.at += lexeme.kind is not Kind.END
        return lexeme

    def complain(self, code: str, offset: int, message: str, hint: str = "") -> None:
        """Note a mistake."""
        self.complaints.append(Complaint(code=code, offset=offset, message=message, hint=hint))

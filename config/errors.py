"""Say what is wrong in a file that a person wrote, where, and what to do about it.

ConfigError         the configuration cannot be used; holds every mistake found
    Mistake         one of them (a value, not an exception)
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One mistake in one file; a warning lets the file go live, an error does not."""

    path: str
    message: str  # one sentence, begins with its code where it has one: "E103 two terms …"
    line: int | None = None  # None: the file as a whole
    column: int | None = None
    source_line: str = ""  # shown with a caret under the column
    hint: str = ""  # what to write instead
    warning: bool = False

    def __str__(self) -> str:
        """Write path:line:column: message, then the line, a caret and the hint."""
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        rows = [f"{place}: {'warning: ' if self.warning else ''}{self.message}"]
        if self.source_line and self.column:
            rows.append(f"    {self.source_line.rstrip()}")
            rows.append(f"    {' ' * (self.column - 1)}^")
        if self.hint:
            rows.append(f"    hint: {self.hint}")
        return "\n".join(rows)


class ConfigError(Exception):
    """The configuration cannot be used: a person must correct it."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))

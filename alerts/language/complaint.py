"""Collect what is wrong in one text of an analyst, and turn it into mistakes in a file."""

from dataclasses import dataclass

from config.errors import Mistake
from config.text import Located


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One thing wrong at one offset of a text."""

    code: str  # E103, W204
    offset: int
    message: str
    hint: str = ""

    @property
    def warning(self) -> bool:
        """Tell whether the text may go live all the same."""
        return self.code.startswith("W")


def to_mistake(complaint: Complaint, text: Located) -> Mistake:
    """Say where in its file the complaint stands."""
    line, column = text.at(complaint.offset)
    return Mistake(
        path=text.path,
        line=line,
        column=column,
        message=f"{complaint.code} {complaint.message}",
        source_line=text.source_line(line),
        hint=complaint.hint,
        warning=complaint.warning,
    )


def to_located(text: str) -> Located:
    """Place a text that came from no file, for messages."""
    lines = tuple(text.split("\n"))
    places = tuple(
        (row, column) for row, line in enumerate(lines, 1) for column in range(1, len(line) + 2)
    )
    return Located(value=text, path="query", line=1, column=1, places=places, source=lines)

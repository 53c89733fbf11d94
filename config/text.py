"""Keep a piece of an analyst's text together with the place where it was written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """One scalar of a YAML file, and where each of its characters stands in that file."""

    value: str
    path: str  # as the person would name the file, e.g. config/rules/caspian.yaml
    line: int  # 1-based line of the scalar's first character
    column: int  # 1-based column of the scalar's first character (after a quote, if quoted)
    # For a value that does not stand letter by letter on one line (block scalars, escapes):
    # the (line, column) of each character of value. Empty: value stands on one line as it is.
    places: tuple[tuple[int, int], ...] = ()
    source: tuple[str, ...] = ()  # the file's lines that the scalar stands on, from `line` on

    def at(self, offset: int) -> tuple[int, int]:
        """Return line and column of the character at offset; the end is a place too."""
        if not self.places:
            return self.line, self.column + offset
        if offset < len(self.places):
            return self.places[offset]
        line, column = self.places[-1]
        return line, column + 1

    def source_line(self, line: int) -> str:
        """Return the file's line as the person sees it, for the caret below it."""
        index = line - self.line
        return self.source[index] if 0 <= index < len(self.source) else ""

"""Note what changes its meaning in a translation, and what nobody can read, with its place."""

from alerts.importing.imported import Change


class Notes:
    """What is told of one foreign query."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.changes: list[Change] = []
        self.problems: list[str] = []

    def change(self, before: str, after: str, reason: str) -> None:
        """Note that something means, or looks, something else; after empty: it is left out."""
        self.changes.append(Change(before=before, after=after, reason=reason))

    def problem(self, code: str, at: int, message: str, hint: str) -> None:
        """Note what a person must correct, and the place of its character."""
        line = self.text.count("\n", 0, at) + 1
        column = at - (self.text.rfind("\n", 0, at) + 1) + 1
        self.problems.append(f"{code} line {line}, column {column}: {message}; {hint}")

"""Note what changes its meaning in a translation, and what nobody can read, with its place."""

from alerts.importing.imported import Change, Problem, short

WIDER = "a part of what it excludes is left out: it may exclude more than there"
NOTHING_EXCLUDED = "; it excludes nothing"


class Notes:
    """What is told of one foreign query."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.changes: list[Change] = []
        self.problems: list[Problem] = []
        self.warnings: list[str] = []
        self._plurals_told = False

    def change(self, at: int | None, before: str, after: str, reason: str) -> None:
        """Note that something means something else; after empty: it is left out."""
        place = None if at is None else self._place(at)
        change = Change(before=before, after=after, reason=reason, place=place)
        self.changes.append(change)

    def same(self, at: int, before: str, after: str, reason: str) -> None:
        """Note that something is written otherwise here, and means the same."""
        if before == after:
            return
        place = self._place(at)
        change = Change(before=before, after=after, reason=reason, place=place, same=True)
        self.changes.append(change)

    def tell_plurals(self, before: str, after: str) -> None:
        """Note, once for all words, that the plurals stand beside them."""
        if not self._plurals_told:
            reason = "it finds regular plurals; what stands in quotes is as written"
            change = Change(before=before, after=after, reason=reason, same=True)
            self.changes.insert(0, change)
        self._plurals_told = True

    def written(self, start: int, end: int) -> str:
        """Return what stood in the query between two places."""
        return self.text[start:end].strip()

    def fallen(self, at: int, operator: str, lost: str, more: str = "") -> None:
        """Note that an operator is left out with the term it needs.

        lost is that term, empty if none was there; more is what follows from it.
        """
        if lost:
            self.change(at, operator.strip(), "", f"nothing is left of {short(lost)}{more}")
        else:
            said = f"{operator.strip()} has nothing on its right"
            self.problem("E108", at, said, "write a term after it")

    def problem(self, code: str, at: int, message: str, hint: str) -> None:
        """Note what a person must correct, and the place of its character."""
        self.problems.append(Problem(said=self._said(code, at, message, hint)))

    def warn(self, code: str, at: int, message: str, hint: str) -> None:
        """Note what a person should look at, though it may be meant so."""
        said = self._said(code, at, message, hint)
        self.warnings.append(said)

    def _said(self, code: str, at: int, message: str, hint: str) -> str:
        line, column = self._place(at)
        return f"{code} line {line}, column {column}: {message}; {hint}"

    def _place(self, at: int) -> tuple[int, int]:
        begins = self.text.rfind("\n", 0, at) + 1
        return self.text.count("\n", 0, at) + 1, at - begins + 1

"""What comes of a query of another product: ours, with every change of meaning."""

from dataclasses import dataclass

_SHOWN = 100  # letters of a changed text
_BEFORE = 40  # letters of a translation before the place that is pointed at


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One place where the translation means, or looks, something else."""

    before: str
    after: str  # empty: left out
    reason: str
    same: bool = False  # it is only written otherwise
    place: tuple[int, int] | None = None  # line and column in theirs; None: all of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What a person must still correct before a translation can go live."""

    said: str
    at: int | None = None  # its place in the translation; None: it is one of theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A translated query."""

    query: str
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[str, ...] = ()  # it can go live so, and was hardly meant so


def render_import(found: Imported) -> str:
    """Write a translation for a person: the query, what it lost, then what only looks other."""
    rows = [found.query or "(nothing is left)"]
    for problem in found.problems:
        rows += [f"  to correct: {problem.said}", *_pointed(found.query, problem.at)]
    rows += [f"  to look at: {warning}" for warning in found.warnings]
    rows += [_render(each) for each in sorted(found.changes, key=_weight)]
    return "\n".join(rows)


def render_rule(found: Imported, rule_id: str) -> str:
    """Write a translation as a rule to be pasted, with what it lost above its query."""
    told = render_import(found).splitlines()[1:]
    first = "rules:  # where a file has this line already, paste only what follows"
    rows = [first, f"  - id: {rule_id}", *(f"    # {row[2:]}" for row in told)]
    return "\n".join([*rows, "    match: |", f"      {found.query}"])


def _pointed(query: str, at: int | None) -> list[str]:
    """Return the translation about the place of a problem, and a caret below it."""
    if at is None:
        return []
    begins = max(0, at - _BEFORE)
    cut = "…" if begins else ""
    shown = query[begins : begins + _SHOWN]
    return [f"      {cut}{shown}", f"      {' ' * (len(cut) + at - begins)}^"]


def _weight(change: Change) -> tuple[int, tuple[int, int]]:
    kind = 2 if change.same else 1 if change.after else 0
    return kind, change.place or (0, 0)


def _render(change: Change) -> str:
    said = "written otherwise" if change.same else "changed" if change.after else "left out"
    where = "line {}, column {}: ".format(*change.place) if change.place else ""
    after = f" → {short(change.after)}" if change.after else ""
    return f"  {said}: {where}{short(change.before)}{after}: {change.reason}"


def short(text: str) -> str:
    """Return a text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def import_to_dict(found: Imported) -> dict[str, object]:
    """Return a translation as values that JSON knows."""
    return {
        "query": found.query,
        "changes": [
            {
                "before": each.before,
                "after": each.after,
                "reason": each.reason,
                "kind": "same" if each.same else "changed" if each.after else "lost",
                "line": each.place[0] if each.place else None,
                "column": each.place[1] if each.place else None,
            }
            for each in found.changes
        ],
        "problems": [problem.said for problem in found.problems],
        "warnings": list(found.warnings),
    }

"""What comes of a query of another product: ours, with every change of meaning."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One place where the translation means, or looks, something else."""

    before: str
    after: str  # empty: left out
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A translated query."""

    query: str
    changes: tuple[Change, ...]
    problems: tuple[str, ...]  # what a person must still correct before it can go live


def render_import(found: Imported) -> str:
    """Write a translation for a person: the query, then every change."""
    rows = [found.query or "(nothing is left)"]
    rows += [
        f"  changed: {c.before} → {c.after or '(left out)'}: {c.reason}" for c in found.changes
    ]
    rows += [f"  to correct: {problem}" for problem in found.problems]
    return "\n".join(rows)


def import_to_dict(found: Imported) -> dict[str, object]:
    """Return a translation as values that JSON knows."""
    return {
        "query": found.query,
        "changes": [
            {"before": each.before, "after": each.after, "reason": each.reason}
            for each in found.changes
        ],
        "problems": list(found.problems),
    }

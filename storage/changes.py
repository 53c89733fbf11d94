"""Say what changed between two versions of an article, sentence by sentence, and of what kind.

Pure. A change that could be of several kinds gets the gravest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from storage.article import Article


class ChangeKind(StrEnum):
    """What a change is about, the gravest first."""

    NEGATION = "negation"  # a "not" came or went
    NUMBER = "number"
    NAME = "name"
    QUOTE = "quote"  # words in quotation marks
    ATTRIBUTION_REMOVED = "attribution_removed"  # who said it is no longer named
    CORRECTION = "correction"  # the page says itself that it was corrected
    HEADLINE = "headline"
    ADDITION = "addition"
    REMOVAL = "removal"
    WORDING = "wording"  # other words, of none of the kinds above
    TYPO = "typo"
    LAYOUT = "layout"  # paragraphs, spaces, punctuation


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One sentence that is no longer what it was."""

    kind: ChangeKind
    before: str  # empty: it was not there
    after: str  # empty: it is gone


def is_material(changes: Iterable[Change]) -> bool:
    """Say whether something was changed that a reader would want to know."""
    return any(change.kind not in {ChangeKind.TYPO, ChangeKind.LAYOUT} for change in changes)


def find_changes(old: Article, new: Article) -> tuple[Change, ...]:
    """Return what changed in the texts of an article; nothing: it reads as before."""
    changes = []
    if old.headline != new.headline:
        changes.append(
            Change(kind=ChangeKind.HEADLINE, before=old.headline, after=new.headline)
        )
    if old.text != new.text or old.summary != new.summary:
        changes.append(Change(kind=ChangeKind.WORDING, before=old.text, after=new.text))
    return tuple(changes)

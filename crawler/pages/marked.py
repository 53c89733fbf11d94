"""Cut texts into pieces, some of them marked: the words that matched, the words that changed.

Pure. Templates write the pieces; nothing here is HTML.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = 3000  # beyond, two versions are shown whole: comparing them would cost seconds
WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text."""

    text: str
    mark: str = ""  # "": as it is | match | gone | new


def mark_words(text: str, words: Iterable[str]) -> tuple[Piece, ...]:
    """Mark every occurrence of the words, the longest first, as whole words."""
    known = sorted({word for word in words if word}, key=len, reverse=True)
    if not known or not text:
        return (Piece(text=text),) if text else ()
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)")
    pieces, at = [], 0
    for found in pattern.finditer(text):
        pieces += [
            Piece(text=text[at : found.start()]),
            Piece(text=found[0], mark="match"),
        ]
        at = found.end()
    pieces.append(Piece(text=text[at:]))
    return tuple(piece for piece in pieces if piece.text)


def mark_changes(before: str, after: str) -> tuple[Piece, ...]:
    """Show what an edit took out and put in, word by word."""
    old, new = WORD.findall(before), WORD.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return (Piece(text=before, mark="gone"), Piece(text=after, mark="new"))
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece(text="".join(old[a:b])))
        else:
            pieces.append(Piece(text="".join(old[a:b]), mark="gone"))
            pieces.append(Piece(text="".join(new[c:d]), mark="new"))
    return tuple(piece for piece in pieces if piece.text)

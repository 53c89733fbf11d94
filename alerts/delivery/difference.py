"""Show what differs between two sentences: the words that changed, and a little around them."""

from dataclasses import dataclass

MOST = 240  # characters of what changed
AROUND = 70  # characters kept before and after the words that changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One side of a change: before + changed + after is the sentence, or a cut of it."""

    before: str
    changed: str  # empty: nothing stands here on this side
    after: str

    @property
    def text(self) -> str:
        """Return it as one line."""
        return f"{self.before}{self.changed}{self.after}"


def difference(old: str, new: str) -> tuple[Piece, Piece]:
    """Return both sides, cut to what changed and its surroundings."""
    one, other = old.split(), new.split()
    start = _common(one, other)
    end = _common(one[start:][::-1], other[start:][::-1])
    return _piece(one, start, end), _piece(other, start, end)


def _common(one: list[str], other: list[str]) -> int:
    """Count the words that both begin with."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _piece(words: list[str], start: int, end: int) -> Piece:
    stop = len(words) - end
    before, changed, after = (
        " ".join(words[:start]),
        " ".join(words[start:stop]),
        " ".join(words[stop:]),
    )
    if len(before) > AROUND:
        before = "…" + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + "…"
    if len(changed) > MOST:
        changed = changed[:MOST].rpartition(" ")[0] + "…"
    gap = " " if before and (changed or after) else ""
    return Piece(
        before=before + gap,
        changed=changed,
        after=f" {after}" if changed and after else after,
    )

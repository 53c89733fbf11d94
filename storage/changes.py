"""Say what changed between two versions of an article, sentence by sentence.

Pure. Sentences are paired by their place and their words; of what kind a pair's change is, says
change_kinds. It runs while the writer waits, so a page that is rewritten whole, or made to be
compared for ever, costs no more than half a second: then sentences go and come unpaired.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from storage.article import Article
from storage.change_kinds import Change, ChangeKind, kind_of, letters
from storage.sentences import sentences

_PAIRED = 0.4  # sentences with less in common are not one sentence reworded
_MOST = 500  # sentences compared of a stretch that changed; what follows is not told
_WORDS = 60  # of a sentence, that say whether it is the same one reworded
_PATIENCE = 4_000_000  # pairs of words looked at


def find_changes(old: Article, new: Article) -> tuple[Change, ...]:
    """Return what changed in the texts of an article; nothing: it reads as before.

    Headline first, then standfirst, body and captions in order. Several changes that touch only
    the layout are told as one.
    """
    changes: list[Change] = []
    if old.headline != new.headline:
        changes.append(_headline(old.headline, new.headline))
    before, after = sentences(_texts(old)), sentences(_texts(new))
    changes += _sentence_changes(before, after)
    if not changes and _texts(old) != _texts(new):
        changes.append(Change(kind=ChangeKind.LAYOUT, before="", after=""))
    return tuple(changes)


def _headline(before: str, after: str) -> Change:
    kind = kind_of(before, after)
    if kind not in {ChangeKind.TYPO, ChangeKind.LAYOUT}:
        kind = ChangeKind.HEADLINE
    return Change(kind=kind, before=before, after=after)


def _texts(article: Article) -> tuple[str, ...]:
    caption = article.lead_image.caption if article.lead_image else ""
    return (article.summary, *(block.text for block in article.body), caption)


def _sentence_changes(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    before, after = _differing(before, after)
    pairing = _Pairing()
    for what, i1, i2, j1, j2 in SequenceMatcher(None, before, after).get_opcodes():
        if what != "equal":
            yield from _stretch(before[i1:i2], after[j1:j2], pairing)


def _differing(
    before: Sequence[str], after: Sequence[str]
) -> tuple[Sequence[str], Sequence[str]]:
    """Return what lies between the first and the last sentence that differ, up to the most."""
    shorter = min(len(before), len(after))
    start = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    same = range(shorter - start)
    end = next((i for i in same if before[-1 - i] != after[-1 - i]), shorter - start)
    return (
        before[start : min(len(before) - end, start + _MOST)],
        after[start : min(len(after) - end, start + _MOST)],
    )


def _stretch(
    before: Sequence[str], after: Sequence[str], pairing: "_Pairing"
) -> Iterator[Change]:
    """Tell one stretch of changed sentences: those that became others, came, or went."""
    if len(before) != len(after) and letters(" ".join(before)) == letters(" ".join(after)):
        text = " ".join(before), " ".join(after)
        yield Change(kind=ChangeKind.LAYOUT, before=text[0], after=text[1])
        return
    left = list(after)
    for sentence in before:
        partner = pairing.partner(sentence, left)
        if partner is None:
            yield _change(sentence, "")
            continue
        left.remove(partner)
        if partner != sentence:
            yield _change(sentence, partner)
    for sentence in left:
        yield _change("", sentence)


class _Pairing:
    """Find which sentence became which, as long as the patience for one article lasts."""

    def __init__(self) -> None:
        self._patience = _PATIENCE

    def partner(self, sentence: str, others: Sequence[str]) -> str | None:
        """Return the sentence that has most in common; None: none has enough."""
        words = _some_words(sentence)
        best, share = None, _PAIRED
        for other in others:
            theirs = _some_words(other)
            self._patience -= len(words) * len(theirs) + 1
            if self._patience < 0:
                break
            in_common = _in_common(words, theirs)
            if in_common > share:
                best, share = other, in_common
        return best


def _some_words(sentence: str) -> list[str]:
    return sentence.lower().split(maxsplit=_WORDS)[:_WORDS]


def _in_common(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the share of the words in common; a shortened sentence has most of its own."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.quick_ratio() < _PAIRED / 2:
        return 0.0
    same = sum(block.size for block in matcher.get_matching_blocks())
    return max(matcher.ratio(), 0.75 * same / min(len(one), len(other)))


def _change(before: str, after: str) -> Change:
    return Change(kind=kind_of(before, after), before=before, after=after)

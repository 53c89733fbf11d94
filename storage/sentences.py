"""Split texts into sentences, well enough to compare two versions of one text."""

import re
from collections.abc import Iterable, Iterator

# An end, perhaps a closing quote, a space, and no small letter: so "5.5" and "U.S. troops" and
# "p. 7" stay whole. The marks of Persian, Hindi and Chinese end sentences, too. A pattern that
# begins with one class of signs is searched eight times as fast as one that looks back.
_END = re.compile(
    r"[.!?…؟۔।。！？](?:(?<=[؟۔।。！？])\s*"
    r"|[\"”»’')]?\s+(?=[^\W\d_]|[\"“„«‘'(\d—–-])(?![a-zа-яёəıöüğşç]))"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-ZА-Я]|[A-Z]\.[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Rev|St|No|vs|Jr|Sr|Inc|Ltd|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|г|ул|им|тыс|млн|млрд|т\.е|т\.к|др)|"
    r"\b(?:am|vom|zum|den|der|dem|des|bis|seit|ab) \d{1,2})\.$"  # "am 21. November"
)
_TAIL = 12  # characters: more than any of these has


def sentences(texts: Iterable[str]) -> list[str]:
    """Return the sentences of the texts in order, white space folded."""
    found: list[str] = []
    for text in texts:
        pieces = [" ".join(piece.split()) for piece in _cut(text)]
        found += _joined(piece for piece in pieces if piece)
    return found


def _cut(text: str) -> Iterator[str]:
    begin = 0
    for end in _END.finditer(text):
        yield text[begin : end.end()]
        begin = end.end()
    yield text[begin:]


def _joined(pieces: Iterable[str]) -> list[str]:
    """Put together what was split behind an abbreviation."""
    whole: list[list[str]] = []
    for piece in pieces:
        if whole and _ABBREVIATION.search(whole[-1][-1][-_TAIL:]):
            whole[-1].append(piece)
        else:
            whole.append([piece])
    return [" ".join(parts) for parts in whole]

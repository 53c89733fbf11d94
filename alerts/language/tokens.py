"""Cut folded text into tokens: the words that rules count, compare and measure distance in."""

import re
import unicodedata

from storage.folding import SIGNS, TO_SPACES, beyond_ascii, fold_offsets

# Letters and digits, and the signs of words; folding removed the "_".
TOKEN = re.compile(rf"[\w{SIGNS}]+")
find_tokens = TOKEN.findall


def distinct_tokens(folded: str) -> frozenset[str]:
    """Return the tokens that occur, in half the time of finding each in its place."""
    for char in set(beyond_ascii(folded)):
        if not TOKEN.fullmatch(char):
            folded = folded.replace(char, " ")
    spaced = folded.encode(errors="surrogatepass").translate(TO_SPACES)
    return frozenset(spaced.decode(errors="surrogatepass").split())


def original_spans(
    raw: str, folded: str, pattern: re.Pattern[str] = TOKEN
) -> list[tuple[int, int]]:
    """Return where each token begins and ends in the text as it was written."""
    spans = [match.span() for match in pattern.finditer(folded)]
    if (offsets := fold_offsets(raw)) is None:
        return spans
    return [(offsets[start], _end_of(raw, offsets[end - 1])) for start, end in spans]


def _end_of(raw: str, last: int) -> int:
    """Return the end of a word whose last letter is known: accents behind it belong to it."""
    end = last + 1
    while end < len(raw) and unicodedata.combining(raw[end]):
        end += 1
    return end

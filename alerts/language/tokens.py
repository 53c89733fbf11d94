"""Cut folded text into tokens: the words that rules count, compare and measure distance in."""

import re

from storage.folding import TO_SPACES, beyond_ascii

# Letters and digits, and the vowel signs of Indic and South-East Asian scripts, which Python's
# \w leaves out although no word of theirs is whole without them. Folding removed the "_".
_SIGNS = (
    "\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd"
    "\u0a01-\u0a03\u0a3c-\u0a4d\u0a81-\u0a83\u0abc-\u0acd\u0b82\u0bbe-\u0bcd\u0c00-\u0c04"
    "\u0c3e-\u0c4d\u0d00-\u0d03\u0d3e-\u0d4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1000-\u109f"
)
TOKEN = re.compile(rf"[\w{_SIGNS}]+")
find_tokens = TOKEN.findall


def distinct_tokens(folded: str) -> frozenset[str]:
    """Return the tokens that occur, in half the time of finding each in its place."""
    for char in set(beyond_ascii(folded)):
        if not TOKEN.fullmatch(char):
            folded = folded.replace(char, " ")
    spaced = folded.encode(errors="surrogatepass").translate(TO_SPACES)
    return frozenset(spaced.decode(errors="surrogatepass").split())


def token_spans(folded: str) -> list[tuple[int, int]]:
    """Return where each token begins and ends in the folded text."""
    return [match.span() for match in TOKEN.finditer(folded)]

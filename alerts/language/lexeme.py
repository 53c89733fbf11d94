"""Name the pieces that a query is made of, and the signs that are none of them."""

from enum import IntEnum, auto
from typing import NamedTuple

JOINERS = frozenset(("and", "or", "not"))
# What a page or a word processor leaves between words; joiners within words are not among them.
INVISIBLE = (
    "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)


class Kind(IntEnum):
    """What a lexeme is."""

    WORD = auto()
    PHRASE = auto()
    LIST = auto()
    REGEX = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    PROX = auto()
    CASE = auto()
    ATLEAST = auto()
    FIELD = auto()
    FILTER = auto()
    LENGTH = auto()
    END = auto()


class Lexeme(NamedTuple):
    """One piece of a query; a tuple, since a hundred thousand rules have a million of them."""

    kind: Kind
    start: int
    end: int
    text: str = ""  # the word, the phrase's inside, the list's name, the operator
    number: int = 0  # distance of NEAR, count of ATLEAST and words:
    flags: str = ""  # of a regular expression; S or P of SAME


BEGINS_TERM = {
    Kind.WORD, Kind.PHRASE, Kind.LIST, Kind.REGEX, Kind.OPEN, Kind.CASE, Kind.ATLEAST,
    Kind.FIELD, Kind.FILTER, Kind.LENGTH,
}  # fmt: skip

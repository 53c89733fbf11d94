"""What the query language of a product looks like, as far as it differs from the others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto


class Op(Enum):
    """The operators that bind operands, whatever a product calls them."""

    OR = auto()
    AND = auto()
    NOT = auto()  # and not
    PROX = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One product's language."""

    name: str
    title: str  # what people call the product
    binding: tuple[Op, ...] = (Op.OR, Op.AND, Op.NOT, Op.PROX)  # the loosest first
    space: str = "AND"  # what two words side by side mean: "phrase", "AND" or "OR"
    fields: Mapping[str, str]  # theirs → ours
    # Before the term that a field takes in; the group that matched is its name.
    field_sign: re.Pattern[str] = re.compile(r"([a-z][\w.]*):", re.IGNORECASE)
    more_words: int = 1  # added to a distance: the product counts the words between
    one_letter: str = "?"  # stands for one letter
    endings: str = "*"  # stands for any ending
    late_stars: bool = False  # a * may not begin a word
    quoted_stars: bool = True  # a * counts within quotes, too
    ordered: tuple[str, ...] = ("adj", "pre", "onear")  # distances that keep the order
    letters: bool = False  # N/5 and P/5 are distances
    unit_words: Mapping[str, str] = field(default_factory=dict)  # SENTENCE → w/s
    bare: frozenset[str] = frozenset()  # distances without a number; elsewhere they are words
    capitals: bool = True  # an operator in small letters is a word like all others
    minus: bool = False  # a - before a term means NOT
    plus: bool = False  # a + before a term means: it must be there
    signs: bool = False  # it takes Westlaw's /5 +5 /s /p &
    ands: bool = True  # & alone means AND; elsewhere it is a part of a name
    moves: bool = False  # "a b"~5 counts the moves of words, as Lucene does
    tagged: bool = False  # #word and @name are found with their sign only
    exact: re.Pattern[str] | None = None  # stands before what is found letter by letter
    braces: bool = False  # so do { } what stands within
    lead: str = "its lead may be shorter"  # how its lead differs from ours; empty: it does not
    square: bool = False  # [ ] are ( ), too
    comment: re.Pattern[str] | None = None
    whole: Mapping[str, str] = field(default_factory=dict)  # fields of all that follows → ours
    plurals: bool = False  # it adds the regular plural of an English word
    inflects: str = ""  # what it finds beyond the word as written; empty: nothing
    lost: Mapping[str, str] = field(default_factory=dict)  # fields of theirs → what to write
    dates: re.Pattern[str] | None = None  # a span of time: an alert knows none but "new"

    def field_of(self, name: str) -> str:
        """Return our name of a field, by one of its parts ("source.name"); empty: none."""
        dotted = [name, *reversed(name.split("."))]
        return next((self.fields[one] for one in dotted if one in self.fields), "")

"""The tree of a parsed query: one frozen value per construct of the rule language.

Two trees are equal when they mean the same letters, wherever in the text they stood.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as _field

Span = tuple[int, int]  # offsets into the query's text

TEXT_FIELDS = (
    "headline", "lead", "hlead", "body", "caption", "credit",
    "byline", "attribution", "section", "tag", "any",
)  # fmt: skip
FIELD_ALIASES = {
    "title": "headline",
    "hd": "headline",
    "intitle": "headline",
    "lp": "lead",
    "ingress": "lead",
    "hlp": "hlead",
    "by": "byline",
    "author": "byline",
    "site": "source",
}
FILTERS = ("source", "lang", "country", "type")
MAX_DISTANCE = 100
MIN_MENTIONS, MAX_MENTIONS = 2, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word as typed; one that holds several tokens ("Amir-Abdollahian") is a phrase."""

    text: str
    span: Span = _field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words that must follow each other, as typed between the quotes."""

    text: str
    span: Span = _field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRef:
    """A term list by its name."""

    name: str
    span: Span = _field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A regular expression on the original text."""

    pattern: str
    ignore_case: bool = False
    span: Span = _field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Two units at most so many words apart."""

    left: "Query"
    right: "Query"
    within: int
    ordered: bool = False
    span: Span = _field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Same:
    """Two units in one sentence ("S") or one paragraph ("P")."""

    left: "Query"
    right: "Query"
    unit: str
    span: Span = _field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A mention of the left unit that the right one is not so near to."""

    near: Near | Same  # what must not be
    span: Span = _field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """All of them; a Not among them excludes."""

    operands: tuple["Query", ...]
    span: Span = _field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """At least one of them."""

    operands: tuple["Query", ...]
    span: Span = _field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """Not that."""

    operand: "Query"
    span: Span = _field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Every letter in it exactly as typed, case and accents too."""

    operand: "Query"
    span: Span = _field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeast:
    """So many mentions that do not overlap."""

    count: int
    operand: "Query"
    span: Span = _field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class InField:
    """Sought in one field only."""

    field: str
    operand: "Query"
    span: Span = _field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What the article is, not what it says: source, lang, country, type."""

    kind: str
    values: tuple[str, ...]
    span: Span = _field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """A bound on the words of the body."""

    comparison: str
    count: int
    span: Span = _field(default=(0, 0), compare=False, repr=False)


Query = (
    Word | Phrase | ListRef | Pattern | Near | Same | Away | And | Or | Not | Case | AtLeast
    | InField | Filter | Length
)  # fmt: skip


def children(query: Query) -> tuple[Query, ...]:
    """Return the queries directly inside this one."""
    match query:
        case And() | Or():
            return query.operands
        case Near() | Same():
            return query.left, query.right
        case Away():
            return (query.near,)
        case Not() | Case() | AtLeast() | InField():
            return (query.operand,)
        case _:
            return ()


def walk(query: Query) -> Iterator[Query]:
    """Yield this query and everything inside it, from left to right."""
    yield query
    for child in children(query):
        yield from walk(child)


def is_positive(query: Query) -> bool:
    """Tell whether something must be there for the query to hold, not only be absent."""
    match query:
        case Not():
            return False
        case And():
            return any(map(is_positive, query.operands))
        case Or():
            return all(map(is_positive, query.operands))
        case InField() | Case() | AtLeast():
            return is_positive(query.operand)
        case _:
            return True

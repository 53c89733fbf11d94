"""Narrow a query for the full-text index: what it finds contains all that the matcher accepts.

The index only finds candidates; the matcher decides. So words and beginnings of words are
enough, all of them or any; whatever the index cannot know (fields, distance, case, counts,
exclusions, filters) is left out, which only widens.
"""

import unicodedata
from collections.abc import Mapping, Sequence

from alerts.language.parser import parse_query
from alerts.language.spelling import typed_tokens
from alerts.language.syntax import (
    And,
    AtLeast,
    Away,
    Case,
    InField,
    ListRef,
    Near,
    Or,
    Phrase,
    Query,
    Same,
    Word,
)
from storage.narrowing import AllOf, AnyOf, Holds, Narrowing

_OLD = unicodedata.ucd_3_2_0  # what this knows as a letter, every SQLite does
_DEEPEST = 20  # clauses within clauses: SQLite reads some forty


def narrow(
    query: Query | str, lists: Mapping[str, Sequence[Query]] | None = None
) -> Narrowing | None:
    """Return what a folded text must hold to match; None: this query cannot be narrowed."""
    tree = parse_query(query) if isinstance(query, str) else query
    return _narrow(tree, lists or {})


def _narrow(
    query: Query, lists: Mapping[str, Sequence[Query]], depth: int = 0
) -> Narrowing | None:
    if depth > _DEEPEST:
        return None
    match query:
        case Word() | Phrase():
            return _all([_word(token) for token in typed_tokens(query.text)])
        case Case() | AtLeast() | InField():
            return _narrow(query.operand, lists, depth)
        case Away():
            return _narrow(query.near.left, lists, depth)
        case ListRef() | Or() | And() | Near() | Same():
            parts = [_narrow(part, lists, depth + 1) for part in _parts(query, lists)]
            return _any(parts) if isinstance(query, ListRef | Or) else _all(parts)
        case _:
            return None


def _parts(
    query: ListRef | Or | And | Near | Same, lists: Mapping[str, Sequence[Query]]
) -> Sequence[Query]:
    match query:
        case ListRef():
            return lists.get(query.name, ())
        case Or() | And():
            return query.operands
        case Near() | Same():
            return query.left, query.right


def _all(parts: Sequence[Narrowing | None]) -> Narrowing | None:
    known = tuple(dict.fromkeys(part for part in parts if part is not None))
    if not known:
        return None
    return known[0] if len(known) == 1 else AllOf(known)


def _any(parts: Sequence[Narrowing | None]) -> Narrowing | None:
    known = tuple(dict.fromkeys(part for part in parts if part is not None))
    if not known or len(known) < len(set(parts)):
        return None
    return known[0] if len(known) == 1 else AnyOf(known)


def _word(token: str) -> Narrowing | None:
    """Return the part of a word that the index surely holds as one token of its own."""
    stem = token.partition("*")[0].partition("?")[0]
    if not stem or not all(_OLD.category(char)[0] in "LN" for char in stem):
        return None
    return Holds(stem, begins=stem != token)

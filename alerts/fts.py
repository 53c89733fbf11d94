"""Narrow a query for the full-text index: what it finds contains all that the matcher accepts.

The index only finds candidates; the matcher decides. So words and beginnings of words are
enough, joined by AND and OR; whatever the index cannot know (fields, distance, case, counts,
exclusions, filters) is left out, which only widens. Every word is quoted: nothing that an
analyst or an article writes is ever read as FTS5 syntax.
"""

import unicodedata
from collections.abc import Mapping, Sequence

from alerts.parser import parse_query
from alerts.spelling import typed_tokens
from alerts.syntax import (
    And,
    AtLeast,
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

_OLD = unicodedata.ucd_3_2_0  # what this knows as a letter, every SQLite does


def fts_query(query: Query | str, lists: Mapping[str, Sequence[Query]] | None = None) -> str:
    """Return an FTS5 expression over folded text; empty: the index cannot narrow this query."""
    tree = parse_query(query) if isinstance(query, str) else query
    return _narrow(tree, lists or {}) or ""


def _narrow(query: Query, lists: Mapping[str, Sequence[Query]]) -> str | None:
    match query:
        case Word() | Phrase():
            return _words(query.text)
        case ListRef():
            return _any([_narrow(each, lists) for each in lists.get(query.name, ())])
        case Or():
            return _any([_narrow(each, lists) for each in query.operands])
        case And():
            return _all([_narrow(each, lists) for each in query.operands])
        case Near() | Same():
            return _all([_narrow(query.left, lists), _narrow(query.right, lists)])
        case Case() | AtLeast() | InField():
            return _narrow(query.operand, lists)
        case _:
            return None


def _all(parts: Sequence[str | None]) -> str | None:
    known = list(dict.fromkeys(part for part in parts if part is not None))
    if not known:
        return None
    return known[0] if len(known) == 1 else f"({' AND '.join(known)})"


def _any(parts: Sequence[str | None]) -> str | None:
    known = list(dict.fromkeys(part for part in parts if part is not None))
    if not known or len(known) < len(set(parts)):
        return None
    return known[0] if len(known) == 1 else f"({' OR '.join(known)})"


def _words(text: str) -> str | None:
    return _all([_word(token) for token in typed_tokens(text)])


def _word(token: str) -> str | None:
    """Return the part of a word that the index surely holds as one token of its own."""
    stem = token.partition("*")[0].partition("?")[0]
    if not stem or not all(_OLD.category(char)[0] in "LN" for char in stem):
        return None
    return f'"{stem}"' if stem == token else f'"{stem}"*'

"""Write the plurals that LexisNexis finds by itself: city also finds cities."""

import re

from alerts.language.syntax import Or, Phrase, Query, Word

# What ends in s is no singular (bonus, basis, news). A name is none, too (Houthi, Houthis).
_SINGULAR = re.compile(r"(?!.*s$)(?:[A-Za-z][a-z]{2,}|[A-Z]{2,})", re.DOTALL)
_HISSES = re.compile(r"(?:x|z|ch|sh)$", re.IGNORECASE)
_Y = re.compile(r"(?<=[^aeiou])y$", re.IGNORECASE)


def plural(text: str) -> str | None:
    """Return the regular plural of a word or of a phrase's last; None: it has none."""
    begun, space, last = text.rpartition(" ")
    if _SINGULAR.fullmatch(last) is None:
        return None
    if _Y.search(last):
        made = _Y.sub("ies", last)
    else:
        made = last + ("es" if _HISSES.search(last) else "s")
    return begun + space + made


def with_plural(query: Query) -> Query:
    """Return a word or phrase with its plural beside it, if it has one."""
    if not isinstance(query, Word | Phrase) or (more := plural(query.text)) is None:
        return query
    return Or(operands=(query, type(query)(text=more)))

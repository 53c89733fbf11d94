"""Say what may have been meant where terms are joined by nothing, or by AND and OR at once."""

import re

from alerts.language.cursor import Cursor
from alerts.language.habits import instead_of_words
from alerts.language.lexeme import BEGINS_TERM, INVISIBLE, Kind, Lexeme
from alerts.language.syntax import Not, Query

_SEEN = re.compile(f"[{INVISIBLE}]")
_QUOTE_MARKS = dict.fromkeys(map(ord, "'‘’"))


def complain_of_no_joiner(cursor: Cursor, before: Query) -> None:
    """Say that two terms stand side by side; once for a whole run of words."""
    run = [one for one in cursor.lexemes[: cursor.at] if one.kind in BEGINS_TERM][-1:]
    at = cursor.at
    while cursor.lexemes[at].kind is Kind.WORD:
        run.append(cursor.lexemes[at])
        at += 1
    start = (before.operand if isinstance(before, Not) else before).span[0]
    end = run[-1].end if at > cursor.at else cursor.lexemes[cursor.at].end
    written = _one_line(cursor.text[start:end])
    plain = not set("()") & set(written)
    if plain and all(one.kind is Kind.WORD for one in run) and len(run) > 1:
        hint = instead_of_words([one.text for one in run]) or _three_ways(written)
    else:
        hint = "put AND, OR or NEAR/5 between them"
    foreign = (each.offset for each in cursor.complaints if each.code == "E102")
    if not any(start <= offset < end for offset in foreign):  # one mistake, one message
        message = f"two terms side by side: {written}"
        cursor.complain("E103", cursor.here().start, message, hint)
    while cursor.here().kind is Kind.WORD and cursor.lexemes[cursor.at + 1].kind is Kind.WORD:
        cursor.next()  # one complaint for the whole run


def complain_of_both_joiners(cursor: Cursor, joiner: Lexeme, operands: list[Query]) -> None:
    """Say that an AND stands beside an OR without parentheses, and where these may stand."""
    first, last = (operands[0].span[0], operands[-1].span[1])
    before = _one_line(cursor.text[first:last])
    after = cursor.text[joiner.end :].strip().split(" ")[0]
    inner = _one_line(cursor.text[operands[-1].span[0] : last])
    outer = _one_line(cursor.text[first : operands[-1].span[0]]) + " "
    hint = f"({before}) {joiner.text} {after} … or {outer}({inner} {joiner.text} {after} …)"
    message = "AND beside OR without parentheses: say which first"
    cursor.complain("E104", joiner.start, message, hint)


def _three_ways(written: str) -> str:
    """Return what words side by side may have meant; a field takes them all in."""
    field, colon, rest = written.translate(_QUOTE_MARKS).rpartition(":")
    rest = rest.strip()
    words = rest.split(" ")
    both, either = " AND ".join(words), " OR ".join(words)
    if colon:
        both, either = f"({both})", f"({either})"
    begun = field + colon
    return f'{begun}"{rest}", or {begun}{both}, or {begun}{either}'


def _one_line(text: str) -> str:
    """Return what stands in a query as a hint shows it."""
    return " ".join(_SEEN.sub(" ", text).split())

"""Read the values of a filter (source, lang, country, type) and check that they can be one."""

from alerts.language.countries import country_code
from alerts.language.cursor import Cursor
from alerts.language.languages import COUNTRY_LENGTH, LANGUAGES, language_hint
from alerts.language.lexeme import Kind, Lexeme
from config.words import did_you_mean

ACCESS = ("open", "paywalled", "no_body")
_VALUES = frozenset({Kind.WORD, Kind.PHRASE})


def read_values(cursor: Cursor, opening: Lexeme) -> tuple[str, ...]:
    """Return one value, or those in parentheses, in lower case; complain of what is none."""
    values = _values(cursor, opening)
    for value in values:
        _check(cursor, opening.text, value)
    return tuple(value.text.lower() for value in values)


def _values(cursor: Cursor, opening: Lexeme) -> list[Lexeme]:
    name = opening.text
    if cursor.here().kind in _VALUES:
        return [cursor.next()]
    if cursor.here().kind is not Kind.OPEN:
        hint = f"{name}:value or {name}:(one OR other)"
        cursor.complain("E123", opening.start, f"{name}: needs a value", hint)
        return []
    cursor.next()
    values = _group(cursor, opening)
    if cursor.here().kind is Kind.END:
        cursor.complain("E101", opening.end, "( is never closed", "write ) after the values")
    elif not values:
        cursor.complain("E123", opening.start, f"{name}: needs a value")
    cursor.next()
    return values


def _group(cursor: Cursor, opening: Lexeme) -> list[Lexeme]:
    """Return the values up to the parenthesis that closes; OR stands between any two."""
    values: list[Lexeme] = []
    hint = f"{opening.text}:(one OR other)"
    open_end = True  # a value has to come
    while cursor.here().kind not in {Kind.CLOSE, Kind.END}:
        one = cursor.next()
        if open_end is (one.kind is Kind.OR) or one.kind not in {*_VALUES, Kind.OR}:
            message = f"only values with OR between them inside {opening.text}:( )"
            cursor.complain("E123", one.start, message, hint)
        values += [one] if one.kind in _VALUES else []
        open_end = one.kind not in _VALUES
    if open_end and values:
        message = f"OR has nothing on its right inside {opening.text}:( )"
        cursor.complain("E123", opening.start, message, hint)
    return values


def _check(cursor: Cursor, kind: str, lexeme: Lexeme) -> None:
    value = lexeme.text.lower()
    if kind == "lang" and value not in LANGUAGES:
        message = f"unknown language {lexeme.text}"
        cursor.complain("E124", lexeme.start, message, language_hint(value))
    elif kind == "country" and not (len(value) == COUNTRY_LENGTH and value.isalpha()):
        message = f"a country is two letters, not {lexeme.text}"
        known = country_code(value)
        hint = f"country:{known}" if known != value else "country:az"
        cursor.complain("E124", lexeme.start, message, hint)
    elif "*" in value or "?" in value:
        message = f"no * or ? in {kind}: {lexeme.text}"
        hint = f"write the whole name, or several: {kind}:(one OR other)"
        hint += f"; where: {{sources: ['{value}']}} takes a *" * (kind == "source")
        cursor.complain("E123", lexeme.start, message, hint)
    elif kind == "type" and value not in ACCESS:
        hint = did_you_mean(value, ACCESS) or f"one of {', '.join(ACCESS)}"
        cursor.complain("E124", lexeme.start, f"unknown type {lexeme.text}", hint)

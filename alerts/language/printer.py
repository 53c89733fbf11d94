"""Print a query's tree as text that parses to the same tree."""

from alerts.language.syntax import (
    And,
    AtLeast,
    Away,
    Case,
    Filter,
    InField,
    Length,
    ListRef,
    Near,
    Not,
    Or,
    Pattern,
    Phrase,
    Query,
    Same,
    Word,
)


def print_query(query: Query) -> str:
    """Return the query in the rule language, with no more parentheses than it needs."""
    match query:
        case And():
            return " AND ".join(map(_operand, query.operands))
        case Or():
            return " OR ".join(map(_operand, query.operands))
        case Not():
            return f"NOT {_operand(query.operand)}"
        case Near() | Same():
            return f"{_unit(query.left)} {distance_name(query)} {_unit(query.right)}"
        case Away():
            left, right = _unit(query.near.left), _unit(query.near.right)
            return f"{left} NOT {distance_name(query.near)} {right}"
        case _:
            return _print_unit(query)


def distance_name(query: Near | Same) -> str:
    """Return the operator between the two sides."""
    if isinstance(query, Same):
        return f"SAME/{query.unit}"
    return f"{'ONEAR' if query.ordered else 'NEAR'}/{query.within}"


def _print_unit(query: Query) -> str:
    match query:
        case Word():
            return query.text
        case Phrase():
            return f'"{query.text}"'
        case ListRef():
            return f"@{query.name}"
        case Pattern():
            return f"/{query.pattern}/{'i' if query.ignore_case else ''}"
        case _:
            return _print_around(query)


def _print_around(query: Query) -> str:
    match query:
        case Case():
            return f"CASE({print_query(query.operand)})"
        case AtLeast():
            return f"ATLEAST{query.count}({print_query(query.operand)})"
        case InField():
            return f"{query.field}:{_unit(query.operand)}"
        case Filter():
            return f"{query.kind}:{_print_values(query.values)}"
        case Length():
            return f"words:{query.comparison}{query.count}"
        case _:
            return f"({print_query(query)})"


def _print_values(values: tuple[str, ...]) -> str:
    printed = [f'"{value}"' if " " in value else value for value in values]
    return printed[0] if len(printed) == 1 else f"({' OR '.join(printed)})"


def _operand(query: Query) -> str:
    """Print what stands between AND or OR."""
    if isinstance(query, And | Or):
        return f"({print_query(query)})"
    return print_query(query)


def _unit(query: Query) -> str:
    """Print what stands beside NEAR or after a field."""
    if isinstance(query, And | Or | Not | Near | Same | Away):
        return f"({print_query(query)})"
    return print_query(query)

"""Join the parts of a translation, and put elsewhere what may not stand inside a distance."""

from dataclasses import dataclass

from alerts.language.syntax import (
    And,
    Case,
    ListRef,
    Near,
    Or,
    Phrase,
    Query,
    Same,
    Word,
    children,
)


@dataclass(frozen=True, slots=True)
class Side:
    """What stands on one side of an operator, as far as it could be read."""

    query: Query | None
    lost: str = ""  # what stood there, if nothing of it is left; empty: nothing stood there
    partly: bool = False  # a term within it is left out


def beside(query: Query) -> tuple[Query, tuple[Query, ...]] | None:
    """Return what a distance may be measured to, and what must hold besides.

    "a near5 (b near3 c)" asks for b near c, and for a near either of them. None: something in
    it has no words, or must not be there.
    """
    match query:
        case Word() | Phrase() | ListRef() | Case():
            return query, ()
        case Near() | Same():
            sides = [beside(side) for side in children(query)]
            known = [side for side in sides if side is not None]
            if len(known) < len(sides):
                return None
            words = join(Or, [*_arms([side for side, _ in known])])
            return None if words is None else (words, (query,))
        case Or():
            return (query, ()) if all(map(_is_words, query.operands)) else None
        case _:
            return None


def apart(query: Query) -> list[Query]:
    """Return the arms of an OR that are more than words, each alone, and those that are not."""
    if not isinstance(query, Or):
        return [query]
    words = [arm for arm in query.operands if _is_words(arm)]
    others = [arm for arm in query.operands if not _is_words(arm)]
    if not others or any(beside(one) is None and not isinstance(one, And) for one in others):
        return [query]
    return [*([join(Or, [*words]) or query] if words else []), *others]


def _is_words(query: Query) -> bool:
    """Tell whether a distance may be measured to it as it is."""
    return beside(query) == (query, ())


def _arms(sides: list[Query]) -> list[Query]:
    """Return all the words of the sides, each once."""
    arms: list[Query] = []
    for side in sides:
        arms += side.operands if isinstance(side, Or) else (side,)
    return list(dict.fromkeys(arms))


def join(made: type[And] | type[Or], operands: list[Query | None]) -> Query | None:
    """Return the operands that are left in one clause; None: there are none."""
    known = [one for one in operands if one is not None]
    if len(known) < 2:
        return known[0] if known else None
    flat: list[Query] = []
    for one in known:
        flat += one.operands if isinstance(one, made) else (one,)
    return made(operands=tuple(flat))

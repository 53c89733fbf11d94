"""Join the parts of a translation, and put elsewhere what may not stand inside a distance."""

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


def beside(query: Query) -> tuple[Query, tuple[Query, ...]] | None:
    """Return what a distance may be measured to, and what must hold besides.

    "a near5 (b near3 c)" asks for b near c, and for a near either of them. None: something in
    it has no words, or must not be there.
    """
    match query:
        case Word() | Phrase() | ListRef() | Case():
            return query, ()
        case Near() | Same() | And():
            sides = [beside(side) for side in children(query)]
            known = [side for side in sides if side is not None]
            if len(known) < len(sides):
                return None
            words = tuple(_arms([side for side, _ in known]))
            return Or(operands=words), (query,)
        case Or():
            if any(beside(arm) != (arm, ()) for arm in query.operands):
                return None
            return query, ()
        case _:
            return None


def _arms(sides: list[Query]) -> list[Query]:
    """Return all the words of the sides, each once."""
    arms: list[Query] = []
    for side in sides:
        arms += side.operands if isinstance(side, Or) else (side,)
    return list(dict.fromkeys(arms))


def join(made: type[And] | type[Or], operands: list[Query | None]) -> Query | None:
    """Return the operands that are left in one clause; None: there are none."""
    known = [one for one in operands if one is not None]
    flat: list[Query] = []
    for one in known:
        flat += one.operands if made is And and isinstance(one, And) else (one,)
    if len(flat) < 2:
        return flat[0] if flat else None
    return made(operands=tuple(flat))

"""Choose which of too many are shown, so that a flood from one outlet hides no other's."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

T = TypeVar("T")


def in_turn(
    ordered: Iterable[T], *, rank: Callable[[T], Any], of: Callable[[T], Hashable]
) -> list[T]:
    """Return all by rank; of one rank each outlet's first before anybody's second."""
    earlier: Counter[tuple[Any, Hashable]] = Counter()
    placed: list[tuple[Any, int, T]] = []
    for each in ordered:
        kin = rank(each), of(each)
        placed.append((kin[0], earlier[kin], each))
        earlier[kin] += 1
    placed.sort(key=lambda place: place[:2])  # stable: else as they came
    return [each for *_, each in placed]

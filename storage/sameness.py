"""Decide whether two articles tell one story, and why. Pure: signatures in, a reason out."""

from bisect import bisect_left
from collections.abc import Set
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from storage.signature import EVERYDAY, Signature, unpack, unpack_sketch, unpack_told

CONTAINED = 0.92  # from here on one text holds the other, whenever it came out
REWRITTEN = 0.2
_MOSTLY = 0.75  # below this it may be the background alone that two articles share
REWRITTEN_WITHIN = timedelta(hours=48)
_TELLING = 3  # fewer names or numbers prove nothing
# An update within the day has new figures; what has others on the next day is the same form.
_UPDATED_WITHIN = timedelta(hours=16)
_NUMBERS_UPDATED = 0.35
_NUMBERS_KEPT = 0.8
_REDATED_WITHIN = timedelta(days=7)  # a copy under a date line of its own
_NAMES_SHARED = 0.4
# One form filled in for two events: so many figures and none shared, or no number shared and
# no more names than that.
_FIGURES_FILLED_IN = 5
_NAMES_OF_FORM = 0.67
_OTHERS, _OTHERS_SHARE = 2, 0.37
# By names: so many, half of them and of the numbers; names count more where numbers are few,
# and where the words are a form's.
_NAMES_NEEDED = 4
_NUMBERS_NEEDED = 2
_NUMBERS_SHARED = 0.5
_NAMES_NEARLY = 0.8
_NAMES_KEPT = 0.7
_LEADS_NEARLY = 0.8
# Where most figures are the same, hardly a name is needed: "İstanbul" is "Стамбул" to nobody
# who hears consonants. A number that not every article has says as much as two names.
_SAME_FIGURES = 3
_OF_FEWER, _OF_MORE = 0.7, 0.4
_RARE_OF_FEWER, _RARE_OF_MORE = 0.7, 0.5
_SHARED_WEIGHT = 5


class Reason(StrEnum):
    """Why two articles tell one story, or only look so."""

    EXACT = "exact"  # the same words
    CONTAINED = "contained"  # one holds the other
    REWRITTEN = "rewritten"  # many of the same words, the same names and numbers, near in time
    NAMES = "names"  # rare names and numbers in common, near in time
    TEMPLATE = "template"  # the same words about other names or numbers: two stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """How two articles are related."""

    reason: Reason
    strength: float  # 0 to 1, to choose among several


class Compared:
    """An article that is compared with several stored ones; most of them are soon out."""

    def __init__(self, signature: Signature) -> None:
        self._signature = signature
        self._shingles = frozenset(signature.sketch)
        self._names = frozenset(signature.names)
        self._numbers = frozenset(signature.numbers)

    def by_words(self, stored: bytes, apart: float) -> Kinship | None:
        """Return how the article is related by words to a stored one, some seconds apart."""
        limit, sketch = unpack_sketch(stored)
        if limit == self._signature.limit:
            shorter = min(len(self._shingles), len(sketch))
            if shorter and len(self._shingles.intersection(sketch)) / shorter < REWRITTEN:
                return None
        other = unpack(stored)
        if other is None:
            return None
        return kinship(self._signature, other, timedelta(seconds=apart))

    def by_names(self, stored: bytes, apart: float) -> Kinship | None:
        """Return how the article is related by names to a stored one, some seconds apart."""
        names, numbers = unpack_told(stored)
        known = len(self._names.intersection(names))
        if known < _NAMES_NEEDED and not _weigh(known, self._numbers.intersection(numbers)):
            return None
        other = unpack(stored)
        if other is None:
            return None
        return kinship_by_names(self._signature, other, timedelta(seconds=apart))


def kinship(one: Signature, other: Signature, apart: timedelta) -> Kinship | None:
    """Return how two articles are related by their words; None: they are not."""
    if one.fingerprint and one.fingerprint == other.fingerprint:
        return Kinship(reason=Reason.EXACT, strength=1.0)
    contained = containment(one, other)
    if contained < REWRITTEN:
        return None
    numbers = set(one.numbers).intersection(other.numbers)
    agrees = _agree(one.names, other.names, _NAMES_SHARED)
    if len(numbers) < min(len(one.numbers), len(other.numbers)) * _NUMBERS_KEPT:
        agrees = agrees and _numbers_agree(one, other, contained, apart)
    if numbers <= EVERYDAY:
        agrees = agrees and not _filled_in(one, other, numbers)
    if not agrees or _of_others(one, other, contained):
        return Kinship(reason=Reason.TEMPLATE, strength=contained)
    if contained >= CONTAINED:
        return Kinship(reason=Reason.CONTAINED, strength=contained)
    if apart <= REWRITTEN_WITHIN and (contained >= _MOSTLY or _leads_agree(one, other)):
        return Kinship(reason=Reason.REWRITTEN, strength=contained)
    return None


def can_tell_by_names(signature: Signature) -> bool:
    """Say whether an article has the names and figures that kinship_by_names asks for."""
    names, numbers = len(signature.names), len(signature.numbers)
    enough = names >= _NAMES_NEEDED or numbers >= _SAME_FIGURES
    return enough and not EVERYDAY.issuperset(signature.numbers)


def kinship_by_names(one: Signature, other: Signature, apart: timedelta) -> Kinship | None:
    """Return how two articles are related when their words are not, as in a translation.

    People meet often: the same names alone prove nothing. The figures have to be the same, too.
    """
    numbers = set(one.numbers).intersection(other.numbers)
    if apart > REWRITTEN_WITHIN or numbers <= EVERYDAY:
        return None
    names = len(set(one.names).intersection(other.names))
    if not _tell_of_one(one, other, names, apart):
        return None
    return Kinship(
        reason=Reason.NAMES, strength=names / max(min(len(one.names), len(other.names)), 1)
    )


def _tell_of_one(one: Signature, other: Signature, names: int, apart: timedelta) -> bool:
    """Say whether so many shared names, and the numbers, are of one event.

    Who repeats words was refused by kinship: these may be a form's, a background's, or those
    of one item among many, and the figures of a background prove nothing.
    """
    if _same_people(one, other, names):
        return containment(one, other) < REWRITTEN or _keeps(one, other, names, apart)
    return _same_figures(one, other, names) and containment(one, other) < REWRITTEN


def _keeps(one: Signature, other: Signature, names: int, apart: timedelta) -> bool:
    """Say whether most numbers are the same, or all figures and most names: a new lead.

    The next day's news stands above them all, too.
    """
    if _agree(one.numbers, other.numbers, _NUMBERS_KEPT):
        return True
    if apart > _UPDATED_WITHIN:
        return False
    first, second = _rare(one), _rare(other)
    kept = len(first & second) >= min(len(first), len(second))
    return kept and names >= min(len(one.names), len(other.names)) * _NAMES_KEPT


def _same_people(one: Signature, other: Signature, names: int) -> bool:
    """Say whether half of the names and numbers are the same, those of the leads, too.

    One figure is enough where hardly a name is another's. Where one has all numbers of the
    other, it may be the longer by a background, and its lead may name more.
    """
    fewer, more = sorted((len(one.names), len(other.names)))
    numbers = len(set(one.numbers).intersection(other.numbers))
    if names < _NAMES_NEEDED or names * 2 < fewer:
        return False
    if numbers < _NUMBERS_NEEDED and names < more * _NAMES_NEARLY:
        return False
    if numbers == min(len(one.numbers), len(other.numbers)):
        return _leads_agree(one, other, _LEADS_NEARLY)
    return _agree(one.numbers, other.numbers, _NUMBERS_SHARED) and _leads_agree(one, other)


def _same_figures(one: Signature, other: Signature, names: int) -> bool:
    """Say whether most figures are the same, in the longer text, too."""
    first, second = set(one.numbers), set(other.numbers)
    shared = first & second
    return (
        _weigh(names, shared)
        and _most(len(shared), first, second, (_OF_FEWER, _OF_MORE))
        and _most(
            len(shared - EVERYDAY),
            first - EVERYDAY,
            second - EVERYDAY,
            (_RARE_OF_FEWER, _RARE_OF_MORE),
        )
    )


def _weigh(names: int, numbers: Set[int]) -> bool:
    """Say whether the shared numbers, and so many shared names, are more than chance."""
    rare = len(numbers - EVERYDAY)
    weight = 2 * rare + names + (len(numbers) - rare) // 3
    return len(numbers) >= _SAME_FIGURES and weight >= _SHARED_WEIGHT


def _most(shared: int, one: Set[int], other: Set[int], shares: tuple[float, float]) -> bool:
    """Say whether so many are most of the fewer, and enough of the more."""
    fewer, more = sorted((len(one), len(other)))
    return shared >= fewer * shares[0] and shared >= more * shares[1]


def containment(one: Signature, other: Signature) -> float:
    """Return how much of the shorter text the longer one holds, 0 to 1."""
    limit = min(one.limit, other.limit)
    first, second = _below(one, limit), _below(other, limit)
    shorter = min(len(first), len(second))
    return len(set(first).intersection(second)) / shorter if shorter else 0.0


def _below(signature: Signature, limit: int) -> tuple[int, ...]:
    if signature.limit == limit:
        return signature.sketch
    return signature.sketch[: bisect_left(signature.sketch, limit)]


def _leads_agree(one: Signature, other: Signature, share: float = 1.0) -> bool:
    """Say whether the articles tell of those whom they begin with, one with the other's half.

    An outlet puts the same background below the news of every day: that alone is no story.
    """
    return _begins_with(one, other) + _begins_with(other, one) >= share


def _numbers_agree(
    one: Signature, other: Signature, contained: float, apart: timedelta
) -> bool:
    """Say whether the numbers could be of one event: an update changes some, a day later few.

    Later still, whose date alone is another is the same notice of another year.
    """
    first, second = one.numbers, other.numbers
    if contained >= CONTAINED and apart <= _REDATED_WITHIN and _redated(first, second):
        first, second = first[1:], second[1:]
    if apart <= _UPDATED_WITHIN:
        return _agree(first, second, _NUMBERS_UPDATED)
    telling = _TELLING if apart <= REWRITTEN_WITHIN else 1
    return _agree(first, second, _NUMBERS_KEPT, telling)


def _redated(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Say whether two texts may begin with other days: a copy has a date line of its own."""
    if not one or not other or one[0] in other or other[0] in one:
        return False
    return EVERYDAY.issuperset((one[0], other[0]))


def _filled_in(one: Signature, other: Signature, everyday: Set[int]) -> bool:
    """Say whether each has many figures, or no shared number at all and names of its own, too.

    Days and shares may be alike by chance; a toll alone may have been raised.
    """
    if min(len(_rare(one)), len(_rare(other))) >= _FIGURES_FILLED_IN:
        return True
    if everyday or not one.numbers or not other.numbers:
        return False
    fewer, more = sorted((len(one.names), len(other.names)))
    shared = len(set(one.names).intersection(other.names))
    return shared <= fewer * _NAMES_OF_FORM and (fewer > 0 or more == 0)


def _rare(signature: Signature) -> set[int]:
    return set(signature.numbers) - EVERYDAY


def _of_others(one: Signature, other: Signature, contained: float) -> bool:
    """Say whether each article has people or places that the other one does not know.

    One form is filled in for two events so. What has most words in common may have another
    beginning; then all names are asked, not only those of the leads.
    """
    if contained < _MOSTLY:
        first, second = one.names[: one.lead_names], other.names[: other.lead_names]
    else:
        first, second = one.names, other.names
    return _are_others(first, other.names) and _are_others(second, one.names)


def _are_others(names: tuple[int, ...], known: tuple[int, ...]) -> bool:
    own = len(names) - len(set(names).intersection(known))
    return own >= _OTHERS and own >= len(names) * _OTHERS_SHARE


def _begins_with(one: Signature, other: Signature) -> float:
    """Return how many of those whom one begins with the other one names, 0 to 1."""
    lead = one.names[: one.lead_names]
    return len(set(lead).intersection(other.names)) / len(lead) if lead else 1.0


def _agree(
    one: tuple[int, ...], other: tuple[int, ...], share: float, telling: int = _TELLING
) -> bool:
    """Say whether two lists of names or numbers could be of one event; the shorter rules."""
    shorter = min(len(one), len(other))
    return shorter < telling or len(set(one).intersection(other)) >= shorter * share

"""Choose which of a page's titles is the headline: what the page bears out, or agrees on."""

import re
from typing import Final

from crawler.extract.title_tail import Title
from crawler.extract.title_words import fold_title
from storage.article import Provenance

_WEIGHTS: Final = {"og:title": 1.35, "h1": 1.3, "headline": 1.0, "title": 0.3}
_LEAST: Final = 0.25
_NOT_IN_TITLE: Final = 0.04  # of several h1 the one that <title> holds is the headline
_CUT: Final = re.compile(r"\s*(?:…|\.\.\.)$")
LIKE: Final = 0.3  # share of words; an editor's second title keeps the names at least
_FULL: Final = (
    100  # letters; a field that takes 110 cuts what is longer, and shows no sign of it
)


def best_title(found: list[Title]) -> int:
    """Return the reading to believe: JSON-LD if the page bears it out, else the agreed one."""
    for number, each in enumerate(found):
        if each.provenance is Provenance.JSON_LD and _borne_out(each.value, found):
            by_hand = _by_hand(each.value, found)
            return number if by_hand is None else by_hand
    keys = [fold_title(each.value) for each in found]
    weights = [_WEIGHTS.get(each.note, _LEAST) for each in found]
    weights = [
        _WEIGHTS["h1"] if each.note == "part of h1" and _is_stated(key, keys, found) else weight
        for key, each, weight in zip(keys, found, weights, strict=True)
    ]
    weights = [
        _LEAST if each.note == "h1" and _is_banner(key, keys, found) else weight
        for key, each, weight in zip(keys, found, weights, strict=True)
    ]
    scores = [
        sum(weight for other, weight in zip(keys, weights, strict=True) if other == key)
        for key in keys
    ]
    whole = next(
        (key for key, each in zip(keys, found, strict=True) if each.note == "title"), ""
    )
    scores = [
        score - _NOT_IN_TITLE * (each.note == "h1" and key not in whole)
        for score, key, each in zip(scores, keys, found, strict=True)
    ]
    return max(range(len(found)), key=lambda index: scores[index], default=0)


def _by_hand(stated: str, found: list[Title]) -> int | None:
    """Return og:title where it differs from a title that the page repeats everywhere else.

    JSON-LD, h1 and <title> of one wording are copies of one field; the other one was written,
    unless twitter:title is a copy, too: then a machine shortened it.
    """
    keys = {each.note: fold_title(each.value) for each in reversed(found)}
    key, shared = fold_title(stated), keys.get("og:title", "")
    copied = keys.get("h1") == key and keys.get("title", "").startswith(key)
    copied = copied and keys.get("twitter:title", shared) == shared
    words = shared.split()
    if not (copied and len(words) > 3) or key in shared or shared in key.split(" ", 2)[-1]:
        return None
    if len(set(words) & set(key.split())) < LIKE * len(words):
        return None
    number = next(n for n, each in enumerate(found) if each.note == "og:title")
    return None if _CUT.search(found[number].value) else number


def _borne_out(title: str, found: list[Title]) -> bool:
    """Say whether the page speaks of the same thing, and says no more of the same sentence."""
    others = [each.value for each in found if each.provenance is not Provenance.JSON_LD]
    start = fold_title(title)
    longer = [other for other in map(fold_title, others) if other.startswith(start)]
    if longer and _CUT.search(title):
        return False
    if len(title) >= _FULL and any(len(other) > len(start) for other in longer):
        return False
    words = set(start.split())
    wanted = LIKE * len(words)
    alike = (len(words.intersection(fold_title(other).split())) >= wanted for other in others)
    return not others or any(alike) or not _spaced(start)


def _is_stated(key: str, keys: list[str], found: list[Title]) -> bool:
    """Say whether the head of the page states a title."""
    return any(
        other == key and each.provenance is not Provenance.PAGE
        for other, each in zip(keys, found, strict=True)
    )


def _is_banner(key: str, keys: list[str], found: list[Title]) -> bool:
    """Tell an h1 that has no word in common with og:title and <title>, where both are there."""
    others = {each.note: other for other, each in zip(keys, found, strict=True)}
    if not {"og:title", "title"} <= others.keys() or not _spaced(others["og:title"]):
        return False
    words = set(key.split())
    return words.isdisjoint(f"{others['og:title']} {others['title']}".split())


def _spaced(text: str) -> bool:
    """Say whether the script sets words apart; Japanese and Chinese cannot be compared so."""
    return len(text.split()) > 2

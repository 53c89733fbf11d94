"""Choose which of a page's titles is the headline: what the page bears out, or agrees on."""

import re
from typing import Final

from crawler.extract.title_tail import Title
from crawler.extract.title_words import fold_title
from storage.article import Provenance

_WEIGHTS: Final = {"og:title": 1.35, "h1": 1.3, "headline": 1.0, "title": 0.3}
_NOT_IN_TITLE: Final = 0.04  # of several h1 the one that <title> holds is the headline
_CUT: Final = re.compile(r"\s*(?:…|\.\.\.)$")
_LIKE: Final = 0.3  # share of words; an editor's second title keeps the names at least


def best_title(found: list[Title]) -> int:
    """Return the reading to believe: JSON-LD if the page bears it out, else the agreed one."""
    for number, each in enumerate(found):
        if each.provenance is Provenance.JSON_LD and _borne_out(each.value, found):
            by_hand = _by_hand(each.value, found)
            return number if by_hand is None else by_hand
    keys = [fold_title(each.value) for each in found]
    weights = [_WEIGHTS.get(each.note, 0.25) for each in found]
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
    if len(set(words) & set(key.split())) < _LIKE * len(words):
        return None
    number = next(n for n, each in enumerate(found) if each.note == "og:title")
    return None if _CUT.search(found[number].value) else number


def _borne_out(title: str, found: list[Title]) -> bool:
    """Say whether the page speaks of the same thing, and says no more of the same sentence."""
    others = [each.value for each in found if each.provenance is not Provenance.JSON_LD]
    start = fold_title(_CUT.sub("", title))
    cut = _CUT.search(title) is not None
    if cut and any(fold_title(other).startswith(start) for other in others):
        return False
    words = set(start.split())
    wanted = _LIKE * len(words)
    alike = (len(words.intersection(fold_title(other).split())) >= wanted for other in others)
    return not others or any(alike) or not _spaced(start)


def _spaced(text: str) -> bool:
    """Say whether the script sets words apart; Japanese and Chinese cannot be compared so."""
    return len(text.split()) > 2

"""Say of what kind a changed sentence is. Pure.

A change that could be of several kinds gets the gravest: a "not" that came or went before a
figure, a figure before a name. The words that negate, cite and correct are listed for the
languages of the desk; in others a change of words is still one of wording.
"""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

from storage.change_words import (
    CITES,
    CORRECTS,
    DENIED_TAIL,
    LEADS_TO_A_NAME,
    NEGATIONS,
    TITLES,
    VERBS_DENIED,
)
from storage.quantities import figures


class ChangeKind(StrEnum):
    """What a change is about."""

    CORRECTION = "correction"  # the page says itself that it was corrected
    NEGATION = "negation"  # a "not" came or went
    NUMBER = "number"
    NAME = "name"
    QUOTE = "quote"  # words in quotation marks
    ATTRIBUTION_REMOVED = "attribution_removed"  # who said it is no longer named
    HEADLINE = "headline"
    ADDITION = "addition"
    REMOVAL = "removal"
    WORDING = "wording"  # other words, of none of the kinds above
    TYPO = "typo"
    LAYOUT = "layout"  # paragraphs, spaces, punctuation


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One sentence that is no longer what it was."""

    kind: ChangeKind
    before: str  # empty: it was not there
    after: str  # empty: it is gone


_QUOTED = re.compile(r"[“„«\"]([^”“„«»\"]{3,})[”“»\"]|(?<!\w)[‘']([^’'‘]{3,})[’'](?!\w)")
_VOWELS = re.compile(r"[aeiouyəıöüаеёиоуыэюя’'-]")
_STEM = 2  # letters of a verb's stem; "al", "et" are too short to tell
_LONGEST_NAME = 3  # words
_LONG_NAME = 9  # letters; one that differs hardly makes it another's
_WORD = re.compile(r"\w+(?:[’']\w+)?")
_LONG = 10_000  # pairs of words; sentences beyond are compared without regard to order
_LONGEST_SENTENCE = 10_000  # characters
_LONG_WORD = 40  # letters; none longer is a misspelling
_TYPO = 0.75  # so much of a word's letters stay in a corrected misspelling


def letters(text: str) -> str:
    """Return only what is read aloud: letters and digits, in lower case."""
    return "".join(_WORD.findall(text)).lower().replace("’", "'")


def kind_of(before: str, after: str) -> ChangeKind:
    """Return the kind of one sentence's change; empty: it was not there, or is gone."""
    if not before or not after:
        return _came_or_went(before, after)
    if letters(before) == letters(after):
        return _quotes_moved(before, after)
    before, after = _where_they_differ(before, after)
    if _counts(CORRECTS, after) > _counts(CORRECTS, before):
        return ChangeKind.CORRECTION
    old, new = _words(before), _words(after)
    if _undoubled(old) == _undoubled(new):
        return ChangeKind.TYPO
    gone, come = _exchanged(old, new)
    if _is_unsaid(before, after, gone, come):
        return ChangeKind.ATTRIBUTION_REMOVED
    if _negations(before) != _negations(after) or _is_denied(gone, come):
        return ChangeKind.NEGATION
    if figures(before) != figures(after):
        return ChangeKind.NUMBER
    return _kind_of_words(before, after, gone, come)


def _where_they_differ(before: str, after: str) -> tuple[str, str]:
    """Return the sentences; of endless ones what stands round the first difference."""
    if max(len(before), len(after)) <= _LONGEST_SENTENCE:
        return before, after
    start = max(0, _shared(before, after) - _LONGEST_SENTENCE // 2)
    part = slice(start, start + _LONGEST_SENTENCE)
    return before[part], after[part]


def _came_or_went(before: str, after: str) -> ChangeKind:
    if after:
        return ChangeKind.CORRECTION if CORRECTS.search(after) else ChangeKind.ADDITION
    return ChangeKind.ATTRIBUTION_REMOVED if CITES.search(before) else ChangeKind.REMOVAL


def _quotes_moved(before: str, after: str) -> ChangeKind:
    """Return the kind of a change in punctuation alone: words may have become a quotation."""
    if _quotes(before) != _quotes(after):
        return ChangeKind.QUOTE
    return ChangeKind.LAYOUT


def _is_unsaid(before: str, after: str, gone: list[str], come: list[str]) -> bool:
    """Say whether only who said it went: the figures in "according to two officials", too."""
    if come or _counts(CITES, before) <= _counts(CITES, after):
        return False
    return not NEGATIONS.search(" ".join(gone))


def _kind_of_words(before: str, after: str, gone: list[str], come: list[str]) -> ChangeKind:
    if _are_typos(gone, come):
        return ChangeKind.TYPO
    if _counts(CITES, before) > _counts(CITES, after):
        return ChangeKind.ATTRIBUTION_REMOVED
    if _quotes(before) != _quotes(after):
        return ChangeKind.QUOTE
    return ChangeKind.NAME if _are_others(before, gone, come) else ChangeKind.WORDING


def _counts(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def _negations(text: str) -> int:
    return _counts(NEGATIONS, text) + _counts(VERBS_DENIED, text.lower())


def _is_denied(gone: list[str], come: list[str]) -> bool:
    """Say whether a verb became its denial, by what Persian and Turkic verbs do for it."""
    return len(gone) == len(come) and any(
        one != other and (_denies(one, other) or _denies(other, one))
        for one, other in zip(map(str.lower, gone), map(str.lower, come), strict=True)
    )


def _denies(denied: str, verb: str) -> bool:
    if denied == f"ن{verb}":
        return True
    same = _shared(denied, verb)
    if same <= _STEM or verb[same:].startswith("m"):
        return False
    return DENIED_TAIL.match(denied, same) is not None


def _shared(one: str, other: str) -> int:
    """Return how many letters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _quotes(text: str) -> Counter[str]:
    return Counter(letters(quote[1] or quote[2]) for quote in _QUOTED.finditer(text))


def _exchanged(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """Return the words that went and those that came."""
    if len(old) * len(new) > _LONG:
        were, are = Counter(old), Counter(new)
        return list((were - are).elements()), list((are - were).elements())
    gone: list[str] = []
    come: list[str] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what != "equal":
            gone += old[i1:i2]
            come += new[j1:j2]
    return gone, come


def _words(sentence: str) -> list[str]:
    """Return the words; the first one's capital says nothing."""
    words: list[str] = _WORD.findall(sentence)
    return [words[0].lower(), *words[1:]] if words else words


def _are_typos(gone: list[str], come: list[str]) -> bool:
    """Say whether each word became one of nearly the same letters."""
    if "".join(gone).lower() == "".join(come).lower():
        return True
    if len(gone) != len(come):
        return False
    return all(_is_typo(one, other) for one, other in zip(gone, come, strict=True))


def _is_typo(one: str, other: str) -> bool:
    if one.lower() == other.lower():
        return True
    if sorted(one.lower()) == sorted(other.lower()):
        return True
    if max(len(one), len(other)) > _LONG_WORD:
        return False
    if min(len(one), len(other)) < 4 or one[0] != other[0]:
        return False
    if one[0].isupper() and not _is_slip(one, other):
        return False  # another letter in a name may make another name
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return abs(len(one) - len(other)) <= 1 and matcher.ratio() >= _TYPO


def _is_slip(one: str, other: str) -> bool:
    """Say whether a long name has one letter less or another before its last two."""
    short, long = sorted((one, other), key=len)
    same = _shared(short, long)
    rest = short[same + 1 :] if len(short) == len(long) else short[same:]
    return len(long) > _LONG_NAME and len(rest) > 1 and rest == long[same + 1 :]


def _undoubled(words: list[str]) -> list[str]:
    return [word for word, _ in groupby(words)]


def _are_others(before: str, gone: list[str], come: list[str]) -> bool:
    """Say whether other names are given, not the same with a title, in full or spelled anew."""
    if _untitled(gone) == _untitled(come):
        return False
    were, are = _names(gone), _names(come)
    if were == are:
        return _stood_for_a_name(before, gone, come)
    if not were or not are or len(were) != len(are):
        return True
    pairs = [pair for pair in zip(were, are, strict=True) if pair[0] != pair[1]]
    return not all(_is_same_name(one, other) for one, other in pairs)


def _untitled(words: list[str]) -> list[str]:
    return [word.lower() for word in words if word.lower() not in TITLES]


def _names(words: list[str]) -> list[str]:
    """Return the words that look like names: capitals inside the sentence."""
    return [word for word in words if word[0].isupper() and word.lower() not in TITLES]


def _is_same_name(one: str, other: str) -> bool:
    """Say whether a name is only spelled otherwise, "Heydar" for "Haydar", or an initial."""
    short, long = sorted((one.lower(), other.lower()), key=len)
    if len(short) == 1:
        return long.startswith(short)
    return _skeleton(short) == _skeleton(long) and short[-1] == long[-1]


def _skeleton(name: str) -> str:
    return _VOWELS.sub("", name).replace("х", "г")  # Хейдар, Гейдар


def _stood_for_a_name(before: str, gone: list[str], come: list[str]) -> bool:
    """Say whether words of a script without capitals were exchanged behind a title."""
    if not gone or not come or len(gone) > _LONGEST_NAME or len(come) > _LONGEST_NAME:
        return False
    at = before.find(" ".join(gone))
    return at > 0 and LEADS_TO_A_NAME.search(before[:at]) is not None

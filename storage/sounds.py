"""Hear the names in a text: one key for a name's spellings in several scripts.

Pure. Zangezur, Zangazur, Зангезур and زنگزور share the consonants z-n-k-z-r; that is the key.
It is coarse on purpose: only several such keys together, rare ones, say anything.
"""

import re
from collections import Counter
from itertools import pairwise
from typing import Any

from xxhash import xxh3_64_intdigest as hash64

from storage.folding import beyond_ascii

_ENDS = frozenset('.!?:;…。"”»)–—-')  # behind these a capital is no sign of a name
_AROUND = ".,;:!?…()[]{}\"'“”„‘’«»–—-"
# Where a script knows no capitals, any long word may be a name.
_CASELESS = re.compile(r"[\u0590-\u06ff\u0900-\u0dff\u10d0-\u10ff]{4,}")
_SHORTEST = 3  # consonants
_LONGEST = 4
_REMEMBERED = 1 << 16  # words …
_ORDINARY = 40  # … of at most so many characters: a page's longest "word" may be a megabyte
_IDEOGRAPHS = 0x2E80

_PAIRS = tuple(
    pair.split(":")
    for pair in [
        "sch:s",
        "tch:c",
        "dzh:j",
        "sh:s",
        "ch:c",
        "zh:j",
        "kh:k",
        "gh:k",
        "ph:f",
        "th:t",
        "dj:j",
        "ts:s",
        "tz:s",
        "ck:k",
        "дж:j",
        "тс:s",
    ]
)
_PAIRS_WITHOUT_H = tuple(pair for pair in _PAIRS if "h" not in pair[0])


class _Heard(dict[int, Any]):
    """Leave out what is not heard; letters of words are remembered, not all of Unicode."""

    def __missing__(self, letter: int) -> None:
        if letter < _IDEOGRAPHS:
            self[letter] = None


_LETTERS = _Heard(
    str.maketrans(
        {
            **dict.fromkeys("bбب", "b"),
            **dict.fromkeys("pпپ", "p"),
            **dict.fromkeys("fvwфвف", "f"),
            **dict.fromkeys("tтتط", "t"),
            **dict.fromkeys("dдدض", "d"),
            **dict.fromkeys("sşšцсшщسشصث", "s"),
            **dict.fromkeys("zžзжذزظژ", "z"),
            **dict.fromkeys("cçčчچ", "c"),
            **dict.fromkeys("jج", "j"),
            **dict.fromkeys("kqgxhğкгхґقکكگغخحه", "k"),
            **dict.fromkeys("lлلł", "l"),
            **dict.fromkeys("mмم", "m"),
            **dict.fromkeys("nнنñ", "n"),
            **dict.fromkeys("rрر", "r"),
        }
    )
)
_POSSESSIVE = ("'s", "’s")
_DOUBLED = re.compile(r"(.)(?=\1)")


def name_sounds(text: str) -> list[int]:
    """Return the keys of the names in a text, those named most often first, then in order."""
    spaced = text.split()
    words = [
        word
        for before, word in pairwise(spaced)
        if word[0].isupper() and before[-1] not in _ENDS
    ]
    if _CASELESS.search(beyond_ascii(text)):
        words += _CASELESS.findall(text)
    keys = Counter(map(_KEYS.__getitem__, words))
    del keys[0]  # too short to say anything
    return sorted(keys, key=keys.__getitem__, reverse=True)


def name_key(word: str) -> int:
    """Return the key of one name; 0: it is too short to be known by its sound."""
    return _KEYS[word]


def sound(word: str) -> str:
    """Return the consonants of a word as they sound in any script."""
    heard = word.strip(_AROUND)
    if heard.endswith(_POSSESSIVE):
        heard = heard[:-2]
    heard = heard.lower()
    for letters, one in _PAIRS if "h" in heard else _PAIRS_WITHOUT_H:
        if letters in heard:
            heard = heard.replace(letters, one)
    heard = heard.translate(_LETTERS)
    return _DOUBLED.sub("", heard)


class _Keys(dict[str, int]):
    """Remember the keys of words; asked from C, a word heard before costs next to nothing."""

    def __missing__(self, word: str) -> int:
        key = _key(word)
        if len(word) <= _ORDINARY:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[word] = key
        return key


def _key(word: str) -> int:
    heard = sound(word)
    # The beginning only: what follows is often an ending, Тегераном or Tehranda.
    return hash64(heard[:_LONGEST].encode()) & 0xFFFFFFFF if len(heard) >= _SHORTEST else 0


_KEYS = _Keys()

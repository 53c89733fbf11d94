"""Read whom and what an article names, where capitals tell.

A name is known again by its consonants, so that another case or spelling of it is no new one.
German, which writes every noun so, and scripts without capitals name nothing here.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import Final

from storage.quantities import figures
from storage.sounds import name_key

_SOUND: Final = "~"
_AROUND: Final = '.,;:!?…()[]{}"“”„«»–—'
_ENDS: Final = frozenset('.!?:;…。"”»)–—-(“«„')  # behind these a capital is no sign of a name
_NOUNS_ARE_CAPITAL: Final = frozenset({"de", "lb"})


def names_are_told(language: str) -> bool:
    """Say whether capitals tell a name from other words in a language."""
    return language.split("-")[0] not in _NOUNS_ARE_CAPITAL


def name_keys(texts: Iterable[str]) -> set[str]:
    """Return the keys of all words that may be names, the first of a sentence, too."""
    words = (word for text in texts for word in text.split())
    return {key for word in words if _is_capital(word) and (key := _key(word))}


def named(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield the names in a sentence, whole, each with the key of its last word."""
    words = sentence.split()
    marked = [(_may_be_name(before, word), word) for before, word in pairwise(words)]
    for is_name, run in groupby(marked, key=lambda each: each[0]):
        whole = [word for _, word in run]
        if is_name and (key := _key(whole[-1])):
            yield key, " ".join(whole).strip(_AROUND)


def _may_be_name(before: str, word: str) -> bool:
    return before[-1] not in _ENDS and _is_capital(word) and not _is_day(word)


def _is_day(word: str) -> bool:
    """Tell days and months, which English and Azerbaijani write like names."""
    return word.strip(_AROUND) in {"March", "May"} or bool(figures(word))


def _is_capital(word: str) -> bool:
    bare = word.lstrip(_AROUND)
    return bool(bare) and bare[0].isupper()


def _key(word: str) -> str:
    key = name_key(word)
    return f"{_SOUND}{key:x}" if key else ""

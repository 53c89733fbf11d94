"""Choose the headline among JSON-LD, og:title, h1 and <title>.

The outlet's name hangs on og:title, a kicker is glued to the h1, another article's title can
stand in JSON-LD: each is right on most pages, and the others tell where it is not.
"""

from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborNode

from crawler.extract.choice import Choice, Found, choose
from crawler.extract.document import Document
from crawler.extract.json_ld import plain
from crawler.extract.outline import BREAK, fold_blanks
from crawler.extract.title_choice import LIKE, best_title
from crawler.extract.title_tail import (
    EASTERN_TAIL,
    Title,
    as_shown,
    cut_site,
    host_name,
    least,
    separators,
    without_suffix,
)
from crawler.extract.title_words import clean_title, fold_title
from storage.article import Provenance

_SHORTEST: Final = 10
_OWN: Final = frozenset({"headline", "name", "og:title"})  # what states an article's own title
_LOGO: Final = "h1 that leads to the front page"
_SKIPPED: Final = frozenset({"script", "style", "noscript", "svg", "template", "button"})


def read_title(document: Document, newsroom: str) -> Choice[str]:
    """Return the headline; the other titles stay as candidates."""
    sites: tuple[str, ...] = (fold_title(newsroom), fold_title(host_name(document.url)))
    found = list(_stated(document))
    shown = list(_headings(document))
    ends = _title_ends(document)
    banners = {each.value for each in shown if ends and fold_title(each.value) == ends}
    banners |= {each.value for each in shown if each.note == _LOGO}
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
    found = [without_suffix(each, titles, known, sites) for each in (*found, *heads)]
    shown_lines = frozenset() if heads else _shown(document)
    if not heads:
        found = [each._replace(value=as_shown(each.value, shown_lines)) for each in found]
    found = [each for each in found if each.value and fold_title(each.value) not in sites]
    found = [each for each in found if not each.value.endswith(":")] or found  # "Read also:"
    found += [
        without_suffix(_without_banner(each, banners), titles, known, sites)
        for each in _page_title(document, sites, shown_lines)
        if each.value
    ]
    best = best_title(found)
    if found and found[best].note == "og:title":
        best = _as_headed(best, found)
    return choose(_unbroken(found), "", best)


def _without_banner(title: Title, banners: set[str]) -> Title:
    """Cut the outlet's name off a title that begins with it and a colon, as blogs' do."""
    for banner in banners:
        if banner and title.value.startswith(f"{banner}: "):
            return title._replace(value=title.value[len(banner) + 2 :])
    return title


def _as_headed(stated: int, found: list[Title]) -> int:
    """Return the one h1 where og:title is the same in other signs, or hangs a word on it.

    And where it is told otherwise there, as <title> is and no other field: for machines.
    """
    heads = {fold_title(each.value): n for n, each in enumerate(found) if each.note == "h1"}
    if len(heads) != 1 or any(each.provenance is Provenance.JSON_LD for each in found):
        return stated
    [(head, number)] = heads.items()
    whole = fold_title(found[stated].value)
    hangs = len(head) > _SHORTEST and (whole.startswith(head) or whole.endswith(head))
    return number if head == whole or hangs or _told_otherwise(head, whole, found) else stated


def _told_otherwise(head: str, shared: str, found: list[Title]) -> bool:
    """Say whether an h1 speaks of what og:title speaks of, which nobody wrote a second time.

    An h1 that ends with it has a kicker; one that <title> repeats was typed once for both.
    """
    others = {each.note: fold_title(each.value) for each in found}
    by_hand = others.get("twitter:title") == shared or others.get("title") == head
    if by_hand or head.endswith(shared):
        return False
    words = set(shared.split())
    return len(words.intersection(head.split())) >= LIKE * len(words) > 0


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
        note = _LOGO if _leads_home(node, document.url) else node.tag or ""
        yield Found(text, Provenance.PAGE, note)
        parts = [
            clean_title(inner_text(part)) for part in node.iter() if part.tag not in _SKIPPED
        ]
        for part in parts:
            if part != text and len(part) > 0.4 * len(text):
                yield Found(part, Provenance.PAGE, f"part of {note}")


def _leads_home(node: LexborNode, url: str) -> bool:
    """Tell an h1 that is the outlet's name: all of it leads to the front page."""
    child = next(node.iter(skip_empty=True), None)
    while child is not None and child.tag not in {"a", *_SKIPPED}:
        child = next(child.iter(skip_empty=True), None)
    if child is None or child.tag != "a":
        return False
    target = (child.attributes.get("href") or "").strip()
    return target == "/" or (target.count("/") == 3 and _is_at_home(target, url))


def _is_at_home(target: str, url: str) -> bool:
    """Tell the front page of the site; blogs are at home under several endings of a name."""
    theirs, ours = (host_name(each) for each in (target, url))
    return url.startswith(target) or (theirs != "" and theirs == ours)


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


def _page_title(
    document: Document, sites: tuple[str, ...], shown: frozenset[str]
) -> Iterator[Title]:
    for node in document.outline.nodes("title"):
        parent = node.parent
        if parent is not None and parent.tag not in {"svg", "g", "symbol"}:
            text = EASTERN_TAIL.sub("", cut_site(clean_title(node.text()), sites))
            yield Found(as_shown(text, shown), Provenance.META, "title")
            return


def _shown(document: Document) -> frozenset[str]:
    outline = document.outline
    broken = (text.split(BREAK) for text in outline.texts if BREAK in text)
    return frozenset(
        [*outline.lines(), *(fold_blanks(line) for each in broken for line in each)]
    )


def _heads_another(heads: list[Title], document: Document) -> bool:
    """Say whether the page shows the longest part of <title>, and no h1 does: a banner then.

    An h1 with which <title> begins is the headline before an outlet with a long name.
    """
    for node in document.outline.nodes("title")[:1]:
        title = EASTERN_TAIL.sub("", clean_title(node.text()))
        marks = separators(title)
        starts, ends = [0, *(m.end() for m in marks)], [*(m.start() for m in marks), len(title)]
        parts = [title[start:end] for start, end in zip(starts, ends, strict=True)]
        longest, first = max(parts, key=len), fold_title(parts[0])
        folded = fold_title(longest)
        apart = all(
            head not in folded and folded not in head and head != first
            for head in (fold_title(each.value) for each in heads)
        )
        return apart and len(longest) > least(longest) and longest in _shown(document)
    return False


def _title_ends(document: Document) -> str:
    """Return how <title> ends behind the longer part of it, folded: with the outlet's name."""
    for node in document.outline.nodes("title")[:1]:
        title = clean_title(node.text())
        if marks := separators(title):
            first, last = title[: marks[0].start()], fold_title(title[marks[-1].end() :])
            return last if len(fold_title(first)) > max(10, len(last)) else ""
    return ""

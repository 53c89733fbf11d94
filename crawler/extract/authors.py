"""Choose who wrote the article: JSON-LD, meta, byline markup, or the line below the headline.

A person beats the outlet's own name, whichever fact gave it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Any, Final, NamedTuple

from selectolax.lexbor import LexborNode

from crawler.extract.agencies import is_agency
from crawler.extract.boilerplate import without_reading
from crawler.extract.choice import Choice, Found, choose
from crawler.extract.document import Document
from crawler.extract.json_ld import plain, resolve, types_of
from crawler.extract.lines import Line, Lines
from crawler.extract.names import (
    MAX_NAME,
    fold_doubles,
    has_lead,
    is_desk,
    is_handle,
    is_lead,
    is_personal,
    read_names,
    strip_lead,
)
from crawler.extract.outline import number_of
from crawler.extract.stamp import read_written
from crawler.extract.stamp_span import cut_stamp
from crawler.extract.title import fold_title, host_name
from storage.article import Block, Provenance

_METAS: Final = (
    "author", "article:author", "article:author_name", "dc.creator", "dcterms.creator",
    "parsely-author", "sailthru.author", "byl", "cxenseparse:author", "authors", "creator",
    "dc.author", "og:article:author", "og:author", "citation_author", "article.author",
    "cxenseparse:recs:author", "content-author", "vr:author", "news_authors", "byline",
)  # fmt: skip
# To look through a class for a word is what costs: words that share letters are sought at once.
_MARKUP: Final = (
    "[rel~=author],[itemprop~=author],address,[class*=byline i],[data-testid*=byline i],"
    "[class*=aut i]:is([class*=author i],[class*=autor i],[class*=auteur i]),"
    "[class*=ter i]:is([class*=writer i],[class*=reporter i])"
)
_OUTSIDE: Final = re.compile(
    r"comment|(?<!post-)(?<!entry-)(?<!article-)footer|related|sidebar|teaser|recommend|"
    r"most-?read|popular|social|share|bio\b|about|follow|image|photo|caption|copyright|"
    r"(?<!v)card|promo|menu|nav\b|authori[sz]",
    re.IGNORECASE,
)
# A name that shares its line with a stamp and nothing else: "Nigar Bayramli | 7 December 2023".
_LONE: Final = re.compile(r"[^\W\d_][\w.’'-]+(?:\s+[^\W\d_][\w.’'-]*){1,3}")
# How the Korean press signs a text at its end: a name, "reporter", an address.
_SIGNED: Final = re.compile(
    r"\W{0,3}([가-힣]{2,4})\s?(?:선임|인턴|전문)?(?:기자|특파원)(?![가-힣])"
)
# What leads from an author's box to the rest of what they wrote.
_MORE_BY: Final = re.compile(
    r"(?:(?:view |see |read )?(?:all|more) (?:posts?|articles?|stories|entries)? ?by"
    r"|(?:alle|weitere|mehr) (?:beiträge|artikel|posts|texte)? ?von|alles von"
    r"|(?:voir )?tous (?:les|ses) articles (?:de|par)|ver todas las entradas de|más de"
    r"|(?:mostra )?tutti gli articoli di|vis alle innlegg av|alle berichten (?:van|door)"
    r"|все (?:статьи|записи|материалы) автора)"
    r"\s+(.{3,60}?)(?:\s+(?:anzeigen|ansehen|lesen|→|»|›))*",
    re.IGNORECASE,
)
# What the one who signs is: "Anna Berg, head of the office".
_OFFICE: Final = re.compile(r",\s[^,]*?\s(?:der|des|of|at|bei|de|du|in|für|for|am|im)\s.*")
# A time of day, or how long ago it was.
_AGO: Final = re.compile(
    r"(?<![\d.:])\d{1,2}[:.][0-5]\d(?![\d.:])|\b\d+ (?:\w+ ago|hours?|minutes?|days?)\b"
    r"|\b(?:vor|il y a|hace|há) \d|назад|önce\b|əvvəl\b|[前전]$",
    re.IGNORECASE,
)
# Words that no person is called by.
_NO_NAMES: Final = frozenset(
    ("the", "this", "our", "your", "my", "all", "more", "on", "in", "to", "for", "with", "from",
     "of", "page", "tweet", "blog", "news", "photo", "video", "date", "release", "released",
     "update", "updated", "published", "version", "contents", "time", "read", "reading", "min",
     "press", "statement", "report", "article", "datum", "fecha", "data", "stand", "private",
     "message", "nachricht", "event", "filed", "under", "print", "size", "last")
)  # fmt: skip
_MOST_JOINED: Final = 4
_LONGEST_STAMP: Final = 100
_LONGEST_BYLINE: Final = 200
_LONGEST_LABEL: Final = 20
_JUST_ABOVE: Final = 3  # lines
_BY_CLASS: Final = "class byline"
_BODY: Final = number_of("body")  # of a blog's page, "single-author": its text is no byline
_NEAR: Final = 10  # lines above the headline and below the text
_TYPED: Final = "author (Person)"
_LONGEST_NAME: Final = 4  # words; more are several names without a comma
_MOST_LINES: Final = 60  # of a page without a text, hundreds stand below the headline
_MOST_MARKUP: Final = 12  # nodes read; the byline is among the first

Names = Found[tuple[str, ...]]


def read_authors(
    document: Document,
    lines: Callable[[], Lines],
    blocks: Sequence[Block],
    newsroom: str,
) -> Choice[tuple[str, ...]]:
    """Choose the authors; markup and lines are only asked where the head names no person."""
    outlet = _Outlet(fold_title(newsroom).removeprefix("the "), host_name(document.url))
    found = [*_in_json_ld(document), *_in_metas(document), *_in_card(document)]
    if not any(_has_person(each, outlet) for each in found):
        near = lines()
        marked, shown = list(_in_markup(document)), list(_in_lines(near))
        marked = [_nearest(each, near, blocks) for each in marked if each.value]
        sure = [each for each in marked if each.note != _BY_CLASS]
        found += [*sure, *shown, *(each for each in marked if each.note == _BY_CLASS)]
        found += [*_signed([block.text for block in blocks[-2:]]), *_described(document)]
        found += _in_metas(document, handles=True)
    found = [_without_outlet(each, outlet) for each in found if each.value]
    first = next((n for n, each in enumerate(found) if _has_person(each, outlet)), 0)
    return choose(found, (), first)


class _Outlet(NamedTuple):
    """What the outlet is called, so that it is not taken for a person."""

    name: str  # folded
    host: str

    def is_named(self, name: str) -> bool:
        """Tell whether a byline's name is the outlet's: "USA Today" of usatoday.com."""
        folded = fold_title(name)
        if folded == self.name or folded.replace(" ", "") == self.host:
            return True
        return " " in self.name and f" {self.name} " in f" {folded} "


def _has_person(found: Names, outlet: _Outlet) -> bool:
    typed = found.note == _TYPED
    return any(
        (is_personal(name) or is_agency(name) or typed) and not outlet.is_named(name)
        for name in found.value
    )


def _nearest(found: Names, lines: Lines, blocks: Sequence[Block]) -> Names:
    """Keep the names that stand near the headline or right below the text, if any do."""
    head = [*(line.text for line in lines.head), *(block.text for block in blocks[:2])]
    around = [line.text for line in (*lines.above[-_NEAR:], *lines.below[:_NEAR])]
    for texts in (head, around):
        whole = "\n".join(texts).casefold()
        if names := tuple(name for name in found.value if name.casefold() in whole):
            return Found(names, found.provenance, found.note)
    if len(found.value) > _MOST_JOINED:  # of a list of articles; the first is this one's
        return found._replace(value=found.value[:1])
    return found


def _without_outlet(found: Names, outlet: _Outlet) -> Names:
    """Drop the outlet's own name where a person's stands beside it."""
    others = tuple(name for name in found.value if not outlet.is_named(name))
    if not any(map(is_personal, others)):
        return found
    return Found(others, found.provenance, found.note)


def _in_json_ld(document: Document) -> Iterator[Names]:
    for node in document.articles:
        for key in ("author", "creator"):
            nodes = list(resolve(document.lds, node.get(key)))
            names = [name for each in nodes for name in _names_of(each)]
            people = [each for each in nodes if "Person" in types_of(each)]
            note = _TYPED if people and len(people) == len(nodes) else key
            yield Found(fold_doubles(names), Provenance.JSON_LD, note)


def _names_of(node: dict[str, Any]) -> tuple[str, ...]:
    """Return the names of one author; an organisation's stays whole, as do mere initials."""
    name = node.get("name")
    texts = name if isinstance(name, list) else [name]
    types = types_of(node)
    whole = tuple(text for each in texts if (text := plain(each)) and "://" not in text)
    if types and "Person" not in types:
        return whole
    names = tuple(found for each in texts for found in read_names(plain(each)))
    return names or (() if types else whole)


def _in_metas(document: Document, *, handles: bool = False) -> Iterator[Names]:
    """Yield the names of metas; or, where none is a person's, one word by which one goes."""
    read = _person if handles else read_names
    for key in _METAS:
        if contents := document.metas.get(key):
            names = fold_doubles(name for each in contents for name in read(each))
            yield Found(names, Provenance.META, key)


def _in_card(document: Document) -> Iterator[Names]:
    """Yield what a link's preview shows in its lines: "Written by", then the name."""
    for number in "12":
        label = document.meta(f"twitter:label{number}")
        if label and is_lead(label):
            names = _person(document.meta(f"twitter:data{number}"))
            yield Found(names, Provenance.META, f"twitter:data{number}")


def _described(document: Document) -> Iterator[Names]:
    """Yield the one person whom JSON-LD describes, though no article there names an author."""
    people = {plain(node.get("name")) for node in document.lds if "Person" in types_of(node)}
    if len(people) == 1:
        yield Found(_person(people.pop()), Provenance.JSON_LD, "Person")


def _person(text: str) -> tuple[str, ...]:
    """Return the names of a byline, or the one word by which somebody or a desk goes."""
    bare = text.strip(" ,.|")
    return read_names(text) or ((bare,) if is_handle(bare) or is_desk(bare) else ())


def _in_markup(document: Document) -> Iterator[Names]:
    """Yield the names of nodes that call themselves a byline, by the kind of their mark."""
    groups: dict[str, list[str]] = {"rel": [], "itemprop": [], "class": []}
    # What matches in several ways is found as often, one after the other.
    for node in dict.fromkeys(document.outline.frames[0].css(_MARKUP)[:_MOST_MARKUP]):
        kind = "" if node.tag_id == _BODY else _kind_of(node)
        if not kind or _stands_outside(node):
            continue
        text = " ".join(node.text(separator=" ").split())
        text = named_after(text) or cut_stamp(text)
        if len(text) > _LONGEST_BYLINE:
            continue
        joined = _fitting(text, kind)
        if not joined and has_lead(text):
            joined = list(_person(strip_lead(text)))
        if not joined or (len(joined) == 1 and len(joined[0].split()) > _LONGEST_NAME):
            joined = _fitting(node.text(separator=", "), kind) or joined
        groups[kind] += joined
    for kind, names in groups.items():
        yield Found(fold_doubles(names), Provenance.PAGE, f"{kind} byline")


_POSTED: Final = re.compile(
    r"^(?:posted|published|written|veröffentlicht|geschrieben|erstellt|publié|publicado|"
    r"pubblicato|опубликовано|gepostet)\b.*?\s((?:by|von|par|por|da|door)\s+\S.*)$",
    re.IGNORECASE,
)


def named_after(text: str) -> str:
    """Return "by A" of "Posted on September 21, 2020 by A"; empty: it is no such line."""
    found = _POSTED.match(text)
    return cut_stamp(found[1]) if found else ""


def _kind_of(node: LexborNode) -> str:
    attributes = node.attributes
    if "author" in (attributes.get("rel") or "").split() or node.tag == "address":
        return "rel"
    if "author" in (attributes.get("itemprop") or ""):
        return "itemprop"
    return "" if _named_outside(attributes.get("class") or "") else "class"


def _fitting(text: str, kind: str) -> list[str]:
    names = [each for each in read_names(text) if _fits(each, kind)]
    return [text] if not names and kind == "rel" and is_handle(text) else names


def _fits(name: str, kind: str) -> bool:
    return is_personal(name) or (kind != "class" and " " not in name)


def _stands_outside(node: LexborNode) -> bool:
    above = node.parent
    for _ in range(6):
        if above is None or (tag := above.tag) in {"body", "main"}:
            return False
        if tag in {"footer", "aside", "nav", "figure", "li"} or _named_outside(
            above.attributes.get("class") or ""
        ):
            return tag != "li"
        above = above.parent
    return False


@lru_cache(maxsize=1 << 12)
def _named_outside(said: str) -> bool:
    return _OUTSIDE.search(said) is not None


def _in_lines(lines: Lines) -> Iterator[Names]:
    """Yield the names of lines between headline and body that read as bylines."""
    near = lines.head[:_MOST_LINES]
    for number, line in enumerate(near):
        if len(line.text) > 160:
            continue
        bare = without_reading(line.text)
        text = named_after(bare) or cut_stamp(bare)
        if is_lead(text):
            text = _joined(text, near[number + 1 : number + 1 + _MOST_JOINED])
        if has_lead(text) or _stands_alone(text, line, near, number):
            names = tuple(n for n in read_names(text) if is_personal(n))
            yield Found(names, Provenance.PAGE, "line below the headline")
    yield from _signed([line.text for line in lines.below[:_NEAR]])
    yield from _signed([line.text for line in lines.above[-_JUST_ABOVE:]])


def _signed(texts: Sequence[str]) -> Iterator[Names]:
    """Yield who signs apart from the headline: "Author: A", "All posts by A", as in Korea."""
    for text, following in zip(texts, [*texts[1:], ""], strict=False):
        if len(text) > _LONGEST_STAMP:
            continue
        if found := _SIGNED.match(text):
            yield Found((found[1],), Provenance.PAGE, "line below the text")
            continue
        if (found := _MORE_BY.fullmatch(text)) and is_personal(found[1]):
            yield Found(read_names(found[1]), Provenance.PAGE, "line below the text")
            continue
        bare = cut_stamp(text)
        if has_lead(f"{bare} ") and (":" in bare[:_LONGEST_LABEL] or bare != text):
            if is_lead(bare):
                names = tuple(takewhile(is_personal, read_names(following)))
            else:
                named = _OFFICE.sub("", strip_lead(bare))
                names = tuple(takewhile(_is_called, _person(named)))
            yield Found(names, Provenance.PAGE, "line below the text")


def _is_called(name: str) -> bool:
    return ":" not in name and (is_personal(name) or is_handle(name))


def _joined(lead: str, following: Sequence[Line]) -> str:
    """Return a lead-in with the names that stand on lines of their own below it.

    They are links; or else the next line alone is a name.
    """
    names = list(takewhile(lambda line: line.linked and len(line.text) <= MAX_NAME, following))
    if not names and following and ":" in lead:
        names = [following[0]]
    return f"{lead} {', '.join(line.text for line in names)}"


def _stands_alone(text: str, line: Line, near: Sequence[Line], number: int) -> bool:
    """Tell a name that shares its line with a stamp only, or has one for a neighbour."""
    bare = text.strip(" |·•,-–—/")
    if not _LONE.fullmatch(bare) or not bare.istitle() or is_agency(bare):
        return False
    if not _NO_NAMES.isdisjoint(bare.casefold().split()):
        return False
    if text != line.text:  # a bracket tells what a picture shows, and when
        return "(" not in line.text and _is_stamp(line.text)
    around = (*near[max(0, number - 1) : number], *near[number + 1 : number + 2])
    return any(_is_stamp(each.text) for each in around)


def _is_stamp(text: str) -> bool:
    """Tell when something was; other numbers stand beside menus and in lists, too."""
    if len(text) > _LONGEST_STAMP or not any(map(str.isdigit, text)):
        return False
    return read_written(text) is not None or _AGO.search(text) is not None

"""Read the lines near an article's text that read as bylines, or as an author's signature."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from selectolax.lexbor import LexborNode

from crawler.extract.agencies import is_agency
from crawler.extract.boilerplate import without_reading
from crawler.extract.box import HEADINGS
from crawler.extract.byline import Names, person
from crawler.extract.byline_leads import has_lead, is_lead, strip_lead
from crawler.extract.choice import Found
from crawler.extract.lines import Line, Lines
from crawler.extract.names import MAX_NAME, is_handle, is_personal, read_names
from crawler.extract.outline import Outline, fold_blanks
from crawler.extract.stamp import read_written
from crawler.extract.stamp_span import cut_stamp
from storage.article import Provenance

# A name that shares its line with a stamp and nothing else: "Nigar Bayramli | 7 December 2023".
_LONE: Final = re.compile(r"[^\W\d_][\w.’'-]+(?:\s+[^\W\d_][\w.’'-]*){1,3}")
# A name and where to follow who bears it: "Anna Berg @annaberg".
_HANDLE: Final = re.compile(r"\s+@\w{3,30}$")
# "ByAnna Berg", where a style sheet sets a lead-in and a name apart.
_GLUED: Final = re.compile(r"(By|Von|Par|Por|Door)(?=[A-ZÀ-Þ][\w.'’-]+\s)")
_CREDITED: Final = re.compile(r"(?:foto|photo|bild|image|picture|©|fot\.)", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\s*[,&]\s*|\s+(?:and|und|et|y|e|og|och|en|i|и)\s+")
# How the Korean press signs a text at its end: a name, "reporter", an address.
_SIGNED: Final = re.compile(
    r"\W{0,3}(?:[가-힣]{2,4}[,·]?\s+){0,2}([가-힣]{2,4})\s?(?:선임|인턴|전문)?(?:기자|특파원)(?![가-힣])"
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
_AGO_IN_WORDS: Final = re.compile(
    r"\b(?:an?|one) (?:hour|minute|day|week) ago\b|"
    r"\b(?:vor|il y a|hace|há) (?:ein|un|um)|\bsiden$",
    re.IGNORECASE,
)
# Words that no person is called by.
_NO_NAMES: Final = frozenset(
    ("the", "this", "our", "your", "my", "all", "more", "on", "in", "to", "for", "with", "from",
     "of", "page", "tweet", "blog", "news", "photo", "video", "date", "release", "released",
     "update", "updated", "published", "version", "contents", "time", "read", "reading", "min",
     "press", "statement", "report", "article", "datum", "fecha", "data", "stand", "private",
     "message", "nachricht", "event", "filed", "under", "print", "size", "last", "images",
     "key", "events", "copy", "link", "share", "most", "advertisement")
)  # fmt: skip
# "来源：临江日报 记者：陈雨桐": of several labels in a line the one that names a person.
_REPORTER: Final = re.compile(
    r"(?:记者|記者|作者|通讯员)\s?[:：]\s?"
    r"([\u4e00-\u9fff]{2,4}(?:[、 ][\u4e00-\u9fff]{2,3}(?!\s?[:：]))*)(?!\w)"
)
MOST_JOINED: Final = 4
_LONGEST_STAMP: Final = 100
_LONGEST_LABEL: Final = 20
_JUST_ABOVE: Final = 3  # lines
NEAR: Final = 10  # lines above the headline and below the text
_MOST_LINES: Final = 60  # of a page without a text, hundreds stand below the headline
_POSTED: Final = re.compile(
    r"^(?:posted|published|written|veröffentlicht|geschrieben|erstellt|publié|publicado|"
    r"pubblicato|опубликовано|gepostet)\b.*?\s((?:by|von|par|por|da|door)\s+\S.*)$",
    re.IGNORECASE,
)


def named_after(text: str) -> str:
    """Return "by A" of "Posted on September 21, 2020 by A"; empty: it is no such line."""
    found = _POSTED.match(text)
    return cut_stamp(found[1]) if found else ""


def in_lines(lines: Lines) -> Iterator[Names]:
    """Yield the names of lines between headline and body that read as bylines."""
    near = lines.head[:_MOST_LINES]
    for number, line in enumerate(near):
        if len(line.text) > 160:
            continue
        if "者" in line.text and (reporter := _REPORTER.search(line.text)):
            yield Found(read_names(reporter[1]), Provenance.PAGE, "line below the headline")
        glued = _GLUED.match(line.text)  # a replacement costs ten times as much
        whole = f"{glued[1]} {line.text[glued.end() :]}" if glued else line.text
        bare = without_reading(whole)
        text = named_after(bare) or cut_stamp(bare)
        if is_lead(text):
            text = _joined(text, near[number + 1 : number + 1 + MOST_JOINED])
        if has_lead(text) or _stands_alone(text, line, near, number):
            names = read_names(text)
            people = tuple(n for n in names if is_personal(n))
            agencies = tuple(n for n in names if is_agency(n)) if has_lead(text) else ()
            yield Found(people or agencies, Provenance.PAGE, "line below the headline")
    for line in lines.above[-2:]:  # "7 December 2023 | Anna Berg" above its headline
        bare = cut_stamp(line.text)
        if bare != line.text and not line.linked and _stands_alone(bare, line, (), 0):
            yield Found(read_names(bare), Provenance.PAGE, "line above the headline")
    yield from signed(_of_no_teaser(lines.below[:NEAR]))
    yield from signed([line.text for line in lines.above[-_JUST_ABOVE:]])


def _of_no_teaser(below: Sequence[Line]) -> list[str]:
    """Return the lines but those with a number in or right below a link: "By A · 7 May"."""
    before = [False, *(line.linked for line in below)]
    return [
        line.text
        for line, led in zip(below, before, strict=False)
        if not ((led or line.linked) and any(map(str.isdigit, line.text)))
    ]


def in_spans(outline: Outline, lines: Lines) -> Iterator[Names]:
    """Yield the name behind a lead-in amid a line: "Bhadoli", "By A", "7 May" in spans."""
    for line in lines.head[:NEAR]:
        if len(line.text) > _LONGEST_STAMP or (cut := outline.cuts.get(line.number)) is None:
            continue
        for _, first, end in cut.spans:
            text = fold_blanks("".join(cut.parts[first:end]))
            if text != line.text and has_lead(text):
                people = tuple(filter(is_personal, read_names(cut_stamp(text))))
                yield Found(people, Provenance.PAGE, "line below the headline")


def signature(outline: Outline, lines: Lines) -> Iterator[Names]:
    """Yield the name alone in the first line below a text, set in bold or to the right."""
    leads = any(line.linked for line in lines.below[1:3])  # then it is a label over links
    for line in lines.below[:1]:
        name = line.text.partition(" / ")[0]  # and where one writes from
        if not (leads or line.linked) and _is_lone(name):
            node = outline.frames[outline.places[line.number]]
            if node.tag_id not in HEADINGS and _is_set_apart(node, line.text):
                yield Found(read_names(name), Provenance.PAGE, "line below the text")


def _is_set_apart(node: LexborNode, text: str) -> bool:
    """Tell a line to the right, in bold, or in a box that is called a signature."""
    attributes = node.attributes
    if "right" in f"{attributes.get('style') or ''}{attributes.get('align') or ''}":
        return True
    if "signature" in (attributes.get("class") or ""):
        return True
    inner = next(node.iter(skip_empty=True), None)
    bold = inner is not None and inner.tag in {"strong", "b", "em", "i"}
    return bold and inner is not None and fold_blanks(inner.text()) == text


def handles_in_lines(lines: Lines) -> Iterator[Names]:
    """Yield the word, or the desk, behind a lead-in with a stamp: "By riverfox, 7 May 2023"."""
    near = lines.head[:NEAR]
    for number, line in enumerate(near):
        if len(line.text) > _LONGEST_STAMP:
            continue
        bare = named_after(line.text) or cut_stamp(line.text)
        if not any(_is_stamp(each.text) for each in near[number : number + 2]):
            continue
        for text in (bare, line.text):  # a word with a number in it is no stamp
            if has_lead(text):
                yield Found(
                    person(strip_lead(text)), Provenance.PAGE, "line below the headline"
                )


def signed(texts: Sequence[str]) -> Iterator[Names]:
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
                names = tuple(takewhile(_is_called, person(named)))
            yield Found(names, Provenance.PAGE, "line below the text")


def _is_called(name: str) -> bool:
    return ":" not in name and (is_personal(name) or is_handle(name))


def _joined(lead: str, following: Sequence[Line]) -> str:
    """Return a lead-in with the names that stand on lines of their own below it.

    They are links; or else the next line alone is a name.
    """
    names = list(takewhile(lambda line: line.linked and len(line.text) <= MAX_NAME, following))
    if not names and following and (":" in lead or _is_lone(following[0].text)):
        names = [following[0]]
    return f"{lead} {', '.join(line.text for line in names)}"


def _stands_alone(text: str, line: Line, near: Sequence[Line], number: int) -> bool:
    """Tell a name that shares its line with a stamp only, or has one for a neighbour."""
    bare, handle = _without_handle(text.strip(" |·•,-–—/"))
    if not " ".join(bare.split(maxsplit=2)[:2]).istitle():
        return False  # no name begins so, as most lines do not
    if not all(map(_is_lone, _BETWEEN.split(bare)[:MOST_JOINED])):
        return False
    if handle:
        return True
    if text != line.text:  # a bracket tells what a picture shows, and when
        return "(" not in line.text and _is_stamp(line.text)
    after = near[number + 1 : number + 2]
    if any(_CREDITED.match(each.text) for each in after):  # it is whom a picture shows
        return False
    return any(_is_stamp(each.text) for each in (*near[max(0, number - 1) : number], *after))


def _without_handle(text: str) -> tuple[str, str]:
    """Return "Anna Berg" and "@annaberg" of "Anna Berg @annaberg"."""
    found = _HANDLE.search(text) if "@" in text else None
    return (text[: found.start()], found[0]) if found else (text, "")


def _is_lone(text: str) -> bool:
    """Tell a name, and nothing else, from the other words of a line of two to four."""
    if not text.istitle() or not _LONE.fullmatch(text) or is_agency(text):
        return False
    return _NO_NAMES.isdisjoint(text.casefold().split())


def _is_stamp(text: str) -> bool:
    """Tell when something was; other numbers stand beside menus and in lists, too."""
    if len(text) > _LONGEST_STAMP:
        return False
    if not any(map(str.isdigit, text)):
        return _AGO_IN_WORDS.search(text) is not None
    return read_written(text) is not None or _AGO.search(text) is not None

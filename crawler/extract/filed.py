# ruff: noqa: E501 - rows of words
"""Read under what a page files its article where its head is silent: from the links it shows.

A link to the section leads to the beginning of the article's own address, says so by its `rel`,
or stands beside the headline in a box that is named for it; links to tags stand below.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawler.extract.document import Document
from crawler.extract.filing_boxes import CRUMB, ELSEWHERE, ROW, SECTION, TAG, said_by, says
from crawler.extract.outline import Outline, fold_blanks
from crawler.extract.signs import holds_any
from crawler.extract.title_words import fold_title
from crawler.extract.verdicts import name_of

_NEAR: Final = 3  # links before the headline that may name its section
_ON_THE_WAY: Final = 8  # links before it that may be a way to it from the front page
_UP: Final = 3  # boxes round a link whose names are read
_UP_TO_ROW: Final = 2  # the item of a link, its list
_LONGEST: Final = 40  # letters of a section or a tag
_LONGEST_LINE: Final = 160  # letters of a line that names a section, more are a sentence
_MOST_TAGS: Final = 12  # more are a cloud
_MOST_LINKS: Final = 300
_BELOW: Final = 40  # passages below the text
_MOST_MENUS: Final = 8
_CODE: Final = 2  # letters of a language's code
_PLAIN: Final = re.compile(r"[\w%.~-]+", re.ASCII)  # what a selector takes as it stands
# In the address of a tag stands one of these.
_TAG_SIGNS: Final = (
    "tag", "topic", "tema", "teme", "them", "then", "term", "keyword", "etik", "etiq", "haberleri",
    "sujet", "dossier", "label", "/t/", "schlag", "mot-",
)  # fmt: skip
_DIGIT: Final = re.compile(r"\d")
_NO_SECTION: Final = re.compile(
    r".*\b(?:home|home ?page|startseite|all|alle|todas?|toutes?|browse|back|more|mehr|terms|privacy"
    r"|subscribe\w*|sign (?:in|up)|print|log ?in|overview|übersicht|zurück|share|e-?mail|skip to|zum inhalt|al contenido|au contenu|al contenuto|para o conteúdo|к содержанию|المحتوى|به محتوا|anzeige|werbung"
    r"|publicidad|реклама|sponsored|native[- ]ads?|popular|detail|uncategorized|unkategorisiert|sin categoría)\b.*|front ?page|start|accueil|inicio|portada|início|головна"
    r"|главная(?: страница)?|ana ?sayfa|haberler|ana səhifə|əsas səhifə|خانه|صفحه (?:اصلی|نخست)|басты бет|αρχική|beranda|होम|الرئيسية|首页|首頁"
    r"|ホーム|トップ|홈|strona główna|domů|forsíða|news|nachrichten|noticias|notícias|notizie|actualités"
    r"|новости|xəbərlər|اخبار|أخبار|新闻|ニュース|articles?|blog|(?:\d+ )?(?:comments?|kommentare?|comentarios?)|search|menu|about|contact|[\W\d]+",
    re.IGNORECASE,
)
# Beginnings of addresses that are no section of their own.
_NO_BEGINNING: Final = frozenset(
    ("content", "news", "article", "articles", "story", "stories", "blog", "nachrichten",
     "aktuell", "noticias", "index", "node", "post", "posts", "archive", "wiki")
)  # fmt: skip


_Link = tuple[LexborNode, dict[str, str | None]]  # with its attributes; there may be hundreds
_attributes_of: Final = attrgetter("attributes")


class Filing:
    """The links by which a page files its article; none is read before it is asked for."""

    def __init__(
        self, document: Document, headline: str, newsroom: str, frame: int | None
    ) -> None:
        """Take what the page is called, and the frame its text stands in; None: from a script."""
        self._document = document
        hosts = (urlsplit(document.url).hostname or "").split(".")  # "Post" of post.example
        self._others = {*hosts, *map(fold_title, (newsroom, headline))}
        self._headline = headline
        self._frame = frame
        self._said: dict[int, int] = {}  # by each box, by its node's own number

    def section(self) -> tuple[str, str]:
        """Return the section's name, and which link gave it; empty: no link does."""
        above, below = self._above(), self._below
        beginnings = _beginnings(self._document.url)
        ways = (
            ("link to the beginning of the address", _leading(beginnings, [*above, *below])),
            ("link to the beginning of the address", self._in_menus(beginnings)),
            ("rel=category", self._of_category([*above, *below])),
            ("link beside the headline", self._beside(above, below)),
        )
        for how, links in ways:
            for link in links:
                name = _text(link)
                if _is_section(name) and fold_title(name) not in self._others:
                    return name, how
        return "", ""

    def tags(self) -> tuple[str, ...]:
        """Return the first row of links to tags below the headline, else at the foot.

        Where no link leads to a tag, a row counts that is called so.
        """
        for is_tag in (self._is_tag, self._is_in_row):
            for links in (self._below, self._foot):
                if tags := _row_of_tags(links, is_tag):
                    return tags
        return ()

    @cached_property
    def _middle(self) -> int:
        """Return the number of the first link after the headline."""
        outline = self._document.outline
        return bisect_left(outline.anchored, self._head(outline) + 1)

    def _above(self) -> list[_Link]:
        """Return the links before the headline."""
        first = max(0, self._middle - _MOST_LINKS)
        return _links(self._document.outline.anchors[first : self._middle])

    @cached_property
    def _below(self) -> list[_Link]:
        """Return the links after the headline, as far as the text and its foot."""
        outline, first = self._document.outline, self._middle
        end = len(outline.texts) if self._frame is None else outline.lasts[self._frame]
        last = bisect_left(outline.anchored, end + _BELOW)
        return _links(outline.anchors[first : min(last, first + _MOST_LINKS)])

    def _head(self, outline: Outline) -> int:
        """Return the headline's passage; after the last: there is none."""
        for _, before, _ in outline.marks.get("h1", ()):
            return before
        lines = outline.lines()
        return lines.index(self._headline) if self._headline in lines else len(lines)

    def _in_menus(self, beginnings: dict[str, int]) -> Iterator[_Link]:
        """Yield the links of menus that lead to the section, then the way to the article."""
        ways: list[LexborNode] = []
        others: list[LexborNode] = []
        for menu in self._document.outline.nodes("nav")[:_MOST_MENUS]:
            attributes = menu.attributes
            label = attributes.get("aria-label") or ""
            said = says(f"{name_of(attributes)} {label}")
            (ways if said & CRUMB else others).append(menu)
        if wanted := _leads_there(beginnings):
            nodes = [node for menu in (*others, *ways) for node in menu.css(wanted)]
            yield from _leading(beginnings, _links(nodes))
        for menu in ways:
            yield from _links(menu.css("a"))

    def _of_category(self, links: list[_Link]) -> Iterator[_Link]:
        """Yield the links that say they lead to a section; those of feet are sought last."""
        yield from filter(_is_of_category, links)
        yield from filter(_is_of_category, self._foot)

    @cached_property
    def _foot(self) -> list[_Link]:
        """Return the links at the foot of the article; that of the page has more."""
        feet = (foot.css("a") for foot in self._document.outline.nodes("footer")[:_MOST_MENUS])
        return _links([node for nodes in feet if len(nodes) <= _MOST_TAGS for node in nodes])

    def _beside(self, above: list[_Link], below: list[_Link]) -> Iterator[_Link]:
        """Yield the links of the way from the front page, and those named for a section."""
        for link in above[-_ON_THE_WAY:]:
            if self._around(link) & CRUMB:
                yield link
        for link in (*reversed(above[-_NEAR:]), *below[:_NEAR]):
            said = self._around(link)
            if said & SECTION and not said & ELSEWHERE and not _is_in_prose(link):
                yield link

    def _is_tag(self, link: _Link) -> bool:
        ask = link[1].get
        if rel := ask("rel"):
            rels = rel.lower().split()
            if "tag" in rels:
                return "category" not in rels
        if not holds_any(ask("href") or "", _TAG_SIGNS):
            return False
        said = self._around(link)
        return said & TAG > 0 and not said & ELSEWHERE

    def _is_in_row(self, link: _Link) -> bool:
        """Tell a link by the list or box it stands in, wherever it leads."""
        row = self._boxes(link, _UP_TO_ROW) & ROW
        return row > 0 and not self._around(link) & ELSEWHERE

    def _around(self, link: _Link) -> int:
        """Return what the names of a link and of the boxes round it say."""
        return said_by(link[1]) | self._boxes(link, _UP)

    def _boxes(self, link: _Link, up: int) -> int:
        """Return what the names of the boxes round a link say; links share boxes."""
        known, told = self._said, 0
        box = link[0].parent
        for _ in range(up):
            if box is None:
                break
            said = known.get(number := box.mem_id)
            if said is None:
                said = known[number] = said_by(box.attributes)
            told |= said
            box = box.parent
        return told


def _links(nodes: list[LexborNode]) -> list[_Link]:
    return list(zip(nodes, map(_attributes_of, nodes), strict=True))


def _text(link: _Link) -> str:
    return fold_blanks(link[0].text())


def _is_of_category(link: _Link) -> bool:
    return "category" in (link[1].get("rel") or "")


def _leading(beginnings: dict[str, int], links: list[_Link]) -> list[_Link]:
    """Return the links to addresses that the article's begins with, the shortest first."""
    if not beginnings:
        return []
    first = next(iter(beginnings)).partition("/")[0]
    found: list[tuple[int, _Link]] = []
    for link in links:
        path = (link[1].get("href") or "").lower()
        if first not in path:
            continue
        if "//" in path[:8]:
            path = path[path.find("/", 8) :]
        if number := beginnings.get(path.strip("/")):
            found.append((number, link))
    return [link for _, link in sorted(found, key=itemgetter(0))]


def _leads_there(beginnings: dict[str, int]) -> str:
    """Return a selector of the links that may lead to one of the beginnings; empty: none can.

    All begin with the same segment; to ask each link of a menu for its address is dear.
    """
    if not beginnings:
        return ""
    plain = max(_PLAIN.findall(next(iter(beginnings)).partition("/")[0]), key=len, default="")
    return f'a[href*="{plain}" i]' if plain else "a"


def _beginnings(url: str) -> dict[str, int]:
    """Return the beginnings of a path by whole segments, with how long each is."""
    parts = [part.lower() for part in urlsplit(url).path.split("/") if part][:-1]
    found: dict[str, int] = {}
    for number, part in enumerate(parts, start=1):
        if _DIGIT.search(part):
            break  # a day, a number
        if part not in _NO_BEGINNING and (number > 1 or len(part) > _CODE):
            found["/".join(parts[:number])] = number
    return found


def _is_in_prose(link: _Link) -> bool:
    """Tell a link among the words of a sentence from one that stands for itself."""
    box = link[0].parent
    return box is not None and box.tag == "p" and len(box.text()) > _LONGEST_LINE


def _row_of_tags(links: list[_Link], is_tag: Callable[[_Link], bool]) -> tuple[str, ...]:
    """Return the first links to tags that stand in a row."""
    tags: dict[str, None] = {}
    last = None
    for number, link in enumerate(links):
        if not is_tag(link):
            continue
        if last is not None and number > last + 2:
            break
        last = number
        tag = _text(link).lstrip("#").strip()
        if 1 < len(tag) <= _LONGEST:
            tags[tag] = None
    return tuple(tags) if len(tags) <= _MOST_TAGS else ()


def _is_section(text: str) -> bool:
    """Tell the name of a section from that of the front page or a button."""
    return 1 < len(text) <= _LONGEST and not _NO_SECTION.fullmatch(text)

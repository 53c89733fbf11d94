"""Read what an address says about its page: the shape of an article's, or of a list's. Pure."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from crawler.discover.address import path_of

_DATE = re.compile(
    r"/(?:19|20)\d\d[/_.-]?(?:0?[1-9]|1[0-2])(?:[/_.-]?(?:[0-2]?\d|3[01]))?(?=[/_.-]|$)|(?:19|20)\d\d-?[01]\d-?[0-3]\d"
)
_ID = re.compile(
    r"(?<![\d])\d{4,}(?!\d)|(?:^|[-_./])[a-z]{0,5}-?\d{5,}|[0-9a-f]{8}-[0-9a-f]{4}-|(?:^|[-_.])(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{8,}$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_QUERY_ID = re.compile(
    r"[?&](?:id|p|aid|nid|post|no|idx|sid|(?:news|article|story|item|art|content|nota|noticia|haber|xeber)_?id"
    r"|id_?(?:news|article|story|item|art|content|nota|noticia|breve))=\w*\d{2,}",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"\.(?:s?html?|php\d?|aspx?|jsp|cms|ece|story|amp)$", re.IGNORECASE)
_SPLIT = re.compile(r"[-_+.~,]|(?<=[a-z])(?=[A-Z])|\s")
# Segments that name lists and services, in the words that sites of many languages share.
_LIST_WORDS: Final = (
    "tag tags topic topics category categories cat author authors autor autoren auteur "
    "search suche login signin register signup account subscribe subscription abo "
    "newsletter newsletters rss feed feeds about contact kontakt impressum datenschutz "
    "privacy terms imprint help faq jobs careers advertise archive archives archiv page "
    "pages user users profile cart shop sitemap legal cookies cookie-policy privacy- "
    "policy terms-of-use terms-of-service terms-and-conditions thema themen tema temas "
    "etiqueta etiquetas podcasts events wp-login.php keyword keywords people person "
    "hashtag member members staff team live-tv weather horoscopes horoscope games puzzles "
    "crosswords obituaries apps widgets contact-us about-us share classifieds anzeigen "
    "kleinanzeigen clasificados ogloszenie ogloszenia oglasi nekrologi"
)
_LISTS: Final = frozenset(_LIST_WORDS.split())
_PAGER = re.compile(r"/page/?\d+|[?&](?:page|paged|pg|seite|start|offset)=\d", re.IGNORECASE)
_SHARE = re.compile(
    r"[?&](?:share|replytocom|print|action|redirect|return_?url|lang|sort)=|/(?:print|amp|comments)/?$|articleshowprint|articlecomments",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"/(?:sponsor(?:ed)?(?:-(?:story|post|content))?|advertorials?|contributor-content|"
    r"(?:brand(?:ed)?|paid|partner)-?(?:content|post|voice))/",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class UrlShape:
    """What an address looks like."""

    dated: bool  # it holds a day or a month
    numbered: bool  # it holds a long number, as content systems give to articles
    words: int  # of its longest segment: a slug has three and more
    depth: int
    listing: bool  # it names a list, a service or a further page of one
    template: str  # the same for addresses made alike


def url_shape(url: str) -> UrlShape:
    """Return the shape of an absolute URL."""
    path = path_of(url)
    segments = [unquote(s)[:300] for s in path.split("/") if s]
    stems = [_EXTENSION.sub("", s) for s in segments]
    words = max((_words(s) for s in stems), default=0)
    query = url.partition("?")[2]
    dated = _DATE.search(path) is not None
    without_date = _DATE.sub("/", path)
    numbered = (
        any(_ID.search(_EXTENSION.sub("", s)) for s in without_date.split("/"))
        or _QUERY_ID.search(url) is not None
    )
    return UrlShape(
        dated=dated,
        numbered=numbered,
        words=words,
        depth=len(segments),
        listing=_is_listing(url, stems),
        template=_template(segments, stems, query),
    )


def _words(stem: str) -> int:
    """Return of how many words a segment is made; letters beyond ASCII run longer words."""
    parts = [part for part in _SPLIT.split(stem) if len(part) > 1 and not part.isdigit()]
    return max(len(parts), len(stem) // 12 if not stem.isascii() else 0)


def _is_listing(url: str, stems: list[str]) -> bool:
    lower = [stem.lower() for stem in stems]
    named = any(stem in _LISTS for stem in (*lower[:2], *lower[-1:])) or lower[:1] == ["amp"]
    asks = _PAGER.search(url) or _SHARE.search(url) or _PAID.search(url)
    return named or asks is not None


def _template(segments: list[str], stems: list[str], query: str) -> str:
    kinds = [_kind(stem) for stem in stems]
    ending = _EXTENSION.search(segments[-1]) if segments else None
    keys = sorted(pair.partition("=")[0] for pair in query[:500].split("&")) if query else []
    return (
        "/".join(kinds) + (ending[0] if ending else "") + "?" * bool(keys) + "&".join(keys[:6])
    )


def _kind(stem: str) -> str:
    if stem.isdigit():
        return "9" * min(len(stem), 5)
    if _words(stem) >= 3:
        return "slug9" if _ID.search(stem) else "slug"
    if _ID.search(stem):
        return "id"
    return "date" if _DATE.search(f"/{stem}") else "w"

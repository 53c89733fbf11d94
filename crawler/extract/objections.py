"""Say what a page is when it is no article, and how much of an article it shows.

A page that calls itself an article is believed unless it holds next to nothing; one that does
not is judged by its address, its words and how many other articles it announces.
"""

import re
from typing import Final
from urllib.parse import urlsplit

from crawler.extract.document import Document
from crawler.extract.json_ld import types_of
from crawler.extract.outline import number_of
from crawler.extract.signs import holds_any
from storage.article import Access, Block

_ARTICLES: Final = re.compile(r"(?:Article|Posting|^Report|^Review)$")
_LISTS: Final = frozenset({"CollectionPage", "ItemList", "SearchResultsPage", "ProfilePage"})
_FRONT: Final = re.compile(r"/?(?:index\.\w+|home/?|[a-z]{2}/?)?$", re.IGNORECASE)
_ERRORS: Final = re.compile(
    r"\b(?:404|403|410|429|50[0234])\b|not found|does not exist|no longer available"
    r"|access denied|just a moment|attention required|are you (?:a robot|human)|captcha"
    r"|nicht gefunden|introuvable|no encontrad|não encontrad|non trovat|niet gevonden"
    r"|ej hittades|ikke funnet|nie znaleziono|nenalezen|не найден|не знайдено|tapılmadı"
    r"|bulunamadı|یافت نشد|غير موجود|见つかりません|見つかりません|찾을 수 없",
    re.IGNORECASE,
)
_WALLS: Final = re.compile(
    r"subscribe (?:now )?to (?:continue|read)|to continue reading|already (?:a )?subscribe"
    r"|for subscribers only|subscriber[- ]only|réservée? aux abonnés|pour lire la suite"
    r"|(?:jetzt )?weiterlesen mit|nur für abonnenten|bereits abonnent|suscríbete para"
    r"|solo para suscriptores|exclusivo para assinantes|riservato agli abbonati"
    r"|только для подписчиков|по подписке|tylko dla (?:subskrybentów|prenumeratorów)"
    r"|abonelere özel|abunəçilər üçün|有料会員|会員限定|유료 기사|구독자 전용",
    re.IGNORECASE,
)
# In whatever the pattern finds stands one of these: asking for them costs a fifth of it.
_WALL_SIGNS: Final = (
    "subscri", "continue reading", "abonnés", "lire la suite", "weiterlesen mit", "abonnent",
    "suscr", "assinantes", "abbonati", "подпис", "tylko dla", "abonelere", "abunəçi",
    "有料会員", "会員限定", "유료 기사", "구독자",
)  # fmt: skip
_HEADINGS: Final = frozenset(map(number_of, ("h2", "h3", "h4")))
_HARDLY: Final = 80
_LITTLE: Final = 250
_TEASER: Final = 1500
_WALLED: Final = 2500
_MANY: Final = 6  # announced articles that make a list
_EACH: Final = (
    250  # characters of text for each of them that would make it an article all the same
)


def length_of(blocks: tuple[Block, ...]) -> int:
    """Return how many characters the blocks hold."""
    return sum(len(block.text) for block in blocks)


def access_of(document: Document, blocks: tuple[Block, ...]) -> Access:
    """Return how much of the article the page shows."""
    length = length_of(blocks)
    if not length:
        return Access.NO_BODY
    free = {str(node.get("isAccessibleForFree", "")).lower() for node in document.lds}
    if "false" in free and length < _TEASER:
        return Access.PAYWALLED
    if "true" not in free and length < _WALLED and _has_wall(document, blocks):
        return Access.PAYWALLED
    return Access.OPEN


def _has_wall(document: Document, blocks: tuple[Block, ...]) -> bool:
    short = [each.text for each in document.outline.passages if 15 < len(each.text) < 300]
    folded = "\n".join(short).lower()
    signs = [sign for sign in _WALL_SIGNS if sign in folded]
    if not signs:
        return False
    texts = {block.text for block in blocks}
    return any(
        holds_any(text.lower(), signs) and _WALLS.search(text) and text.strip() not in texts
        for text in short
    )


def object_to(document: Document, blocks: tuple[Block, ...], headline: str) -> str:
    """Say why the page is no article; empty: it is one."""
    types = {kind for node in document.lds for kind in types_of(node)}
    stated = document.meta("og:type").lower()
    is_article = stated == "article" or any(map(_ARTICLES.search, types))
    length = length_of(blocks)
    title = headline or document.meta("og:title")
    if length < 2 * _LITTLE and _ERRORS.search(f"{title} {_beginning(blocks)}"):
        return f"error page: {title[:80]}"
    if length < _LITTLE and _is_video(document, stated, types):
        return "video without text"
    if not is_article:
        if _FRONT.fullmatch(urlsplit(document.url).path):
            return "front page"
        if types & _LISTS or _announced(document) >= max(_MANY, length / _EACH):
            return "list of articles"
        if length < _HARDLY:
            return "no text of an article" if not length else "hardly any text"
    return ""


def _beginning(blocks: tuple[Block, ...]) -> str:
    return blocks[0].text[:200] if blocks else ""


def _is_video(document: Document, stated: str, types: set[str]) -> bool:
    if stated.startswith("video") or "VideoObject" in types:
        return True
    return document.tree.css_first("video") is not None


def _announced(document: Document) -> int:
    """Count the headings that are one link: each announces another article."""
    outline = document.outline
    return sum(
        passage.linked > 0.8 * len(passage.text.strip())
        for passage in outline.passages
        if outline.numbers[passage.frame] in _HEADINGS
    )

"""Say how much of an article a page shows: all of it, what stands before a wall, nothing."""

import re
from typing import Final

from crawler.extract.document import Document
from crawler.extract.signs import holds_any
from storage.article import Access, Block

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
_TEASER: Final = 1500
_WALLED: Final = 2500


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
    short = [each for each in document.outline.texts if 15 < len(each) < 300]
    folded = "\n".join(short).lower()
    signs = [sign for sign in _WALL_SIGNS if sign in folded]
    if not signs:
        return False
    texts = {block.text for block in blocks}
    return any(
        holds_any(text.lower(), signs) and _WALLS.search(text) and text.strip() not in texts
        for text in short
    )

"""Leave out of an article what nobody sees and a terminal, a log or a mail would obey.

A page may hold them as bytes, as references (&#27;) or inside its JSON-LD: so the article is
looked at, not the page. Joiners and the marks of direction that Persian and Hebrew are written
with stay; the overrides that turn a line round do not. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from storage.article import Article, Image

_OF_ASCII: Final = bytes([*range(9), 11, 12, *range(14, 32), 127])
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def without_controls(article: Article) -> Article:
    """Return the article without control characters; hardly any holds one."""
    if not holds_controls(" ".join(_words(article))):
        return article
    lead = article.lead_image
    return replace(
        article,
        newsroom=_clean(article.newsroom),
        headline=_clean(article.headline),
        summary=_clean(article.summary),
        section=_clean(article.section),
        authors=tuple(map(_clean, article.authors)),
        tags=tuple(map(_clean, article.tags)),
        body=tuple([replace(block, text=_clean(block.text)) for block in article.body]),
        attributions=tuple(
            replace(each, name=_clean(each.name), phrase=_clean(each.phrase))
            for each in article.attributions
        ),
        lead_image=None if lead is None else _clean_image(lead),
        images=tuple(map(_clean_image, article.images)),
        candidates={
            name: tuple(replace(each, value=_clean(each.value)) for each in candidates)
            for name, candidates in article.candidates.items()
        },
    )


def holds_controls(text: str) -> bool:
    """Say whether a text holds one.

    None of them can be printed, and nearly all texts can: that is asked five times as fast; of
    ASCII a fifth of that in bytes.
    """
    if text.isascii():
        return len(text.encode().translate(None, _OF_ASCII)) < len(text)
    return not text.isprintable() and _UNSEEN.search(text) is not None


def _words(article: Article) -> Iterator[str]:
    """Yield all that a stranger wrote; who is cited stands in the body, too."""
    yield from (article.newsroom, article.headline, article.summary, article.section)
    yield from article.authors
    yield from article.tags
    yield from [block.text for block in article.body]
    for image in (*filter(None, [article.lead_image]), *article.images):
        yield from (image.caption, image.credit, image.alt)
    for candidates in article.candidates.values():
        yield from [each.value for each in candidates]


def _clean(text: str) -> str:
    return _UNSEEN.sub(lambda sign: " " if sign[0].isspace() else "", text)


def _clean_image(image: Image) -> Image:
    return replace(
        image,
        caption=_clean(image.caption),
        credit=_clean(image.credit),
        alt=_clean(image.alt),
    )

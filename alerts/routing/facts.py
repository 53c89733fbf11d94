"""Read the figures an article states, so that a copy with new ones is told again.

Figures are the same in every language; names are not, and a translation must not look like new
facts. Years, clock times and days of a date say when, not what, and are left out.
"""

import re

from storage.article import Article
from storage.folding import TO_LATIN_DIGITS

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек"
    r"|yan|fev|mart|iyun|iyul|avq|sent|okt|noy|dek)"
)
_WHEN = re.compile(
    rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2,4}})?\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\w*"
    rf"|\b{_MONTH}\w*\.?\s+\d{{1,2}}\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")
_PARAGRAPHS = 3  # news stands at the top


def facts_of(article: Article) -> frozenset[str]:
    """Return the figures of the headline, the standfirst and the first paragraphs."""
    text = " \n ".join(
        (article.headline, article.summary, *(b.text for b in article.body[:_PARAGRAPHS]))
    )
    text = text.translate(TO_LATIN_DIGITS)
    return frozenset(_plain(found) for found in _FIGURE.findall(_WHEN.sub(" ", text)))


def _plain(figure: str) -> str:
    """Write 12,000 and 12 000 and 12.000 alike."""
    grouped = re.fullmatch(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+", figure)
    return re.sub(r"\D", "", figure) if grouped else figure.replace(",", ".")

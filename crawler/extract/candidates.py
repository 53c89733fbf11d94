"""Show which value won each field, where it stood, and what it won against."""

from collections.abc import Iterator, Mapping

from config.counting import count
from crawler.extract.json import to_json
from storage.article import Article

_SHOWN = (
    "headline", "authors", "published_at", "last_update", "newsroom", "newsroom_logo",
    "summary",
    "section", "tags", "language", "canonical_url", "lead_image", "body",
    "attributions",
)  # fmt: skip
_WIDTH = 100
_COUNTED = {"body": "paragraph", "attributions": "cited name"}


def render_candidates(article: Article, notes: Mapping[str, str]) -> str:
    """Return some lines for each field: the winner with the fact behind it, then the losers."""
    return "\n".join(_lines(article, notes))


def _lines(article: Article, notes: Mapping[str, str]) -> Iterator[str]:
    values = to_json(article)
    for field in _SHOWN:
        where = article.provenance.get(field)
        note = f": {notes[field]}" if field in notes else ""
        yield f"{field} [{where.value}{note}]" if where else f"{field} [not found]"
        if where:
            yield f"  + {_short(values[field], field)}"
        if where and field == "body":
            yield f"    from: {_cut(article.body[0].text)}"
            yield f"    to:   {_cut(article.body[-1].text)}"
        for loser in article.candidates.get(field, ()):
            note = f": {loser.note}" if loser.note else ""
            yield f"  - {_cut(loser.value)}  ({loser.provenance.value}{note})"
    if article.not_article:
        yield f"not an article: {article.not_article}"


def _short(value: object, field: str) -> str:
    if field in _COUNTED and isinstance(value, list):
        return count(len(value), _COUNTED[field])
    if isinstance(value, list):
        return _cut(", ".join(map(str, value)))
    if isinstance(value, dict):
        return _cut(", ".join(f"{key}: {text}" for key, text in value.items() if text))
    return _cut(str(value))


def _cut(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"

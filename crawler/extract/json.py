"""Write an article as a JSON object, for programs and for people.

Field names are the article's own; the values that lost are left out. A day without a time is
written as a day ("2023-12-07"), an instant with the offset that the page wrote.
"""

from dataclasses import asdict
from typing import Any

from storage.article import Article, Stamp

JsonObject = dict[str, Any]


def to_json(article: Article) -> JsonObject:
    """Return the article as plain JSON values."""
    return {
        "source_id": article.source_id,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "newsroom": article.newsroom,
        "newsroom_logo": asdict(article.newsroom_logo) if article.newsroom_logo else None,
        "headline": article.headline,
        "authors": list(article.authors),
        "published_at": _write(article.published_at),
        "last_update": _write(article.last_update),
        "summary": article.summary,
        "lead_image": asdict(article.lead_image) if article.lead_image else None,
        "body": [{"kind": block.kind.value, "text": block.text} for block in article.body],
        "attributions": [asdict(each) for each in article.attributions],
        "section": article.section,
        "tags": list(article.tags),
        "language": article.language,
        "images": [asdict(image) for image in article.images],
        "access": article.access.value,
        "not_article": article.not_article,
        "truncated": article.truncated,
        "provenance": {field: where.value for field, where in article.provenance.items()},
    }


def _write(stamp: Stamp | None) -> str | None:
    return stamp.isoformat() if stamp is not None else None

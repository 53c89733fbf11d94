"""Write an article as a JSON object, and read it back.

Field names are those of the article's table (docs/architecture.md). A day without a time is
written as a day ("2023-12-07"), an instant with the offset that the page wrote.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from storage.article import (
    Access,
    Article,
    Attribution,
    Block,
    BlockKind,
    Candidate,
    Image,
    Logo,
    Provenance,
    Stamp,
)

JsonObject = dict[str, Any]


def to_json(article: Article, *, candidates: bool = False) -> JsonObject:
    """Return the article as plain JSON values; the losing candidates only when asked for."""
    fields: JsonObject = {
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
    if candidates:
        fields["candidates"] = {
            field: [_candidate(each) for each in losers]
            for field, losers in article.candidates.items()
        }
    return fields


def from_json(fields: Mapping[str, Any]) -> Article:
    """Read what to_json wrote; raise KeyError, ValueError or TypeError for anything else."""
    plain = ("source_id", "url", "canonical_url", "newsroom", "headline", "summary", "section",
             "language", "not_article", "truncated")  # fmt: skip
    logo, lead = fields["newsroom_logo"], fields["lead_image"]
    return Article(
        **{name: fields[name] for name in plain},
        newsroom_logo=Logo(**logo) if logo else None,
        authors=tuple(fields["authors"]),
        published_at=_read(fields["published_at"]),
        last_update=_read(fields["last_update"]),
        lead_image=Image(**lead) if lead else None,
        body=tuple(
            Block(kind=BlockKind(each["kind"]), text=each["text"]) for each in fields["body"]
        ),
        attributions=tuple(Attribution(**each) for each in fields["attributions"]),
        tags=tuple(fields["tags"]),
        images=tuple(Image(**each) for each in fields["images"]),
        access=Access(fields["access"]),
        provenance={name: Provenance(where) for name, where in fields["provenance"].items()},
        candidates={
            name: tuple(_read_candidate(each) for each in losers)
            for name, losers in fields.get("candidates", {}).items()
        },
    )


def _write(stamp: Stamp | None) -> str | None:
    return stamp.isoformat() if stamp is not None else None


def _read(text: str | None) -> Stamp | None:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _candidate(candidate: Candidate) -> JsonObject:
    return {
        "value": candidate.value,
        "provenance": candidate.provenance.value,
        "note": candidate.note,
    }


def _read_candidate(fields: Mapping[str, str]) -> Candidate:
    return Candidate(
        value=fields["value"], provenance=Provenance(fields["provenance"]), note=fields["note"]
    )

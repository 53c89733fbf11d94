"""Write an article as a small compressed record, and read it back.

What is at its default is left out. Candidates, the values that lost, are not kept: they are for
the one who looks at a page, and would double the record.
"""

import json
from datetime import date
from enum import StrEnum
from typing import Any

from storage.article import (
    Access,
    Article,
    Attribution,
    Block,
    BlockKind,
    Image,
    Logo,
    Provenance,
)
from storage.packing import Packer
from storage.stamp import stamp_from_text, stamp_to_text

# Part of the format: what most records contain, the likeliest last. Never edit; add a version.
_COMMON = (
    b'"not_article":"","truncated":true,"access":"paywalled","no_body"["quote","["list_item","'
    b'["heading","","credit":"","caption":"","alt":"","images":[{"url":"https://","tags":["",'
    b'"section":"","attributions":[{"name":"","phrase":"according to","block":1,"agency":true}'
    b'"newsroom_logo":{"url":"https://www.","alt":" logo"},"summary":"","authors":[""],'
    b'"lead_image":{"url":"https://","provenance":{"headline":"json-ld","authors":"meta",'
    b'"published_at":"json-ld","last_update":"json-ld","body":"page","lead_image":"meta",'
    b'"newsroom":"json-ld","section":"meta","language":"page","summary":"json-ld","tags":"meta"},'
    b'"language":"en","published_at":"2026-11-24T07:00:00+00:00","last_update":"2026-",'
    b'{"source_id":"","url":"https://www.","canonical_url":"https://www.","newsroom":"",'
    b'"headline":"","body":["The '
)
_PACKER = Packer(_COMMON)
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_TEXTS = (
    "source_id",
    "url",
    "canonical_url",
    "newsroom",
    "headline",
    "summary",
    "section",
    "language",
    "not_article",
)


def to_plain(article: Article) -> bytes:
    """Return the article as JSON."""
    text = _ENCODE(_plain(article))
    # A lone surrogate of a broken page must not keep its article from being stored.
    return text.encode("utf-8", "replace")


def to_record(plain: bytes) -> bytes:
    """Return the article's JSON as it is stored."""
    return _PACKER.pack(plain)


def to_plain_again(record: bytes) -> bytes:
    """Return the JSON that to_record was given."""
    return _PACKER.unpack(record)


def from_plain(plain: bytes) -> Article:
    """Return the article that to_plain wrote."""
    fields = {name: _read(name, value) for name, value in json.loads(plain).items()}
    return Article(**{"url": ""} | fields)


def _plain(article: Article) -> dict[str, Any]:
    plain: dict[str, Any] = {name: getattr(article, name) for name in _TEXTS}
    plain |= {
        "published_at": _stamp_text(article.published_at),
        "last_update": _stamp_text(article.last_update),
        "authors": article.authors,
        "tags": article.tags,
        "access": "" if article.access is Access.OPEN else article.access.value,
        "truncated": article.truncated,
        "newsroom_logo": article.newsroom_logo and _fields(article.newsroom_logo),
        "lead_image": article.lead_image and _fields(article.lead_image),
        "images": [_fields(image) for image in article.images],
        "attributions": [_fields(cited) for cited in article.attributions],
        "provenance": dict(article.provenance),
        "body": [
            block.text if block.kind is BlockKind.PARAGRAPH else [block.kind.value, block.text]
            for block in article.body
        ],
    }
    return {name: value for name, value in plain.items() if value}


def _stamp_text(stamp: date | None) -> str:
    return "" if stamp is None else stamp_to_text(stamp)


def _fields(value: Image | Logo | Attribution) -> dict[str, Any]:
    named = ((name, getattr(value, name)) for name in value.__slots__)
    return {name: field for name, field in named if field != ""}


def _read(name: str, value: Any) -> Any:
    reader = _READERS.get(name)
    return value if reader is None else reader(value)


def _enum_map(kind: type[StrEnum], value: dict[str, str]) -> dict[str, StrEnum]:
    return {name: kind(word) for name, word in value.items()}


_READERS: dict[str, Any] = {
    "published_at": stamp_from_text,
    "last_update": stamp_from_text,
    "authors": tuple,
    "tags": tuple,
    "access": Access,
    "newsroom_logo": lambda value: Logo(**value),
    "lead_image": lambda value: Image(**value),
    "images": lambda values: tuple(Image(**value) for value in values),
    "attributions": lambda values: tuple(Attribution(**value) for value in values),
    "provenance": lambda value: _enum_map(Provenance, value),
    "body": lambda blocks: tuple(
        Block(text=block)
        if isinstance(block, str)
        else Block(kind=BlockKind(block[0]), text=block[1])
        for block in blocks
    ),
}

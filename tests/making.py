"""Make the values that tests speak of, with every detail a test does not care for filled in."""

from datetime import UTC, datetime

from config.source import Source
from storage.article import Article, Block

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)


def make_article(
    *paragraphs: str,
    headline: str = "Ministers discuss the Zangazur corridor",
    url: str = "https://newsroom.example/world/ministers-discuss-corridor",
    source_id: str = "newsroom",
    published_at: datetime | None = NOW,
    language: str = "en",
) -> Article:
    """Make an article with the given paragraphs as its body."""
    body = paragraphs or ("The two ministers discussed the opening of the Zangazur corridor.",)
    return Article(
        source_id=source_id,
        url=url,
        canonical_url=url,
        headline=headline,
        published_at=published_at,
        language=language,
        body=tuple(Block(text=text) for text in body),
    )


def make_source(id: str = "newsroom", url: str = "https://newsroom.example") -> Source:  # noqa: A002 - the field's own name
    """Make a source with everything at its default."""
    return Source(id=id, url=url, name=id.title())

"""Make the values that tests speak of, with every detail a test does not care for filled in."""

from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent
from typing import Any

from alerts.language.complaint import to_located
from config.rule import RuleText, Score, TermList
from config.source import Source
from storage.article import Article, Block

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
# A whole configuration, like the one that ships. The checkout's own config/ is its analysts' to
# edit: only tests/config/test_shipped.py reads it, as git has it.
EXAMPLE = Path(__file__).parent / "example"


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


def make_rule(
    match: str | None = None,
    *,
    id: str = "rule",  # noqa: A002 - the field's own name
    exclude: str | None = None,
    score: tuple[int, dict[str, int]] | None = None,
    **others: Any,
) -> RuleText:
    """Make a rule from the texts of its expressions."""
    weights = () if score is None else tuple((to_located(q), w) for q, w in score[1].items())
    return RuleText(
        id=id,
        place=to_located(id),
        name=id,
        match=None if match is None else to_located(match),
        exclude=None if exclude is None else to_located(exclude),
        score=None if score is None else Score(threshold=score[0], weights=weights),
        **others,
    )


def make_terms(name: str, *spellings: str) -> TermList:
    """Make a term list."""
    return TermList(name=name, place=to_located(name), terms=tuple(map(to_located, spellings)))


CONFIG_FILES = {
    "settings.yaml": "version: 1\n",
    "channels.yaml": "channels: {id: duty-mail, kind: email, to: d@b.example, default: true}\n",
    "digests.yaml": "digests: []\n",
    "sources/all.yaml": "sources: [{id: newsroom, url: 'https://newsroom.example', name: N}]\n",
    "rules/all.yaml": "rules:\n  - {id: corridor, match: 'corridor*'}\n",
}


def make_config_folder(directory: Path, **files: str) -> Path:
    """Write a config folder; a keyword replaces one file: settings=…, rules=…."""
    texts = {Path(name).parts[0].removesuffix(".yaml"): name for name in CONFIG_FILES}
    for key, name in texts.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(files.get(key, CONFIG_FILES[name])), encoding="utf-8")
    return directory

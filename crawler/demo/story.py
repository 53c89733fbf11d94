"""The outlets and stories of the demo, as values; stories are read from stories/*.txt."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files

from markupsafe import Markup

STORIES = files("crawler.demo") / "stories"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One newsroom of the demo."""

    id: str
    name: str
    language: str
    way: str  # how it is discovered: rss | atom | json | section | sitemap | auto
    markup: str  # which template its pages have


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story file, read."""

    slug: str
    url: str
    headline: str
    author: str
    published: str
    language: str
    paragraphs: tuple[str, ...]
    updated: str = ""
    caption: str = ""
    credit: str = ""

    @property
    def day(self) -> str:
        """Return the day of publication as an English page prints it."""
        day = date.fromisoformat(self.published[:10])
        return f"{day:%B} {day.day}, {day.year}"

    @property
    def instant(self) -> datetime:
        """Return the time of publication, midnight UTC where only the day is known."""
        stamp = datetime.fromisoformat(self.published)
        return stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)

    @property
    def json_ld(self) -> Markup:
        """Return the schema.org description of the story as a script may hold it."""
        facts = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.headline,
            "datePublished": self.published,
            "author": {"@type": "Person", "name": self.author},
            "mainEntityOfPage": self.url,
        }
        return Markup(json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704 - our own stories, "<" escaped


def read_story(file: str, slug: str, url: str) -> Story:
    """Read stories/FILE.txt: `key: value` lines, a blank line, then paragraphs."""
    head, _, body = (STORIES / f"{file}.txt").read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    return Story(slug=slug, url=url, paragraphs=tuple(body.strip().split("\n\n")), **fields)

"""Pages of our own in languages whose press looks otherwise: each marks what is true of it.

A comment stands before what an extractor must return: h headline, a author, c caption, t text.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawler.extract import extract_article
from storage.article import Article, Stamp

PAGES = Path(__file__).parent / "pages"
MARK = re.compile(r"<!--([hact])-->([^<]+)")
NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
MORNING, NOON = (
    datetime(2026, 4, 14, 9, 30, tzinfo=UTC),
    datetime(2026, 4, 14, 12, 45, tzinfo=UTC),
)
PUBLISHED: dict[str, Stamp] = {
    "ar": MORNING,
    "he": MORNING.replace(tzinfo=ZoneInfo("Asia/Jerusalem")),
    "hi": MORNING.replace(tzinfo=timezone(timedelta(hours=5, minutes=30))),
    "ka": MORNING.replace(tzinfo=ZoneInfo("Asia/Tbilisi")),
    "ko": MORNING.replace(tzinfo=ZoneInfo("Asia/Seoul")),
    "th": MORNING.replace(tzinfo=timezone(timedelta(hours=7))),
}
UPDATED = {
    "ar": NOON,
    "he": NOON.replace(tzinfo=ZoneInfo("Asia/Jerusalem")),
    "ko": NOON.replace(tzinfo=ZoneInfo("Asia/Seoul")),
}
LANGUAGES = sorted(path.stem.removeprefix("golden_") for path in PAGES.glob("golden_*.html"))


def read(language: str) -> Article:
    html = (PAGES / f"golden_{language}.html").read_bytes()
    return extract_article(html, f"https://valley.example/{language}/bridge", now=NOW)


def marked(language: str, mark: str) -> list[str]:
    page = (PAGES / f"golden_{language}.html").read_text(encoding="utf-8")
    return [text.strip() for kind, text in MARK.findall(page) if kind == mark]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_body_is_what_the_page_marks(language: str) -> None:
    assert [block.text for block in read(language).body] == marked(language, "t")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fields_are_what_the_page_marks(language: str) -> None:
    article = read(language)
    assert [article.headline] == marked(language, "h")
    assert [image.caption for image in article.images if image.caption] == marked(language, "c")
    assert article.language == language
    assert article.published_at == PUBLISHED[language]
    assert article.last_update == UPDATED.get(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_author_is_who_the_page_marks(language: str) -> None:
    (name,) = marked(language, "a")
    assert list(read(language).authors) == [name.partition(" 기자")[0]]


def test_each_page_has_its_truth() -> None:
    assert set(LANGUAGES) == set(PUBLISHED)
    assert date(2026, 4, 14) == MORNING.date()

"""Write stored articles for other programs: JSON lines, CSV and Atom. Pure.

What comes out of a page is an attacker's text: a spreadsheet must not run it, a reader of feeds
must not render it.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.etree import ElementTree as ET

from storage.articles import StoredArticle
from storage.record import to_plain
from storage.stamp import stamp_to_text, to_text

COLUMNS = (
    "id", "story_id", "revision", "source_id", "first_seen", "published_at", "language",
    "headline", "authors", "section", "url", "text",
)  # fmt: skip
# OWASP: a cell that begins so is a formula to a spreadsheet.
_FORMULA = re.compile(r"^[=+\-@\t\r\n＝＋－＠]")
# XML 1.0 knows no such characters, not even escaped.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ATOM = "http://www.w3.org/2005/Atom"


def json_lines(articles: Iterable[StoredArticle]) -> Iterator[str]:
    """Write one JSON object per article and line."""
    for stored in articles:
        about = {
            "id": stored.id,
            "story_id": stored.story_id,
            "revision": stored.revision,
            "first_seen": to_text(stored.first_seen),
            "last_seen": to_text(stored.last_seen),
        }
        plain = json.loads(to_plain(stored.article))
        yield json.dumps(about | {"article": plain}, ensure_ascii=False) + "\n"


def csv_lines(articles: Iterable[StoredArticle]) -> Iterator[str]:
    """Write a header and one row per article; no cell is a formula."""
    yield _csv_row(COLUMNS)
    for stored in articles:
        article = stored.article
        published = article.published_at
        yield _csv_row(
            (
                str(stored.id),
                str(stored.story_id),
                str(stored.revision),
                article.source_id,
                to_text(stored.first_seen),
                "" if published is None else stamp_to_text(published),
                article.language,
                article.headline,
                "; ".join(article.authors),
                article.section,
                article.url,
                article.text,
            )
        )


def atom_feed(
    articles: Iterable[StoredArticle], *, feed_id: str, title: str, updated: datetime
) -> str:
    """Write an Atom feed of articles, for instance of all that one rule matched.

    The texts are plain text, so that a reader shows them and renders nothing.
    """
    feed = ET.Element("feed", xmlns=_ATOM)
    _add(feed, "id", feed_id)
    _add(feed, "title", title)
    _add(feed, "updated", to_text(updated))
    for stored in articles:
        _add_entry(feed, feed_id, stored)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode")


def _add_entry(feed: ET.Element, feed_id: str, stored: StoredArticle) -> None:
    article = stored.article
    entry = ET.SubElement(feed, "entry")
    _add(entry, "id", f"{feed_id}/article/{stored.id}")
    _add(entry, "title", article.headline or article.url)
    _add(entry, "updated", to_text(stored.fetched_at))
    if isinstance(article.published_at, datetime):
        _add(entry, "published", article.published_at.isoformat())
    if article.url.startswith(("http://", "https://")):
        ET.SubElement(entry, "link", rel="alternate", href=_clean(article.url))
    author = ET.SubElement(entry, "author")
    _add(author, "name", ", ".join(article.authors) or article.newsroom or article.source_id)
    _add(entry, "summary", article.summary or article.text[:500])


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _csv_row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([_cell(cell) for cell in cells])
    return line.getvalue()


def _cell(text: str) -> str:
    whole = text.encode("utf-8", "replace").decode()
    return f"'{whole}" if _FORMULA.match(whole.lstrip(" ")) else whole

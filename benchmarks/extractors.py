"""The extractors that are measured beside each other: ours and its peers, one function each.

A peer is imported when it is asked, so that ours can be measured where none is installed.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from benchmarks.scoring import Answer
from benchmarks.truth import Page
from crawler.charset import decode
from crawler.clock import utc_now
from crawler.extract import extract_article


def read_by_presswatch(page: Page, html: bytes) -> Answer:
    """Every field at once."""
    article = extract_article(html, page.url, now=utc_now())
    return Answer(
        body=article.text,
        summary=article.summary,
        title=article.headline,
        authors=article.authors,
        published=article.published_at,
        dates=True,
        minutes=True,
        captions=tuple(image.caption for image in article.images if image.caption),
    )


def read_by_trafilatura(page: Page, html: bytes) -> Answer:
    """Its defaults, without the readers' comments."""
    import trafilatura

    found = trafilatura.bare_extraction(
        html, url=page.url, with_metadata=True, include_comments=False
    )
    if found is None:
        return Answer(title="", authors=(), dates=True)
    return Answer(
        body=(found.text or "").replace("\n", "\n\n"),
        title=found.title or "",
        authors=tuple((found.author or "").split("; ")),
        published=_day(found.date),
        dates=True,
    )


def read_by_newspaper(page: Page, html: bytes) -> Answer:
    """Its defaults, on HTML handed in."""
    import newspaper

    # It would fetch every picture to measure it: no benchmark of ours leaves the machine.
    article = newspaper.Article(page.url or "https://page.invalid/", fetch_images=False)
    article.download(input_html=decode(html))
    try:
        article.parse()
    except Exception:  # noqa: BLE001 - a peer that stumbles scores nothing on this page
        return Answer(title="", authors=(), dates=True, minutes=True)
    stamp = article.publish_date
    return Answer(
        body=article.text or "",
        title=article.title or "",
        authors=tuple(article.authors or ()),
        published=stamp if isinstance(stamp, date) else None,
        dates=True,
        minutes=True,
    )


def read_by_resiliparse(page: Page, html: bytes) -> Answer:
    """Text only."""
    from resiliparse.extract.html2text import extract_plain_text

    del page
    text = extract_plain_text(decode(html), main_content=True, alt_texts=False, links=False)
    return Answer(body=text)


def _day(text: str | None) -> date | None:
    try:
        return datetime.fromisoformat(text).date() if text else None
    except ValueError:
        return None


EXTRACTORS: Final[dict[str, Callable[[Page, bytes], Answer]]] = {
    "presswatch": read_by_presswatch,
    "trafilatura": read_by_trafilatura,
    "newspaper4k": read_by_newspaper,
    "resiliparse": read_by_resiliparse,
}

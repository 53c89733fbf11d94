"""A source's selectors have the last word on its pages, and a stale one is noticed."""

from datetime import UTC, date, datetime

import pytest

from config.source import Selector, Source
from crawler.extract import explain_article, extract_article
from storage.article import Article, BlockKind, Provenance

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PAGE = b"""<!doctype html><html lang=en><head><title>Bridge closed - Bay News</title>
<meta property="og:title" content="Bridge closed"></head><body>
<h1>Bridge closed</h1>
<div class=kick>Traffic</div><p class=names><a>Ann Lee</a> <a>Bo Chan</a></p>
<div class=when>12 November 2026, 09:30</div>
<div class=related-box><p>The bridge over the bay was closed on Tuesday, the city said.</p>
<div class=promo>Buy our mug today</div><h2>What next</h2><ul><li>Repairs take a month</li></ul>
</div>
<div class=comments><p>I drove over it for years and never saw a crack in it, not one.</p>
<p>They should have closed it long ago, everybody in the town knew about that.</p>
<p>And who pays for the ferry now? Not the people who let it rust, I can tell you.</p></div>
</body></html>"""


def read(**selectors: Selector) -> Article:
    source = Source(id="bay", url="https://bay.test/", name="Bay News", selectors=selectors)
    return explain_article(PAGE, "https://bay.test/bridge", source=source, now=NOW)[0]


def test_a_body_selector_takes_what_it_names_and_cuts_what_it_removes() -> None:
    article = read(body=Selector(css=".related-box", remove=(".promo",)))
    assert [(block.kind, block.text) for block in article.body] == [
        (
            BlockKind.PARAGRAPH,
            "The bridge over the bay was closed on Tuesday, the city said.",
        ),
        (BlockKind.HEADING, "What next"),
        (BlockKind.LIST_ITEM, "Repairs take a month"),
    ]
    assert article.provenance["body"] is Provenance.SELECTOR


@pytest.mark.parametrize(
    ("field", "selector", "value"),
    [
        pytest.param("section", Selector(css=".kick"), "Traffic", id="text"),
        pytest.param("authors", Selector(css=".names a"), ("Ann Lee", "Bo Chan"), id="list"),
        pytest.param(
            "headline",
            Selector(css="meta", attribute="content"),
            "Bridge closed",
            id="attribute",
        ),
        pytest.param(
            "published_at",
            Selector(css=".when"),
            datetime(2026, 11, 12, 9, 30, tzinfo=UTC),
            id="a written stamp",
        ),
    ],
)
def test_a_selector_overrides_its_field(field: str, selector: Selector, value: object) -> None:
    article = read(**{field: selector})
    assert getattr(article, field) == value
    assert article.provenance[field] is Provenance.SELECTOR


@pytest.mark.parametrize(
    ("selector", "note"),
    [
        pytest.param(Selector(css=".gone"), "found nothing", id="finds nothing"),
        pytest.param(
            Selector(css=".kick", valid_until=date(2026, 11, 23)),
            "expired on 2026-11-23",
            id="past its day",
        ),
        pytest.param(Selector(css="div:::["), "cannot be read", id="no selector at all"),
    ],
)
def test_a_selector_that_gives_nothing_is_noted_and_the_page_speaks(
    selector: Selector, note: str
) -> None:
    article = read(headline=selector)
    assert article.headline == "Bridge closed"
    assert note in article.candidates["headline"][0].note


def test_a_selector_is_valid_on_its_last_day() -> None:
    article = read(section=Selector(css=".kick", valid_until=NOW.date()))
    assert article.section == "Traffic"


def test_a_selected_byline_is_taken_apart_into_names() -> None:
    page = b"<html><h1>Talks</h1><i>By Ann Lee and Bo Chan, 7 December 2023</i></html>"
    source = Source(
        id="n", url="https://n.example/", name="N", selectors={"authors": Selector(css="i")}
    )
    article = extract_article(page, "https://n.example/a", source=source, now=NOW)
    assert article.authors == ("Ann Lee", "Bo Chan")


def test_caption_and_credit_can_be_selected_apart_from_the_picture() -> None:
    page = b"<html><body><h1>Talks</h1><i>The bridge</i><b>Ann Lee</b></body></html>"
    selectors = {"caption": Selector(css="i"), "credit": Selector(css="b")}
    source = Source(id="n", url="https://n.example/", name="N", selectors=selectors)
    article = extract_article(page, "https://n.example/a", source=source, now=NOW)
    assert article.lead_image is not None
    assert (article.lead_image.caption, article.lead_image.credit) == ("The bridge", "Ann Lee")
    assert article.provenance["lead_image"] is Provenance.SELECTOR

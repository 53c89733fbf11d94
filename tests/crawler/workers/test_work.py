"""Of a page that may be known no more is read than it takes to tell."""

from dataclasses import replace
from datetime import timedelta

import pytest

from config.source import Selector, Source
from crawler.workers.work import Gist, Seen, read_page, see_page
from storage.article import Stamp
from storage.prepared import Prepared
from tests.making import NOW

URL = "https://bay.test/port"
BAY = Source(id="bay", url="https://bay.test/", name="Bay News")
TITLE = {"headline": Selector(css="h1")}
RESTLESS = Gist(restless=True)
TEXT = "The port reopened on Monday after a storm had closed it for a week, its master said. "
PAGE = (
    "<html lang=en><title>Port reopens</title><script>{0}</script><h1>Port reopens</h1><p>{1}"
)
DRAWN = """<html lang=en><title>Port reopens</title><h1>Port reopens</h1>
<script type="application/json">{{"id": {0}, "body": "{1}"}}</script>"""


def see(html: str, known: Gist, source: Source = BAY, url: str = URL) -> Seen:
    return see_page(html.encode(), url, "text/html", source, NOW, None, known)


def article(seen: Seen) -> Prepared:
    assert seen.article is not None
    return seen.article


def test_a_page_not_known_is_read_as_any_page() -> None:
    html = PAGE.format(1, TEXT * 5)
    plain = read_page(html.encode(), URL, "text/html", BAY, NOW)
    for known in (Gist(), RESTLESS):
        assert article(see(html, known)).content == plain.content


def test_a_page_that_gives_the_same_article_is_known_by_it() -> None:
    first = see(PAGE.format(1, TEXT * 5), Gist())
    again = see(PAGE.format(2, TEXT * 5), first.gist)
    assert again == Seen(gist=first.gist, article=None)
    assert see(PAGE.format(2, TEXT * 6), first.gist).article is not None


def test_of_a_restless_source_a_page_is_known_by_what_can_be_read_of_it() -> None:
    first = see(PAGE.format(1, TEXT * 5), RESTLESS)
    known = first.gist._replace(record=b"not asked for")
    assert see(PAGE.format(2, TEXT * 5), known) == Seen(gist=known, article=None)
    edited = see(PAGE.format(2, TEXT * 6), known)
    assert edited.gist.read != known.read
    assert article(edited).article.body != article(first).article.body


@pytest.mark.parametrize(
    ("url", "source"),
    [
        pytest.param(f"{URL}/2", BAY, id="another address"),
        pytest.param(URL, replace(BAY, selectors=TITLE), id="selectors"),
    ],
)
def test_what_else_an_article_depends_on_is_no_part_of_what_is_known(
    url: str, source: Source
) -> None:
    html = PAGE.format(1, TEXT * 5)
    known = see(html, RESTLESS).gist._replace(record=b"")
    assert see(html, known, source, url).article is not None


def test_a_text_that_a_script_would_draw_is_read_each_time() -> None:
    first = see(DRAWN.format(1, TEXT * 5), RESTLESS)
    assert first.gist.whole
    assert TEXT.strip() in article(first).article.body[0].text
    assert see(DRAWN.format(2, TEXT * 5), first.gist).article is None  # the article is the same
    assert see(DRAWN.format(2, TEXT * 6), first.gist).article is not None


@pytest.mark.parametrize(
    ("told", "believed"),
    [
        (None, True),
        (NOW - timedelta(hours=3), True),
        ((NOW - timedelta(hours=3)).date(), True),
        (NOW - timedelta(days=90), False),
    ],
)
def test_an_age_is_not_believed_where_the_feed_says_that_it_is_long_ago(
    told: Stamp | None, believed: bool
) -> None:
    page = PAGE.format("", f"{TEXT * 3}").replace("</h1>", "</h1><p>2 hours ago</p>")
    seen = see_page(page.encode(), URL, "text/html", BAY, NOW, told, Gist())
    assert (article(seen).article.published_at is not None) is believed

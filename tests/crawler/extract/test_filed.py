"""An article's section and tags are read from the links of its page where the head is silent."""

# ruff: noqa: E501 - pages are easier to read unbroken
import pytest

from crawler.extract import extract_article
from storage.article import Article

P1 = "The council voted on Tuesday to rebuild the old bridge over the river Tamar by next spring."
P2 = "Engineers had warned for years that its northern pier was sinking, a report said in May."
TEXT = f"<h1>Bridge to be rebuilt</h1><p>{P1}</p><p>{P2}</p><p>{P1[:-1]}, too.</p>"


def read(markup: str, path: str = "/2026/11/bridge", head: str = "") -> Article:
    html = f"<html lang=en><head><title>Bridge to be rebuilt</title>{head}</head><body>{markup}</body></html>"
    return extract_article(html.encode(), f"https://post.test{path}")


@pytest.mark.parametrize(
    ("path", "markup", "section"),
    [
        pytest.param(
            "/politics/2026/bridge",
            f"<nav><a href=/>Home</a><a href=/sport>Sport</a><a href=/politics/>Politics</a></nav><article>{TEXT}</article>",
            "Politics",
            id="a menu's link to where the address begins",
        ),
        pytest.param(
            "/en/world/asia/bridge",
            f"<div><a href=https://post.test/en>The Post</a><a href=/world/asia>Asia</a><a href=https://post.test/en/world>World</a></div><article>{TEXT}</article>",
            "World",
            id="the shortest beginning, without the language",
        ),
        pytest.param(
            "/2026/11/bridge",
            f"<article>{TEXT}<footer>Filed under <a href=/c/7 rel='category tag'>County</a></footer></article>",
            "County",
            id="rel=category at the foot of the article",
        ),
        pytest.param(
            "/n/7",
            f"<nav class=breadcrumbs><a href=/>Home</a> <a href=/c/7>County</a></nav><article>{TEXT}</article>",
            "County",
            id="the way from the front page",
        ),
        pytest.param(
            "/n/7",
            f"<div class=crumbs><a href=/>صفحه نخست</a> <a href=/c/7>County</a></div><article>{TEXT}</article>",
            "County",
            id="the front page by its name in another language",
        ),
        pytest.param(
            "/n/7",
            f"<article><a class=cat-label href=/c/7>County</a>{TEXT}</article>",
            "County",
            id="a label above the headline",
        ),
        pytest.param(
            "/n/7",
            f"<ul class=menu><li class=category><a href=/c/7>County</a></ul><article>{TEXT}</article>",
            "",
            id="a menu of categories says nothing",
        ),
        pytest.param(
            "/n/7",
            f"<a class=category href='#text'>Zum Inhalt</a><article>{TEXT}</article>",
            "",
            id="a button that leads over the menu",
        ),
        pytest.param(
            "/n/7",
            f"<article class=category><h1>Bridge to be rebuilt</h1><p>{P2} Of it <a href=/x>the minister knew</a>: {P1}</p></article>",
            "",
            id="a link in a sentence",
        ),
        pytest.param(
            "/post/7/bridge",
            f"<nav><a href=/post/>Post</a></nav><article>{TEXT}</article>",
            "",
            id="the outlet by its address",
        ),
        pytest.param(
            "/news/bridge",
            f"<nav><a href=/news>News</a></nav><article>{TEXT}</article>",
            "",
            id="news is no section",
        ),
    ],
)
def test_a_section_is_read_from_links(path: str, markup: str, section: str) -> None:
    assert read(markup, path).section == section


def test_what_the_head_says_of_a_section_is_believed_but_the_outlets_own_name() -> None:
    menu = f"<nav><a href=/politics>Politics</a></nav><article>{TEXT}</article>"
    site = "<meta property=og:site_name content='The Tamar Post'>"
    stated = "<meta property=article:section content='{}'>"
    assert read(menu, "/politics/bridge", site + stated.format("World")).section == "World"
    own = read(menu, "/politics/bridge", site + stated.format("The Tamar Post"))
    assert own.section == "Politics"


TAGS = "<a href=/tag/ferry>#Ferry</a> <a href=/tag/tamar>Tamar</a>"
CLOUD = "".join(f"<a href=/tag/{n}>Topic {n}</a>" for n in range(30))


@pytest.mark.parametrize(
    ("markup", "tags"),
    [
        pytest.param(f"<article>{TEXT}<div class=post-tags>Tags: {TAGS}</div></article>", ("Ferry", "Tamar"), id="a box of tags"),
        pytest.param(f"<article>{TEXT}<p>{TAGS.replace('href', 'rel=tag href')}</p></article>", ("Ferry", "Tamar"), id="rel=tag"),
        pytest.param(f"<article>{TEXT}<ul class=story__tags><li><a>Ferry</a><li><a href=/x/7>Tamar</a></ul></article>", ("Ferry", "Tamar"), id="a row called so, wherever it leads"),
        pytest.param(f"<article>{TEXT}<div class=tag-group><a href='/list?q=f'>#Ferry</a><a href='/list?q=t'>#Tamar</a></div></article>", ("Ferry", "Tamar"), id="a group of tags"),
        pytest.param(f"<article>{TEXT}<div class='tags sidebar'><a href=/x/7>Tamar</a></div></article>", (), id="a row called so beside the text"),
        pytest.param(f"<div class=tags>{TAGS}</div><article>{TEXT}</article>", (), id="above the headline others are named"),
        pytest.param(f"<article>{TEXT}</article><div class=tags>{CLOUD}</div>", (), id="a cloud"),
        pytest.param(f"<article>{TEXT}<p>{TAGS}</p></article>", (), id="links in a text"),
    ],
)  # fmt: skip
def test_tags_are_read_from_links_below_the_headline(
    markup: str, tags: tuple[str, ...]
) -> None:
    assert read(markup).tags == tags

"""What changes with each answer is cut out of a page, what can be read stays."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import crawler.extract
from crawler.extract import extract_article
from crawler.extract.legible import legible
from storage.article import Article
from tests.making import NOW

# ruff: noqa: E501 - pages are easier to read unbroken
P1 = "The council voted on Tuesday to rebuild the old bridge over the river Tamar by next spring."
P2 = "Engineers had warned for years that its northern pier was sinking, a report said in May."
P3 = "Work is to begin in January, and the ferry will run twice an hour until it is finished."
P4 = "The mayor called the vote a relief, although the cost has doubled since the first plan."
LD = '{"@type":"NewsArticle","headline":"Bridge to be rebuilt","author":{"name":"Anna Berg"}}'


def page(head: str = "", above: str = "", inside: str = "", below: str = "") -> str:
    return (
        f"<!doctype html><html lang=en><head><title>Bridge to be rebuilt</title>{head}"
        f'<script type="application/ld+json">{LD}</script></head><body>{above}<article>'
        f"<h1>Bridge to be rebuilt</h1><p>{P1}</p><p>{P2}</p>{inside}<p>{P3}</p><p>{P4}</p>"
        f"</article>{below}</body></html>"
    )


def read(html: str) -> Article:
    found = extract_article(html.encode(), "https://post.test/2026/bridge", now=NOW)
    return replace(found, candidates={})


TOKENS = [
    pytest.param("<script>window.t={}</script>", id="a time in a script"),
    pytest.param("<script nonce={} src=/a.js></script>", id="a nonce of a script"),
    pytest.param("<script type='application/json' id=d>{}</script>", id="a script's data"),
    pytest.param("<script>document.write('<script src=/{}>')</script>", id="a script's script"),
    pytest.param('<script onerror="(e=>e)({})">x</script>', id="a sign within quotes"),
    pytest.param("<style nonce='{}'>.a{{b:c}}</style>", id="a nonce of a style"),
    pytest.param("<style>.c{} {{}}</style>", id="names made for styles"),
    pytest.param("<!-- made in {} s -->", id="a comment"),
    pytest.param("<!--{}<script>--><p>x", id="a script in a comment"),
    pytest.param("<meta name=csrf-token content='{}'>", id="a token"),
    pytest.param('<meta property="csp-nonce" nonce="{}">', id="a nonce in a meta"),
    pytest.param("<form><input type=hidden name=t value={}></form>", id="a form's token"),
    pytest.param("<link rel='stylesheet' href='/a.css?{}'>", id="a style's address"),
    pytest.param("<link rel=preload nonce={} href=/a.js as=script>", id="what is fetched ahead"),
    pytest.param("<div class=ad data-slot='{}' data-at=\"{}\"></div>", id="an advertisement"),
    pytest.param("<iframe src='//ads.test/{}'></iframe>", id="a frame"),
    pytest.param("<a href='/cdn-cgi/l/email-protection#{}'>Mail</a>", id="a disguised address"),
]  # fmt: skip


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("place", ["head", "above", "inside", "below"])
def test_a_page_that_only_names_the_hour_anew_reads_the_same(token: str, place: str) -> None:
    one, other = (page(**{place: token.format(n, n)}) for n in ("17bc", "99af00"))
    assert one != other
    assert legible(one.encode()) == legible(other.encode())
    assert read(one) == read(legible(one.encode()).decode())


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<p>The bridge is {} years old.</p>", id="a text"),
        pytest.param("<!doctype html><title>{}</title>", id="a title"),
        pytest.param("<meta name=description content='{}'>", id="a meta"),
        pytest.param("<link rel=canonical href=/{}>", id="the address"),
        pytest.param("<link rel=author href=/{}>", id="an author"),
        pytest.param("<script type=application/ld+json>[{}]</script>", id="linked data"),
        pytest.param(
            "<script type='application/ld&#x2B;json'>[{}]</script>", id="linked data, escaped"
        ),
        pytest.param("<img data-src='/{}.jpg'>", id="a picture's address"),
        pytest.param('<img data-lazy-src="/{}.jpg">', id="the same, later"),
        pytest.param("<i data-testid='byline {}'>", id="a byline"),
        pytest.param("<time datetime=2026-11-{}>", id="a time"),
        pytest.param("<div class='{}'>", id="a name"),
        pytest.param("<noscript><img src=/{}.jpg></noscript>", id="a picture without scripts"),
        pytest.param("<p>Write &lt;div data-a=\"{}\"&gt; there.</p>", id="a text about pages"),
        pytest.param("<p>Write data-a=\"{}\" <b>there</b>.</p>", id="words like an attribute"),
        pytest.param("<script>a</script><p>{}</p><script>b</script>", id="between scripts"),
        pytest.param("<div title='<script>'><p>{}</p></div><script>b</script>", id="a script's name in a tag"),
        pytest.param("<script><!-- '<script>' --></script><p>{}</p></script>", id="after a script within a script's comment"),
        pytest.param("<input value=it's><p>{}</p><p>It's > that</p>", id="after a stray quote"),
        pytest.param("<script>a</SCRIPT><p>{}</p></script>", id="after a script that ends in capitals"),
        pytest.param("<!--><p>{}</p><!-- -->", id="between comments that are empty"),
        pytest.param("<!-- a --!><p>{}</p><!-- -->", id="after an oddly closed comment"),
        pytest.param("<svg><style/></svg><p>{}</p><style></style>", id="after an empty style"),
        pytest.param("<script><p>{}</p>", id="after a script without an end"),
        pytest.param("<!-- <p>{}</p>", id="after a comment without an end"),
        pytest.param("<styled-text>{}</styled-text>", id="a name that begins like a style"),
    ],
)  # fmt: skip
def test_what_can_be_read_stays(markup: str) -> None:
    one, other = (markup.format(n).encode() for n in (17, 28))
    assert legible(one) != legible(other)


def test_no_data_is_cut_that_somebody_reads() -> None:
    folder = Path(crawler.extract.__file__).parent
    written = "".join(
        each.read_text() for each in folder.glob("*.py") if each.stem != "legible"
    )
    names = set(re.findall(r"\bdata-[a-z-]+", written))
    assert "data-src" in names
    for name in names:
        tag = f"<img {name}='/a.jpg'>".encode()
        assert legible(tag) == tag


_SHARDS = [
    "<script>", "</script>", "<script src=a>", "<script type=application/ld+json>", LD, "<style>",
    "</style>", "<!--", "-->", "--!>", "<p>", "</p>", f"<p>{P1}</p>", f"<p>{P2}</p>", "words",
    "<h1>Bridge</h1>", " data-x='1'", "<div data-y='2' class=a>", "</div>", "<input value=1>",
    "<link rel=stylesheet href=/a>", "<meta name=csrf-token content=1>", "'", '"', ">", "<",
]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(_SHARDS), max_size=30))
@example(["<!--", "-->"])
@example(["<!--", " data-x='1'", ">"])
@example(["<scr", " data-x='1'", "ipt>"])
def test_what_is_left_of_a_heap_of_shards_is_left_again(shards: list[str]) -> None:
    left = legible("".join(shards).encode())
    assert legible(left) == left


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([token.values[0] for token in TOKENS]), max_size=5),
    st.lists(st.sampled_from([token.values[0] for token in TOKENS]), max_size=5),
)
def test_a_page_whose_tokens_are_cut_is_the_same_article(
    inside: list[object], below: list[object]
) -> None:
    html = page(inside="".join(map(str, inside)), below="".join(map(str, below)))
    assert read(legible(html.encode()).decode()) == read(html)


@pytest.mark.parametrize(
    "shard",
    [b"<script>", b"<script><script></script>", b"<!--", b"<!-- --!>", b"<style/>", b"<link rel=preload ",
     b"<input ", b"<p data-a='1' ", b" data-a='1'", b"<script '>",
     b"<script \"'", b"<script '<script>'"],
)  # fmt: skip
def test_row_34_a_page_made_to_be_gone_over_again_and_again_ends(shard: bytes) -> None:
    page = shard * 200_000
    assert len(legible(page)) <= len(page)

"""What the parser must not see, and what only looks like it: scripts full of markup."""

from datetime import UTC, datetime
from urllib.parse import urljoin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.extract import extract_article
from crawler.extract.document import _is_utf8, join

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
URL = "https://bay.example/port"
TEXT = "<article><h1>Port reopens after the storm</h1>" + "".join(
    f"<p>Ship number {number} had waited outside the bay, and its crew was glad to come in.</p>"
    for number in range(6)
)
PADDING = " " * 40_000  # the guard looks at samples of a large page


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(
            "for(i=0;i<e[t].length;i++){" + "a = b; c = d; " * 6000 + "}</script>",
            id="a comparison that looks like a tag with thousands of attributes",
        ),
        pytest.param(
            "var cards = ['" + r"<div><a href=\"/x\">Port<\/a><\/div>" * 3000 + "'];</script>",
            id="markup whose ends are escaped",
        ),
        pytest.param(
            "var rows = '" + "<li><b>Port</b></li>" * 30_000 + "';</script>",
            id="markup of a hundred thousand elements",
        ),
    ],
)
def test_markup_in_a_script_is_no_reason_to_refuse_a_page(script: str) -> None:
    page = f"<html><body>{TEXT}</article><script>{script}{PADDING}</body></html>"
    article = extract_article(page.encode(), URL, now=NOW)
    assert (article.not_article, len(article.body)) == ("", 6)


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        pytest.param("<div>" * 30_000, "too_deep", id="nesting"),
        pytest.param(
            "<p " + " ".join(f"a{number}=1" for number in range(40_000)) + ">",
            "too_many_attributes",
            id="attributes",
        ),
        pytest.param("<p>x" * 120_000, "too_many_elements", id="elements"),
    ],
)
def test_row_34_the_same_outside_of_scripts_is_refused(markup: str, reason: str) -> None:
    page = f"<html><body><script>var a = '<b';</script>{TEXT}{markup}"
    assert extract_article(page.encode(), URL, now=NOW).not_article == reason


@pytest.mark.parametrize(
    ("text", "refused"), [("x" * (5 << 20), "characters"), ("é" * (5 << 20) + "é", "bytes")]
)
def test_row_35_a_page_above_5_mib_of_characters_is_not_read(text: str, refused: str) -> None:
    page = f"<html><body>{TEXT}<p>{text}"
    reason = extract_article(page.encode(), URL, now=NOW).not_article
    assert reason.startswith("body_too_large: ")
    assert reason.endswith(refused)


GRAPH = '{"@graph":['
STATED = '{"@type": "NewsArticle", "author": {"name": "Rolf Tester"}}'


@pytest.mark.parametrize(
    ("block", "authors"),
    [
        pytest.param(GRAPH * 10 + STATED + "]}" * 10, ("Rolf Tester",), id="a few deep"),
        pytest.param(GRAPH * 30 + STATED + "]}" * 30, (), id="deeper than 50"),
        pytest.param(STATED + " " * (1 << 20), (), id="larger than 1 MiB"),
        pytest.param('{"a":' * 100_000, (), id="deeper than Python reads"),
        pytest.param("[" * 100_000 + STATED + "]" * 100_000, (), id="lists without number"),
    ],
)
def test_row_33_json_ld_deeper_than_50_or_larger_than_1_mib_is_not_read(
    block: str, authors: tuple[str, ...]
) -> None:
    script = f'<script type="application/ld+json">{block}</script>'
    article = extract_article(f"<html><head>{script}{TEXT}".encode(), URL, now=NOW)
    assert (article.not_article, len(article.body), article.authors) == ("", 6, authors)


@given(st.text("/.?ab:%@~-=&;#", max_size=12), st.sampled_from(("", "/", "/a/b?c=/d", "?x")))
@example("/photos/port.jpg?w=900&h=600", "/a/b")
def test_an_address_is_joined_as_urljoin_does(reference: str, page: str) -> None:
    base = f"https://bay.example{page}"
    assert join(base, reference) == urljoin(base, reference)


@pytest.mark.parametrize("around", range(16_380, 16_386))
def test_a_page_of_several_pieces_is_known_as_utf8(around: int) -> None:
    text = ("a" * around + "\U0001f6a2" + "b" * 20_000 + "é").encode()
    assert _is_utf8(text)
    assert not _is_utf8(text[:-1])
    assert not _is_utf8(text[: around + 2] + text[around + 3 :])

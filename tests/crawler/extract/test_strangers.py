"""Pages on which other articles weigh more than the article."""

from datetime import UTC, datetime

import pytest

from crawler.extract import extract_article

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
URL = "https://post.test/2026/bridge-to-be-rebuilt"
TITLE = "Bridge over the Tamar to be rebuilt"
BODY = (
    "The council voted on Tuesday to rebuild the old bridge over the river by next spring.",
    "Engineers had warned for years that its northern pier was sinking, a report said.",
    "Work is to begin in January, and the ferry will run twice an hour until it is finished.",
    "The mayor called the vote a relief, although the cost has doubled since the first plan.",
    "Shop owners on the northern bank fear for their trade and have asked the city for help.",
)
OTHERS = (
    "The bakers of the old town have agreed to share one oven until the spring comes.",
    "Nobody had seen the white stork so late in November, the keeper of the birds said.",
    "The library opens its reading room again after eleven months of building work.",
    "A tram driver found a wallet with four thousand crowns and brought it back at once.",
    "Pupils of the northern school planted ninety trees along the bank of the river.",
)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


OWN = f"<h1>{TITLE}</h1>{paragraphs(*BODY)}"
LONG = paragraphs(*(f"{one} {two}" for one in OTHERS for two in OTHERS[:2]))
CARDS = "".join(
    f"<div><a href=/{n}><img src={n}.jpg></a><h3><a href=/{n}>{text[:30]}</a></h3>"
    f"<p>{text}</p></div>"
    for n, text in enumerate(OTHERS * 2)
)


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(
            f"<main><div>{OWN}</div></main><article><h2><a href=/y>Storks stay</a></h2>{LONG}"
            "</article>",
            id="a longer article below, which alone is an <article>",
        ),
        pytest.param(
            f"<div><header><h1>{TITLE}</h1></header><div>{paragraphs(*BODY)}</div></div>"
            f"<div><h1>Storks stay late</h1><div>{LONG}</div></div>",
            id="a longer article below, with an h1 of its own",
        ),
        pytest.param(
            f"<div><article>{OWN}</article></div>"
            + f"<div><article><h2>Storks stay late</h2>{LONG}</article></div>" * 2,
            id="articles that follow each other without end",
        ),
        pytest.param(f"<div>{CARDS}</div><div>{OWN}</div>", id="cards before"),
        pytest.param(f"<div>{OWN}</div><div><h2>More</h2>{CARDS}</div>", id="cards below"),
        pytest.param(
            f"<div class=widget><div class=blog-post>{OWN}</div></div>"
            f"<div><h2><a href=/y>Storks stay</a></h2>{LONG}</div>",
            id="a name that rules out does not where the headline stands",
        ),
        pytest.param(
            f"<h1>{TITLE}</h1><div class='entry-content read-more'>{paragraphs(*BODY)}</div>"
            f"<div><h2><a href=/y>Storks stay</a></h2>{LONG}</div>",
            id="a name that rules out does not beside one that marks the body",
        ),
    ],
)  # fmt: skip
def test_the_text_below_the_headline_is_the_articles(markup: str) -> None:
    page = f"<html lang=en><title>{TITLE} | Post</title><body>{markup}</body></html>"
    article = extract_article(page.encode(), URL, now=NOW)
    assert tuple(block.text for block in article.body) == BODY


def test_the_entries_of_a_live_page_are_all_its_own() -> None:
    entries = "".join(
        f"<article><h3>1{n}:05 Entry</h3>{paragraphs(text, text.replace('the', 'a'))}</article>"
        for n, text in enumerate(OTHERS)
    )
    page = f"<html lang=en><body><h1>{TITLE}</h1><div>{entries}</div></body></html>"
    article = extract_article(page.encode(), URL, now=NOW)
    assert set(OTHERS) <= {block.text for block in article.body}

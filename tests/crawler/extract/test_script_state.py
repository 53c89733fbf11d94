"""Pages of our own that a browser would draw: the text stands in their scripts alone."""

import json
from typing import Any

import pytest

# ruff: noqa: E501 - pages are easier to read unbroken
from crawler.extract import extract_article

TITLE = "Bridge over the Tamar to be rebuilt"
BODY = [
    "The council voted on Tuesday to rebuild the old bridge over the river Tamar by next spring.",
    "Engineers had warned for years that its northern pier was sinking, a report said in May.",
    "“Every winter took a piece of it,” said Ann Holm, the mayor of the town since last year.",
    "Work is to begin in January, and the ferry will run twice an hour until it is finished.",
    "The cost has doubled since the first plan, and the county will pay a third of all of it.",
]
MARKUP = "".join(f"<p>{text}</p>" for text in BODY)
TEASERS = [
    {"title": f"Storks stay late, part {n}", "body": f"<p>{n} storks. {text}</p>" * 4}
    for n, text in enumerate(BODY)
]


def texts(script: str) -> list[str]:
    page = f"""<!doctype html><html lang=en><head><title>{TITLE}</title>
    <meta property="og:title" content="{TITLE}"></head><body><div id=app></div>{script}"""
    article = extract_article(page.encode(), "https://post.test/2026/bridge-to-be-rebuilt")
    return [block.text for block in article.body]


def next_data(article: dict[str, Any]) -> str:
    state = json.dumps({"props": {"pageProps": {"article": {"title": TITLE, **article}}}})
    return f'<script id="__NEXT_DATA__" type="application/json">{state}</script>'


def runs(text: str) -> list[dict[str, Any]]:
    return [{"text": text[:20]}, {"text": text[20:30], "bold": True}, {"text": text[30:]}]


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(next_data({"body": MARKUP}), id="markup"),
        pytest.param(
            next_data({"body": MARKUP, "more": TEASERS}), id="markup, and longer teasers beside"
        ),
        pytest.param(
            next_data({"content": [{"type": "paragraph", "text": text} for text in BODY]}),
            id="a block each",
        ),
        pytest.param(
            next_data({"body": [{"type": "p", "children": runs(text)} for text in BODY]}),
            id="blocks of runs",
        ),
        pytest.param(
            next_data({"doc": {"content": [{"content": runs(text)} for text in BODY]}}),
            id="a document of an editor",
        ),
        pytest.param(
            "<script>window.__APOLLO_STATE__ = "
            + json.dumps({f"Block:{n}": {"text": text} for n, text in enumerate(BODY)})
            + ";</script>",
            id="each block under a name of its own",
        ),
        pytest.param(
            f"<script>var page = {json.dumps({'article': {'text': MARKUP}})};</script>",
            id="a variable",
        ),
        pytest.param(
            f"<script>window.x = JSON.parse({json.dumps(json.dumps({'text': MARKUP}))})</script>",
            id="JSON in a string",
        ),
        pytest.param(
            "<script>window.__NUXT__=(function(a,b){return {title:a,text:b}}("
            + f"{json.dumps(TITLE)},{json.dumps(MARKUP).replace('<', chr(92) + 'u003C')}));</script>",
            id="handed to a function",
        ),
        pytest.param(
            "<script>self.__next_f.push([1,"
            + json.dumps(
                "5:" + json.dumps(["$", "div", None, {"html": MARKUP}], ensure_ascii=False)
            )
            + "])</script>",
            id="an answer of a server's component",
        ),
    ],
)
def test_the_text_is_read_out_of_the_script(script: str) -> None:
    assert texts(script) == BODY


def test_what_a_script_says_to_its_reader_is_no_text() -> None:
    words = {f"label{n}": f"Click here to do the thing with number {n}" for n in range(30)}
    assert texts(f"<script>var words = {json.dumps(words)};</script>") == []

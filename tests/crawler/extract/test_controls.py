"""No field of an article holds what a terminal, a log or a mail would obey."""

import json
import unicodedata
from dataclasses import asdict

import pytest

from crawler.extract import extract_article
from crawler.extract.controls import _UNSEEN, holds_controls
from tests.making import NOW

URL = "https://newsroom.example/news/1"
DANGER = "\x1b]0;owned\x07\x1b[2J\u202e\u2066\x9b"


def page(words: str, said: str) -> bytes:
    """Write a page that holds the words wherever an article has some."""
    data = {
        "@type": "NewsArticle",
        "headline": f"Ministers meet {said}",
        "author": {"@type": "Person", "name": f"Anna {said}Berg"},
        "articleSection": f"World{said}",
        "keywords": [f"trade{said}"],
    }
    text = f"<p>The ministers of both countries {words} met in the port on Tuesday.</p>" * 5
    return (
        f"<!doctype html><html lang=en><head><title>Ministers meet {words}</title>"
        f"<meta name=description content='What they {words} said'>"
        f"<script type='application/ld+json'>{json.dumps(data)}</script></head><body><article>"
        f"<h1>Ministers meet {words}</h1><p class=byline>By Anna {words}Berg</p><figure>"
        f"<img src=/a.jpg width=900 height=600 alt='The {words} port'>"
        f"<figcaption>The port {words}. Photo: Anna {words}Berg</figcaption></figure>"
        f"{text}</article></body></html>"
    ).encode()


@pytest.mark.parametrize(
    "words",
    [DANGER, "".join(f"&#{ord(sign)};" for sign in DANGER)],
    ids=["bytes", "references"],
)
def test_row_37_row_38_what_a_terminal_would_obey_is_left_out(words: str) -> None:
    article = extract_article(page(words, DANGER), URL, now=NOW)
    assert article.headline.startswith("Ministers meet")
    assert article.body
    told = json.dumps(asdict(article), ensure_ascii=False, default=str)
    controls = {sign for sign in told if unicodedata.category(sign) in {"Cc", "Cs"}}
    assert not controls & set(DANGER)
    assert not set(DANGER[-3:]) & set(told)


def test_row_37_half_a_character_is_none() -> None:
    article = extract_article(page("", "\ud83d"), URL, now=NOW)
    json.dumps(asdict(article), ensure_ascii=False, default=str).encode()


def test_joiners_and_marks_that_are_part_of_the_writing_stay() -> None:
    words = "می\u200cرود \u200f(۱۲)\u200e"
    article = extract_article(page(words, words), URL, now=NOW)
    assert words in article.body[0].text


def test_none_of_what_is_taken_out_can_be_printed() -> None:
    assert not any(
        _UNSEEN.match(sign) for sign in map(chr, range(1 << 16)) if sign.isprintable()
    )


def test_quick_questions_tell_the_same_signs_as_the_pattern() -> None:
    signs = [*map(chr, range(0x3000)), *map(chr, range(0xD700, 0xE100)), "\U0001f600"]
    told = [sign for sign in signs if holds_controls(sign) != bool(_UNSEEN.search(sign))]
    beside = [
        sign for sign in signs if holds_controls(f"é{sign}") != bool(_UNSEEN.search(sign))
    ]
    assert (told, beside) == ([], [])

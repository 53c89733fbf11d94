"""Bot wall, paywall, login and outage are told apart; row 41: binaries never become pages."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.outcome import Failed, FailureKind, Fetched, FetchKind
from crawler.fetch.walls import classify_page, classify_refusal
from crawler.sniff import binary_kind
from tests.crawler.fetch.servers import answer, asking, fetch_page, fetching, redirect, serving

ARTICLE = (
    b"<html><h1>Talks on captcha law</h1><p>Just a moment... said the minister.</p></html>"
)
CLOUDFLARE = (
    b"<html><title>Just a moment...</title><script>window._cf_chl_opt={}</script></html>"
)


@pytest.mark.parametrize(
    ("status", "headers", "body", "kind"),
    [
        (401, {}, b"", FailureKind.AUTH),
        (402, {}, b"", FailureKind.PAYWALL),
        (403, {}, b"Forbidden", FailureKind.FORBIDDEN),
        (403, {"cf-mitigated": "challenge"}, b"", FailureKind.BOT_WALL),
        (403, {}, CLOUDFLARE, FailureKind.BOT_WALL),
        (403, {}, b"<title>Attention Required! | Cloudflare</title>", FailureKind.BOT_WALL),
        (403, {}, b"<h1>Access Denied</h1> errors.edgesuite.net", FailureKind.BOT_WALL),
        (403, {}, b"<script>geo.captcha-delivery.com</script>", FailureKind.BOT_WALL),
        (405, {"x-amzn-waf-action": "captcha"}, b"", FailureKind.BOT_WALL),
        (429, {}, b"slow down", FailureKind.RATE_LIMITED),
        (429, {}, b"Our systems have detected unusual traffic", FailureKind.BOT_WALL),
        (503, {}, CLOUDFLARE, FailureKind.BOT_WALL),
        (503, {}, b"back in five minutes", FailureKind.OUTAGE),
        (500, {}, b"Traceback", FailureKind.SERVER_ERROR),
        (502, {}, b"Bad Gateway", FailureKind.SERVER_ERROR),
        (500, {}, b"<h1>Down for maintenance</h1>", FailureKind.OUTAGE),
        (521, {}, b"Web server is down", FailureKind.SERVER_ERROR),
        (404, {}, b"Are you a robot? Not found", FailureKind.NOT_FOUND),
        (400, {}, b"", FailureKind.REFUSED_BY_SERVER),
        (451, {}, b"", FailureKind.REFUSED_BY_SERVER),
    ],
)
def test_a_refusal_says_who_keeps_us_out(
    status: int, headers: dict[str, str], body: bytes, kind: FailureKind
) -> None:
    assert classify_refusal(status, headers, body) is kind


HOME = "https://paper.example"


@pytest.mark.parametrize(
    ("found", "body", "kind"),
    [
        pytest.param("/world/a", ARTICLE, None, id="an article that speaks of walls"),
        pytest.param("/world/a", CLOUDFLARE, FailureKind.BOT_WALL, id="a challenge"),
        pytest.param("/world/a", CLOUDFLARE + b" " * 90_000, None, id="a large page"),
        pytest.param("/login?next=/world/a", b"", FailureKind.LOGIN, id="login"),
        pytest.param("/account/sign-in.html", b"", FailureKind.LOGIN, id="sign-in.html"),
        pytest.param("/subscribe/offer", b"", FailureKind.PAYWALL, id="subscribe"),
        pytest.param("/world/a-b", ARTICLE, None, id="another spelling"),
        pytest.param("/world/authors-meet", ARTICLE, None, id="a word inside a word"),
    ],
)
def test_a_page_answered_200_may_be_a_wall(
    found: str, body: bytes, kind: FailureKind | None
) -> None:
    assert classify_page(f"{HOME}/world/a", HOME + found, {}, body) is kind


def test_an_article_about_logins_is_no_login_page() -> None:
    url = f"{HOME}/login/new-law"
    assert classify_page(url, f"{HOME}/login/new-law-2", {}, ARTICLE) is None


def test_another_host_may_be_the_login() -> None:
    found = "https://login.paper.example/x"
    assert classify_page(f"{HOME}/a", found, {}, b"") is FailureKind.LOGIN


async def test_a_redirect_to_the_login_is_a_login_and_not_the_article() -> None:
    pages = {"/a": redirect("/login?to=/a"), "/login?to=/a": answer(b"<form>")}
    async with serving(pages) as site, fetching() as fetcher:
        outcome = await fetcher.fetch(asking(f"{site.url}/a"))
        assert isinstance(outcome, Failed)
        assert outcome.kind is FailureKind.LOGIN
        assert outcome.kind.weight == 0.5


async def test_a_wall_answered_200_is_a_wall_through_the_wire_too() -> None:
    body = gzip.compress(CLOUDFLARE)
    outcome = await fetch_page(answer(body, "Content-Encoding: gzip"))
    assert isinstance(outcome, Failed)
    assert outcome.kind is FailureKind.BOT_WALL


BINARIES = {
    "a PDF": b"%PDF-1.7\n%\xe2\xe3",
    "a ZIP archive": b"PK\x03\x04\x14\x00",
    "a PNG image": b"\x89PNG\r\n\x1a\n",
    "a JPEG image": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "a GIF image": b"GIF89a\x01\x00",
    "a video or image file": b"\x00\x00\x00\x20ftypisom",
    "an Ogg file": b"OggS\x00",
    "a program": b"\x7fELF\x02",
    "not text": bytes(range(256)) * 2,
}


@pytest.mark.parametrize("kind", BINARIES)
@pytest.mark.parametrize("asked", [FetchKind.PAGE, FetchKind.FEED, FetchKind.SITEMAP])
async def test_row_41_a_binary_is_never_a_page_whatever_it_is_called(
    kind: str, asked: FetchKind
) -> None:
    page = answer(BINARIES[kind] + b"\x00" * 40, "Content-Type: text/html; charset=utf-8")
    outcome = await fetch_page(page, kind=asked)
    assert isinstance(outcome, Failed)
    assert outcome.kind is FailureKind.BINARY
    assert kind in outcome.reason


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(ARTICLE, "application/octet-stream", id="HTML called a file"),
        pytest.param(b"<?xml version='1.0'?><rss/>", "image/png", id="a feed called an image"),
        pytest.param(b"\xef\xbb\xbf<html>", None, id="BOM"),
        pytest.param("<p>Баку</p>".encode("cp1251"), None, id="windows-1251"),
        pytest.param("<p>Баку</p>".encode("utf-16"), None, id="UTF-16 with BOM"),
        pytest.param(
            "<p>Баку и Тегеран</p>".encode("utf-16-le"),
            "text/html; charset=UTF-16",
            id="UTF-16",
        ),
        pytest.param("<p>東京</p>".encode("iso2022_jp"), None, id="ISO-2022-JP"),
        pytest.param(b"<p>a\x00b</p>" * 20, None, id="stray NULs"),
        pytest.param(b"", None, id="nothing"),
    ],
)
async def test_row_41_text_is_text_whatever_it_is_called(
    body: bytes, content_type: str | None
) -> None:
    fields = [f"Content-Type: {content_type}"] if content_type else []
    outcome = await fetch_page(answer(body, *fields))
    assert isinstance(outcome, Fetched)
    assert outcome.body == body
    assert outcome.content_type == content_type


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=600))
def test_row_41_no_readable_text_is_taken_for_a_binary(text: str) -> None:
    assert binary_kind(f"<p>{text}</p>".encode()) is None

"""Only those who may ask are answered, under our own names, and nothing can be changed."""

import asyncio
import base64
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from config.settings import StatusSettings
from crawler.pages.app import make_pages
from crawler.pages.guard import is_our_name
from tests.crawler.pages.newsdesk import open_desk

TOKEN = "status: {token: env:TOKEN}\n"


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1:8080", True),
        ("localhost", True),
        ("LOCALHOST.:8080", True),
        ("[::1]:8080", True),
        ("192.168.1.7:8080", True),
        ("watch.example.org", True),
        ("evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("localhost:8080.evil.example", False),
        ("", False),
    ],
)
def test_row_98_only_addresses_and_configured_names_are_ours(host: str, ours: bool) -> None:
    assert is_our_name(host, StatusSettings(names=("watch.example.org",))) is ours


async def test_row_98_a_strange_host_is_refused_with_our_headers(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        answer = await desk.client.get("/", headers={"host": "evil.example"})
        assert answer.status_code == 421
        assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
async def test_row_98_no_method_changes_anything(tmp_path: Path, method: str) -> None:
    async with open_desk(tmp_path) as desk:
        for path in ("/", "/api/outbox", "/nothing", "/healthz"):
            answer = await desk.client.request(method, path)
            assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


async def test_a_head_request_is_answered_without_a_body(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        answer = await desk.client.head("/stories")
        assert (answer.status_code, answer.content) == (200, b"")


async def test_row_98_with_a_token_only_probes_are_answered_without_it(tmp_path: Path) -> None:
    async with open_desk(tmp_path, settings=TOKEN, environ={"TOKEN": "schlüssel"}) as desk:
        for path in ("/", "/metrics", "/api/overview", "/nothing"):
            answer = await desk.client.get(path)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"].startswith("Basic")
        assert (await desk.client.get("/healthz")).status_code == 200


async def test_a_token_opens_as_password_or_bearer(tmp_path: Path) -> None:
    async with open_desk(tmp_path, settings=TOKEN, environ={"TOKEN": "schlüssel"}) as desk:
        for authorization, status in (
            ("Bearer schlüssel", 200),
            ("Basic " + base64.b64encode("any:schlüssel".encode()).decode(), 200),
            ("bearer schlüssel", 200),
            ("Bearer wrong", 401),
            ("Bearer", 401),
            ("Basic " + base64.b64encode(b"schl").decode(), 401),
            ("Basic ***", 401),
            ("Digest schlüssel", 401),
        ):
            headers = {b"authorization": authorization.encode("utf-8")}
            answer = await desk.client.get("/rules", headers=headers)
            assert answer.status_code == status, authorization


async def test_pages_without_a_token_are_never_made_for_strangers(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        live = desk.state.live()
        status = StatusSettings(host="0.0.0.0")
        object.__setattr__(live.config.settings, "status", status)
        with pytest.raises(ValueError, match="token"):
            make_pages(desk.database, desk.state)


STRANGE = (
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /%00%ff%c0%ae HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
)


async def test_row_98_strange_bytes_end_nothing(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        port = urlsplit(desk.url).port
        for raw in STRANGE:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(raw)
            writer.write_eof()
            said = await asyncio.wait_for(reader.read(), timeout=5)
            writer.close()
            assert b"Traceback" not in said
            assert b" 200 " not in said[:20]
        assert (await desk.client.get("/healthz")).status_code == 200


@pytest.mark.parametrize("taken_off", [True, False])
async def test_below_a_path_of_a_proxy_every_link_stays_there(
    tmp_path: Path, *, taken_off: bool
) -> None:
    """A proxy serves us at /watch, and takes that off the path, or leaves it there."""
    below = "" if taken_off else "/watch"
    async with open_desk(
        tmp_path, settings="status: {public: 'https://a.example/watch/'}"
    ) as desk:
        for path in ("/", "/stories", "/stories/1", "/sources", "/rules", "/search?q=Baku"):
            answer = await desk.client.get(below + path)
            assert answer.status_code == 200, path
            links = re.findall(r'(?:href|src|action)="(/[^"]*)', answer.text)
            assert links
            assert [link for link in links if not link.startswith("/watch/")] == [], path
        assert (await desk.client.get(f"{below}/style.css")).status_code == 200
        assert (await desk.client.get("/watchful")).status_code == 404

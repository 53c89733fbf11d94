"""docs/security.md, rows 20, 22, 23: one reading of a URL, the web's schemes and ports."""

from dataclasses import replace

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.fetch.address import objection
from crawler.fetch.outcome import FailureKind, RefusalKind
from crawler.fetch.target import UrlRefusedError, configured_ports, read_target
from crawler.fetch.walls import classify_page
from tests.making import make_source


@pytest.mark.parametrize(
    ("spelling", "host"),
    [
        ("http://2130706433/", "127.0.0.1"),
        ("http://0x7f000001/", "127.0.0.1"),
        ("http://0x7f.0.0.1/", "127.0.0.1"),
        ("http://0177.0.0.1/", "127.0.0.1"),
        ("http://127.1/", "127.0.0.1"),
        ("http://127.0.0.1./", "127.0.0.1"),
        ("http://127。0。0。1/", "127.0.0.1"),
        ("http://①②⑦.⓪.⓪.①/", "127.0.0.1"),
        ("http://%31%32%37.0.0.1/", "127.0.0.1"),
        ("http:\\\\127.0.0.1\\x", "127.0.0.1"),
        ("http:127.0.0.1", "127.0.0.1"),
        ("\thttp://127.0.0.1\n/", "127.0.0.1"),
        ("http://127.0.0.1\\@paper.example/", "127.0.0.1"),
        ("http://127.0.0.1#@paper.example/", "127.0.0.1"),
        ("http://[::ffff:127.0.0.1]/", "::ffff:7f00:1"),
        ("http://[0:0:0:0:0:0:0:1]/", "::1"),
    ],
)
def test_row_20_every_spelling_of_an_address_is_read_as_that_address(
    spelling: str, host: str
) -> None:
    target = read_target(spelling)
    assert target.host == host
    assert objection(target.host)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://paper.example@127.0.0.1/", RefusalKind.USERINFO),
        ("https://user:secret@paper.example/", RefusalKind.USERINFO),
        ("file:///etc/passwd", RefusalKind.SCHEME),
        ("ftp://paper.example/a", RefusalKind.SCHEME),
        ("gopher://paper.example:70/_x", RefusalKind.SCHEME),
        ("data:text/html,<p>x", RefusalKind.SCHEME),
        ("javascript:alert(1)", RefusalKind.SCHEME),
        ("ws://paper.example/", RefusalKind.SCHEME),
        ("http://paper.example:22/", RefusalKind.PORT),
        ("http://paper.example:25/", RefusalKind.PORT),
        ("http://paper.example:1023/", RefusalKind.PORT),
        ("http://paper.example:6379/", RefusalKind.PORT),
        ("http://paper.example:11211/", RefusalKind.PORT),
        ("http://", RefusalKind.BAD_URL),
        ("http://[::1/", RefusalKind.BAD_URL),
        ("http://a b.example/", RefusalKind.BAD_URL),
        ("http://paper.example:99999/", RefusalKind.BAD_URL),
        ("http://\ud800.example/", RefusalKind.BAD_URL),
        ("/relative", RefusalKind.BAD_URL),
        ("", RefusalKind.BAD_URL),
        ("http://paper.example/" + "x" * 2083, RefusalKind.TOO_LONG),
        ("http://paper.example/" + "ж" * 1000, RefusalKind.TOO_LONG),
    ],
)
def test_row_20_row_22_row_23_what_is_not_the_web_is_refused(
    url: str, kind: RefusalKind
) -> None:
    with pytest.raises(UrlRefusedError) as refusal:
        read_target(url)
    assert refusal.value.kind is kind
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("port", [80, 443, 1024, 8000, 8080, 8443, 65535])
def test_row_23_the_webs_usual_ports_are_open(port: int) -> None:
    assert read_target(f"http://paper.example:{port}/").port == port


def test_row_23_a_port_the_operator_wrote_is_open() -> None:
    source = replace(make_source(), feeds=("http://paper.example:81/feed",))
    assert configured_ports(source) == {81}
    assert read_target("http://paper.example:81/x", ports=configured_ports(source)).port == 81


def test_a_fragment_is_not_sent() -> None:
    assert read_target("https://paper.example/a?b=1#c").url == "https://paper.example/a?b=1"


def test_a_relative_url_is_read_against_its_page() -> None:
    assert read_target("../b", "https://paper.example/x/y/a").url == "https://paper.example/x/b"


def test_the_origin_names_its_port() -> None:
    assert read_target("https://[2a00:1450::1]/a").origin == "https://[2a00:1450::1]:443"


@given(st.text(max_size=80))
def test_no_text_does_anything_but_name_a_target_or_be_refused(text: str) -> None:
    try:
        target = read_target(text, "https://paper.example/")
    except UrlRefusedError:
        return
    assert target.url.isascii()
    assert target.scheme in ("http", "https")
    assert read_target(target.url) == target


@settings(max_examples=200, deadline=None)
@given(
    host=st.text(min_size=1, max_size=12),
    rest=st.text(st.characters(max_codepoint=0x2FF), max_size=30),
)
def test_httpx_reads_our_spelling_as_we_do_or_not_at_all(host: str, rest: str) -> None:
    """What was vetted is what is sent: the two parsers must not disagree on what ada wrote."""
    try:
        target = read_target(f"http://{host}/{rest}")
        url = httpx.Request("GET", target.url).url
    except (UrlRefusedError, httpx.InvalidURL, UnicodeError):
        return
    assert url.raw_host.decode().strip("[]") == target.host
    assert (url.scheme, url.port or 80, url.userinfo) == (target.scheme, target.port, b"")
    assert target.url.endswith(url.raw_path.decode())
    login = classify_page(target.url, "https://paper.example/login", {}, b"")
    assert login in (None, FailureKind.LOGIN)  # and nothing is raised for any URL

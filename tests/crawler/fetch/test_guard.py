"""docs/security.md, rows 17 to 29 and 97: redirects, addresses, names, TLS, credentials."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Sequence
from dataclasses import replace

import pytest
import trustme

from crawler.fetch.errors import BlockedAddressError, NameNotResolvedError
from crawler.fetch.guard import vetted_addresses
from crawler.fetch.outcome import Failed, FailureKind, Fetched, RefusalKind, Refused
from crawler.fetch.resolver import SystemResolver
from tests.crawler.fetch.servers import (
    Page,
    answer,
    asking,
    fetching,
    redirect,
    resolving,
    serving,
)

PAGE = answer(b"<p>The page</p>")


@pytest.mark.parametrize(
    ("pages", "asked"),
    [
        pytest.param({"/0": redirect("/0")}, 1, id="to itself"),
        pytest.param({"/0": redirect("/1"), "/1": redirect("/0")}, 2, id="ping-pong"),
        pytest.param({f"/{i}": redirect(f"/{i + 1}") for i in range(50)}, 11, id="50 hops"),
    ],
)
async def test_row_17_a_circle_of_redirects_is_one_failure(
    pages: dict[str, Page], asked: int
) -> None:
    async with serving(pages) as site, fetching() as fetcher:
        outcome = await fetcher.fetch(asking(f"{site.url}/0"))
        assert isinstance(outcome, Failed)
        assert outcome.kind is FailureKind.REDIRECTS
        assert len(site.paths) == asked


async def test_row_18_four_honest_redirects_lead_to_the_page() -> None:
    pages: dict[str, Page] = {
        "/a/0": redirect("1?x=%C3%A9", 301),
        "/a/1?x=%C3%A9": redirect("../b", 302),
        "/b": redirect("/c#top", 307),
        "/c": redirect("//127.0.0.1:PORT/d", 308),
        "/d": PAGE,
    }
    async with serving(pages) as site, fetching() as fetcher:
        pages["/c"] = redirect(f"//127.0.0.1:{site.port}/d", 308)
        outcome = await fetcher.fetch(asking(f"{site.url}/a/0"))
        assert isinstance(outcome, Fetched)
        assert outcome.url == f"{site.url}/d"
        assert [url.removeprefix(site.url) for url in outcome.redirects] == list(pages)[:4]


@pytest.mark.parametrize(
    "name",
    [
        *("127.0.0.1", "2130706433", "0x7f.1", "127.1", "①②⑦.0.0.1", "[::1]", "localhost"),
        *("[::ffff:127.0.0.1]", "10.0.0.1", "169.254.169.254", "100.64.0.1", "[fe80::1]"),
        *("[64:ff9b::7f00:1]", "[2002:7f00:1::]", "224.0.0.1", "0.0.0.0", "inner.example"),
    ],
)
async def test_row_19_row_20_no_redirect_leads_into_a_private_network(name: str) -> None:
    names: dict[str, str | list[str]] = {
        "localhost": ["127.0.0.1", "::1"],
        "inner.example": "10.1.2.3",
    }
    async with (
        serving({"/secret": PAGE}) as inner,
        fetching(private=False, resolve=resolving(names)) as fetcher,
    ):
        outcome = await fetcher.fetch(asking(f"http://{name}:{inner.port}/secret"))
        assert isinstance(outcome, Refused)
        assert outcome.kind is RefusalKind.BLOCKED_ADDRESS
        assert inner.connections == 0


async def test_row_19_a_page_we_may_read_cannot_send_us_where_we_may_not() -> None:
    """The source may use loopback; the cloud's metadata it may not reach even so."""
    lure = redirect("http://169.254.169.254/latest/meta-data/")
    async with serving({"/page": lure}) as site, fetching() as fetcher:
        outcome = await fetcher.fetch(asking(f"{site.url}/page"))
        assert isinstance(outcome, Refused)
        assert outcome.kind is RefusalKind.BLOCKED_ADDRESS


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.1"],
        ["93.184.216.34", "127.0.0.1"],
        ["2606:4700::1", "::1"],
        ["::ffff:10.0.0.1"],
    ],
)
async def test_row_19_one_bad_address_among_the_answers_spoils_all(answers: list[str]) -> None:
    with pytest.raises(BlockedAddressError, match=r"paper\.example leads to"):
        await vetted_addresses(
            "paper.example", 80, resolving({"paper.example": answers}), allow_private=False
        )


async def test_row_21_a_name_that_changes_its_mind_is_never_asked_twice() -> None:
    """Rebinding: the first answer is public, every later one, the system's too, is our own."""
    asked: list[str] = []

    async def rebinding(host: str, _: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.9"] if len(asked) == 1 else ["127.0.0.1"]

    async with (
        serving({"/page": PAGE}, host="127.0.0.1") as inner,
        fetching(resolve=rebinding) as fetcher,
    ):
        outcome = await fetcher.fetch(asking(f"http://localhost:{inner.port}/page"))
        assert isinstance(outcome, Failed)  # nobody listens at the first answer
        assert outcome.kind is FailureKind.CONNECT
        assert inner.connections == 0
        assert asked == ["localhost"]


@pytest.mark.parametrize("attempt", range(8))
async def test_row_21_mixed_answers_never_touch_the_private_one(attempt: int) -> None:
    answers = ["93.184.216.34", "127.0.0.1"]
    rotated = answers[attempt % 2 :] + answers[: attempt % 2]
    resolve = resolving({"paper.example": rotated})
    async with (
        serving({"/page": PAGE}) as inner,
        fetching(private=False, resolve=resolve) as fetcher,
    ):
        outcome = await fetcher.fetch(asking(f"http://paper.example:{inner.port}/page"))
        assert isinstance(outcome, Refused)
        assert inner.connections == 0


@pytest.mark.parametrize(
    ("to", "kind"),
    [
        ("file:///etc/passwd", RefusalKind.SCHEME),
        ("ftp://127.0.0.1/x", RefusalKind.SCHEME),
        ("gopher://127.0.0.1:70/x", RefusalKind.SCHEME),
        ("data:text/html,x", RefusalKind.SCHEME),
        ("javascript:alert(1)", RefusalKind.SCHEME),
        ("http://127.0.0.1:25/", RefusalKind.PORT),
        ("http://user:word@127.0.0.1/", RefusalKind.USERINFO),
        ("http://[", RefusalKind.BAD_URL),
        ("/" + "x" * 3000, RefusalKind.TOO_LONG),
    ],
)
async def test_row_22_row_23_a_redirect_out_of_the_web_is_refused(
    to: str, kind: RefusalKind
) -> None:
    async with serving({"/page": redirect(to)}) as site, fetching() as fetcher:
        outcome = await fetcher.fetch(asking(f"{site.url}/page"))
        assert isinstance(outcome, Refused)
        assert outcome.kind is kind
        assert site.paths == ["/page"]


@pytest.mark.parametrize("name", ["xn--0.example", "-\u00e9.example", "\u00e9`.example"])
async def test_a_name_that_only_browsers_read_is_refused_and_raises_nothing(name: str) -> None:
    async with fetching() as fetcher:
        outcome = await fetcher.fetch(asking(f"http://{name}/"))
        assert isinstance(outcome, Refused)
        assert outcome.kind is RefusalKind.BAD_URL


async def test_row_24_nothing_that_a_page_names_is_fetched_by_itself() -> None:
    body = (
        b'<meta http-equiv=refresh content="0;url=/refresh"><link rel=stylesheet href=/s.css>'
        b"<img src=/pixel.gif><script src=/s.js></script><iframe src=/frame></iframe>"
    )
    fields = ("Link: </style.css>; rel=preload", "Refresh: 0; url=/refreshed")
    async with serving({"/page": answer(body, *fields)}) as site, fetching() as fetcher:
        await fetcher.fetch(asking(f"{site.url}/page"))
        assert site.all_paths == ["/page"]


async def test_row_16_row_26_no_cookie_and_no_credential_is_ever_sent() -> None:
    cookies = [f"Set-Cookie: bomb{i}={'x' * 400}; Domain=127.0.0.2; Path=/" for i in range(150)]
    async with serving({"/page": PAGE}, host="127.0.0.2") as other:
        lure = answer(b"", *cookies, f"Location: {other.url}/page", status="302 Found")
        async with serving({"/page": lure}) as site, fetching() as fetcher:
            for _ in range(2):
                assert isinstance(await fetcher.fetch(asking(f"{site.url}/page")), Fetched)
            heads = [*site.heads, *other.heads]
    assert len(heads) == 4
    for head in heads:
        assert "cookie" not in head.lower()
        assert "authorization" not in head.lower()
        assert "referer" not in head.lower()
        assert len(head) < 1000


async def test_row_27_a_proxy_in_the_environment_is_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with serving({"/page": PAGE}) as site, serving({}) as proxy, fetching() as fetcher:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        assert isinstance(await fetcher.fetch(asking(f"{site.url}/page")), Fetched)
        assert proxy.connections == 0


AUTHORITY = trustme.CA()


def server_tls(*names: str, by: trustme.CA = AUTHORITY) -> ssl.SSLContext:
    """Make the context of a server that proves these names."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    by.issue_cert(*names).configure_cert(context)
    return context


def client_tls() -> ssl.SSLContext:
    """Make our own context, which trusts the test's authority."""
    context = ssl.create_default_context()
    AUTHORITY.configure_trust(context)
    return context


LOCAL = resolving({"paper.example": "127.0.0.1", "other.example": "127.0.0.1"})


async def test_https_is_spoken_to_the_name_though_the_address_was_vetted() -> None:
    tls = server_tls("paper.example")
    async with (
        serving({"/page": PAGE}, tls=tls) as site,
        fetching(resolve=LOCAL, tls=client_tls()) as fetcher,
    ):
        for _ in range(2):
            outcome = await fetcher.fetch(asking(f"https://paper.example:{site.port}/page"))
            assert isinstance(outcome, Fetched)
        assert f"Host: paper.example:{site.port}" in site.heads[0]
        assert site.connections == 1


@pytest.mark.parametrize(
    "tls",
    [
        pytest.param(server_tls("other.example"), id="another name"),
        pytest.param(server_tls("paper.example", by=trustme.CA()), id="unknown authority"),
    ],
)
async def test_row_28_a_bad_certificate_gets_no_request(tls: ssl.SSLContext) -> None:
    async with (
        serving({"/page": PAGE}, tls=tls) as site,
        fetching(resolve=LOCAL, tls=client_tls()) as fetcher,
    ):
        request = asking(f"https://paper.example:{site.port}/page")
        outcome = await fetcher.fetch(request)
        assert isinstance(outcome, Failed)
        assert outcome.kind is FailureKind.TLS
        assert outcome.kind.weight == 1
        assert site.heads == []
        # The operator may look away, for this one source.
        open_eyed = replace(request, source=replace(request.source, verify_tls=False))
        assert isinstance(await fetcher.fetch(open_eyed), Fetched)
        assert isinstance(await fetcher.fetch(request), Failed)  # not over that connection


async def test_row_29_a_source_declared_https_is_not_led_to_http() -> None:
    async with serving({"/page": PAGE}) as plain:
        lure = redirect(f"{plain.url}/page")
        async with (
            serving({"/page": lure}, tls=server_tls("paper.example")) as site,
            fetching(resolve=LOCAL, tls=client_tls()) as fetcher,
        ):
            outcome = await fetcher.fetch(asking(f"https://paper.example:{site.port}/page"))
            assert isinstance(outcome, Refused)
            assert outcome.kind is RefusalKind.DOWNGRADE
            assert plain.connections == 0


async def test_a_second_address_is_tried_when_the_first_one_does_not_answer() -> None:
    resolve = resolving({"paper.example": ["127.0.0.77", "127.0.0.1"]})
    async with serving({"/page": PAGE}) as site, fetching(resolve=resolve) as fetcher:
        outcome = await fetcher.fetch(asking(f"http://paper.example:{site.port}/page"))
        assert isinstance(outcome, Fetched)


async def test_row_97_silent_dns_costs_its_time_and_a_bounded_number_of_threads() -> None:
    release = threading.Event()

    def silent(host: str, port: int) -> list[str]:
        if host.startswith("silent"):
            release.wait(20)
        return ["127.0.0.1"]

    resolve = SystemResolver(0.1, silent)
    before = threading.active_count()
    try:
        names = [f"silent{i}.example" for i in range(60)]
        found = await asyncio.gather(*(resolve(n, 80) for n in names), return_exceptions=True)
        assert all(isinstance(each, NameNotResolvedError) for each in found)
        assert threading.active_count() - before <= 16
    finally:
        release.set()


async def test_row_97_other_names_are_found_while_dns_is_silent_for_one() -> None:
    release = threading.Event()

    def lookup(host: str, port: int) -> list[str]:
        if host == "silent.example":
            release.wait(20)
        return ["127.0.0.1"]

    resolve = SystemResolver(0.25, lookup)
    try:
        waiting = asyncio.create_task(resolve("silent.example", 80))
        assert await resolve("paper.example", 80) == ["127.0.0.1"]
        assert not waiting.done()
        with pytest.raises(NameNotResolvedError, match="no answer from DNS"):
            await waiting
    finally:
        release.set()


async def test_row_97_known_names_are_found_while_a_hundred_domains_are_silent() -> None:
    release = threading.Event()

    def lookup(host: str, port: int) -> list[str]:
        if host.startswith("silent"):
            release.wait(20)
        return ["127.0.0.1"]

    resolve = SystemResolver(0.5, lookup)
    try:
        await resolve("paper.example", 80)
        names = [f"silent.hostile{n}.example{n}" for n in range(100)]
        waiting = [asyncio.create_task(resolve(name, 80)) for name in names]
        await asyncio.sleep(0)
        assert await resolve("paper.example", 80) == ["127.0.0.1"]
        with pytest.raises(NameNotResolvedError, match="too many other names"):
            await resolve("new.example", 80)
        assert len(await asyncio.gather(*waiting, return_exceptions=True)) == 100
        release.set()
        assert await resolve("new.example", 80) == ["127.0.0.1"], "it was not its fault"
    finally:
        release.set()


async def test_row_97_what_answered_an_earlier_process_is_known_to_the_next() -> None:
    release = threading.Event()

    def lookup(host: str, port: int) -> list[str]:
        if host.startswith("silent"):
            release.wait(20)
        return ["127.0.0.1"]

    resolve = SystemResolver(0.5, lookup, known={"paper.example"})
    try:
        names = [f"silent.hostile{n}.example{n}" for n in range(100)]
        waiting = [asyncio.create_task(resolve(name, 80)) for name in names]
        await asyncio.sleep(0)
        assert await resolve("paper.example", 80) == ["127.0.0.1"]
        await asyncio.gather(*waiting, return_exceptions=True)
    finally:
        release.set()


async def test_row_97_of_a_silent_domain_no_more_new_names_are_asked() -> None:
    release, asked = threading.Event(), list[str]()

    def lookup(host: str, port: int) -> list[str]:
        asked.append(host)
        if host != "www.hostile.example":
            release.wait(20)
        return ["127.0.0.1"]

    resolve = SystemResolver(0.1, lookup)
    try:
        await resolve("www.hostile.example", 80)
        for n in range(5):
            with pytest.raises(NameNotResolvedError):
                await resolve(f"x{n}.hostile.example", 80)
        assert asked == ["www.hostile.example", "x0.hostile.example"]
        assert await resolve("www.hostile.example", 80) == ["127.0.0.1"], "it has answered"
    finally:
        release.set()


@pytest.mark.parametrize(
    ("failure", "again"),
    [
        pytest.param(OSError("server failure"), 60, id="any failure"),
        pytest.param(socket.gaierror(socket.EAI_NONAME, "no such name"), 60, id="no such name"),
        pytest.param(socket.gaierror(socket.EAI_AGAIN, "try again"), 5, id="a lost packet"),
    ],
)
async def test_row_97_a_name_that_failed_is_not_asked_for_again_at_once(
    failure: OSError, again: float
) -> None:
    asked: list[float] = []
    now = 1000.0

    def failing(host: str, port: int) -> list[str]:
        asked.append(now)
        raise failure

    resolve = SystemResolver(0.5, failing, now=lambda: now)
    for later in (0.0, again - 1, 1.0):
        now += later
        with pytest.raises(NameNotResolvedError):
            await resolve("paper.example", 80)
    assert asked == [1000.0, 1000.0 + again]


async def test_row_97_of_names_that_failed_only_so_many_are_remembered() -> None:
    asked = list[str]()

    def failing(host: str, port: int) -> list[str]:
        asked.append(host)
        raise OSError("no such name")

    resolve = SystemResolver(5.0, failing)
    for name in ("first.example", *(f"x{n}.example" for n in range(1000)), "first.example"):
        with pytest.raises(NameNotResolvedError):
            await resolve(name, 80)
    assert asked.count("first.example") == 2


async def test_row_97_a_known_name_that_kept_us_waiting_is_one_of_the_others_for_a_while() -> (
    None
):
    release, now, silent = threading.Event(), 1000.0, {"paper.example"}

    def lookup(host: str, port: int) -> list[str]:
        if host in silent or host.startswith("silent"):
            release.wait(20)
        return ["127.0.0.1"]

    resolve = SystemResolver(0.2, lookup, known={"paper.example"}, now=lambda: now)
    try:
        with pytest.raises(NameNotResolvedError, match="no answer from DNS"):
            await resolve("paper.example", 80)
        silent.clear()
        now += 61
        names = [f"silent.hostile{n}.example{n}" for n in range(20)]
        for again, found in ((0.0, False), (600.0, True)):
            now += again
            waiting = [asyncio.create_task(resolve(name, 80)) for name in names]
            await asyncio.sleep(0)
            if found:
                assert await resolve("paper.example", 80) == ["127.0.0.1"]
            else:
                with pytest.raises(NameNotResolvedError, match="too many other names"):
                    await resolve("paper.example", 80)
            await asyncio.gather(*waiting, return_exceptions=True)
    finally:
        release.set()


async def test_row_97_no_name_raises_anything_else() -> None:
    resolve = SystemResolver(2.0)
    for name in ("nowhere.invalid", "a" * 300 + ".invalid", "x..invalid"):
        with pytest.raises(NameNotResolvedError):
            await resolve(name, 80)

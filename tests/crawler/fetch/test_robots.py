"""robots.txt by RFC 9309: its examples, and docs/security.md, rows 51 to 53."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from crawler.fetch.client import Fetcher
from crawler.fetch.identity import product_token
from crawler.fetch.outcome import (
    Deferred,
    Disallowed,
    Failed,
    FailureKind,
    Fetched,
    FetchKind,
    Outcome,
)
from crawler.fetch.robots import pack, read_robots
from tests.crawler.fetch.servers import (
    QUICK,
    Page,
    Site,
    answer,
    asking,
    fetching,
    flood,
    hang_up,
    redirect,
    serving,
    with_robots,
)
from tests.making import NOW

PAGE = answer(b"<p>The page</p>")

# RFC 9309, 5.1: the simple example; the second group has two user agents.
SIMPLE = """\
User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: bazbot
Disallow: /example/page.html

User-Agent: quxbot
"""
# RFC 9309, 5.2: the longest match.
LONGEST = """\
User-Agent: foobot
Allow: /example/page/
Disallow: /example/page/disallowed.gif
"""


def allows(text: str, token: str, path: str) -> bool:
    return read_robots(pack(text.encode()), token).allows(f"https://paper.example{path}")


@pytest.mark.parametrize(
    ("token", "path", "allowed"),
    [
        ("otherbot", "/", True),
        ("otherbot", "/picture.gif", False),
        ("otherbot", "/picture.gif?size=1", True),
        ("otherbot", "/example/", False),
        ("otherbot", "/example/page.html", False),
        ("otherbot", "/publications/a.html", True),
        ("otherbot", "/publications/a.gif", True),
        ("foobot", "/", False),
        ("foobot", "/picture", False),
        ("foobot", "/example/page.html", True),
        ("foobot", "/example/allowed.gif", True),
        ("foobot", "/example/other.html", False),
        ("FooBot", "/example/other.html", False),
        ("barbot", "/example/page.html", False),
        ("barbot", "/example/other.html", True),
        ("bazbot", "/example/page.html", False),
        ("bazbot", "/picture.gif", True),
        ("quxbot", "/example/page.html", True),
        ("quxbot", "/picture.gif", True),
    ],
)
def test_rfc_9309_simple_example(token: str, path: str, allowed: bool) -> None:
    assert allows(SIMPLE, token, path) is allowed


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/example/page/", True),
        ("/example/page/a.gif", True),
        ("/example/page/disallowed.gif", False),
        ("/example/page/disallowed.gif?x", False),
    ],
)
def test_rfc_9309_longest_match(path: str, allowed: bool) -> None:
    assert allows(LONGEST, "foobot", path) is allowed


@pytest.mark.parametrize(
    ("rule", "path", "matches"),
    [
        # 2.2.2: what is encoded and what is not are the same.
        pytest.param("/foo/bar?baz=quz", "/foo/bar?baz=quz", True, id="query"),
        pytest.param("/foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar", True,
                     id="a URL in the query"),
        pytest.param("/foo/bar/ツ", "/foo/bar/%E3%83%84", True, id="not ASCII"),
        pytest.param("/foo/bar/%E3%83%84", "/foo/bar/%E3%83%84", True, id="encoded"),
        pytest.param("/foo/bar/%62%61%7A", "/foo/bar/baz", True, id="encoded for nothing"),
        # 2.2.3: # ends a line, $ ends a path, * is any number of characters.
        pytest.param("/foo # comment", "/foo", True, id="comment"),
        pytest.param("/this/path/exactly$", "/this/path/exactly", True, id="$ matches"),
        pytest.param("/this/path/exactly$", "/this/path/exactly/not", False, id="$ ends"),
        pytest.param("/this/*/exactly", "/this/path/exactly", True, id="*"),
        pytest.param("/this/*/exactly", "/this/and/that/exactly", True, id="* over slashes"),
        pytest.param("/path/file-with-a-%2A.html", "/path/file-with-a-*.html", True, id="%2A"),
        pytest.param("/path/foo-%24", "/path/foo-$", True, id="%24"),
        # 2.2.2: paths are case-sensitive, and a rule matches from the first octet on.
        pytest.param("/Private", "/private", False, id="case"),
        pytest.param("/private", "/a/private", False, id="not from the start"),
        pytest.param("", "/anything", False, id="an empty rule"),
    ],
)  # fmt: skip
def test_rfc_9309_a_rule_matches(rule: str, path: str, matches: bool) -> None:
    assert allows(f"User-agent: *\nDisallow: {rule}\n", "presswatch", path) is not matches


@pytest.mark.parametrize(
    ("text", "path", "rule"),
    [
        pytest.param(
            "User-agent: *\nDisallow: /a\nDisallow: /a/b # why\n",
            "/a/b/c",
            "/a/b",
            id="longest",
        ),
        pytest.param(
            "User-agent: *\nDisallow: /\n"
            "User-agent: x\nUser-agent: Presswatch\nDisallow: /n*$\n",
            "/news",
            "/n*$",
            id="ours, not everybody's",
        ),
        pytest.param("user-agent:*\ndisallow : /%6E?q=\n", "/n?q=1", "/%6E?q=", id="spelled"),
        pytest.param("User-agent: *\rDisallow: *.pdf\r", "/a.pdf", "*.pdf", id="a wildcard"),
        pytest.param(
            "User-agent: *\n" + "".join(f"Disallow: /n{'e' * n}*x\n" for n in range(400))
            + "Disallow: /n\n", "/" + "n" + "e" * 400, "", id="not searched for ever",
        ),
    ],
)  # fmt: skip
def test_a_refusal_names_its_rule_as_the_file_spells_it(
    text: str, path: str, rule: str
) -> None:
    rules = read_robots(pack(text.encode()), "presswatch")
    url = f"https://paper.example{path}"
    assert not rules.allows(url)
    assert rules.why_not(url) == (f"Disallow: {rule}" if rule else "")


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        pytest.param("User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", True, id="allow wins"),
        pytest.param(
            "User-agent: presswatch\nDisallow: /a\n\nUser-agent: x\nAllow: /\n\n"
            "User-agent: PressWatch\nDisallow: /b\n",
            "/b",
            False,
            id="groups of one name are one",
        ),
        pytest.param(
            "User-agent: presswatch\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n",
            "/b",
            True,
            id="the star is for others",
        ),
        pytest.param("Disallow: /\n", "/a", True, id="a rule of no group"),
        pytest.param("User-agent: x\nDisallow: /\n", "/a", True, id="a group of others"),
        pytest.param("User-agent: *\nDisallow: /\n", "/robots.txt", True, id="the file itself"),
        pytest.param(
            "User-agent: *\nSitemap: https://paper.example/s.xml\nDisallow: /a\n", "/a", False,
            id="other records do not end a group",
        ),
        pytest.param(
            "User-agent: PressWatch/2.1 (x)\rDisallow: /a\r\rUser-agent: *\rDisallow: /\r",
            "/b",
            True,
            id="a version behind the name",
        ),
        pytest.param("\ufeffUser-agent: *\nDisallow: /a\n", "/a", False, id="BOM"),
        pytest.param("User-agent: *\rDisallow: /a\r", "/a", False, id="CR"),
        pytest.param("User-agent: *\r\n\r\n\r\nDisallow: /a\r\n", "/a", False, id="CRLF"),
        pytest.param("USER-AGENT : *\ndisallow:/a", "/a", False, id="case and spaces"),
        pytest.param("User-agent: *\nDis\0allow: /a\0\n", "/a", False, id="NUL"),
        pytest.param("<html><p>Not found</p></html>", "/a", True, id="a page"),
        pytest.param("\x00\x01\x02PNG\n\xff", "/a", True, id="garbage"),
        pytest.param("User-agent: *\nDisallow: /a" + "*" * 60 + "b\n", "/axb", False, id="60"),
    ],
)  # fmt: skip
def test_row_52_odd_files_are_read_as_far_as_they_go(
    text: str, path: str, allowed: bool
) -> None:
    assert allows(text, "presswatch", path) is allowed


def test_row_52_sixty_wildcards_against_a_long_path_come_to_an_end() -> None:
    rules = read_robots(pack(b"User-agent: *\nDisallow: /" + b"*a" * 60 + b"$\n"), "presswatch")
    url = "https://paper.example/" + "a" * 2000 + "b"
    assert rules.allows(url)  # by backtracking it would not end


def test_row_52_half_a_rule_at_the_cut_is_no_rule() -> None:
    start = b"User-agent: *\nDisallow: /private/\n"
    filling = b"#" * (500 * 1024 - len(start) - len(b"\nDisallow: /a"))
    rules = read_robots(pack(start + filling + b"\nDisallow: /a-long-name/"), "presswatch")
    assert rules.allows("https://paper.example/a")
    assert not rules.allows("https://paper.example/private/x")


def test_our_name_is_the_first_product_of_our_user_agent() -> None:
    assert product_token("presswatch/2026.11 (+https://desk.example)") == "presswatch"


async def visit(site: Site, fetcher: Fetcher, path: str = "/page") -> Outcome:
    return await fetcher.fetch(with_robots(asking(site.url + path)))


@pytest.mark.parametrize(
    ("robots", "fetched"),
    [
        pytest.param(answer(status="404 Not Found"), True, id="404"),
        pytest.param(answer(status="403 Forbidden"), True, id="403"),
        pytest.param(answer(status="401 Unauthorized"), True, id="401"),
        pytest.param(answer(status="410 Gone"), True, id="410"),
        pytest.param(redirect("/robots.txt"), True, id="a circle of redirects"),
        pytest.param(answer(status="500 Error"), False, id="500"),
        pytest.param(answer(status="503 Busy"), False, id="503"),
        pytest.param(answer(status="429 Too Many Requests"), False, id="429"),
        pytest.param(hang_up(b""), False, id="hung up"),
        pytest.param(hang_up(b"SSH-2.0\r\n"), False, id="not HTTP"),
        pytest.param(answer(b"User-agent: *\nDisallow: /"), False, id="disallowed"),
        pytest.param(answer(b"User-agent: *\nDisallow:"), True, id="allowed"),
        pytest.param(answer(b""), True, id="empty"),
        pytest.param(answer(b"\x89PNG\r\n\x1a\n" + bytes(99)), True, id="a picture"),
        pytest.param(answer(b"x", "Content-Encoding: gzip"), False, id="a broken coding"),
    ],
)
async def test_row_51_what_robots_txt_answers_decides(robots: Page, fetched: bool) -> None:
    pages = {"/robots.txt": robots, "/page": PAGE}
    async with serving(pages) as site, fetching() as fetcher:
        for _ in range(2):
            outcome = await visit(site, fetcher)
            assert isinstance(outcome, Fetched) is fetched
        assert bool(site.paths) is fetched


async def test_row_51_five_redirects_lead_to_the_rules_of_the_first_host() -> None:
    pages: dict[str, Page] = {f"/{hop}": redirect(f"/{hop + 1}") for hop in range(4)}
    pages |= {"/robots.txt": redirect("/0"), "/page": PAGE, "/private": PAGE}
    pages["/4"] = answer(b"User-agent: presswatch\nDisallow: /private\n")
    async with serving(pages) as site, fetching() as fetcher:
        assert isinstance(await visit(site, fetcher, "/private"), Disallowed)
        assert isinstance(await visit(site, fetcher), Fetched)


async def test_row_51_more_redirects_count_as_no_robots_txt() -> None:
    pages: dict[str, Page] = {f"/{hop}": redirect(f"/{hop + 1}") for hop in range(9)}
    pages |= {"/robots.txt": redirect("/0"), "/page": PAGE}
    async with serving(pages) as site, fetching() as fetcher:
        assert isinstance(await visit(site, fetcher), Fetched)
        assert len(site.all_paths) == 7


async def test_row_51_a_robots_txt_that_we_ask_for_too_often_closes_its_host() -> None:
    pages = {"/robots.txt": answer(status="429 Too Many Requests"), "/page": PAGE}
    async with serving(pages) as site, fetching() as fetcher:
        outcome = await visit(site, fetcher)
        assert isinstance(outcome, Failed)
        assert outcome.kind is FailureKind.ROBOTS_UNREACHABLE


def test_row_52_what_stands_behind_500_kib_does_not_count() -> None:
    noise = "# noise\n" * 64_000
    text = f"User-agent: *\nDisallow: /a\n{noise}Disallow: /b\n"
    assert not allows(text, "presswatch", "/a")
    assert allows(text, "presswatch", "/b")


@pytest.mark.parametrize(
    "filling",
    [
        pytest.param(hang_up, id="2 MB"),
        pytest.param(lambda start: flood(start, b"# noise\n" * 8192), id="endless"),
    ],
)
async def test_row_52_of_a_huge_robots_txt_the_start_counts(filling: object) -> None:
    start = b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /private/\n"
    make = filling
    assert callable(make)
    robots = make(start + b"# noise\n" * 250_000)
    pages = {"/robots.txt": robots, "/private/a": PAGE, "/page": PAGE}
    async with serving(pages) as site, fetching() as fetcher:
        assert isinstance(await visit(site, fetcher, "/private/a"), Disallowed)
        assert isinstance(await visit(site, fetcher), Fetched)
        assert site.paths == ["/page"]


async def test_every_hop_asks_the_robots_txt_of_its_own_host() -> None:
    async with (
        serving(
            {"/robots.txt": answer(b"User-agent: *\nDisallow: /page"), "/page": PAGE},
            host="127.0.0.2",
        ) as other,
        serving({"/page": redirect(f"{other.url}/page")}) as site,
        fetching() as fetcher,
    ):
        outcome = await visit(site, fetcher)
        assert isinstance(outcome, Disallowed)
        assert outcome.url == f"{other.url}/page"
        assert other.all_paths == ["/robots.txt"]


class Hands:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


async def test_row_51_robots_txt_is_asked_for_once_a_day() -> None:
    clock = Hands()
    pages = {"/robots.txt": answer(b"User-agent: *\nAllow: /"), "/page": PAGE}
    async with serving(pages) as site, fetching(clock=clock) as fetcher:
        for hours in (0, 10, 13.9, 0.2):
            clock.pass_by(hours=hours)
            await visit(site, fetcher)
        assert site.all_paths.count("/robots.txt") == 2
        assert len(site.paths) == 4


@pytest.mark.parametrize(
    ("robots", "pages"),
    [
        pytest.param(answer(b"User-agent: *\nAllow: /"), 1, id="it allows"),
        pytest.param(answer(b"User-agent: *\nDisallow: /page"), 0, id="it forbids"),
        pytest.param(answer(status="404 Not Found"), 1, id="there is none"),
        pytest.param(answer(status="500 Error"), 0, id="it cannot be had"),
    ],
)
async def test_a_robots_txt_that_was_read_for_its_sitemaps_is_not_asked_for_again(
    robots: Page, pages: int
) -> None:
    async with serving({"/robots.txt": robots, "/page": PAGE}) as site, fetching() as fetcher:
        await fetcher.fetch(asking(f"{site.url}/robots.txt", FetchKind.ROBOTS))
        asked = site.all_paths.count("/robots.txt")  # more than once where it fails
        await visit(site, fetcher)
        assert site.all_paths.count("/robots.txt") == asked
        assert len(site.paths) == pages


async def test_row_51_the_last_rules_count_for_a_month_when_out_of_reach() -> None:
    clock = Hands()
    pages: dict[str, Page] = {
        "/robots.txt": answer(b"User-agent: *\nDisallow: /private"),
        "/page": PAGE,
    }
    async with serving(pages) as site, fetching(clock=clock) as fetcher:
        assert isinstance(await visit(site, fetcher), Fetched)
        pages["/robots.txt"] = answer(status="500 Error")
        clock.pass_by(days=29)
        assert isinstance(await visit(site, fetcher), Fetched)
        assert isinstance(await visit(site, fetcher, "/private"), Disallowed)
        clock.pass_by(days=2)
        outcome = await visit(site, fetcher)
        assert isinstance(outcome, Failed)
        assert outcome.kind is FailureKind.ROBOTS_UNREACHABLE
        pages["/robots.txt"] = answer(status="404 Not Found")
        clock.pass_by(minutes=11)
        assert isinstance(await visit(site, fetcher), Fetched)


async def test_row_53_a_crawl_delay_of_a_lifetime_blocks_nobody() -> None:
    pages = {
        "/robots.txt": answer(b"User-agent: *\nCrawl-delay: 1000000000\n"),
        "/page": PAGE,
        "/next": PAGE,
    }
    clock = Hands()
    async with serving(pages) as site, fetching(clock=clock) as fetcher:
        assert isinstance(await visit(site, fetcher), Fetched)
        outcome = await visit(site, fetcher, "/next")
        assert isinstance(outcome, Deferred)
        assert timedelta(seconds=30) < outcome.until - clock.now <= timedelta(hours=1)
        assert site.paths == ["/page"]


async def test_a_crawl_delay_is_kept_between_two_requests() -> None:
    pages = {
        "/robots.txt": answer(b"User-agent: *\nCrawl-delay: 0.2\n"),
        "/page": PAGE,
        "/next": PAGE,
    }
    limits = replace(QUICK, patience=0.1)
    async with serving(pages) as site, fetching(limits) as fetcher:
        assert isinstance(await visit(site, fetcher), Fetched)
        assert isinstance(await visit(site, fetcher, "/next"), Deferred)


async def test_a_source_may_be_told_not_to_heed_robots_txt() -> None:
    pages = {"/robots.txt": answer(b"User-agent: *\nDisallow: /"), "/page": PAGE}
    async with serving(pages) as site, fetching() as fetcher:
        assert isinstance(await fetcher.fetch(asking(f"{site.url}/page")), Fetched)
        assert site.all_paths == ["/page"]

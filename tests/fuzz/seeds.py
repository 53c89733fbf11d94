"""What fuzzing begins with: whole inputs of the kind that each target reads, our own."""

import gzip
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
from backports import zstd

from alerts.importing.dialects import DIALECTS
from config.shapes import FILES
from crawler.demo.newsroom import OUTLETS
from crawler.demo.story import read_story
from crawler.demo.ways import atom, front_page, json_feed, robots, rss, sitemap
from crawler.discover.outcome import WayKind
from crawler.pages.views import VIEWS
from tests.crawler.pages.newsdesk import ATTACK
from tests.making import EXAMPLE

LARGEST = 20_000  # bytes of one input
FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
PAGES = ROOT / "tests/crawler/extract/pages"
STORIES = [
    read_story(file, file, f"https://newsroom.example/news/{file}-of-the-day")
    for file in ("seed", "az_road", "fa_corridor", "ru_talks", "football")
]
QUERIES = [
    'a NEAR/6 (b* OR "c d") AND NOT headline:e',
    "ATLEAST3(iran, baku) ORNEAR/2 x",
    "CASE(Report)",
    "lead:(a OR b) AND lang:az AND words:>300",
    "@corridor SAME/S diplomat*",
    "/dro+ne/ OR w?rd",
    "source:courier AND country:AM AND since:2026-01-01",
    "FUZZY(Zangezur) AND score:>3",
]
FOREIGN = [
    "hd=(iran or baku) and wc>1000 not (sport same cup)",
    "atleast5 karabakh w/5 peace and la=ru",
    "HLEAD(drone) AND LENGTH > 1200 OR treat! PRE/3 wom*n",
    "ALLCAPS(report) W/S shall",
    'title:iran AND ingress:(a OR b) NOT "iran baku"~4',
]
ADDRESSES = [
    "https://newsroom.example/news/a?utm_source=x&b=1#c",
    "http://xn--e1afmkfd.example:8080/%D0%B9",
    "HTTP://user:p@0x7f.1/..//a;s=1?q=%zz",
    "https://[::ffff:10.0.0.1]/",
    "//host/../x",
    "http://①②⑦.⓪.⓪.①/",
]
ANSWERS = [
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nT: 1\r\n\r\n",
    b"HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\nHTTP/1.0 200 OK\r\n\r\nuntil the end",
    b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 429 Slow\r\nRetry-After: Wed, 25 Nov 2026 07:00:00 GMT\r\n"
    b"Content-Length: 0\r\n\r\n",
    b'HTTP/1.1 304 Not Modified\r\nETag: W/"a"\r\nCache-Control: max-age=99, public\r\n\r\n',
    b"HTTP/1.1 200 OK\r\nExpires: 0\r\nAge: 5\r\nContent-Encoding: gzip\r\n\r\n"
    + gzip.compress(b"<p>hello"),
]
ROBOTS = [
    b"User-agent: *\nDisallow: /a*b$\nAllow: /news\nCrawl-delay: 5\nSitemap: https://x.example/s\n",
    b"\xef\xbb\xbfuser-agent:presswatch\rdisallow:/\r\rUser-agent: other\nDisallow:\n",
]
HUB = [
    b"hub.mode=subscribe&hub.challenge=abc&hub.lease_seconds=86400\nsha256=00\n"
    b'<https://hub.example/>; rel="hub", <https://a.example/>; rel=self',
    b"hub.mode=denied&hub.reason=no\nsha1=zz\n<x>; rel='hub self'",
]
REQUESTS = [
    b"api/search?q=minister+NEAR/5+president&days=30&limit=5",
    b"search?q=%22a%20b%22~&days=0",
    b"feeds/rules/zangezur-corridor.atom",
    b"feeds/desks/leyla.atom\nlocalhost:8080",
    b"api/stories?matched=1&before=1.2&limit=200",
    b"api/stories/1",
    b"sources/courier\nevil.example",
    b"leave/x.y",
    b"%2e%2e/%2e%2e/etc/passwd",
    b"api/openapi.json",
    b"metrics",
    b"style.css\n[::1]:80",
]
WORDS = [
    ATTACK,
    "Министры обсуждают коридор",
    "گفت‌وگو درباره کریدور",
    "=cmd|' /C calc'!A0",
    "\ufeff\u200b",
    "=?utf-8?q?Hi=0D=0ABcc:_x?=",
    "a\r\nBcc: x\n\n.\r\n",
    "javascript:alert(1)//http://x",
    "{% x %}{{7*7}}",
    "<svg/onload=x><!--]]>&#0;",
    "Z\u0351\u0351\u0351\u0351",
    "https://аpple.example/?a=<b>",
    "\x1b[31m\u2028",
]


def numbered(at: int, texts: list[bytes]) -> list[bytes]:
    """Put the byte that says which kind it is before each text."""
    return [bytes([at]) + text for text in texts]


def ways() -> Iterator[bytes]:
    """Yield feeds, sitemaps and section pages."""
    outlet = OUTLETS[0]
    made = {
        WayKind.FEED: [rss(outlet, STORIES), atom(outlet, STORIES), json_feed(outlet, STORIES)],
        WayKind.SITEMAP: [sitemap(outlet, STORIES)],
        WayKind.SECTION: [front_page(outlet, STORIES)],
    }
    for at, kind in enumerate(WayKind):
        yield from numbered(at, [each.encode() for each in made.get(kind, [])])


def configurations() -> Iterator[bytes]:
    """Yield the files of a configuration, each as what it is."""
    for at, kind in enumerate(sorted(FILES)):
        files = [*EXAMPLE.glob(f"{kind}.yaml"), *EXAMPLE.glob(f"{kind}/*.yaml")]
        yield from numbered(at, [file.read_bytes() for file in files])


def queries() -> Iterator[bytes]:
    """Yield queries: the example's, those of the language's guide, one of each operator."""
    yield from (each.encode() for each in QUERIES)
    for file in EXAMPLE.glob("rules/*.yaml"):
        for found in re.findall(r"match: *['\"]?(.+)", file.read_text(encoding="utf-8")):
            yield found.encode()
    for found in re.findall(r"`([^`\n]+)`", (ROOT / "docs/rules.md").read_text("utf-8")):
        yield found.encode()


def codings() -> Iterator[bytes]:
    """Yield a page in each coding, as targets number them."""
    page = (PAGES / "seed.txt").read_bytes()
    packed = (
        gzip.compress(page), zlib.compress(page), brotli.compress(page),
        zstd.compress(page), brotli.compress(gzip.compress(page)), page,
    )  # fmt: skip
    for at, each in enumerate(packed):
        yield bytes([at]) + each


def pages() -> Iterator[bytes]:
    """Yield the golden pages."""
    yield from (file.read_bytes() for file in sorted(PAGES.glob("*.html")))


def requests() -> Iterator[bytes]:
    """Yield requests, one of each page among them."""
    yield from REQUESTS
    for view in VIEWS:
        yield re.sub(r"{\w+:int}", "1", view.api_path).removeprefix("/").encode()


def words() -> Iterator[bytes]:
    """Yield what headlines may say."""
    yield from (each.encode() for each in WORDS)


SEEDS: dict[str, Callable[[], Iterator[bytes]]] = {
    "address": lambda: (each.encode() for each in ADDRESSES),
    "answer": lambda: iter([*numbered(3, ANSWERS), *numbered(255, ANSWERS)]),
    "charset": lambda: (
        f"{label}\n".encode() + each
        for label in ("", "cp1251", "x-sjis", "utf-16")
        for each in words()
    ),
    "coding": codings,
    "foreign_query": lambda: (
        bytes([at]) + each.encode() for at in range(len(DIALECTS)) for each in FOREIGN
    ),
    "hub": lambda: iter(HUB),
    "page": pages,
    "query": queries,
    "request": requests,
    "robots": lambda: iter([*ROBOTS, robots(OUTLETS[0], "https://x.example").encode()]),
    "settings": configurations,
    "way": ways,
}


def seeds(target: str) -> list[bytes]:
    """Return what a target's fuzzing begins with; the corpus that is kept comes with it."""
    kept = [*FOLDER.glob(f"corpus/{target}/*"), *FOLDER.glob(f"crashes/{target}/*")]
    made = SEEDS.get(target, words)()
    return [each[:LARGEST] for each in (*made, *(file.read_bytes() for file in kept))]

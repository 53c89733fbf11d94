"""How fast and how well links are found: feeds, sitemaps, section pages.

    python -m benchmarks.discover [--json]

CPU milliseconds of one core, medians of interleaved runs. Peers in the same run: feedparser
(as it comes, and with its sanitiser off) for feeds; ElementTree on the whole file for the
sitemap; a bare lexbor parse for section pages. The quality of learned links is measured on the
pages of the corpus beside courlan; what counts as true there is told in link_truth.py.
"""

import argparse
import gzip
import io
import json
import tracemalloc
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from statistics import median
from time import process_time
from xml.etree import ElementTree as ET

import courlan
import feedparser
from selectolax.lexbor import LexborHTMLParser

from benchmarks.front_pages import BASE as BASE_URL
from benchmarks.front_pages import front_pages
from benchmarks.link_truth import LinkTruth, truths
from benchmarks.truth import CORPUS, corpus
from config.source import Source
from crawler.discover.discovery import discover_links
from crawler.discover.outcome import Discovered, Way, WayKind
from storage.canonical import identity_key

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
SOURCE = Source(id="newsroom", url="https://newsroom.example/", name="Newsroom")
BASE = "https://newsroom.example/news"
TEXT = "The two ministers discussed the opening of the corridor, according to the agency. "


def feed(items: int, content: int = 40) -> bytes:
    """Make an RSS feed with full texts: 80 items are some 280 KB."""
    html = f"<p>{TEXT}</p>" * content
    entries = "".join(
        f"<item><title>Ministers discuss the corridor, part {n}</title>"
        f"<link>{BASE}/ministers-discuss-corridor-{n}</link><guid>{n}</guid>"
        f"<pubDate>{NOW - timedelta(minutes=n):%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        f"<description>{TEXT}</description><content:encoded><![CDATA[{html}]]>"
        "</content:encoded></item>"
        for n in range(items)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Newsroom</title>{entries}</channel></rss>"
    ).encode()


def sitemap(addresses: int) -> bytes:
    """Make a sitemap with a date for each address."""
    entries = "".join(
        f"<url><loc>{BASE}/{n}/ministers-discuss-the-corridor</loc>"
        f"<lastmod>{(NOW - timedelta(minutes=n)).isoformat()}</lastmod></url>"
        for n in range(addresses)
    )
    ns = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><urlset xmlns="{ns}">{entries}</urlset>'.encode()


def read(body: bytes, kind: WayKind, url: str = "https://newsroom.example/way") -> Discovered:
    """Discover the links of one document."""
    source = SOURCE if kind is not WayKind.SECTION else Source(id="x", url=url, name="x")
    way = Way(kind=kind, url=url)
    outcome = discover_links(body, url, None, source, now=NOW, way=way)
    assert isinstance(outcome, Discovered), outcome
    return outcome


def milliseconds(contestants: dict[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """Return the median CPU milliseconds of each, all taking turns."""
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(runs):
        for name, act in contestants.items():
            begun = process_time()
            act()
            taken[name].append((process_time() - begun) * 1000)
    return {name: median(times) for name, times in taken.items()}


def feeds() -> dict[str, float]:
    """Measure a well-formed feed and the same feed with one bare ampersand."""
    whole = feed(80)
    broken = whole.replace(b"part 7<", b"part 7 & more<")
    assert len(read(whole, WayKind.FEED).links) == len(read(broken, WayKind.FEED).links) == 80
    times = milliseconds(
        {
            "ours": lambda: read(whole, WayKind.FEED),
            "ours, broken feed": lambda: read(broken, WayKind.FEED),
            "feedparser": lambda: feedparser.parse(io.BytesIO(whole)),
            "feedparser, sanitiser off": lambda: feedparser.parse(
                io.BytesIO(whole), sanitize_html=False, resolve_relative_uris=False
            ),
        },
        runs=7,
    )
    print(f"feed of 80 items, {len(whole) / 1024:.0f} KB")
    return shown(times)


def sitemaps() -> dict[str, float]:
    """Measure a sitemap of 50,000 addresses, and the memory its reading takes."""
    body = sitemap(50_000)
    packed = gzip.compress(body)
    assert len(read(packed, WayKind.SITEMAP).links) == 2000
    times = milliseconds(
        {
            "ours": lambda: read(body, WayKind.SITEMAP),
            "ours, gzip": lambda: read(packed, WayKind.SITEMAP),
            "ElementTree, the whole tree": lambda: [e.text for e in ET.fromstring(body).iter()],  # noqa: S314 - our own bytes
        },
        runs=3,
    )
    tracemalloc.start()
    read(body, WayKind.SITEMAP)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    print(f"sitemap of 50,000 addresses, {len(body) / 2**20:.1f} MB; peak {peak:.1f} MB more")
    return shown(times) | {"peak_mb": peak}


def sections(pages: list[LinkTruth]) -> dict[str, float]:
    """Measure reading real pages, a median over pages."""
    texts = [(page.text.encode(), page.url) for page in pages[:60]]
    times = milliseconds(
        {
            "ours": lambda: [read(body, WayKind.SECTION, url) for body, url in texts],
            "bare lexbor parse": lambda: [LexborHTMLParser(b.decode()) for b, _ in texts],
            "courlan": lambda: [courlan.extract_links(b.decode(), url) for b, url in texts],
        },
        runs=3,
    )
    size = sum(len(body) for body, _ in texts) / len(texts) / 1024
    print(f"section pages, per page of {size:.0f} KB (mean of {len(texts)})")
    return shown({name: time / len(texts) for name, time in times.items()})


def shown(times: dict[str, float]) -> dict[str, float]:
    """Print a table of milliseconds and ratios to ours."""
    for name, time in times.items():
        print(f"  {name:<30} {time:9.2f} ms   {time / times['ours']:6.2f} x ours")
    return times


def ours(page: LinkTruth) -> Iterable[str]:
    """Return the links we take for articles."""
    return (link.url for link in read(page.text.encode(), WayKind.SECTION, page.url).links)


def of_courlan(page: LinkTruth) -> Iterable[str]:
    """Return the links courlan keeps."""
    found: Iterable[str] = courlan.extract_links(page.text, page.url, external_bool=False)
    return found


def keys(urls: Iterable[str]) -> set[int]:
    """Return the identities of addresses, so that no contestant suffers for cleaning them."""
    return {identity_key(url) for url in urls}


def quality(pages: list[LinkTruth]) -> dict[str, dict[str, float]]:
    """Measure precision and recall over the doubtless links of all pages."""
    articles = sum(len(keys(page.articles)) for page in pages)
    others = sum(len(keys(page.others)) for page in pages)
    print(f"learned links on {len(pages)} pages: {articles} articles, {others} others (silver)")
    scores = {}
    for name, contestant in (("ours", ours), ("courlan", of_courlan)):
        hits = wrong = 0
        for page in pages:
            taken = keys(contestant(page))
            hits += len(keys(page.articles) & taken)
            wrong += len(keys(page.others) & taken)
        precision, recall = hits / max(hits + wrong, 1), hits / max(articles, 1)
        scores[name] = {"precision": round(precision, 4), "recall": round(recall, 4)}
        print(f"  {name:<30} precision {precision:.3f}   recall {recall:.3f}")
    return scores


def own_pages() -> dict[str, dict[str, float]]:
    """Measure precision and recall on front pages of our own, where every link is known."""
    pages = list(front_pages())
    scores = {}
    print(f"learned links on {len(pages)} front pages of our own, every link known")
    for name, find in (("ours", ours), ("courlan", of_courlan)):
        hits = wrong = stories = 0
        for page in pages:
            taken = keys(find(LinkTruth(f"{BASE_URL}/", page.html, page.stories, frozenset())))
            truth = keys(page.stories)
            hits, wrong = hits + len(truth & taken), wrong + len(taken - truth)
            stories += len(truth)
        precision, recall = hits / max(hits + wrong, 1), hits / stories
        scores[name] = {"precision": round(precision, 4), "recall": round(recall, 4)}
        print(f"  {name:<30} precision {precision:.3f}   recall {recall:.3f}")
    return scores


def main() -> None:
    """Measure, print tables, and with --json one object on the last line."""
    parser = argparse.ArgumentParser(description="finding links")
    parser.add_argument("--json", action="store_true", help="one object on the last line")
    asked = parser.parse_args()
    of_feeds, of_sitemaps = feeds(), sitemaps()
    figures: dict[str, object] = {
        "feed_ms": round(of_feeds["ours"], 2),
        "feedparser_vs_ours": round(of_feeds["feedparser"] / of_feeds["ours"], 1),
        "broken_feed_ms": round(of_feeds["ours, broken feed"], 2),
        "sitemap_50000_ms": round(of_sitemaps["ours"]),
        "sitemap_50000_peak_mb": round(of_sitemaps["peak_mb"], 1),
        "elementtree_vs_ours": round(
            of_sitemaps["ElementTree, the whole tree"] / of_sitemaps["ours"], 2
        ),
    }
    figures["own_front_pages"] = own_pages()
    if CORPUS.is_dir():
        pages = list(truths(corpus("fundus", "fundus_eval", "aeb")))
        of_sections = sections(pages)
        figures["section_ms"] = round(of_sections["ours"], 2)
        figures["section_vs_parse"] = round(
            of_sections["ours"] / of_sections["bare lexbor parse"], 2
        )
        figures["learned_links"] = quality(pages)
    else:
        print(f"section pages not measured: {CORPUS} is not there")
    if asked.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()

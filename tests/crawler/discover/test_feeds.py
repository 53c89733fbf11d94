"""Feeds of every kind and in every condition give their links, or say why not."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from config.source import Source
from crawler.discover.discovery import discover_links
from crawler.discover.outcome import Discovered, Fault, Undiscoverable, Way, WayKind
from crawler.discover.xml_reader import read_xml
from tests.making import NOW, make_source

URL = "https://newsroom.example/feed.xml"
FEED = Way(kind=WayKind.FEED, url=URL)
HEADLINE = "Ministers discuss corridor"


def read(
    body: str | bytes, content_type: str | None = None, source: Source | None = None
) -> Discovered | Undiscoverable:
    raw = body.encode() if isinstance(body, str) else body
    return discover_links(raw, URL, content_type, source or make_source(), now=NOW, way=FEED)


def links(body: str | bytes, content_type: str | None = None) -> Discovered:
    read_ = read(body, content_type)
    assert isinstance(read_, Discovered), read_
    return read_


def rss(*items: str, head: str = "", prolog: str = '<?xml version="1.0"?>') -> str:
    return (
        f'{prolog}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Newsroom</title>'
        f"<link>https://newsroom.example/</link>{head}{''.join(items)}</channel></rss>"
    )


def item(n: int = 1, more: str = "<pubDate>Tue, 24 Nov 2026 06:00:00 GMT</pubDate>") -> str:
    return (
        f"<item><title>{HEADLINE}</title><link>https://newsroom.example/{n}</link>{more}</item>"
    )


SIX = datetime(2026, 11, 24, 6, tzinfo=UTC)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Newsroom</title><entry>'
    '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><b>Ministers</b> discuss'
    " corridor</div></title>"
    '<link rel="replies" href="/1/replies"/><link type="text/html" href="/1"/>'
    "<id>tag:x</id><updated>2026-11-24T06:00:00Z</updated></entry></feed>"
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns="http://purl.org/rss/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>N</title></channel>'
    '<item rdf:about="https://newsroom.example/1"><title>Ministers discuss corridor</title>'
    "<dc:date>2026-11-24T06:00:00+00:00</dc:date></item></rdf:RDF>"
)
RSS_091 = rss(
    item(),
    prolog='<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
    '"http://my.netscape.example/rss-0.91.dtd">',
)
RSS_090 = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns="http://my.netscape.com/rdf/simple/0.9/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    f"{item(more='<dc:date>2026-11-24T06:00:00Z</dc:date>')}</rdf:RDF>"
)
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "id": "1",
                "url": "/1",
                "title": HEADLINE,
                "date_published": "2026-11-24T06:00:00Z",
            }
        ],
    }
)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(rss(item()), id="RSS 2.0"),
        pytest.param(RSS_091, id="RSS 0.91 with its doctype"),
        pytest.param(RSS_090, id="RSS 0.90"),
        pytest.param(RDF, id="RSS 1.0, the address only in rdf:about"),
        pytest.param(ATOM, id="Atom with a title of markup and relative links"),
        pytest.param(JSON_FEED, id="JSON Feed"),
        pytest.param("\ufeff" + rss(item()), id="a byte order mark"),
        pytest.param("\n\n " + rss(item()), id="blank lines before the prolog"),
        pytest.param("<br />\n<b>Warning</b>: x in y.php\n" + rss(item()), id="a PHP warning"),
        pytest.param(rss(item()) + "<!-- cached --><div>", id="junk behind the end"),
        pytest.param(rss(item())[:-8], id="the end tag cut off"),
        pytest.param(rss(item(), item(2))[:-60], id="cut off inside the second item"),
        pytest.param(rss(item(), "<x:y>unbound</x:y>"), id="an undeclared prefix"),
        pytest.param(rss("<title>A & B</title>", item()), id="a bare ampersand"),
        pytest.param(
            rss(item()).replace('version="2.0"', 'version="2.0" xmlns="http://x.example/"'),
            id="a namespace nobody knows",
        ),
        pytest.param(
            rss(item(more="<pubDate>2026-11-24T06:00:00Z</pubDate>\x08")), id="control"
        ),
        pytest.param(rss("<title>Fewer < 30</title>", item()), id="a bare less-than"),
        pytest.param(
            rss(item(more="<dc:date>2026-11-24T06:00:00Z</dc:date>")).replace(
                'xmlns:dc="http://purl.org/dc/elements/1.1/"', ""
            ),
            id="a known prefix undeclared",
        ),
        pytest.param(
            rss(item()).replace("title", "TITLE").replace("item", "ITEM").replace("rss", "RSS"),
            id="capitals",
        ),
    ],
)
def test_row_42_a_feed_gives_its_link_title_and_date(body: str) -> None:
    found = links(body, "text/plain").links
    assert [(f.url, f.title, f.published) for f in found] == [
        ("https://newsroom.example/1", HEADLINE, SIX)
    ]


def test_row_42_a_large_feed_with_one_wrong_sign_is_read_to_its_end() -> None:
    """Feedparser would see a megabyte of it, and take seconds."""
    long = f"<description>{'a corridor ' * 1000}</description>"
    feed = links(
        rss(
            item(1, "<description>Q & A</description>"), *(item(n, long) for n in range(2, 190))
        )
    )
    assert {f"https://newsroom.example/{n}" for n in (1, 189)} <= {f.url for f in feed.links}


def test_row_42_what_html_calls_a_sign_needs_no_mending() -> None:
    feed = links(rss("<item><title>Ministers&nbsp;discuss</title><link>/1</link></item>"))
    assert [(f.title, feed.warnings) for f in feed.links] == [("Ministers discuss", ())]


@pytest.mark.parametrize(
    ("written", "path"),
    [
        pytest.param("/n?id=1&sec=eco&copy=2", "/n?id=1&sec=eco&copy=2", id="no sign is meant"),
        pytest.param("/n?id=1&lt=3", "/n?id=1&lt=3", id="nor by what looks like one"),
        pytest.param("<![CDATA[/n?id=1&sec=2]]>", "/n?id=1&sec=2", id="CDATA stays as it is"),
        pytest.param("/n?a=1&amp;b=2", "/n?a=1&b=2", id="what is escaped stays so"),
    ],
)
def test_a_sign_that_was_not_escaped_is_itself(written: str, path: str) -> None:
    (found,) = links(rss(f"<item><title>A & B</title><link>{written}</link></item>")).links
    assert (found.url, found.title) == (f"https://newsroom.example{path}", "A & B")


def test_marks_of_direction_around_an_address_are_no_part_of_it() -> None:
    marked = "\u200e https://newsroom.example/1\u202c"
    (found,) = links(rss(f"<item><title>x</title><link>{marked}</link></item>")).links
    assert found.url == "https://newsroom.example/1"


def test_a_json_feed_may_end_its_list_with_a_comma_and_count_seconds() -> None:
    body = JSON_FEED.replace('"2026-11-24T06:00:00Z"', "1795500000").replace("}]", ",},]")
    (found,) = links(body).links
    assert (found.url, found.published) == ("https://newsroom.example/1", SIX)


def test_a_feed_tells_how_often_it_wants_to_be_asked_and_its_hub() -> None:
    head = (
        "<ttl>90</ttl><skipHours><hour>0</hour><hour>24</hour><hour>x</hour></skipHours>"
        "<skipDays><day>Sunday</day></skipDays>"
        '<atom:link rel="hub" href="https://hub.example/"/>'
        '<atom:link rel="self" href="/me.xml"/>'
    )
    feed = links(rss(item(), head=head))
    assert feed.asks.ttl == timedelta(minutes=90)
    assert feed.asks.skip_hours == {0}
    assert feed.asks.skip_days == {6}
    assert feed.hub == "https://hub.example/"
    assert feed.topic == "https://newsroom.example/me.xml"


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        pytest.param(
            "<!DOCTYPE html><html><h1>Error 500</h1></html>", Fault.NOT_A_FEED, id="html"
        ),
        pytest.param(
            "<html><body><a href='/1'>One</a>", Fault.NOT_A_FEED, id="a page of links"
        ),
        pytest.param("", Fault.EMPTY, id="nothing"),
        pytest.param("%PDF-1.7 \x00", Fault.BINARY, id="a PDF"),
        pytest.param('{"error": "no such feed"}', Fault.NOT_A_FEED, id="JSON of another kind"),
        pytest.param('{"a":' * 5000, Fault.BROKEN, id="deep JSON"),
        pytest.param(
            rss("<item><title>Bridge returned error 500! (1)</title><link>/e</link></item>"),
            Fault.ERROR_REPORT,
            id="an error told as an item",
        ),
        pytest.param("<rss>" + "<a>" * 200, Fault.TOO_DEEP, id="deep XML"),
        pytest.param("<rss><item><title>&#x110000;", Fault.BROKEN, id="no such character"),
    ],
)
def test_what_is_no_feed_is_a_feed_error_and_not_news(body: str, fault: Fault) -> None:
    outcome = read(body, "text/html")
    assert isinstance(outcome, Undiscoverable), outcome
    assert outcome.fault is fault


ENTITIES = (
    pytest.param('<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">', id="billion laughs"),
    pytest.param(f'<!ENTITY a "{"ha" * 30_000}">', id="quadratic: a long one"),
    pytest.param('<!ENTITY a SYSTEM "file:///etc/passwd">', id="a file"),
    pytest.param(
        '<!ENTITY % a SYSTEM "http://127.0.0.1:1/x.dtd"> %a;', id="a parameter entity"
    ),
)


@pytest.mark.parametrize("declared", ENTITIES)
@pytest.mark.parametrize("broken", [False, True])
def test_row_30_row_31_a_feed_that_declares_entities_is_refused(
    declared: str, broken: bool
) -> None:
    body = rss(item(more="<category>&a;</category>"), prolog=f"<!DOCTYPE rss [{declared}]>")
    outcome = read(("<br>" if broken else "") + body)
    assert isinstance(outcome, Undiscoverable)
    assert outcome.fault is Fault.XML_ENTITIES


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(f"<description>{'x' * 9_000_000}</description>", id="one text"),
        pytest.param(f'<enclosure url="{"x" * 900_000}"/>', id="one attribute"),
        pytest.param(
            f"<description>{'<![CDATA[x]]>' * 90_000}</description>", id="many shreds"
        ),
        pytest.param(
            f"</item><item><link>/2</link><title>{'x' * 900_000}</title>", id="one title"
        ),
    ],
)
def test_row_32_a_huge_token_is_read_whole_or_refused_and_kept_short(more: str) -> None:
    match read(rss(item(more=more))):
        case Discovered(links=links):
            assert all(len(link.title) <= 500 for link in links)
        case Undiscoverable(fault=fault):
            assert fault is Fault.TOO_LARGE


@pytest.mark.parametrize("first", ["", "x" * 70_000 + "<b/>"], ids=["at once", "in parts"])
def test_row_32_of_an_elements_text_no_more_than_64_kib_is_kept(first: str) -> None:
    class Lengths:
        longest = 0

        def open(self, name: str, attributes: dict[str, str], depth: int) -> bool:
            return True

        def close(self, name: str, text: str | None, depth: int) -> None:
            self.longest = max(self.longest, len(text or ""))

    kept = Lengths()
    read_xml(f"<title>{first}{'x' * 900_000}{'<![CDATA[x]]>' * 9_000}</title>", kept)
    assert kept.longest == 65_536


def as_json(dates: Iterable[str]) -> str:
    """Write a JSON Feed with an item for each date."""
    items = [{"url": f"/{n}", "date_published": at} for n, at in enumerate(dates)]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})


def as_rss(dates: Iterable[str]) -> str:
    return rss(*(item(n, f"<pubDate>{at}</pubDate>") for n, at in enumerate(dates)))


def as_broken_rss(dates: Iterable[str]) -> str:
    """Write it so that only feedparser reads it."""
    return as_rss(dates).replace("<channel>", "<channel><title>a < b & c</title>")


@pytest.mark.parametrize("written", [as_rss, as_json, as_broken_rss])
def test_row_39_of_the_first_2000_items_the_newest_500_are_considered(
    written: Callable[[Iterable[str]], str],
) -> None:
    dates = (f"{NOW - timedelta(minutes=2500 - n):%Y-%m-%dT%H:%M:%SZ}" for n in range(2500))
    feed = links(written(dates))
    assert [f.url.rpartition("/")[2] for f in feed.links] == [str(n) for n in range(1500, 2000)]
    assert [each for each in feed.warnings if "2000" in each or "500" in each]


def test_row_39_an_address_of_no_length_is_not_even_resolved() -> None:
    found = links(rss(item(), f"<item><link>/{'x/../' * 1000}2</link></item>")).links
    assert [each.url for each in found] == ["https://newsroom.example/1"]


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(
            f"<item><title>{'x' * 10_000_000}</title><link>/2</link></item>", id="title"
        ),
        pytest.param(f"<item><title>x</title><link>/{'x' * 100_000}</link></item>", id="URL"),
        pytest.param(
            "<item><link>http://[::1/</link></item>", id="an address that cannot be read"
        ),
        pytest.param("<item><link>javascript:alert(1)</link></item>", id="a script"),
        pytest.param(
            "<item><link>http://user:pw@newsroom.example/2</link></item>", id="userinfo"
        ),
        pytest.param("<item/>", id="nothing"),
    ],
)
def test_row_39_one_bad_item_never_aborts_the_poll(bad: str) -> None:
    found = links(rss(bad, item())).links
    assert found[-1].url == "https://newsroom.example/1"
    assert all(len(f.title) <= 500 and len(f.url) <= 2083 for f in found)


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("2026-11-24", date(2026, 11, 24)),
        ("24.11.2026 06:00", SIX),
        ("Tue, 24 Nov 2026 06:00:00 +0400", SIX - timedelta(hours=4)),
        ("Tue, 24 Nov 2026 06:00:00 EST", SIX + timedelta(hours=5)),
        ("Tue, 24 Nov 2026 09:00:00 MSK", SIX),
        ("Tue, 24 Nov 2026 10:00:00 GMT+4", SIX),
        ("Tue, 24 Nov 2026 08:00:00 +02:00", SIX),
        ("Вт, 24 ноя 2026 10:00:00 +0400", SIX),
        ("24 Noyabr 2026 / 06:00", SIX),
        ("24. November 2026 - 6:00 Uhr", SIX),
        ("Tue Nov 24 2026 07:00:00 GMT+0100 (Central European Standard Time)", SIX),
        ("November 23, 2026, 5:15 pm MDT", datetime(2026, 11, 23, 23, 15, tzinfo=UTC)),
        ("Monday, 23-Nov-26 23:00:00 MST", SIX),
        ("1795500000", SIX),
        ("1795500000000", SIX),
        ("20261124", date(2026, 11, 24)),
        ("2026-11-4", date(2026, 11, 4)),
        ("11/05/2026 06:00 GMT", None),
        ("2026-11-23T24:00:00 +03:00", SIX - timedelta(hours=9)),
        ("Mon, 23 Nov 2026 24:00:00 GMT", SIX - timedelta(hours=6)),
        ("2026-11-23T24:15:00 +03:00", None),
        ("25-11-24", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("2026-11-25T08:00:00Z", None),
        ("-1", None),
        ("yesterday", None),
        ("Tue, 99 Nov 2026 99:99:99 GMT", None),
        ("x" * 70_000, None),
    ],
)
def test_row_40_a_date_that_cannot_be_is_no_date(written: str, published: object) -> None:
    (found,) = links(rss(item(more=f"<pubDate>{written}</pubDate>"))).links
    assert found.published == published


BARE = "2026-11-24T06:00:00"
BARE_RSS = rss(item(more=f"<pubDate>{BARE}</pubDate>"), head="<language>de-DE</language>")
BARE_ATOM = ATOM.replace(f"{BARE}Z", BARE).replace("<feed ", '<feed xml:lang="de" ')
BARE_RDF = RDF.replace(f"{BARE}+00:00", BARE).replace(
    "</channel>", "<dc:language>de</dc:language></channel>"
)
BARE_JSON = JSON_FEED.replace(f"{BARE}Z", BARE).replace("{", '{"language": "de", ', 1)
LOOSE = BARE_RSS.replace("<channel>", "<channel></wrong>")
SOURCE = make_source()


@pytest.mark.parametrize(
    ("body", "source", "hours_ahead"),
    [
        pytest.param(
            BARE_RSS, replace(SOURCE, timezone="Asia/Baku", country="US"), 4, id="zone"
        ),
        pytest.param(BARE_RSS, replace(SOURCE, country="TR", language="fi"), 3, id="country"),
        pytest.param(BARE_RSS, replace(SOURCE, language="fi"), 2, id="its language"),
        pytest.param(BARE_RSS, SOURCE, 1, id="RSS says its language"),
        pytest.param(BARE_ATOM, SOURCE, 1, id="Atom says its language"),
        pytest.param(BARE_RDF, SOURCE, 1, id="RSS 1.0 says its language"),
        pytest.param(BARE_JSON, SOURCE, 1, id="JSON Feed says its language"),
        pytest.param(LOOSE, SOURCE, 1, id="a broken feed says its language"),
        pytest.param(BARE_RSS.replace("de-DE", "en"), SOURCE, 0, id="nobody tells"),
    ],
)
def test_a_moment_without_a_zone_is_told_where_a_page_of_the_source_would_be(
    body: str, source: Source, hours_ahead: int
) -> None:
    found = read(body, source=source)
    assert isinstance(found, Discovered)
    assert [link.published for link in found.links] == [SIX - timedelta(hours=hours_ahead)]


def test_the_country_of_a_feeds_address_goes_before_its_language() -> None:
    url = "https://newsroom.tr/feed.xml"
    way = Way(kind=WayKind.FEED, url=url)
    body = BARE_RSS.encode()
    found = discover_links(body, url, None, make_source(), now=NOW, way=way)
    assert isinstance(found, Discovered)
    assert [link.published for link in found.links] == [SIX - timedelta(hours=3)]


@pytest.mark.parametrize(
    "encoding", ["windows-1251", "koi8-r", "utf-16", "iso-8859-5", "x-none"]
)
def test_row_36_charsets_are_read_as_declared_or_as_they_are(encoding: str) -> None:
    codec = "utf-8" if encoding == "x-none" else encoding
    title = "Министры обсудили Зангезурский коридор"
    text = rss(
        f"<item><title>{title}</title><link>/1</link></item>",
        prolog=f'<?xml version="1.0" encoding="{encoding}"?>',
    )
    assert links(text.encode(codec)).links[0].title == title


@pytest.mark.parametrize(
    ("header", "declared", "codec"),
    [
        pytest.param("utf-8", "Shift_JIS", "cp932", id="the header lies"),
        pytest.param("utf-8", "utf-8", "cp932", id="both lie"),
        pytest.param("utf-8", "iso-8859-1", "utf-8", id="one broken byte is no lie"),
    ],
)
def test_row_36_a_label_that_breaks_most_letters_is_not_believed(
    header: str, declared: str, codec: str
) -> None:
    title = "能力試験に二千人が集まり、ソバの花が見ごろになった"
    text = rss(
        f"<item><title>{title}</title><link>/1</link></item>",
        prolog=f'<?xml version="1.0" encoding="{declared}"?>',
    )
    body = text.encode(codec) + b"<!--\xff-->"
    assert links(body, f"text/xml; charset={header}").links[0].title == title


@pytest.mark.parametrize("label", ["zlib_codec", "idna", "utf-7", "rot13"])
def test_row_36_a_label_that_is_a_python_codec_is_not_run(label: str) -> None:
    body = rss(item(), prolog=f'<?xml version="1.0" encoding="{label}"?>').encode() + b"\xff"
    assert links(body, f"text/xml; charset={label}").links[0].title == HEADLINE


def test_row_37_row_38_titles_are_one_line_of_plain_text() -> None:
    title = "&lt;b&gt;Ministers&lt;/b&gt;\n\u202ediscuss\u200b &amp;amp; e" + "\u0301" * 90
    (found,) = links(rss(f"<item><title>{title}</title><link>/1</link></item>")).links
    assert found.title == "Ministers discuss & e" + "\u0301" * 4


def test_row_41_a_feed_whose_every_item_lacks_an_address_warns() -> None:
    feed = links(rss("<item><title>x</title></item>"))
    assert feed.warnings == ("none of the feed's items has a usable link",)
    assert feed.left_out == {"unusable address": 1}


def test_row_46_relative_addresses_and_fragments() -> None:
    atom = ATOM.replace("<entry>", '<entry xml:base="https://newsroom.example/world/">')
    found = links(atom.replace('href="/1"', 'href="1#top"')).links
    assert found[0].url == "https://newsroom.example/world/1"


def test_row_46_every_base_counts_within_the_one_around_it() -> None:
    atom = ATOM.replace("<entry>", '<entry xml:base="/world/">')
    atom = atom.replace('href="/1"', 'xml:base="2026/" href="1"')
    assert links(atom).links[0].url == "https://newsroom.example/world/2026/1"


def test_a_title_escaped_by_one_system_after_the_other_is_read_to_its_end() -> None:
    title = "&amp;amp;#8220;H&amp;amp;amp;M&amp;amp;#8221;"
    (found,) = links(rss(f"<item><title>{title}</title><link>/1</link></item>")).links
    assert found.title == "“H&M”"

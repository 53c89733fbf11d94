"""What is fuzzed: each takes any bytes, and fails when a promise about them is broken.

A target raises nothing for an input that is understood or refused in a typed way; everything
that escapes is a fault of ours.
"""

from collections.abc import Callable
from contextlib import suppress
from email import message_from_bytes

from alerts.delivery.mail import EXPECTED, UnsafeMail, build_mail
from alerts.delivery.render import render
from alerts.importing.dialects import DIALECTS
from alerts.importing.importing import import_query
from alerts.language.complaint import to_located
from alerts.language.parser import parse
from alerts.matching.ruleset import compile_rules
from config.errors import ConfigError
from config.load import load_text
from config.rule import RuleText
from config.shapes import FILES
from crawler.charset import decode
from crawler.discover import Discovered, Way, WayKind, discover_links
from crawler.extract import extract_article
from crawler.extract.json import from_json, to_json
from crawler.extract.text import to_text
from crawler.fetch.decode import decoders, unfold
from crawler.fetch.errors import BadEncodingError
from crawler.fetch.robots import read_robots
from crawler.fetch.target import UrlRefusedError, read_target
from storage.canonical import UnusableUrl, canonical_url, identity
from storage.signature import sign
from tests.alerts.telling import MAIL_SETTINGS, VOICE, make_note, make_notification
from tests.making import NOW, make_source

URL = "https://newsroom.example/news/a-long-story-of-the-day"
SOURCE = make_source()
TO = ("duty@desk.test",)
CODINGS = ("gzip", "deflate", "br", "zstd", "gzip, br", "")
STEP = 64 * 1024


def read_coding(data: bytes) -> None:
    """Undo a content coding; the first byte says which."""
    if not data:
        return
    coding = CODINGS[data[0] % len(CODINGS)]
    with suppress(BadEncodingError):
        chain = decoders(coding, 2)
        for step in unfold(chain, data[1:]):
            assert len(step) <= 2 * STEP


def read_way(data: bytes) -> None:
    """Discover links in a feed, sitemap or section page; the first byte says which."""
    kinds = list(WayKind)
    way = Way(kind=kinds[(data[0] if data else 0) % len(kinds)], url=URL)
    outcome = discover_links(data[1:], way.url, None, SOURCE, now=NOW, way=way)
    if isinstance(outcome, Discovered):
        assert len(outcome.links) <= 2000
        for link in outcome.links:
            (link.url + link.title).encode()
            assert len(link.url) <= 2083
            assert len(link.title) <= 500


def read_rules_of_a_host(data: bytes) -> None:
    """Read a robots.txt and ask it."""
    written = read_robots(data, "presswatch")
    assert written.allows(URL) in {True, False}
    assert written.crawl_delay >= 0


def read_page(data: bytes) -> None:
    """Extract an article, sign it, keep it and take it back."""
    article = extract_article(data, URL, now=NOW)
    to_text(article).encode()
    sign(article)
    assert from_json(to_json(article, candidates=True)) == article


def read_charset(data: bytes) -> None:
    """Turn bytes into text, however they call themselves."""
    label, _, body = data.partition(b"\n")
    decode(body, f"text/html; charset={label.decode('latin-1')}").encode()


def read_query(data: bytes) -> None:
    """Parse a query, and compile it when it is one."""
    text = data.decode("utf-8", "replace")
    parsed = parse(text)
    assert all(0 <= each.offset <= len(text) for each in parsed.complaints)
    rule = RuleText(id="r", place=to_located("r"), name="r", match=to_located(text))
    with suppress(ConfigError):
        compile_rules([rule])


def read_foreign_query(data: bytes) -> None:
    """Translate a query of another product; the first byte says of which."""
    products = sorted(DIALECTS)
    import_query(
        data[1:].decode("utf-8", "replace"), products[(data or b"\0")[0] % len(products)]
    )


def read_settings(data: bytes) -> None:
    """Load a configuration file; the first byte says which."""
    kinds = sorted(FILES)
    with suppress(ConfigError):
        text = data[1:].decode("utf-8", "replace")
        load_text(kinds[(data or b"\0")[0] % len(kinds)], "f.yaml", text, {})


def write_mail(data: bytes) -> None:
    """Write an alert whose every word is a stranger's."""
    text = data.decode("utf-8", "surrogatepass") if _decodes(data) else data.decode("latin-1")
    note = make_note(headline=text, newsroom=text, url=text)
    notification = make_notification(subject=text, article=note)
    with suppress(UnsafeMail):
        mail = build_mail(render("r/1/duty", notification, VOICE), TO, MAIL_SETTINGS)
        assert {name.lower() for name in message_from_bytes(mail.content)} <= EXPECTED


def read_address(data: bytes) -> None:
    """Read an address as the fetcher and the ledger do."""
    text = data.decode("utf-8", "replace")
    with suppress(UrlRefusedError):
        read_target(text)
    with suppress(UnusableUrl):
        once = canonical_url(text)
        assert canonical_url(once) == once
        identity(once)


def _decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


TARGETS: dict[str, Callable[[bytes], None]] = {
    "address": read_address,
    "charset": read_charset,
    "coding": read_coding,
    "foreign_query": read_foreign_query,
    "mail": write_mail,
    "page": read_page,
    "query": read_query,
    "robots": read_rules_of_a_host,
    "settings": read_settings,
    "way": read_way,
}

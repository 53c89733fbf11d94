"""What a hostile host puts into a body: bombs, markup without an end, addresses that trap."""

import zlib
from collections.abc import Callable

import brotli
from backports import zstd

from benchmarks.hostile_pages import Asked, answer, feed, kind_of, page, plain
from benchmarks.hostile_wire import Fault, sending

# Bombs, made once.


_ZEROS = b"\0" * (1 << 20)
_packer = zlib.compressobj(9, zlib.DEFLATED, 31)
GZIP_BOMB = b"".join(_packer.compress(_ZEROS) for _ in range(300)) + _packer.flush()
BR_BOMB = brotli.compress(b" " * (1 << 26), quality=5)
ZSTD_BOMB = zstd.compress(b" " * (1 << 28))
DEEP = b"<div>" * 200_000
ATTRIBUTES = b"<p " + b" ".join(b"a%d=1" % n for n in range(120_000)) + b">"
FORMATTING = b"<p>" + b"<a><b><i><font><u>" * 9000 + b"</p>" + b"<div></b>" * 9000
TABLES = b"<table>" * 30_000
OPTIONS = b"<select>" + b"<option><optgroup>" * 60_000
JSON_DEEP = b'<script type="application/ld+json">' + b"[" * 200_000 + b"</script>"
DIGITS = (
    b'<script type="application/ld+json">{"@type":"NewsArticle","a":'
    + b"9" * 90_000
    + b"}</script>"
)
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><rss><channel><item><title>&j;</title></item></channel></rss>"
)
XXE = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title><link>http://a.example/1</link></item></channel></rss>'
MANY = "".join(f"<item><link>/flood/{n}</link></item>" for n in range(100_000))
LONG_LINE = b"<html><body><p>" + b"word " * 1_900_000


def html(body: bytes) -> Callable[[Asked], bytes]:
    """Return a page of the host's with something hostile in it."""
    return lambda asked: answer(
        page(asked.base, asked.path.rpartition("-")[2]).replace(b"</article>", body),
        kind_of(asked),
    )


def packed(body: bytes, *codings: str) -> Callable[[Asked], bytes]:
    """Return an answer that says how it is packed."""
    return lambda asked: answer(body, f"Content-Encoding: {', '.join(codings)}", kind_of(asked))


def charset(name: str, body: bytes) -> Fault:
    """Return a body of a charset that lies or cannot be read."""
    return sending(
        lambda asked: answer(plain(asked) + body, f"Content-Type: text/html; charset={name}")
    )


def hijack(asked: Asked) -> bytes:
    """Claim to be the article of an honest host."""
    other = f"http://127.9.0.0:{asked.port}/news/2026/report-on-the-corridor-3"
    return answer(
        page(asked.base, "3").replace(
            b"<head>", f"<head><link rel=canonical href='{other}'>".encode()
        ),
        kind_of(asked),
    )


def churn(asked: Asked) -> bytes:
    """Show nothing but new addresses at every look."""
    return answer(
        feed(asked.base, [asked.dice.randrange(10**9) for _ in range(1500)]), kind_of(asked)
    )


TRAPS = (
    "/a" * 90,
    "/cal?year=9999&month=1",
    "/x;jsessionid=1",
    "//[::1",
    "http://a:99999/",
    "/" + "u" * 100_000,
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "http://169.254.169.254/latest",
    "http://0x7f.1/",
    "http://127.0.0.1:6379/",
    "\u202ehttp://x/",
    "http://a b/",
)


def traps(asked: Asked) -> bytes:
    """Show addresses that lead nowhere new."""
    items = "".join(f"<item><title>t</title><link>{link}</link></item>" for link in TRAPS)
    return answer(feed(asked.base, [1, 2], items), kind_of(asked))

"""All the ways to misbehave that we know, by name."""

import gzip

from benchmarks.hostile_bodies import (
    ATTRIBUTES,
    BR_BOMB,
    DEEP,
    DIGITS,
    FORMATTING,
    GZIP_BOMB,
    JSON_DEEP,
    LAUGHS,
    LONG_LINE,
    MANY,
    OPTIONS,
    TABLES,
    XXE,
    ZSTD_BOMB,
    charset,
    churn,
    hijack,
    html,
    packed,
    traps,
)
from benchmarks.hostile_pages import (
    answer,
    feed,
    kind_of,
    page,
    plain,
)
from benchmarks.hostile_wire import (
    Fault,
    dripping,
    endless,
    header_flood,
    interim_flood,
    just_close,
    redirecting,
    refusing,
    reset,
    sending,
    silence,
    trailer_flood,
)

FAULTS: dict[str, Fault] = {
    "endless body": endless,
    "one byte a second": dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"<", 1.0),
    "just fast enough": dripping(
        b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n", b"<p>a</p>" * 40, 1.0
    ),
    "a slow header": dripping(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 2.0),
    "silence": silence,
    "reset": reset,
    "closed": just_close,
    "header flood": header_flood,
    "1xx flood": interim_flood,
    "trailer flood": trailer_flood,
    "gzip bomb": sending(packed(GZIP_BOMB, "gzip")),
    "gzip bomb in gzip": sending(packed(gzip.compress(GZIP_BOMB), "gzip", "gzip")),
    "br bomb": sending(packed(BR_BOMB, "br")),
    "zstd bomb": sending(packed(ZSTD_BOMB, "zstd")),
    "three codings": sending(packed(gzip.compress(b"x"), "gzip", "gzip", "gzip")),
    "corrupt gzip": sending(packed(gzip.compress(b"x" * 9999)[:-40] + b"?" * 40, "gzip")),
    "unknown coding": sending(packed(b"abc", "exi")),
    "too short": sending(lambda asked: answer(plain(asked), length="999999"), close=True),
    "no last chunk": sending(
        lambda asked: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n",
        close=True,
    ),
    "two lengths": sending(
        lambda asked: b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde"
    ),
    "length and chunks": sending(
        lambda asked: (
            b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        )
    ),
    "bad chunk": sending(
        lambda asked: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"
    ),
    "poison": sending(
        lambda asked: (
            answer(plain(asked), kind_of(asked)) + answer(page("http://evil.example", "666"))
        )
    ),
    "10^15 bytes": sending(lambda asked: answer(b"a", length="1000000000000000")),
    "http/0.9": sending(lambda asked: b"<html>hello</html>", close=True),
    "ssh": sending(lambda asked: b"SSH-2.0-OpenSSH_9.6\r\n", close=True),
    "status 999": refusing("999 Odd"),
    "status 20000": sending(lambda asked: b"HTTP/1.1 20000 OK\r\n\r\n", close=True),
    "204": sending(lambda asked: b"HTTP/1.1 204 No Content\r\n\r\n"),
    "206": refusing("206 Partial Content", "Content-Range: bytes 0-3/9"),
    "304": sending(lambda asked: b"HTTP/1.1 304 Not Modified\r\n\r\n"),
    "cookies": sending(
        lambda asked: answer(
            plain(asked),
            kind_of(asked),
            *[f"Set-Cookie: c{n}={'x' * 900}; Domain=.1" for n in range(90)],
        )
    ),
    "a circle": redirecting(lambda asked: f"{asked.path}"),
    "no end of redirects": redirecting(
        lambda asked: f"{asked.base}/r{asked.dice.randrange(10**9)}"
    ),
    "to another": redirecting(
        lambda asked: (
            f"http://127.9.1.{asked.dice.randrange(255)}:{asked.port}/news/2026/report-1"
        )
    ),
    "to metadata": redirecting(lambda asked: "http://169.254.169.254/latest/meta-data"),
    "to a file": redirecting(lambda asked: "file:///etc/passwd"),
    "to nowhere": redirecting(lambda asked: "http://[::ffff:0:0]:9/"),
    "429 for ever": refusing("429 Slow Down", "Retry-After: 99999999999999999999"),
    "503 in the past": refusing("503 Down", "Retry-After: Mon, 01 Jan 1900 00:00:00 GMT"),
    "500": refusing("500 Oops"),
    "403 wall": refusing("403 Forbidden", "cf-mitigated: challenge"),
    "401": refusing("401 Unauthorized"),
    "410": refusing("410 Gone"),
    "laughs": sending(lambda asked: answer(LAUGHS, kind_of(asked))),
    "xxe": sending(lambda asked: answer(XXE, kind_of(asked))),
    "deep xml": sending(lambda asked: answer(b"<rss>" + b"<a>" * 300_000, kind_of(asked))),
    "100,000 items": sending(lambda asked: answer(feed(asked.base, [1], MANY), kind_of(asked))),
    "deep html": sending(html(DEEP)),
    "attributes": sending(html(ATTRIBUTES)),
    "formatting": sending(html(FORMATTING)),
    "tables": sending(html(TABLES)),
    "options": sending(html(OPTIONS)),
    "deep json": sending(html(JSON_DEEP)),
    "digits": sending(html(DIGITS)),
    "one long line": sending(lambda asked: answer(LONG_LINE, "Content-Type: text/html")),
    "codec zlib": charset("zlib_codec", b""),
    "codec idna": charset("idna", b""),
    "utf-7": charset("utf-7", b"+ADw-script+AD4-"),
    "broken utf-8": charset("utf-8", b"<p>\xed\xa0\x80\xff\0\xf0\x28</p>"),
    "bidi": sending(
        html("<p>\u202e\u2066abc\u0300\u0301".encode() + "\u0302".encode() * 900 + b"</p>")
    ),
    "pdf": sending(lambda asked: answer(b"%PDF-1.7\n" + b"\0" * 5000, kind_of(asked))),
    "giant etag": sending(
        lambda asked: answer(plain(asked), f'ETag: "{"x" * 60_000}"', kind_of(asked))
    ),
    "max-age": sending(
        lambda asked: answer(
            plain(asked), "Cache-Control: max-age=1000000000000", kind_of(asked)
        )
    ),
    "hijack": sending(hijack),
    "churn": sending(churn),
    "traps": sending(traps),
    "one text for all": sending(
        lambda asked: answer(page(asked.base, "0"), "Content-Type: text/html")
    ),
    "empty": sending(lambda asked: answer(b"")),
    "nul": sending(lambda asked: answer(b"\0" * 100_000, "Content-Type: text/html")),
}
ROBOTS = (
    b"User-agent: *\nDisallow: /private/\n",
    b"User-agent: *\nCrawl-delay: 1000000000\n",
    b"\xef\xbb\xbfUser-agent: *\rDisallow: " + b"/*a" * 60 + b"$\n",
    b"Disallow: /x\n" * 60_000,
    b"\0" * 50_000,
)

"""Leave out of a page's bytes what no reader of it asks for, and what many change each time.

Scripts and styles, comments, tokens of forms and of the server, what is fetched ahead, the data
that a page keeps for its scripts. Pages that differ in nothing else say the same: whoever reads
what is left need not ask whether a change could have reached the article, for it would be in
there.

Only bytes are looked at, and what looks odd stays: an unclosed script, one inside another.
Every step goes on behind what it found, so that no page makes it go over its bytes twice.
"""

import re
from typing import Final

# Of metas and links only those that are for scripts and for the browser, told by what they
# begin with, as they do nearly always.
_OPENS: Final = re.compile(
    rb"<(?:!--|s(?:cript|tyle)(?=[\s>])|i(?:nput|frame)(?=[\s/])"
    rb"|meta\s+(?:name|property)=[\"']?(?:_?csrf|xsrf|(?:csp-)?nonce|_?token|request-id)"
    rb"|link\s+rel=[\"']?(?:stylesheet|(?:module)?preload|(?:dns-)?prefetch)\b)"
)
_TAG: Final = re.compile(rb"<(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>")
_ENDS: Final = {
    b"script": re.compile(rb"</(?i:script)"),
    b"style": re.compile(rb"</(?i:style)"),
}
_QUOTES: Final = b"\"'`"
_SLASH: Final = ord("/")
_LINKED_DATA: Final = re.compile(rb"ld(?:\+|&#x2b;|&#43;|&plus;)json", re.IGNORECASE)
# Addresses of pictures stay, and what tells a byline or a date (images.py, authors.py,
# dated_nodes.py); so does what
# stands in no tag: "data-" in a text about pages. What is left must not begin a tag or end a
# comment that was none: "<!-- data-x=''>". The pattern begins with letters, since it is found
# three times as fast then.
_DATA: Final = re.compile(
    rb" data-(?<!- data-)(?!src|original|lazy|testid"
    rb"|[a-z-]*(?:date|time|stamp|publish|utc|seconds))[a-z-]+="
    rb"(?:\"[^\"<>]*\"|'[^'<>]*')(?=[\s/>])(?=[^<>]{0,400}+>)"
)
# One large host of pages disguises mail addresses, anew for each reader.
_HIDDEN_MAIL: Final = re.compile(rb"/cdn-cgi/l/email-protection#[0-9a-f]++")

# By how a tag begins: what stands for it.
_EMPTY: Final = {
    b"<in": b"<input", b"<if": b"<iframe", b"<me": b"<meta", b"<li": b"<link",
}  # fmt: skip

_Cut = tuple[int, bytes | None]  # where to go on; what stands there instead, if it is cut
_NO_END: Final = (-1, None)


def legible(page: bytes) -> bytes:
    """Return what can be read of a page; its elements stay, those that are cut are empty."""
    pieces: list[bytes] = []
    at = look = 0
    while (opened := _OPENS.search(page, look)) is not None:
        start = opened.start()
        look, instead = _cut(page, start)
        if look < 0:
            break
        if instead is not None:
            pieces += page[at:start], instead
            at = look
    pieces.append(page[at:])
    return _HIDDEN_MAIL.sub(b"/", _DATA.sub(b"", b"".join(pieces)))


def _cut(page: bytes, start: int) -> _Cut:
    begins = page[start : start + 3]
    if begins == b"<!-":
        return _comment(page, start)
    tag = _TAG.match(page, start)
    if tag is None:  # a stray quote
        return start + 1, None
    shut = tag.end() - 1
    if begins == b"<sc":
        return _raw(page, start, shut, b"script")
    if begins == b"<st":
        return _raw(page, start, shut, b"style")
    return shut, _EMPTY[begins]


def _comment(page: bytes, start: int) -> _Cut:
    end = page.find(b"-->", start + 2) + 3
    if end < 3:
        return _NO_END
    odd = page.find(b"--!>", start, end) >= 0  # closes it, too
    return end, None if odd else b"<!---->"


def _raw(page: bytes, start: int, shut: int, name: bytes) -> _Cut:
    """Empty a script or style; of one that holds an article's data only the tag is cut."""
    ended = _ENDS[name].search(page, shut)
    if ended is None:
        return _NO_END
    end = ended.start()
    if page[shut - 1] == _SLASH or _holds_another(page, name, shut, end):
        return end, None
    if name == b"script" and _LINKED_DATA.search(page, start, shut):
        return end, b'<script type="application/ld+json"' + page[shut:end]
    return end, b"<" + name + b">"


def _holds_another(page: bytes, name: bytes, shut: int, end: int) -> bool:
    """Tell what may be no script, or end later than it seems; its strings may name one."""
    inner = page.find(b"<" + name, shut, end)
    if inner >= 0 and page.find(b"<!--", shut, end) >= 0:
        return True
    while inner >= 0:
        if page[inner - 1] not in _QUOTES:
            return True
        inner = page.find(b"<" + name, inner + 1, end)
    return False

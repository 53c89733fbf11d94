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
    rb"<(?:(!--)|(script|style)(?=[\s>])|(input|iframe)(?=[\s/])"
    rb"|(meta)\s+(?:name|property)=[\"']?(?:_?csrf|xsrf|(?:csp-)?nonce|_?token|request-id)"
    rb"|(link)\s+rel=[\"']?(?:stylesheet|(?:module)?preload|(?:dns-)?prefetch)\b)"
)
_LINKED_DATA: Final = re.compile(rb"ld(?:\+|&#x2b;|&#43;|&plus;)json", re.IGNORECASE)
# Addresses of pictures stay, and what tells a byline (images.py, authors.py); so does what
# stands in no tag: "data-" in a text about pages.
_DATA: Final = re.compile(
    rb" data-(?!src|original|lazy|testid)[a-z-]+=(?:\"[^\"<>]*\"|'[^'<>]*')(?=[^<>]{0,400}+>)"
)
# One large host of pages disguises mail addresses, anew for each reader.
_HIDDEN_MAIL: Final = re.compile(rb"/cdn-cgi/l/email-protection#[0-9a-f]++")

_Cut = tuple[int, bytes | None]  # where to go on; what stands there instead, if it is cut
_NO_END: Final = (-1, None)


def legible(page: bytes) -> bytes:
    """Return what can be read of a page; its elements stay, those that are cut are empty."""
    pieces: list[bytes] = []
    at = look = 0
    while (opened := _OPENS.search(page, look)) is not None:
        look, instead = _cut(page, opened)
        if look < 0:
            break
        if instead is not None:
            pieces += page[at : opened.start()], instead
            at = look
    pieces.append(page[at:])
    return _HIDDEN_MAIL.sub(b"/", _DATA.sub(b"", b"".join(pieces)))


def _cut(page: bytes, opened: re.Match[bytes]) -> _Cut:
    name = opened[opened.lastindex or 0]
    if name == b"!--":
        return _comment(page, opened.start())
    shut = page.find(b">", opened.end())
    if shut < 0:
        return _NO_END
    if name in (b"script", b"style"):
        return _raw(page, name, opened.start(), shut)
    return shut, b"<" + name


def _comment(page: bytes, start: int) -> _Cut:
    end = page.find(b"-->", start + 2) + 3
    if end < 3:
        return _NO_END
    odd = page.find(b"--!>", start, end) >= 0  # closes it, too
    return end, None if odd else b"<!---->"


def _raw(page: bytes, name: bytes, start: int, shut: int) -> _Cut:
    """Empty a script or style; of one that holds an article's data only the tag is cut."""
    end = page.find(b"</" + name, shut)
    if end < 0:
        return _NO_END
    tag = page[start:shut]
    odd = tag.endswith(b"/") or tag.count(b'"') % 2 or tag.count(b"'") % 2
    if odd or page.find(b"<" + name, shut, end) >= 0:
        return end, None
    if name == b"script" and _LINKED_DATA.search(tag):
        return end, b'<script type="application/ld+json"' + page[shut:end]
    return end, b"<" + name + b">"

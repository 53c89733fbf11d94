"""Say the same in other bytes each time, in the ways of publishers' servers."""

from collections.abc import Callable
from typing import Final

Change = Callable[[bytes, int], bytes]  # a page, and how often one was asked for


def comment(page: bytes, time: int) -> bytes:
    """Say at the end when the page was made, as caches do."""
    return page + b"<!-- made in %d ms -->" % time


def token(page: bytes, time: int) -> bytes:
    """Give each reader a token, in a meta and in a form."""
    head = b'<meta name="csrf-token" content="%032x">' % time
    form = b'<form action="/in"><input type="hidden" name="t" value="%032x"></form>' % time
    return _before(b"</body>", form, _before(b"</head>", head, page))


def nonce(page: bytes, time: int) -> bytes:
    """Let those scripts alone run that have this answer's nonce; one of them knows the time."""
    page = page.replace(b"<script", b'<script nonce="%016x"' % time)
    clock = b'<script nonce="%016x">window.shown={"at":%d}</script>' % (time, time)
    return _before(b"</head>", clock, page)


def advertisements(page: bytes, time: int) -> bytes:
    """Give the places of advertisements other numbers."""
    slots = b"".join(b'<div class="ad" data-slot="%d-%d"></div>' % (n, time) for n in range(5))
    return _before(b"</body>", slots, page)


def counter(page: bytes, time: int) -> bytes:
    """Show how many have read it."""
    return _before(b"</body>", b"<p>%d readers</p>" % (1000 + time), page)


def related(page: bytes, time: int) -> bytes:
    """Show five of the other articles below, others each time."""
    titles = (
        b'<li><a href="/n/%d">Report %d of the region</a></li>' % (time + n, time + n)
        for n in range(5)
    )
    return _before(b"</body>", b"<ul>%s</ul>" % b"".join(titles), page)


def _before(tag: bytes, what: bytes, page: bytes) -> bytes:
    """Put something before the last such tag, or at the end of a page that has none."""
    at = page.rfind(tag)
    return page + what if at < 0 else page[:at] + what + page[at:]


CHANGES: Final[dict[str, Change]] = {
    each.__name__: each for each in (comment, token, nonce, advertisements, counter, related)
}

"""Change a page in the ways in which another publisher would have written it.

Each disturbance takes away one signal, or adds a stranger, and leaves the truth as it is: a
field that falls far under one of them leaned on that signal alone. Pages are changed as text
that a parser wrote out, so attributes are quoted and every element is closed.
"""

import re
from collections.abc import Callable, Iterator
from hashlib import blake2b
from itertools import product
from typing import Final

from selectolax.lexbor import LexborHTMLParser

_KEPT: Final = re.compile(
    r"(<script\b.*?</script>|<style\b.*?</style>|<!--.*?-->|<textarea\b.*?</textarea>)",
    re.DOTALL | re.IGNORECASE,
)
_NAME: Final = re.compile(r'\b(class|id)="([^"]*)"')
_TAG: Final = re.compile(r"<[a-zA-Z][^>]*>")
_LD: Final = re.compile(r"<script[^>]*ld\+json[^>]*>.*?</script>", re.DOTALL | re.IGNORECASE)
_META: Final = re.compile(r"<meta\b(?![^>]*charset)[^>]*>", re.IGNORECASE)
_ITEMPROP: Final = re.compile(r'\sitem(?:prop|type|scope|id)="[^"]*"')
_LANG: Final = re.compile(r'(<html\b[^>]*?)\s(?:xml:)?lang="[^"]*"', re.IGNORECASE)
_DIVS: Final = re.compile(
    r"(</?)(?:article|main|section|figure|figcaption|header|aside|address|footer|nav)\b"
)
_TIME: Final = re.compile(r"<time\b[^>]*>")
_PARAGRAPH: Final = re.compile(r"<p\b[^>]*>")
_BODY: Final = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_SENTENCES: Final = (
    "The harbour office expects fewer ships this winter than in any year since the war.",
    "Two bakers of the old town have agreed to share one oven until the spring.",
    "Nobody had seen the white stork so late in November, the bird keeper said.",
    "The library opens its reading room again after eleven months of building work.",
    "A tram driver found a wallet with four thousand crowns and brought it back.",
    "Pupils of the northern school planted ninety trees along the river bank.",
)
_CONSENT: Final = (
    "<p>We and our 847 partners store and access information on a device, such as cookies, and"
    " process personal data, such as unique identifiers, for personalised ads and content, ad"
    " measurement, audience research and services development.</p><p>With your permission we"
    " and our partners may use precise geolocation data and identification through device"
    " scanning. You may consent to our and our partners’ processing as described above.</p>"
    "<p>Your preferences will apply to this website only. You can change them at any time by"
    " returning to this site or visiting our privacy policy.</p>"
)


def _outside_scripts(change: Callable[[str], str]) -> Callable[[str], str]:
    """Apply a change to the markup only."""

    def changed(page: str) -> str:
        pieces = _KEPT.split(page)
        return "".join(
            piece if number % 2 else change(piece) for number, piece in enumerate(pieces)
        )

    return changed


def _opaque(match: re.Match[str]) -> str:
    tokens = (
        f"x{blake2b(each.encode(), digest_size=4).hexdigest()}" for each in match[2].split()
    )
    return f'{match[1]}="{" ".join(tokens)}"'


def _names_hashed(page: str) -> str:
    return _TAG.sub(lambda tag: _NAME.sub(_opaque, tag[0]), page)


def _without_json_ld(page: str) -> str:
    return _LD.sub("", page)


def _without_article_body(page: str) -> str:
    return page.replace('"articleBody"', '"wordsOfIt"')


def _without_metas(page: str) -> str:
    return _META.sub("", page)


def _plain_tags(page: str) -> str:
    page = _TIME.sub("<span>", _DIVS.sub(r"\1div", page))
    return page.replace("</time>", "</span>")


def _without_microdata(page: str) -> str:
    return _TAG.sub(lambda tag: _ITEMPROP.sub("", tag[0]), page)


def _breaks(page: str) -> str:
    return _PARAGRAPH.sub("", page).replace("</p>", "<br><br>")


def _paragraphs_as_divs(page: str) -> str:
    return _PARAGRAPH.sub("<div>", page).replace("</p>", "</div>")


def _wrapped_twice(page: str) -> str:
    page = re.sub(r"<(div|p)\b([^>]*)>", r"<div><\1\2>", page)
    return re.sub(r"</(div|p)>", r"</\1></div>", page)


def _headline_in_h2(page: str) -> str:
    return re.sub(r"(</?)h1\b", r"\1h2", page)


def _next_article(page: str) -> str:
    text = "".join(
        f"<p>{each} {other}</p>" for each in _SENTENCES for other in _SENTENCES if each != other
    )
    head, _, tail = page.rpartition("</body>")
    title = "<h2><a href=/next>Storks stay late</a></h2>"
    return f"{head}<article>{title}{text[:2500]}</article></body>{tail}"


def _teasers_first(page: str) -> str:
    cards = "".join(
        f"<div><a href=/{n}><img src=/{n}.jpg><h3>{each[:40]}</h3></a>"
        f"<p>{each} {_SENTENCES[n % 6 - 1]}</p></div>"
        for n, each in enumerate(_SENTENCES * 2)
    )
    return _BODY.sub(lambda body: f"{body[0]}<div><div>{cards}</div></div>", page, count=1)


def _soup(page: str) -> str:
    """Wrap each paragraph as a component's pieces are."""
    page = _PARAGRAPH.sub(r'<div class="css-1k"><div><div class="css-0"><p>', page)
    return page.replace("</p>", "</p></div></div></div>")


def _ads_between(page: str) -> str:
    slot = "</p><div class=x9><span>Advertisement</span><div id=slot></div></div>"
    return page.replace("</p>", slot)


def _links_between(page: str) -> str:
    pieces = page.split("</p>")
    link = "<p><a href=/{0}>{1}</a></p>"
    return (
        "".join(
            f"{piece}</p>{link.format(n, _SENTENCES[n // 3 % 6]) if n % 3 == 2 else ''}"
            for n, piece in enumerate(pieces[:-1])
        )
        + pieces[-1]
    )


def _comments_below(page: str) -> str:
    comments = "".join(
        f"<div><div><span>reader{n}</span> <span>{n} hours ago</span></div><p>{each} {other} I"
        " have said so for years.</p><div><a href=#>Reply</a></div></div>"
        for n, (each, other) in enumerate(product(_SENTENCES, _SENTENCES))
    )
    head, _, tail = page.rpartition("</body>")
    return f"{head}<div class=zz>{comments}</div></body>{tail}"


def _consent_first(page: str) -> str:
    wall = (
        f"<div class=qc><h2>We value your privacy</h2>{_CONSENT}<button>Accept</button></div>"
    )
    return _BODY.sub(lambda body: f"{body[0]}{wall}", page, count=1)


def _without_language(page: str) -> str:
    return _LANG.sub(r"\1", page)


DISTURBANCES: Final[dict[str, Callable[[str], str]]] = {
    "written out again": lambda page: page,
    "names hashed": _outside_scripts(_names_hashed),
    "no JSON-LD": _without_json_ld,
    "no articleBody": _without_article_body,
    "no metas": _outside_scripts(_without_metas),
    "plain tags": _outside_scripts(_plain_tags),
    "no microdata": _outside_scripts(_without_microdata),
    "p as breaks": _outside_scripts(_breaks),
    "p as div": _outside_scripts(_paragraphs_as_divs),
    "wrapped twice": _outside_scripts(_wrapped_twice),
    "h1 as h2": _outside_scripts(_headline_in_h2),
    "next article": _next_article,
    "teasers first": _teasers_first,
    "no language": _without_language,
    "component soup": _outside_scripts(_soup),
    "ads between": _outside_scripts(_ads_between),
    "links between": _outside_scripts(_links_between),
    "comments below": _comments_below,
    "consent first": _consent_first,
}
COMBINED: Final[dict[str, tuple[str, ...]]] = {
    "no head": ("no JSON-LD", "no metas", "no microdata"),
    "bare": ("no JSON-LD", "no metas", "no microdata", "names hashed", "plain tags"),
}


def names() -> Iterator[str]:
    """Yield the disturbances, single ones first."""
    yield from DISTURBANCES
    yield from COMBINED


def disturb(html: bytes | str, name: str) -> bytes:
    """Return the page as UTF-8, changed in the named way."""
    page = LexborHTMLParser(html).html or ""
    for each in COMBINED.get(name, (name,)):
        page = DISTURBANCES[each](page)
    return page.encode("utf-8", "replace")

"""Make a link absolute, the way a browser would, or say that it is none. Pure."""

import ada_url

from storage.canonical import LONGEST_URL

# Marks of the direction of writing, too: they come with what is pasted.
_WHITESPACE = (
    " \t\r\n\f\xa0\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff"
)


def absolute(href: str, base: str) -> str | None:
    """Return href as an absolute URL without fragment; None: nothing that HTTP could fetch."""
    href = href.strip(_WHITESPACE)
    if not href or len(href) > LONGEST_URL or href.startswith("#"):
        return None
    try:
        url = ada_url.join_url(base, href)
    except ValueError:
        return None
    url = url.partition("#")[0]
    authority = url.partition("://")[2].partition("/")[0]
    if not url.startswith(("http://", "https://")) or "@" in authority or not authority:
        return None
    return url if len(url) <= LONGEST_URL else None


def host_of(url: str) -> str:
    """Return the host of an absolute URL, port and userinfo left out."""
    authority = url.partition("://")[2].partition("/")[0].partition("?")[0]
    host = authority.rpartition("@")[2]
    return host if host.endswith("]") else host.partition(":")[0]


def path_of(url: str) -> str:
    """Return the path of an absolute URL, query left out."""
    return "/" + url.partition("://")[2].partition("?")[0].partition("/")[2]

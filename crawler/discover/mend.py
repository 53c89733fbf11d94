"""Mend the commonest breaks of XML, so that expat can read the rest. Pure.

What stands before the prolog (a PHP warning, blank lines) goes; of a body that was cut off, the
last, half item goes too: half a link would be a wrong link. Characters XML forbids go.
"""

import re
from typing import Final

_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF|RDF|urlset|sitemapindex)[\s>]")
_PROLOG = re.compile(r"<\?xml\s")
_ENDS: Final = {
    "rss": "</channel></rss>",
    "feed": "</feed>",
    "rdf:RDF": "</rdf:RDF>",
    "RDF": "</RDF>",
    "urlset": "</urlset>",
    "sitemapindex": "</sitemapindex>",
}
_LAST_WHOLE = ("</item>", "</entry>", "</url>", "</sitemap>")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def declares_entities(text: str) -> bool:
    """Return whether an entity is declared before the document's root."""
    root = _ROOT.search(text)
    return "<!ENTITY" in text[: root.start() if root else len(text)]


def without_forbidden(text: str) -> str:
    """Return text without the characters that XML forbids."""
    return _FORBIDDEN.sub("", text)


def mend(text: str, longest: int | None = None) -> str:
    """Return text from its prolog or root to its last whole item, closed."""
    root = _ROOT.search(text)
    if root is None:
        return text.strip()
    prolog = _PROLOG.search(text, 0, root.start())
    start = prolog.start() if prolog else root.start()
    name = root[0][1:-1]
    end = text.rfind(f"</{name}>")
    if end > 0 and (longest is None or end - start <= longest):
        return without_forbidden(text[start : end + len(name) + 3])
    limit = len(text) if longest is None else min(len(text), start + longest)
    last = max(text.rfind(tag, start, limit) + len(tag) * (tag in text) for tag in _LAST_WHOLE)
    if last <= root.end():
        return without_forbidden(text[start:limit])
    return without_forbidden(text[start:last]) + _ENDS[name]

"""Mend the commonest breaks of XML, so that expat can read the rest. Pure.

What stands before the prolog (a PHP warning, blank lines) goes; of a body that was cut off, the
last, half item goes too: half a link would be a wrong link. Characters XML forbids go; a sign
that was not escaped is, and a prefix that nobody declared is declared.
"""

import re
from typing import Final

_ROOT = re.compile(r"<(?P<name>rss|feed|rdf:RDF|RDF|urlset|sitemapindex)[\s>]", re.IGNORECASE)
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
# Signs of markup that are none, with what must be passed over to find them.
_UNESCAPED = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
    r"|&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)|<(?![A-Za-z_/!?])",
    re.DOTALL,
)
_MOST_SIGNS: Final = 2_000_000  # 50,000 entries have half of it; ten million take 3 s
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;"}
_NAME = r"([A-Za-z_][\w.-]{0,30})"
_PREFIX = re.compile(rf"<{_NAME}:|\s{_NAME}:[\w.-]{{1,60}}=[\"']", re.ASCII)
_MOST_PREFIXES: Final = 50
_NAMESPACES: Final = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "atom": "http://www.w3.org/2005/Atom",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}


def declares_entities(text: str) -> bool:
    """Return whether an entity is declared before the document's root."""
    root = _ROOT.search(text)
    return "<!ENTITY" in text[: root.start() if root else len(text)]


def mend(text: str, longest: int | None = None) -> str:
    """Return text from its prolog or root to its last whole item, closed and escaped."""
    root = _ROOT.search(text)
    if root is None:
        return text.strip()
    whole = text[root.start() : _end(text, root, longest)]
    prolog = _PROLOG.search(text, 0, root.start())
    before = text[prolog.start() : root.start()] if prolog else ""
    if whole.endswith(_LAST_WHOLE):
        whole += _ENDS.get(root["name"], "")
    return _FORBIDDEN.sub("", before + _declared(_escaped(whole), root["name"]))


def _end(text: str, root: re.Match[str], longest: int | None) -> int:
    """Return where the root's element ends or, if it does not, the last whole item in it."""
    limit = len(text) if longest is None else min(len(text), root.start() + longest)
    end = _behind(f"</{root['name']}>", text, root.end(), len(text))
    if 0 < end <= limit:
        return end
    last = max(_behind(tag, text, root.end(), limit) for tag in _LAST_WHOLE)
    return last or limit


def _behind(tag: str, text: str, start: int, end: int) -> int:
    """Return where the last such tag between start and end is over; 0: there is none."""
    found = text.rfind(tag, start, end)
    return found + len(tag) if found >= 0 else 0


def _escaped(text: str) -> str:
    if text.count("&") + text.count("<") > _MOST_SIGNS:
        return text
    return _UNESCAPED.sub(lambda sign: _ESCAPES.get(sign[0], sign[0]), text)


def _declared(text: str, root: str) -> str:
    """Return the document with every prefix that its elements wear declared at its root."""
    start = text[: text.find(">") + 1]
    prefixes = dict.fromkeys(one or other for one, other in _PREFIX.findall(text))
    missing = [
        f' xmlns:{prefix}="{_NAMESPACES.get(prefix, f"urn:undeclared:{prefix}")}"'
        for prefix in list(prefixes)[:_MOST_PREFIXES]
        if not prefix.startswith("xml") and f"xmlns:{prefix}" not in start
    ]
    return f"<{root}{''.join(missing)}{text[len(root) + 1 :]}"

"""Name the line of a robots.txt that keeps us out, as the file spells it.

Pure. Whether we may fetch is protego's answer alone; this only looks for the line to show, so a
file it reads otherwise than protego costs a less exact message and nothing else.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from protego import Protego

_CANDIDATES = 50  # a hostile file may hold thousands that look alike
_LITERAL = re.compile(r"[^*$]*")


def refusing_rule(text: str, token: str, url: str) -> str:
    """Return the longest rule for us that covers the URL; empty: none was found."""
    parts = urlsplit(url)
    path = unquote(f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/")
    likely = {
        rule for rule in _rules_for(text, token) if path.startswith(unquote(_literal(rule)))
    }
    for rule in sorted(likely, key=lambda each: (-len(each), each))[:_CANDIDATES]:
        if not Protego.parse(f"User-agent: *\nDisallow: {rule}").can_fetch(url, token):
            return f"Disallow: {rule}"
    return ""


def _literal(rule: str) -> str:
    """Return what a rule says before its first wildcard."""
    found = _LITERAL.match(rule)
    return found[0] if found else ""


def _rules_for(text: str, token: str) -> Iterator[str]:
    """Yield what the groups for our token disallow; those for everybody where none names us."""
    named: list[str] = []
    everybody: list[str] = []
    agents: list[str] = []
    ended = True
    for field, value in _fields(text):
        if field == "user-agent":
            agents = [value] if ended else [*agents, value]
        elif field == "disallow" and value:
            named += [value] if token.lower() in map(str.lower, agents) else []
            everybody += [value] if "*" in agents else []
        ended = field != "user-agent"
    return iter(named or everybody)


def _fields(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield field.strip().lower(), value.strip()

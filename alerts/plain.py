"""Make an attacker's text safe to put into headers, lines and links.

Headlines are written by strangers: they may hold line breaks, encoded words that a mail library
decodes into real headers, direction overrides, or addresses that run code.
"""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

import ada_url

# C0, DEL and C1 controls, line and paragraph separators, zero-width and direction signs.
# ZWNJ (200C) stays: Persian words are written with it.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"
)
# CPython < 3.11.15 decodes such a word and writes what it holds as headers (CVE-2026-1299).
_ENCODED_WORD = re.compile(r"=\?[^?\s]*\?[^?\s]*\?[^?]*\?=|=\?|\?=")
_SPACES = re.compile(r"\s+")
_COMBINING_MOST = 4  # marks in a run: more is zalgo
_RTL = frozenset({"R", "AL", "AN"})
FIRST_STRONG, POP = "\u2068", "\u2069"


def one_line(text: str) -> str:
    """Return text as one clean line: no controls, no direction overrides, no encoded words."""
    text = _ENCODED_WORD.sub(" ", _UNSEEN.sub(" ", text))  # a blank joins no new one
    return _SPACES.sub(" ", "".join(_few_marks(text))).strip()


def as_written(text: str) -> str:
    """Return text as one line whose spaces stay: each unseen sign becomes one of them."""
    return "".join(_few_marks(_UNSEEN.sub(" ", text))).rstrip()


def shorten(text: str, most: int) -> str:
    """Return text of at most that many characters, cut between words with an ellipsis."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > most // 2 else cut).rstrip(" ,;:–—-") + "…"


def shorten_around(text: str, words: str, most: int) -> str:
    """Return one clean line of at most that many characters that keeps the words, if it can."""
    text, words = one_line(text), one_line(words)
    at = text.find(words)
    if len(text) <= most or at < 0:
        return shorten(text, most)
    start = max(0, min(at, at - (most - len(words)) // 2, len(text) - most))
    if not start:
        return shorten(text, most)
    start = text.find(" ", start, at) + 1 or start
    return f"…{shorten(text[start:], most - 1)}"


def is_rtl(text: str) -> bool:
    """Tell whether the first letter that has a direction runs from right to left."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in _RTL:
            return True
        if direction == "L":
            return False
    return False


def has_rtl(text: str) -> bool:
    """Tell whether any letter runs from right to left."""
    return any(unicodedata.bidirectional(letter) in _RTL for letter in text)


def isolate(text: str) -> str:
    """Wrap right-to-left text so that it cannot turn the line around it."""
    return f"{FIRST_STRONG}{text}{POP}" if has_rtl(text) else text


def safe_link(url: str) -> str:
    """Return the address as a browser reads it, or the empty string if it is not http(s)."""
    try:
        parsed = ada_url.URL(url)
    except ValueError:
        return ""
    if parsed.protocol not in {"http:", "https:"} or not parsed.hostname:
        return ""
    return str(parsed.href) if not (parsed.username or parsed.password) else ""


def shown_host(url: str) -> str:
    """Return the host to show: in its ASCII form, so that a look-alike shows itself."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        return host if host.isascii() else host.encode("idna").decode()
    except ValueError:
        return ""


def _few_marks(text: str) -> Iterator[str]:
    run = 0
    for letter in text:
        run = run + 1 if unicodedata.combining(letter) else 0
        if run <= _COMBINING_MOST:
            yield letter

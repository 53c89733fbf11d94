"""Read the article out of a page's script state, for pages whose markup holds no text.

Such pages carry their content as JSON (`__NEXT_DATA__`, `__NUXT__`, `window.x = {…}`) and are
drawn by the browser. Asked last: JSON of half a megabyte costs more than the page.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from crawler.extract.document import Document

_KINDS: Final = ("application/json", "text/x-component", "")
_ASSIGNED: Final = re.compile(
    r"(?:(?:window|self|globalThis)[\w.\[\]\"']*\s*=\s*|\.push\(\s*)(?=[{\[])"
)
_LARGEST: Final = 3 << 20
_DEEPEST: Final = 60
_MOST_VALUES: Final = 200_000
_KEYS: Final = re.compile(
    r"^(?:article_?)?(?:body|content|text|html|markup|story|paragraphs?|contents|bodyhtml|value)"
    r"(?:_?(?:html|text|value|rendered))?$|body|content",
    re.IGNORECASE,
)
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CODE: Final = re.compile(r"[{};]\s*(?:function|var|const|@media|\.[a-z-]+\s*\{)|=>|\\u00")


def state_texts(document: Document) -> list[str]:
    """Return the long texts of the page's script state, the likeliest body first."""
    found: list[tuple[int, str]] = []
    for node in document.outline.nodes("script"):
        attributes = node.attributes
        kind = (attributes.get("type") or "").split(";")[0].strip().lower()
        if attributes.get("src") or (kind not in _KINDS and "javascript" not in kind):
            continue
        text = node.text()
        if 400 < len(text) <= _LARGEST:
            for value in _values(text, is_json=kind.endswith("json")):
                found.extend(_long_strings(value))
    found.sort(key=lambda each: -each[0])
    return list(dict.fromkeys(text for _, text in found))[:5]


def _values(text: str, *, is_json: bool) -> Iterator[Any]:
    starts = [0] if is_json else [match.end() for match in _ASSIGNED.finditer(text)][:20]
    decoder = json.JSONDecoder(strict=False)
    for start in starts:
        try:
            yield decoder.raw_decode(text[start:].lstrip())[0]
        except (ValueError, RecursionError):
            continue


def _long_strings(value: Any) -> Iterator[tuple[int, str]]:
    """Yield each text of some length with how much it counts; keys that name a body help."""
    pending: list[tuple[Any, str, int]] = [(value, "", 0)]
    for _ in range(_MOST_VALUES):
        if not pending:
            return
        each, key, depth = pending.pop()
        if isinstance(each, str):
            if _is_text(each):
                yield len(each) * (3 if _KEYS.search(key) else 1), each
        elif depth < _DEEPEST and isinstance(each, dict):
            pending.extend((inner, name, depth + 1) for name, inner in each.items())
        elif depth < _DEEPEST and isinstance(each, list):
            yield from _joined(each, key)
            pending.extend((inner, key, depth + 1) for inner in each)


def _is_text(value: str) -> bool:
    if len(value) <= 250 or _CODE.search(value):
        return False
    return value.count(" ") > len(value) // 40 or (len(_WIDE.findall(value)) > len(value) // 4)


def _joined(values: list[Any], key: str) -> Iterator[tuple[int, str]]:
    """Yield a list of paragraphs as one text: editors store blocks, one object each."""
    texts = [text for each in values if (text := _own_text(each))]
    if len(texts) > 2 and sum(map(len, texts)) > 400:
        whole = "\n\n".join(texts)
        if not _CODE.search(whole):
            yield len(whole) * (3 if _KEYS.search(key) else 2), whole


def _own_text(value: Any) -> str:
    if isinstance(value, str):
        return value if " " in value else ""
    if isinstance(value, dict):
        for name in ("text", "content", "value", "html", "body", "data"):
            inner = value.get(name)
            if isinstance(inner, str) and len(inner) > 20 and " " in inner:
                return inner
    return ""

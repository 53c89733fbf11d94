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
# Both begin with one class of signs, which is passed over in C: three times as fast.
_ASSIGNED: Final = re.compile(
    r"[wsgvlcJ.](?:(?:(?<=w)indow|(?<=s)elf|(?<=g)lobalThis)[\w.\[\]\"']{0,100}\s*=\s*(?=[{\[])"
    r"|(?:(?<=\bv)ar|(?<=\bl)et|(?<=\bc)onst)\s+[\w$]+\s*=\s*(?=[{\[])"
    r"|(?<=\.)push\(\s*(?=[{\[])|(?<=\bJ)SON\.parse\(\s*(?=\"))"
)
_ARGUMENT: Final = re.compile(r'[,(\[:=]\s*(?="[^"]{0,200}(?:<|\\u003[Cc])p\b)')
_ROW: Final = re.compile(r"[0-9a-f]{1,4}:(?=[{\[])")  # of a server component's answer
_LARGEST: Final = 3 << 20
_DEEPEST: Final = 60
_MOST_VALUES: Final = 200_000
_MOST_STARTS: Final = 20
_SHORTEST: Final = 20  # characters of a block
_OWN: Final = 4  # how much more a text counts beside the headline
_RUNS: Final = ("children", "content", "nodes")
_TEXT_KEYS: Final = ("text", "content", "value", "html", "body", "data", "children", "nodes")
_TITLES: Final = frozenset(("title", "headline"))
_DECODER: Final = json.JSONDecoder(strict=False)
_KEYS: Final = re.compile(
    r"^(?:article_?)?(?:body|content|text|html|markup|story|paragraphs?|contents|bodyhtml|value)"
    r"(?:_?(?:html|text|value|rendered))?$|body|content",
    re.IGNORECASE,
)
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CODE: Final = re.compile(r"[{};]\s*(?:function|var|const|@media|\.[a-z-]+\s*\{)|=>|\\u00")


def state_texts(document: Document, headline: str) -> list[str]:
    """Return the long texts of the page's script state, the likeliest body first.

    What stands in one object with the headline is the article's, not a teaser's.
    """
    found: list[tuple[int, str]] = []
    for node in document.outline.nodes("script"):
        attributes = node.attributes
        kind = (attributes.get("type") or "").split(";")[0].strip().lower()
        if attributes.get("src") or (kind not in _KINDS and "javascript" not in kind):
            continue
        text = node.text()
        if 400 < len(text) <= _LARGEST:
            for value in _values(text, is_json=kind.endswith("json")):
                found.extend(_long_strings(value, headline))
    found.sort(key=lambda each: -each[0])
    return list(dict.fromkeys(text for _, text in found))[:5]


def _values(text: str, *, is_json: bool) -> Iterator[Any]:
    """Yield the values that a script assigns, hands over or is."""
    starts = [0]
    if not is_json:
        starts = [match.end() for match in _ASSIGNED.finditer(text)][:_MOST_STARTS]
        starts += [match.end() for match in _ARGUMENT.finditer(text)][:_MOST_STARTS]
    for start in starts:
        if (value := _read(text, start)) is not None:
            yield value


def _read(text: str, start: int) -> Any:
    """Return the JSON at a place of a text, and what a string of JSON holds; None: none."""
    try:
        value = _DECODER.raw_decode(text[start:].lstrip())[0]
        if isinstance(value, str) and value[:1] in ("{", "["):
            return _DECODER.raw_decode(value)[0]
    except (ValueError, RecursionError):
        return None
    return value


def _long_strings(value: Any, headline: str) -> Iterator[tuple[int, str]]:
    """Yield each text of some length with how much it counts; keys that name a body help."""
    pending: list[tuple[Any, str, int, int]] = [(value, "", 0, 1)]
    for _ in range(_MOST_VALUES):
        if not pending:
            return
        each, key, depth, weight = pending.pop()
        if isinstance(each, str):
            if row := _ROW.match(each):
                pending.append((_read(each, row.end()), key, depth + 1, weight))
            elif _is_text(each):
                yield weight * len(each) * (3 if _KEYS.search(key) else 1), each
        elif depth < _DEEPEST and isinstance(each, (dict, list)):
            weight = _weight_in(each, headline, weight)
            yield from _joined(_blocks(each), key, weight)
            inside = each.items() if isinstance(each, dict) else ((key, one) for one in each)
            pending.extend((inner, name, depth + 1, weight) for name, inner in inside)


def _weight_in(value: Any, headline: str, around: int) -> int:
    """Return how much a text in a value counts: most, where the headline stands in it, too."""
    if not isinstance(value, dict):
        return around
    if headline and headline in value.values():
        return _OWN
    return 1 if _is_other(value) else around


def _blocks(value: Any) -> list[Any]:
    """Return what may be the blocks of one text, in a list or each under a name of its own."""
    if isinstance(value, list):
        return value
    return [inner for inner in value.values() if isinstance(inner, dict)]


def _is_text(value: str) -> bool:
    if len(value) <= 250 or _CODE.search(value):
        return False
    return value.count(" ") > len(value) // 40 or (len(_WIDE.findall(value)) > len(value) // 4)


def _joined(values: list[Any], key: str, weight: int) -> Iterator[tuple[int, str]]:
    """Yield a list of paragraphs as one text: editors store blocks, one object each."""
    texts = [text for each in values if (text := _own_text(each))]
    if len(texts) > 2 and sum(map(len, texts)) > 400:
        whole = "\n\n".join(texts)
        if not _CODE.search(whole):
            yield weight * len(whole) * (3 if _KEYS.search(key) else 2), whole


def _own_text(value: Any) -> str:
    """Return the text of one block, from its runs where it is kept in such; empty: none."""
    if isinstance(value, str):
        return value if " " in value else ""
    if not isinstance(value, dict) or _is_other(value):
        return ""
    for name in _TEXT_KEYS:
        inner = value.get(name)
        text = "".join(map(_run, inner)) if isinstance(inner, list) else inner
        if isinstance(text, str) and len(text) > _SHORTEST and " " in text:
            return text
    return ""


def _is_other(value: dict[str, Any]) -> bool:
    """Tell an object that has a title of its own: another article, or this one."""
    return not _TITLES.isdisjoint(value)


def _run(value: Any) -> str:
    """Return the text of a run inside a block: bold words, a link and what it holds."""
    if not isinstance(value, dict):
        return ""
    for name in ("text", "value"):
        if isinstance(text := value.get(name), str):
            return text
    inner = next((runs for name in _RUNS if isinstance(runs := value.get(name), list)), ())
    return "".join(str(each.get("text") or "") for each in inner if isinstance(each, dict))

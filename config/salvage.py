"""Keep what is sound of a rules file that has mistakes, so that its queries are checked too.

Pure: a document and its mistakes in, a smaller document out. What is kept is only checked: a
file with a mistake never goes live.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from config.errors import Mistake
from config.written import Document, Node, Written, WrittenList, WrittenMap

_OF_A_RULE = frozenset({"id", "match", "not", "score"})  # what a query needs to be checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """The part of a rules file on which no mistake stands."""

    document: Document
    all_lists: bool  # every term list is in it, so that a list it lacks is unknown


def sound_part(document: Document, mistakes: Iterable[Mistake]) -> Sound:
    """Return the file's term lists and queries, without those that a mistake stands on."""
    lines = frozenset(mistake.line for mistake in mistakes if mistake.line)
    terms = _find(document.root, "terms")
    rules = _find(document.root, "rules")
    sound_terms = _without(terms, lines) if isinstance(terms, WrittenMap) else WrittenMap()
    listed = rules if isinstance(rules, WrittenList) else (rules,)
    sound_rules = WrittenList(
        sound
        for rule in listed
        if isinstance(rule, WrittenMap) and _has_query(sound := _rule(rule, lines))
    )
    root = WrittenMap({_key("terms"): sound_terms, _key("rules"): sound_rules})
    root.line = root.column = sound_rules.line = sound_rules.column = 1
    if not sound_terms:
        sound_terms.line = sound_terms.column = 1
    whole = terms is None or len(sound_terms) == len(terms)
    return Sound(document=replace(document, root=root), all_lists=whole)


def _find(root: WrittenMap, name: str) -> Node | None:
    return next((node for key, node in root.items() if key == name), None)


def _rule(rule: WrittenMap, lines: frozenset[int]) -> WrittenMap:
    kept = _without(rule, lines)
    for key in list(kept):
        if key not in _OF_A_RULE:
            del kept[key]
    return kept


def _has_query(rule: WrittenMap) -> bool:
    return "id" in rule and ("match" in rule or "score" in rule)


def _without(written: WrittenMap, lines: frozenset[int]) -> WrittenMap:
    """Return a mapping without the entries that a line with a mistake crosses."""
    kept = WrittenMap(
        (key, node)
        for key, node in written.items()
        if lines.isdisjoint(range(key.line, _last_line(node) + 1))
    )
    kept.line, kept.column = written.line, written.column
    return kept


def _last_line(node: Node) -> int:
    if isinstance(node, Written):
        return node.end_line
    below = node.values() if isinstance(node, WrittenMap) else node
    return max((_last_line(each) for each in below), default=node.line)


def _key(name: str) -> Written:
    key = Written(name)
    key.line = key.column = key.end_line = key.end_column = 1
    key.style = ""
    return key

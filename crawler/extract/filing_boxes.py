# ruff: noqa: E501 - rows of words
"""Know what the names of boxes say of the links inside them: the way here, a section, tags."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

# The words of which the names of boxes are made, by what they say of a link inside.
_CRUMBS: Final = frozenset(
    ("breadcrumb", "breadcrumbs", "crumb", "crumbs", "crumbtrail", "breadcrumblist", "speedbar", "path",
     "youarehere", "bread", "arbo", "ariane", "brotkrumen", "migas", "briciole", "okruszki")
)  # fmt: skip
_SECTIONS: Final = frozenset(
    ("cat", "cats", "kat", "category", "categories", "categoria", "categorie", "kategori", "kategoria",
     "kategorie", "rubric", "rubrik", "rubrika", "rubrique", "kicker", "eyebrow", "ressort", "antetitulo", "volanta",
     "occhiello", "service")
)  # fmt: skip
_SECTION_PAIRS: Final = frozenset(
    (first, second)
    for first, seconds in (
        ("section", ("name", "label", "link", "title")),
        ("topic", ("label", "name")),
        ("primary", ("tag",)), ("article", ("tag",)), ("main", ("tag",)),
    )
    for second in seconds
)  # fmt: skip
_TAGS: Final = frozenset(
    ("tag", "tags", "basetags", "taglist", "topic", "topics", "topicos", "temas", "keyword", "keywords",
     "etiketler", "etiquetas", "etichete", "schlagwort", "schlagworte", "schlagwörter", "tagi", "metki", "hashtags", "assuntos")
)  # fmt: skip
# Of them those that name a row and not what a page is about.
_ROWS: Final = frozenset(
    ("tags", "taglist", "keywords", "temas", "topics", "topicos", "etiketler", "etiquetas", "etichete", "schlagworte",
     "schlagwörter", "tagi", "metki", "hashtags", "assuntos")
)  # fmt: skip
_ROW_PAIRS: Final = frozenset(
    ("tag", of)
    for of in ("group", "list", "box", "wrap", "wrapper", "row", "container", "article")
)
_AWAY: Final = frozenset(
    ("cloud", "tagcloud", "trend", "trends", "trending", "popular", "sidebar", "widget", "menu", "submenu", "nav",
     "navigation", "navbar")
)  # fmt: skip
_WORD: Final = re.compile(r"[^\W_]+")
_CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST_NAME: Final = 200
# What the name of a box says of the links in it, each a bit.
CRUMB, SECTION, TAG, ROW, ELSEWHERE = (1 << bit for bit in range(5))
_TOLD: Final = (
    (_CRUMBS, CRUMB), (_SECTIONS, SECTION), (_TAGS, TAG), (_ROWS, ROW), (_AWAY, ELSEWHERE)
)  # fmt: skip
_TOLD_BY_TWO: Final = ((_SECTION_PAIRS, SECTION), (_ROW_PAIRS, ROW))
_TELLING: Final = frozenset().union(
    *(words for words, _ in _TOLD),
    *([first for first, _ in pairs] for pairs, _ in _TOLD_BY_TWO),
)


def said_by(attributes: dict[str, str | None]) -> int:
    """Return what a node's class, or else its id, says of the links inside, as bits."""
    name = attributes.get("class") or attributes.get("id")
    return says(name) if name else 0


@lru_cache(maxsize=1 << 12)
def says(name: str) -> int:
    """Return what a name says of the links inside, as bits."""
    name = name[:_LONGEST_NAME]
    words = _WORD.findall(name if name.islower() else _CAPITAL.sub("-", name).lower())
    known = frozenset(words)
    if known.isdisjoint(_TELLING):
        return 0
    pairs = frozenset(pairwise(words))
    told = sum(bit for telling, bit in _TOLD if not known.isdisjoint(telling))
    for telling, bit in _TOLD_BY_TWO:
        told |= 0 if pairs.isdisjoint(telling) else bit
    return told

"""Read what an article states, so that a copy with new facts is told again.

Figures are the same in every language. Names are not, and a translation must not look like new
facts: they count only for who was told of the story in their language before.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from alerts.routing.counted import counted, in_groups, is_figure
from alerts.routing.named import name_keys, named, names_are_told
from storage.article import Article
from storage.sentences import sentences

_PARAGRAPHS: Final = 5  # news stands at the top …
_FIRST: Final = 3  # … and what is few is news nowhere else
_FEW: Final = 12
_LONGEST: Final = 60_000  # characters that are read; a page of names fills no row of the log
_MOST: Final = 1_000  # facts that are kept
# "UPDATE 3-Fires are out"
_COUNTER: Final = re.compile(r"^[A-Z]{3,}(?: [A-Z]+)? \d{1,2}\s?[-–—]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A figure or a name, and the sentence that states it."""

    key: str  # by which it is known again: the figure, or how the name sounds
    shown: str
    sentence: str  # empty: the headline, which is told anyway
    is_name: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an article states."""

    stated: frozenset[str] = frozenset()  # wherever it stands: who was told it knows it
    leading: tuple[Fact, ...] = ()  # what stands at the top, in order
    tongue: str = ""  # the key of the language whose names these are

    def unknown(self, told: frozenset[str]) -> list[Fact]:
        """Return what stands at the top and is new to who was told that."""
        understood = self.tongue in told
        return [
            fact
            for fact in self.leading
            if fact.key not in told
            and (understood if fact.is_name else not _is_rounded(fact.key, told))
        ]


NO_FACTS: Final = Facts()


def facts_of(article: Article) -> Facts:
    """Return what an article states."""
    tongue = f"in {article.language}"
    headline = _COUNTER.sub("", article.headline)
    blocks = list(_beginning(article))
    read = [_read(block) for block in blocks]
    leading: dict[str, Fact] = {}
    for fact in (*_at_the_top(article, read), *_facts("", counted(headline))):
        if len(leading) < _MOST:
            leading.setdefault(fact.key, fact)
    every = (_read(headline), _read(article.summary), *read)
    stated = {figure for text in every for _, figures in text for figure in figures}
    stated |= name_keys([headline, article.summary, *blocks])
    stated = {*leading, *islice(sorted(stated), _MOST), tongue}
    return Facts(
        stated=frozenset(stated),
        leading=tuple(leading.values()),
        tongue=tongue,
    )


def _read(text: str) -> list[tuple[str, list[str]]]:
    """Return the sentences of a text, each with its figures."""
    return [(sentence, counted(sentence)) for sentence in sentences([text])]


def _beginning(article: Article) -> Iterator[str]:
    """Yield the body's texts, up to so many characters in all."""
    left = _LONGEST
    for block in article.body:
        if left <= 0:
            return
        yield block.text[:left]
        left -= len(block.text)


def _at_the_top(
    article: Article, blocks: Sequence[list[tuple[str, list[str]]]]
) -> Iterator[Fact]:
    known = name_keys([article.newsroom, *(a.name for a in article.attributions if a.agency)])
    naming = names_are_told(article.language)
    for place, block in enumerate(blocks[:_PARAGRAPHS]):
        for sentence, figures in block:
            for fact in _facts(sentence, figures):
                if place < _FIRST or float(fact.key) > _FEW:
                    yield fact
            if naming:
                for key, name in named(sentence):
                    if key not in known:
                        yield Fact(key=key, shown=name, sentence=sentence, is_name=True)


def _facts(sentence: str, figures: Sequence[str]) -> Iterator[Fact]:
    for figure in figures:
        yield Fact(key=figure, shown=in_groups(figure), sentence=sentence)


def _is_rounded(figure: str, told: frozenset[str]) -> bool:
    """Say whether a whole figure is one that was told more exactly: 74 for 74.5."""
    if "." in figure:
        return False
    step = 1000 ** ((len(figure) - len(figure.rstrip("0"))) // 3)
    return any(abs(float(each) - int(figure)) < step for each in told if is_figure(each))

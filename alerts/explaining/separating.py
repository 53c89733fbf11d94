"""Find the term that keeps what was judged noise apart from what was judged useful.

Pure. What is counted are stories, for the copies of one text are one opinion. With thousands of
words some divide any handful of stories by chance: a term is proposed only where chance alone,
with all terms that could have been, would give one so good in less than one case of twenty.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import comb

from alerts.explaining.plan import Archived, Comparison, Plan
from alerts.language.printer import print_query
from alerts.language.spelling import typed_tokens
from alerts.language.syntax import ListRef, Or, Phrase, Query, Word, walk
from alerts.matching.compiling import Lists
from alerts.matching.reading import STORY, Reading
from alerts.matching.rule import RuleTrees
from alerts.matching.ruleset import RuleSet
from alerts.matching.vocabulary import Vocabulary
from alerts.precision import wilson

ENOUGH = 5  # stories of noise: of fewer no term can be more than chance
CHANCE = 0.05
HALF = 0.5  # of what holds a term is noise, at the least
LOST = 0.1  # of the useful stories, at most: what an exclusion takes is never told
SHORTEST = 3  # letters of a word
SHOWN = 4  # terms

Term = tuple[str, ...]  # folded tokens: a word, or two that follow each other


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedStory:
    """One story that the rule still matches, and what was said of it."""

    reading: Reading
    is_noise: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Divider:
    """A term, and in how many stories of either kind it stands."""

    term: Term
    written: str  # as a story writes it
    noise: int
    useful: int

    @property
    def low(self) -> float:
        """Return the share of noise among what holds it that is certain enough."""
        return wilson(self.noise, self.noise + self.useful)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """What keeps the noise of one rule apart."""

    noise: int  # stories
    useful: int
    dividers: tuple[Divider, ...]  # the surest first; empty: none is more than chance

    @property
    def is_too_little(self) -> bool:
        """Tell whether so few stories were judged that no term could be more than chance."""
        return self.noise < ENOUGH or comb(self.noise + self.useful, self.noise) * CHANCE < 1


def separate(stories: Sequence[JudgedStory], own: Vocabulary) -> Separation:
    """Return the terms that stand in much of the noise and in little that was useful.

    own: the rule's own words, of which none is proposed.
    """
    noise = sum(each.is_noise for each in stories)
    found = Separation(noise=noise, useful=len(stories) - noise, dividers=())
    if found.is_too_little:
        return found
    patterns = _patterns(stories, own)
    odds = _Odds(noise, found.useful)
    level = odds.level(mask.bit_count() for mask in patterns)
    of_noise = sum(1 << place for place, each in enumerate(stories) if each.is_noise)
    sure: list[Divider] = []
    for mask, terms in patterns.items():
        hits, size = (mask & of_noise).bit_count(), mask.bit_count()
        spares = size - hits <= LOST * found.useful and wilson(hits, size)[0] > HALF
        if spares and odds.by_chance(hits, size) <= level:
            sure.append(Divider(term=_best(terms), written="", noise=hits, useful=size - hits))
    sure.sort(key=lambda each: (-each.low, -each.noise, each.term))
    shown = [replace(each, written=_written(each.term, stories)) for each in sure[:SHOWN]]
    return replace(found, dividers=tuple(shown))


class _Odds:
    """How probable it is that a term divides the stories so well by chance alone."""

    def __init__(self, noise: int, useful: int) -> None:
        self.noise = noise
        self.useful = useful

    def by_chance(self, hits: int, size: int) -> float:
        """Return how often so many of its stories would be noise: Fisher's exact test."""
        most = min(size, self.noise)
        ways = sum(
            comb(self.noise, each) * comb(self.useful, size - each)
            for each in range(hits, most + 1)
        )
        return ways / comb(self.noise + self.useful, size)

    def level(self, sizes: Iterable[int]) -> float:
        """Return below which odds a term counts, so that one of all is chance once in twenty.

        Terms that stand in too few stories (or in nearly all) cannot reach it, however they
        fall, and so take nothing from the others: Tarone, Biometrics 46 (1990), 515 to 522.
        """
        reachable: list[float] = []
        for size, terms in Counter(sizes).items():
            reachable += [self.by_chance(min(size, self.noise), size)] * terms
        reachable.sort()
        tests = 1
        while bisect_right(reachable, CHANCE / tests) > tests:
            tests += 1
        return CHANCE / tests


def _patterns(stories: Sequence[JudgedStory], own: Vocabulary) -> dict[int, list[Term]]:
    """Return the terms by the stories they stand in: one bit each. Equal ones are one guess."""
    common = _common(stories)
    masks: dict[Term, int] = {}
    for place, story in enumerate(stories):
        for term in set(_terms(story.reading)):
            masks[term] = masks.get(term, 0) | 1 << place
    patterns: dict[int, list[Term]] = {}
    for term, mask in masks.items():
        tokens = frozenset(term)
        if common.isdisjoint(tokens) and not all(own.present(frozenset((t,))) for t in tokens):
            patterns.setdefault(mask, []).append(term)
    return patterns


def _common(stories: Sequence[JudgedStory]) -> set[str]:
    """Return the words that more than half of the useful stories hold: they mean nothing."""
    counts: dict[str, int] = {}
    useful = [each.reading.story_tokens for each in stories if not each.is_noise]
    for tokens in useful:
        for token in tokens:
            counts[token] = counts.get(token, 0) + 1
    return {token for token, count in counts.items() if 2 * count > len(useful)}


def _terms(reading: Reading) -> Iterator[Term]:
    """Yield the words and pairs of a story's own words, as `not:` would find them."""
    for part in reading.parts:
        if part.field in STORY:
            for token in part.tokens:
                if len(token) >= SHORTEST and not token.isdecimal():
                    yield (token,)
            yield from zip(part.tokens, part.tokens[1:], strict=False)


def _best(terms: Sequence[Term]) -> Term:
    """Choose among terms of the same stories: a pair takes less with it than a word."""
    return min(terms, key=lambda term: (-len(term), -sum(map(len, term)), term))


def _written(term: Term, stories: Sequence[JudgedStory]) -> str:
    """Return a term as the first story writes it that holds it, folded where that misleads."""
    for story in stories:
        for part in story.reading.parts:
            if part.field not in STORY or term[0] not in part.tokens:
                continue
            for at in range(len(part.tokens) - len(term) + 1):
                if tuple(part.tokens[at : at + len(term)]) == term:
                    spans = part.spans[at : at + len(term)]
                    written = " ".join(part.raw[start:end] for start, end in spans)
                    return written if typed_tokens(written) == term else " ".join(term)
    return " ".join(term)


def own_words(trees: RuleTrees, lists: Lists) -> Vocabulary:
    """Return the words a rule looks for, those of its lists too."""
    vocabulary = Vocabulary()
    waiting = [tree for tree in (trees.match, *(query for query, _ in trees.weights)) if tree]
    while waiting:
        for query in walk(waiting.pop()):
            match query:
                case Word() | Phrase():
                    for token in typed_tokens(query.text):
                        vocabulary.atom(token)
                case ListRef():
                    waiting += lists[query.name]
                case _:
                    pass
    return vocabulary


def without(trees: RuleTrees, divider: Divider) -> RuleTrees:
    """Return a rule that passes over what holds a term, beside what it passes over already."""
    term = Phrase(text=divider.written)
    match trees.exclude:
        case None:
            exclude: Query = term
        case Or():
            exclude = Or(operands=(*trees.exclude.operands, term))
        case _:
            exclude = Or(operands=(trees.exclude, term))
    return replace(trees, exclude=exclude)


def not_line(trees: RuleTrees) -> str:
    """Return the line of a rule's file that says what it passes over."""
    if trees.exclude is None:
        return ""
    text = print_query(trees.exclude).replace("'", "''")
    return f"not: '{text}'"


def plan_without(rules: RuleSet, trees: RuleTrees, archive: Iterable[Archived]) -> Plan:
    """Return what a rule changed so would cease to fire on."""
    comparison = Comparison(rules.only({trees.text.id}), RuleSet([trees], rules.lists))
    comparison.look(archive)
    return comparison.plan()

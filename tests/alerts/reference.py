"""A second, slow and obvious evaluator of the rule language, to hold the fast one to.

It shares nothing with alerts/ but the tree: it folds character by character, compares every
pair of everything, and knows no index.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from alerts.language import syntax
from storage.article import Article, BlockKind

OWN = {"I": "i", "İ": "i", "ı": "i", "ə": "e", "Ə": "e", "ي": "ی", "ى": "ی", "ك": "ک",
       "ة": "ه", "ۀ": "ه", "ـ": "", "\u200c": "", "_": " "}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One token: its field, paragraph, sentence and place in the field's word count."""

    field: str
    value: int  # which caption, tag …; 0 where paragraphs run on
    block: int
    sentence: int
    count: int  # words are counted through a field's paragraphs
    raw: str
    folded: str


def fold(text: str) -> str:
    out = ""
    for char in text:
        char = OWN.get(char, char).casefold()
        apart = unicodedata.normalize("NFKD", char)
        kept = "".join(c for c in apart if unicodedata.combining(c) < 10)
        out += "".join(OWN.get(c, c) for c in unicodedata.normalize("NFC", kept))
    return out


def words(text: str) -> Iterator[tuple[int, str]]:
    """Yield each word with its offset; a possessive s is none."""
    joined = re.sub(r"(?<=\w)['’]s(?!\w)", "  ", text)
    at = 0
    while at < len(joined):
        end = at
        while end < len(joined) and (joined[end].isalnum() or joined[end] in "\u200cـ"
                                     or unicodedata.combining(joined[end]) >= 10):  # fmt: skip
            end += 1
        if fold(joined[at:end]):
            yield at, text[at:end]
        at = max(end, at + 1)


def sentence_of(text: str, offset: int) -> int:
    """Count the sentence ends before the offset; the texts drawn hold no abbreviations."""
    ends = re.finditer(r"[.!?؟۔։]\s+(?=(\S))", text)
    return sum(1 for end in ends if end.end() <= offset and not end[1].islower())


class Reference:
    def __init__(self, article: Article, lists: dict[str, list[str]]) -> None:
        self.article = article
        self.lists = lists
        self.tokens: list[Place] = []
        self.count = 0
        self.add("headline", 0, 0, article.headline)
        opening = [f" {block.text} " for block in article.body[:2]]
        summary = re.escape(article.summary)
        if not any(re.search(rf"[^\w]{summary}[^\w]", text) for text in opening):
            self.add("summary", 0, 0, article.summary)
        for number, block in enumerate(article.body):
            self.add("body", 0, number, block.text, running=True)
        for number, image in enumerate(article.images):
            self.add("caption", number, 0, image.caption)
            self.add("credit", number, 0, image.credit)
        for number, tag in enumerate(article.tags):
            self.add("tag", number, 0, tag)
        self.add("section", 0, 0, article.section)
        paragraphs = [
            number
            for number, block in enumerate(article.body)
            if block.kind is not BlockKind.HEADING and list(words(block.text))
        ]
        self.lead = set(paragraphs[:2])

    def add(
        self, field: str, value: int, block: int, text: str, *, running: bool = False
    ) -> None:
        if not running:
            self.count = 0
        for offset, raw in words(text):
            sentence = sentence_of(text, offset)
            place = Place(field, value, block, sentence, self.count, raw, fold(raw))
            self.tokens.append(place)
            self.count += 1

    def inside(self, place: Place, scope: str | None) -> bool:
        lead = place.field == "summary" or (place.field == "body" and place.block in self.lead)
        match scope:
            case None:
                return place.field in {"headline", "summary", "body", "caption"}
            case "any":
                return True
            case "lead":
                return lead
            case "hlead":
                return lead or place.field == "headline"
            case _:
                return place.field == scope

    def holds(
        self, query: syntax.Query, scope: str | None = None, *, case: bool = False
    ) -> bool:
        match query:
            case syntax.And():
                return all(self.holds(each, scope, case=case) for each in query.operands)
            case syntax.Or():
                return any(self.holds(each, scope, case=case) for each in query.operands)
            case syntax.Not():
                return not self.holds(query.operand, scope, case=case)
            case syntax.InField():
                return self.holds(query.operand, query.field, case=case)
            case syntax.Case():
                return self.holds(query.operand, scope, case=True)
            case syntax.Filter():
                return query.kind == "lang" and self.article.language in query.values
            case syntax.Length():
                count = sum(place.field == "body" for place in self.tokens)
                return bool(eval(f"{count}{query.comparison}{query.count}"))  # noqa: S307 - our own numbers
            case _:
                return bool(self.found(query, scope, case=case))

    def found(  # noqa: C901, PLR0912 - one arm per construct is what makes it obvious
        self, query: syntax.Query, scope: str | None, *, case: bool
    ) -> list[tuple[int, int]]:
        """Return (first, last) indexes into the tokens of every mention."""
        match query:
            case syntax.Word() | syntax.Phrase():
                return self.phrase(query.text, scope, case=case)
            case syntax.ListRef():
                spellings = self.lists[query.name]
                return [
                    one for text in spellings for one in self.phrase(text, scope, case=case)
                ]
            case syntax.Or():
                return [one for q in query.operands for one in self.found(q, scope, case=case)]
            case syntax.And():
                if not self.holds(query, scope, case=case):
                    return []
                return [one for q in query.operands for one in self.found(q, scope, case=case)]
            case syntax.InField():
                return self.found(query.operand, query.field, case=case)
            case syntax.Case():
                return self.found(query.operand, scope, case=True)
            case syntax.AtLeast():
                found = self.found(query.operand, scope, case=case)
                return found if most_apart(found) >= query.count else []
            case syntax.Away():
                near = query.near
                right = self.found(near.right, scope, case=case)
                return [
                    one
                    for one in self.found(near.left, scope, case=case)
                    if not any(one != b and self.touches(near, one, b) for b in right)
                ]
            case syntax.Near() | syntax.Same():
                left = self.found(query.left, scope, case=case)
                right = self.found(query.right, scope, case=case)
                return [
                    (min(a[0], b[0]), max(a[1], b[1]))
                    for a, b in product(left, right)
                    if self.close(query, a, b)
                ]
            case _:
                return []

    def phrase(self, text: str, scope: str | None, *, case: bool) -> list[tuple[int, int]]:
        wanted = [
            w for _, w in words(text.replace("*", "\u0631\u0631\u0631").replace("?", "ߐ"))
        ]
        found = []
        for first in range(len(self.tokens) - len(wanted) + 1):
            run = self.tokens[first : first + len(wanted)]
            one_block = len({(p.field, p.value, p.block) for p in run}) == 1
            alike = (is_word(w, p, case=case) for w, p in zip(wanted, run, strict=True))
            if one_block and all(self.inside(p, scope) for p in run) and all(alike):
                found.append((first, first + len(wanted) - 1))
        return found

    def touches(
        self, query: syntax.Near | syntax.Same, a: tuple[int, int], b: tuple[int, int]
    ) -> bool:
        """Tell whether b is so near to a, or shares a word with it."""
        return (a[0] <= b[1] and b[0] <= a[1]) or self.close(query, a, b)

    def close(
        self, query: syntax.Near | syntax.Same, a: tuple[int, int], b: tuple[int, int]
    ) -> bool:
        if a[0] > b[0]:
            if isinstance(query, syntax.Near) and query.ordered:
                return False
            a, b = b, a
        if b[0] <= a[1]:
            return False
        run = self.tokens[a[0] : b[1] + 1]
        if isinstance(query, syntax.Same):
            places = {(p.field, p.value, p.block) for p in run}
            return len(places) == 1 and (
                query.unit == "P" or len({place.sentence for place in run}) == 1
            )
        end, start = self.tokens[a[1]], self.tokens[b[0]]
        same = (end.field, end.value) == (start.field, start.value)
        return same and start.count - end.count <= query.within


def is_word(wanted: str, place: Place, *, case: bool) -> bool:
    """Compare a typed word (its wildcards replaced by rare letters) with a token."""
    text = place.raw if case else place.folded
    typed = wanted if case else fold(wanted)
    shape = re.escape(typed).replace("\u0631\u0631\u0631", ".*").replace("ߐ", ".")
    return re.fullmatch(shape, text) is not None


def most_apart(spans: list[tuple[int, int]]) -> int:
    """Return the largest number of spans of which no two overlap, by trying."""
    ordered = sorted(set(spans))
    best: dict[int, int] = {}

    def count(after: int) -> int:
        if after not in best:
            best[after] = max(
                (1 + count(end + 1) for start, end in ordered if start >= after), default=0
            )
        return best[after]

    return count(0)

"""Read an article once for all rules: its fields as folded tokens that know their places.

Tokens are numbered through the whole article. The paragraphs of the body follow each other
without a gap, so that a distance may cross them; between any two fields (and two captions, two
tags) lies a gap wider than the widest NEAR. What is needed only when a rule fires (character
offsets, sentences) is worked out then.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from operator import itemgetter
from urllib.parse import urlsplit

from alerts.language.tokens import distinct_tokens, find_tokens, original_spans
from alerts.matching.sentences import sentence_starts
from config.source import Source
from storage.article import Article, BlockKind
from storage.folding import fold
from storage.prepared import Imprint, Prepared, imprint
from storage.stamp import latest

GAP = 1000  # tokens between fields; NEAR reaches 100 at most
STORY = ("headline", "summary", "body", "caption")  # what a term without a field is sought in
BESIDE = ("credit", "byline", "attribution", "section", "tag")
LEAD_PARAGRAPHS = 2
AROUND = 1000  # characters of a sentence that are shown before and after the words that matched
_BREAK = "\x1e"  # between the parts while they are folded in one go

_ALL = 1 << 40  # past every position

Ranges = tuple[tuple[int, int], ...]  # half-open spans of positions


class Part:
    """One stretch of text: a headline, a paragraph, a caption; positions are the article's."""

    __slots__ = ("_sentences", "_spans", "field", "first", "folded", "index", "raw", "tokens")

    def __init__(
        self, field: str, index: int | None, raw: str, folded: str, first: int
    ) -> None:
        self.field = field
        self.index = index  # which paragraph, caption, tag …; None: there is only one
        self.raw = raw
        self.folded = folded
        self.first = first  # position of its first token
        self.tokens: list[str] = find_tokens(folded)
        self._spans: list[tuple[int, int]] | None = None
        self._sentences: list[int] | None = None

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Return where each token stands in the original text."""
        if self._spans is None:
            self._spans = original_spans(self.raw, self.folded)
        return self._spans

    @property
    def sentences(self) -> list[int]:
        """Return the offsets at which its sentences begin."""
        if self._sentences is None:
            self._sentences = sentence_starts(self.raw)
        return self._sentences

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that the character belongs to."""
        return bisect_right(self.sentences, offset) - 1

    def tokens_between(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the positions of the first and last token that the characters touch."""
        first = bisect_right(self.spans, start, key=itemgetter(1))
        last = bisect_left(self.spans, end, key=itemgetter(0)) - 1
        return (self.first + first, self.first + last) if first <= last else None

    def sentence_text(self, start: int, end: int) -> str:
        """Return the sentences that the characters from start to end stand in.

        Of one without an end it is what stands around: to find where all the sentences of a
        long paragraph begin would hold the loop, and nobody is shown more.
        """
        low = max(0, start - AROUND)
        around = self.raw[low : end + AROUND]
        starts = sentence_starts(around)
        first = bisect_right(starts, start - low) - 1
        after = bisect_right(starts, max(start, end - 1) - low)
        return around[starts[first] : starts[after] if after < len(starts) else None].strip()


class Reading:
    """One article as rules see it; what no rule asks for is not worked out."""

    def __init__(
        self, page: Article | Prepared, imprint: Imprint, source: Source | None
    ) -> None:
        language = imprint.language or ((source and source.language) or "")
        self._page = page
        self._imprint = imprint
        self._source = source
        self.url = imprint.url
        self.language = language.partition("-")[0].lower()
        self.country = ((source and source.country) or "").lower()
        self.access = imprint.access.value
        self.published_at = imprint.published_at

    @cached_property
    def _article(self) -> Article:
        return self._page if isinstance(self._page, Article) else self._page.article

    @cached_property
    def words_at_hand(self) -> frozenset[str] | None:
        """Return the tokens it has at most; None: only a reading tells."""
        return distinct_tokens(self._page.text) if isinstance(self._page, Prepared) else None

    @cached_property
    def parts(self) -> list[Part]:
        """Return its stretches of text, in the order of their positions."""
        return _parts(_texts(self._article))

    @cached_property
    def _firsts(self) -> list[int]:
        return [part.first for part in self.parts]

    @cached_property
    def names(self) -> frozenset[str]:
        """Return what source: may call this article's source."""
        return _names(self._imprint, self._source)

    @cached_property
    def words(self) -> int:
        """Return how many words its body has."""
        return sum(len(part.tokens) for part in self.parts if part.field == "body")

    @cached_property
    def story_tokens(self) -> frozenset[str]:
        """Return the tokens of the story's own words."""
        return _tokens(self.parts, STORY)

    @cached_property
    def beside_tokens(self) -> frozenset[str]:
        """Return the tokens that stand beside the story."""
        return _tokens(self.parts, BESIDE)

    @cached_property
    def ranges(self) -> dict[str, Ranges]:
        """Return where each field is, by its name in a query."""
        body = self._article.body
        headings = {n for n, b in enumerate(body) if b.kind is BlockKind.HEADING}
        return _ranges(self.parts, headings)

    def places(self, fields: tuple[str, ...]) -> dict[str, list[int]]:
        """Return where each token stands in the fields, in ascending order."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for part in self.parts:
            if part.field in fields:
                for position, token in enumerate(part.tokens, part.first):
                    places[token].append(position)
        return places

    def find(self, token: str, fields: tuple[str, ...]) -> list[int]:
        """Return where one token stands in the fields."""
        return [
            position
            for part in self.parts
            if part.field in fields and token in part.tokens
            for position, other in enumerate(part.tokens, part.first)
            if other == token
        ]

    def part_at(self, position: int) -> Part:
        """Return the part that a token stands in."""
        return self.parts[bisect_right(self._firsts, position) - 1]

    def parts_in(self, scope: str | None) -> list[Part]:
        """Return the parts of a field; None: the story's own words."""
        if scope is None:
            return [part for part in self.parts if part.field in STORY]
        ranges = self.ranges.get(scope, ())
        return [p for p in self.parts if any(low <= p.first < high for low, high in ranges)]

    def raw_token(self, position: int) -> str:
        """Return a token as the article wrote it."""
        part = self.part_at(position)
        start, end = part.spans[position - part.first]
        return part.raw[start:end]

    def sentence_end(self, position: int) -> int:
        """Return the position of the last token in this token's sentence."""
        part = self.part_at(position)
        spans = part.spans
        here = part.sentence_at(spans[position - part.first][0])
        if here + 1 >= len(part.sentences):
            return part.first + len(spans) - 1
        after = part.sentences[here + 1]
        return part.first + bisect_right(spans, (after, -1)) - 1

    def part_end(self, position: int) -> int:
        """Return the position of the last token in this token's paragraph."""
        part = self.part_at(position)
        return part.first + len(part.tokens) - 1

    def age(self, now: datetime) -> timedelta | None:
        """Return how long ago it was published; None: its page does not say."""
        if self.published_at is None:
            return None
        return now - latest(self.published_at)


def read_article(article: Article, *, source: Source | None = None) -> Reading:
    """Read an article for the rules; the source, if known, lends its names and country."""
    return Reading(article, imprint(article), source)


def read_prepared(page: Prepared, *, source: Source | None = None) -> Reading:
    """Read an article that comes from a worker: most are passed over by their words alone."""
    return Reading(page, page.imprint, source)


def _texts(article: Article) -> list[tuple[str, int | None, str]]:
    """List the field, number and text of each part, in the order of their tokens."""
    texts: list[tuple[str, int | None, str]] = [("headline", None, article.headline)]
    opening = article.body[:LEAD_PARAGRAPHS]
    # A standfirst that repeats the text is no second mention.
    if not any(_holds_whole(block.text, article.summary) for block in opening):
        texts.append(("summary", None, article.summary))
    texts += [("body", at, block.text) for at, block in enumerate(article.body)]
    images = article.images or ((article.lead_image,) if article.lead_image else ())
    texts += [("caption", at, image.caption) for at, image in enumerate(images)]
    texts += [("credit", at, image.credit) for at, image in enumerate(images)]
    texts += [("byline", at, name) for at, name in enumerate(article.authors)]
    texts += [("attribution", at, a.name) for at, a in enumerate(article.attributions)]
    texts.append(("section", None, article.section))
    texts += [("tag", at, tag) for at, tag in enumerate(article.tags)]
    return [row for row in texts if row[2]]


def _holds_whole(text: str, part: str) -> bool:
    """Tell whether a text holds another one that does not begin or end inside a word."""
    start = text.find(part)
    before, after = text[:start][-1:], text[start + len(part) :][:1]
    return start >= 0 and not (before.isalnum() or after.isalnum())


def _parts(texts: Sequence[tuple[str, int | None, str]]) -> list[Part]:
    if not texts:
        return []
    whole = _BREAK.join(text.replace(_BREAK, " ") for _, _, text in texts)
    parts: list[Part] = []
    position, before = 0, ""
    for (field, index, raw), folded in zip(texts, fold(whole).split(_BREAK), strict=True):
        if parts and not field == before == "body":
            position += GAP
        part = Part(field, index, raw, folded, position)
        if part.tokens:
            parts.append(part)
            position += len(part.tokens)
            before = field
    return parts


def _tokens(parts: list[Part], fields: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(part.tokens for part in parts if part.field in fields))


def _ranges(parts: list[Part], headings: set[int]) -> dict[str, Ranges]:
    found: dict[str, list[tuple[int, int]]] = {}
    for part in parts:
        found.setdefault(part.field, []).append((part.first, part.first + len(part.tokens)))
    lead = found.pop("summary", [])
    paragraphs = [p for p in parts if p.field == "body" and p.index not in headings]
    for part in paragraphs[:LEAD_PARAGRAPHS]:
        lead = [*lead, (part.first, part.first + len(part.tokens))]
    if body := found.get("body"):
        found["body"] = [(body[0][0], body[-1][1])]
    found["lead"] = lead
    found["hlead"] = [*found.get("headline", []), *lead]
    found["any"] = [(0, _ALL)]
    return {field: tuple(spans) for field, spans in found.items()}


def _names(article: Imprint, source: Source | None) -> frozenset[str]:
    """Return all that source: may say for this article: id, host and its parents, tags."""
    names = {article.source_id.lower()}
    host = (urlsplit(article.canonical_url or article.url).hostname or "").lower()
    labels = host.split(".")
    names.update(".".join(labels[at:]) for at in range(max(1, len(labels) - 1)))
    if source is not None:
        names.update(tag.lower() for tag in source.tags)
        names.add(source.id.lower())
    return frozenset(names - {""})

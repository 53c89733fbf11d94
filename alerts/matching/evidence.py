"""Show the words that made a rule fire: field, paragraph, characters, sentence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from alerts.matching.hits import Mention
from alerts.matching.reading import Part, Reading

PER_CLAUSE = 4  # mentions shown of each clause …
MAX_EVIDENCE = 24  # … and of a whole rule; an article may repeat a word a thousand times


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One stretch of an article that made a rule fire."""

    field: str  # headline, summary, body, caption, credit, byline, attribution, section, tag
    block: int | None  # which paragraph, caption, … (from 0); None: the field has only one text
    start: int  # characters in the original text of that field or block
    end: int
    words: str  # that stretch, as written
    sentence: str  # the sentence around it

    @property
    def place(self) -> str:
        """Return where it stands as a person says it: "body ¶4"."""
        if self.block is None:
            return self.field
        return f"body ¶{self.block + 1}" if self.field == "body" else self.field


def show(mentions: Iterable[Mention], reading: Reading) -> tuple[Evidence, ...]:
    """Return the evidence for the mentions, in the article's order."""
    chosen = sorted(set(mentions))[:MAX_EVIDENCE]
    return tuple(piece for mention in chosen for piece in _pieces(mention, reading))


def _pieces(mention: Mention, reading: Reading) -> Iterator[Evidence]:
    """Cut a mention at the borders of paragraphs: a distance may cross them."""
    start, end = mention
    while start <= end:
        part = reading.part_at(start)
        last = min(end, part.first + len(part.tokens) - 1)
        yield _piece(part, start - part.first, last - part.first)
        start = last + 1


def _piece(part: Part, first: int, last: int) -> Evidence:
    start, end = part.spans[first][0], part.spans[last][1]
    return Evidence(
        field=part.field,
        block=part.index,
        start=start,
        end=end,
        words=part.raw[start:end],
        sentence=part.sentence_text(start, end),
    )

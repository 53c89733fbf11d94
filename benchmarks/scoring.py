"""Score what an extractor reads on a page against what is true of it.

Body F1 is the article-extraction-benchmark's measure (4-gram shingles of words, per page,
macro). Where the truth marks a standfirst or optional paragraphs, both answers count as right.
"""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from benchmarks.truth import Page

_WORD: Final = re.compile(r"\w+")
_SHINGLE: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an extractor says of a page; None: it does not read such a field at all."""

    body: str = ""  # paragraphs parted by an empty line
    summary: str = ""
    title: str | None = None
    authors: tuple[str, ...] | None = None
    published: datetime | date | None = None
    dates: bool = False  # it reads dates
    minutes: bool = False  # it reads times of day
    captions: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How one page came out; a measure that the truth or the extractor lacks is left out."""

    page: str
    publisher: str
    values: dict[str, float] = field(default_factory=dict)


def score(page: Page, answer: Answer) -> Score:
    """Compare one answer with the truth of its page."""
    values = dict(_body(page.truth, answer))
    values |= dict(_segments(page.truth, answer))
    values |= dict(_fields(page.truth, answer))
    return Score(page=page.id, publisher=str(page.truth.get("publisher", "")), values=values)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the 4-grams of words; a text of fewer words is one gram."""
    words = _WORD.findall(text)
    if not words:
        return Counter()
    return Counter(
        tuple(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1))
    )


def f1(got: Counter[Any], want: Counter[Any]) -> float:
    """Return the harmonic mean of precision and recall of two multisets."""
    both = (got & want).total()
    if both:
        return 2 * both / (got.total() + want.total())
    return 1.0 if not got and not want else 0.0


def _body(truth: dict[str, Any], answer: Answer) -> Iterator[tuple[str, float]]:
    wanted = list(_versions(truth, answer.body))
    if not wanted:
        return
    given = [shingles(answer.body)]
    best = max(f1(given[0], shingles("\n\n".join(want))) for want in wanted)
    yield "body", best
    yield "under 0.9", float(best < 0.9)
    yield "blank", float(best < 0.1)
    squeezed = squeeze(answer.body)
    yield "exact", float(any(squeezed == squeeze("\n\n".join(want)) for want in wanted))
    if "body_paragraphs" in truth:
        lines = Counter(filter(None, map(squeeze, answer.body.split("\n"))))
        yield "paragraphs", max(f1(lines, Counter(map(squeeze, want))) for want in wanted)


def _versions(truth: dict[str, Any], body: str) -> Iterator[list[str]]:
    """Yield every text that counts as right."""
    if "body_blocks" in truth:
        yield [text for _, text in truth["body_blocks"]]
        yield [text for kind, text in truth["body_blocks"] if kind != "summary"]
    elif "body_paragraphs" in truth:
        optional = set(truth.get("optional_paragraphs") or ())
        paragraphs = truth["body_paragraphs"]
        given = squeeze(body)
        yield [
            text
            for number, text in enumerate(paragraphs)
            if number not in optional or squeeze(text) in given
        ]
    elif "body_text" in truth:
        yield [truth["body_text"]]


def _segments(truth: dict[str, Any], answer: Answer) -> Iterator[tuple[str, float]]:
    if "must_have" not in truth:
        return
    text = squeeze(f"{answer.summary} {answer.body}")
    have = [squeeze(segment) in text for segment in truth["must_have"]]
    free = [squeeze(segment) not in text for segment in truth["must_not_have"]]
    # Counted over all segments of the set, not per page: see total().
    yield "_found", float(sum(have))
    yield "_missed", float(len(have) - sum(have))
    yield "_noise", float(len(free) - sum(free))
    yield "_clean", float(sum(free))


def _fields(truth: dict[str, Any], answer: Answer) -> Iterator[tuple[str, float]]:
    if answer.title is not None and truth.get("title"):
        yield "title", float(squeeze(answer.title) == squeeze(truth["title"]))
    if answer.authors is not None and truth.get("authors"):
        yield "authors", f1(_names(answer.authors), _names(truth["authors"]))
    if answer.captions is not None and truth.get("image_captions"):
        yield "captions", _likeness(answer.captions, truth["image_captions"])
    if answer.dates and truth.get("published"):
        yield from _times(truth, answer)


def _times(truth: dict[str, Any], answer: Answer) -> Iterator[tuple[str, float]]:
    want, got = datetime.fromisoformat(truth["published"]), answer.published
    day = got is not None and _day(got) in {want.date(), _utc(want).date()}
    if isinstance(got, datetime) and got.tzinfo is not None:
        day = day or got.astimezone(want.tzinfo or UTC).date() == want.date()
    yield "day", float(day)
    if answer.minutes and truth.get("published_precision") == "minute":
        right = isinstance(got, datetime) and abs(_apart(got, want)).total_seconds() < 60
        yield "minute", float(right)


def _apart(got: datetime, want: datetime) -> timedelta:
    """Return how far two times are apart; without a zone the truth is the page's own clock."""
    if want.tzinfo is None:
        return got.replace(tzinfo=None) - want
    return _utc(got) - want


def _day(value: datetime | date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _names(names: Iterable[str]) -> Counter[str]:
    return Counter({squeeze(name).casefold(): 1 for name in names if squeeze(name)})


def _likeness(got: Iterable[str], want: Iterable[str]) -> float:
    """Return the F1 of captions; two are one where they differ by a credit at most."""
    left = [squeeze(text) for text in want if squeeze(text)]
    given = list(dict.fromkeys(squeeze(text) for text in got if squeeze(text)))
    pairs = 0
    wanted = len(left)
    for text in given:
        match = next((other for other in left if _alike(text, other)), None)
        if match is not None:
            left.remove(match)
            pairs += 1
    return 2 * pairs / (len(given) + wanted) if given or wanted else 1.0


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (short in long and len(short) >= 0.6 * len(long))


def squeeze(text: str) -> str:
    """Return a text in one form: entities read, NFKC, quotes and white space made alike."""
    text = unicodedata.normalize("NFKC", html.unescape(text)).replace("\u00ad", "")
    text = text.translate({0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"', 0x200B: ""})
    return " ".join(text.split())


def total(scores: Iterable[Score]) -> dict[str, float]:
    """Return the means over the pages, and the F1 of must and must-not segments."""
    sums: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for each in scores:
        for name, value in each.values.items():
            sums[name] += value  # type: ignore[assignment]  # Counter says int, floats add too
            counts[name] += 1
    means = {name: sums[name] / counts[name] for name in counts if not name.startswith("_")}
    if counts["_found"]:
        found, missed, noise = sums["_found"], sums["_missed"], sums["_noise"]
        means["must/must-not"] = 2 * found / (2 * found + missed + noise)
    return means

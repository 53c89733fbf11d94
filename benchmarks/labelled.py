"""Make a labelled set of articles out of the corpus: events, their copies, and false friends.

Each event is a text of its own, mixed from sentences of the corpus with names, numbers and
words exchanged. Its copies are made as outlets make them; its false friends keep the template
and tell of another day.
"""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from storage.article import Article, Block

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
KINDS = ("exact", "reheadlined", "cut", "wrapped", "new lead", "rewritten")

_SENTENCE = re.compile(r"(?<=[.!?。])\s+")
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[a-zа-я,] )[A-ZА-Я][a-zа-я]{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One article, and the event it tells of."""

    event: int
    kind: str  # "first", one of KINDS, or "false friend" (first of an event of its own)
    article: Article
    at: datetime


class Maker:
    """Make events out of sentences; the same seed makes the same ones."""

    def __init__(self, sentences: list[str], seed: int) -> None:
        self.random = random.Random(seed)
        self.sentences = sentences
        words = [word for sentence in sentences for word in sentence.split()]
        self.words = sorted({word.lower() for word in words if word.isalpha()})
        self.names = sorted(
            {name for sentence in sentences for name in _NAME.findall(sentence)}
        )

    def event(self) -> list[str]:
        """Return the sentences of a new event."""
        count = self.random.choice((6, 9, 12, 16, 20, 26, 34))
        chosen = self.random.sample(self.sentences, count)
        names: dict[str, str] = {}
        return [self.reword(self.rename(text, names), 0.35) for text in chosen]

    def rename(self, text: str, names: dict[str, str]) -> str:
        """Exchange all names and numbers, each name for the same one throughout."""
        choose = self.random.choice
        text = _NAME.sub(
            lambda m: names.setdefault(m[0], choose(self.names) + choose("aeiou") + "n"), text
        )
        return _NUMBER.sub(lambda m: str(self.random.randrange(1, 10 ** len(m[0]))), text)

    def reword(self, text: str, share: float) -> str:
        """Exchange a share of the plain words."""
        return " ".join(
            self.random.choice(self.words)
            if word.islower() and self.random.random() < share
            else word
            for word in text.split(" ")
        )

    def copy(self, kind: str, text: list[str]) -> list[str]:
        """Return the text as another outlet prints it."""
        random_ = self.random
        match kind:
            case "cut":
                return text[: max(3, int(len(text) * random_.uniform(0.35, 0.85)))]
            case "wrapped":
                before = [f"{random_.choice(self.names)} — Read our newsletter every day."]
                return before + text + self.boilerplate()
            case "new lead":
                return [self.reword(random_.choice(self.sentences), 0.3), *text[1:]]
            case "rewritten":
                return self.rewrite(text)
            case _:
                return text

    def boilerplate(self) -> list[str]:
        """Return what one of twenty outlets prints below every article."""
        outlet = random.Random(self.random.randrange(20))
        return outlet.sample(self.sentences, 3)

    def rewrite(self, text: list[str]) -> list[str]:
        """Drop, add, reorder and reword sentences, lightly."""
        kept = [self.reword(line, self.random.uniform(0.05, 0.2)) for line in text]
        for _ in range(max(1, len(kept) // 6)):
            kept.pop(self.random.randrange(len(kept)))
        at = self.random.randrange(len(kept) - 1)
        kept[at], kept[at + 1] = kept[at + 1], kept[at]
        return [*kept, self.reword(self.random.choice(self.sentences), 0.3)]

    def false_friend(self, text: list[str]) -> list[str]:
        """Return the same template about another day: other numbers, and often other names."""
        names: dict[str, str] = {}
        if sum(len(_NUMBER.findall(line)) for line in text) > 4 and self.random.random() < 0.5:
            names = {name: name for line in text for name in _NAME.findall(line)}
        return [self.reword(self.rename(line, names), 0.08) for line in text]


def corpus_sentences() -> list[str]:
    """Return the sentences of all bodies of the corpus."""
    found: dict[str, None] = {}
    for truth in sorted(CORPUS.glob("*/truth.jsonl")):
        for line in truth.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            body = row.get("body_text") or "\n".join(row.get("body_paragraphs") or [])
            for sentence in _SENTENCE.split(body.replace("\n", " ")):
                words = sentence.split()
                plain = sum(word.islower() for word in words)
                if 40 <= len(sentence) <= 400 and plain > 0.6 * len(words):
                    found[sentence] = None
    return list(found)


def labelled(count: int, *, seed: int = 7) -> Iterator[Labelled]:
    """Make count articles in the order in which they come out."""
    maker = Maker(corpus_sentences(), seed)
    start = datetime.fromisoformat("2026-10-01T00:00:00+00:00")
    made: list[Labelled] = []
    event = 0
    while len(made) < count:
        text = maker.event()
        at = start + timedelta(minutes=maker.random.randrange(40 * 24 * 60))
        made.append(_article(maker, event, "first", text, at))
        for kind in maker.random.sample(KINDS, maker.random.randrange(2, 6)):
            later = at + timedelta(minutes=maker.random.randrange(5, 30 * 60))
            made.append(_article(maker, event, kind, maker.copy(kind, text), later))
        event += 1
        if maker.random.random() < 0.4:
            day = at + timedelta(days=maker.random.randrange(1, 30))
            friend = maker.false_friend(text)
            made.append(_article(maker, event, "false friend", friend, day))
            event += 1
    yield from sorted(made[:count], key=lambda one: (one.at, one.event))


def _article(maker: Maker, event: int, kind: str, text: list[str], at: datetime) -> Labelled:
    number = maker.random.randrange(1 << 60)
    headline = maker.reword(" ".join(text[0].split()[:9]), 0.0 if kind == "exact" else 0.5)
    article = Article(
        source_id=f"outlet-{number % 50}",
        url=f"https://outlet-{number % 50}.example/{number}",
        headline=headline,
        published_at=at,
        language="en",
        body=tuple(Block(text=" ".join(text[i : i + 3])) for i in range(0, len(text), 3)),
    )
    return Labelled(event=event, kind=kind, article=article, at=at)

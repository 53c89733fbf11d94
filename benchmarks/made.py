"""Make articles of which the store takes any number, as long and as varied as the press's."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from benchmarks.labelled import Maker, corpus_sentences
from crawler.watch.read import AT_ONCE
from storage.article import Article, Block

NOW: Final = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
# Between two articles: a million come before the first is due for another look.
STEP: Final = timedelta(microseconds=500)
_SOURCES = 50


class Wording:
    """A sentence of the corpus, seven of ten of whose plain words are exchanged for others."""

    def __init__(self, sentence: str) -> None:
        self.words = sentence.split(" ")
        plain = [at for at, word in enumerate(self.words) if word.islower()]
        self.turns = [
            [at for i, at in enumerate(plain) if (i + turn) % 10 < 7] for turn in range(10)
        ]

    def say(self, words: Sequence[str], chance: random.Random) -> str:
        """Return the sentence with other words."""
        text, places = self.words.copy(), self.turns[chance.randrange(10)]
        for at, word in zip(places, chance.choices(words, k=len(places)), strict=True):
            text[at] = word
        return " ".join(text)


def articles(seed: int = 3) -> Iterator[Article]:
    """Make articles of 1.8 KB on average, each with words of its own.

    Words are exchanged for others as often as the press uses them: of a text's 290 words some
    220 are different, as in the corpus.
    """
    maker = Maker(corpus_sentences(), seed)
    lines, chance = maker.sentences, random.Random(seed)
    words = [word.lower() for line in lines for word in line.split() if word.isalpha()]
    wordings = [Wording(line) for line in lines]
    number = 0
    while True:
        body = [
            wording.say(words, chance)
            for wording in chance.choices(wordings, k=chance.randrange(6, 20))
        ]
        body.append(f"The {number % 997} of them came from {chance.choice(maker.names)}.")
        source = f"outlet-{number // AT_ONCE % _SOURCES}"
        yield Article(
            source_id=source,
            url=f"https://{source}.example/news/2026/11/24/{number}-{chance.choice(words)}",
            headline=chance.choice(lines)[:80],
            published_at=NOW + STEP * number,
            language="en",
            authors=("A. Reporter",),
            body=tuple(Block(text=" ".join(body[i : i + 2])) for i in range(0, len(body), 2)),
        )
        number += 1

"""How many articles a second can be matched against 100 to 100,000 rules.

    python -m benchmarks.rules [--json] [--fast]

Articles of about 600 words in five scripts, words as frequent as in the press (Zipf); rules of
3 to 8 words and phrases in the shapes that desks write. Everything is drawn from one seed.
Reading the article (folding, tokens) is included, and so is the evidence of each match. The
peers see the same articles and rules: one compiled regular expression per rule, one FTS5 query
per rule, and the floor, a bare Aho-Corasick scan over the folded text, which decides nothing.
CPU seconds of one core.
"""

import argparse
import gc
import json
import random
import re
import sqlite3
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from statistics import median
from time import process_time

from alerts.language.complaint import to_located
from alerts.matching.narrow import narrow
from alerts.matching.reading import read_article
from alerts.matching.ruleset import RuleSet, compile_rules
from config.rule import RuleText
from storage.article import Article, Block
from storage.folded import fold_article
from storage.folding import fold
from storage.narrowing import expression

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
ALPHABETS = {
    "en": "eeeeaaaiiooouttttnnssrrrllddccmmppbgfhvwyk",
    "az": "aaaəəəiiıınnrrllddmmssttyykbgçşüöuoezvh",
    "ru": "ооооеееаааиинннттттссррввллккмдпуяыьгзбчй",
    "fa": "اااییرردنمنتهوووسبشکگلزخقعجفپ",
    "hy": "աաաներրիիոոււտսկմդլյգվպզհխծ",
}
WORDS_PER_LANGUAGE = 30_000
_SLOW = {"re", "fts5"}
FLOORS = {1_000: 2_000, 10_000: 1_200, 100_000: 500}


@dataclass(frozen=True)
class Terms:
    """What one rule asks for, in a form every contestant can say."""

    required: tuple[str, ...]  # all of these …
    either: tuple[str, ...]  # … and one of these
    query: str


class Language:
    """A vocabulary with press-like frequencies."""

    def __init__(self, code: str, dice: random.Random) -> None:
        letters = ALPHABETS[code]
        words: dict[str, None] = {}
        while len(words) < WORDS_PER_LANGUAGE:
            length = 2 + min(int(dice.gammavariate(3.2, 1.5)), 12) + (len(words) > 200)
            words["".join(dice.choice(letters) for _ in range(length))] = None
        self.code = code
        self.words = list(words)
        # Zipf and Mandelbrot: 620 words hold some 350 different ones; real English 260 to 320,
        # inflected languages around 400.
        frequencies = (1 / (rank + 2.7) ** 1.1 for rank in range(len(self.words)))
        self.weights = list(accumulate(frequencies))

    def draw(self, dice: random.Random) -> str:
        """Draw a word as a text uses it."""
        return self.words[bisect(self.weights, dice.random() * self.weights[-1])]

    def name(self, dice: random.Random) -> str:
        """Draw a word as analysts choose them: names and subjects, not the commonest."""
        rank = int(1_200 / (1 - dice.random()))
        return self.words[min(rank, len(self.words) - 1)]


def make_articles(languages: list[Language], count: int, dice: random.Random) -> list[Article]:
    """Make articles of about 600 words."""
    made = []
    for number in range(count):
        language = languages[number % len(languages)]
        texts = [
            " ".join(language.draw(dice) for _ in range(dice.randint(22, 38))).capitalize()
            for _ in range(20)
        ]
        blocks = [Block(text=f"{t[: len(t) // 2]}, “{t[len(t) // 2 :]}”.") for t in texts]
        made.append(
            Article(
                source_id="newsroom",
                url=f"https://newsroom.example/{number}",
                headline=" ".join(language.draw(dice) for _ in range(9)),
                language=language.code,
                body=tuple(blocks),
                tags=(language.name(dice), language.name(dice)),
            )
        )
    return made


def make_terms(languages: list[Language], count: int, dice: random.Random) -> Iterator[Terms]:
    """Make the rules."""
    for _ in range(count):
        language = dice.choice(languages)
        one, two, three, four = (language.name(dice) for _ in range(4))
        either = three, four, *(language.name(dice) for _ in range(dice.randint(0, 4)))
        ors = " OR ".join(either)
        shapes = [
            Terms((one, two), (), f"{one} AND {two} AND NOT {three}"),
            Terms((one,), either, f"{one} AND ({ors})"),
            Terms((one, two), either, f"{one} AND {two} AND ({ors})"),
            Terms((one, two), either, f"{one} NEAR/6 {two} AND ({ors})"),
            Terms((f"{one} {two}",), either, f'"{one} {two}" AND ({ors})'),
            Terms((one,), (two, three), f"{one} AND ({two[:6]:o<3}* OR {three[:5]:o<3}*)"),
            Terms((one, two), (), f"headline:{one} AND {two} AND words:>100"),
            Terms((one, two), (), f"ATLEAST2({one}) AND {two} AND NOT headline:{four}"),
        ]
        yield dice.choice(shapes)


def rules_of(terms: list[Terms]) -> list[RuleText]:
    """Write the rules as an analyst's file would hold them."""
    return [
        RuleText(id=f"r{n}", place=to_located(f"r{n}"), name="", match=to_located(each.query))
        for n, each in enumerate(terms)
    ]


def per_second(work: Callable[[Article], object], articles: list[Article]) -> float:
    """Return articles per CPU second, the median of eight parts: we share the machine."""
    gc.collect()
    size = max(1, len(articles) // 8)
    rates = []
    for first in range(0, len(articles), size):
        some = articles[first : first + size]
        begun = process_time()
        for article in some:
            work(article)
        rates.append(len(some) / (process_time() - begun))
    return median(rates)


def ours(rules: RuleSet) -> Callable[[Article], int]:
    """Read and match, as ingest does."""
    return lambda article: len(rules.match(read_article(article), now=NOW).matches)


def regexes(terms: list[Terms]) -> Callable[[Article], int]:
    """One compiled expression per rule: its words, in any order, by lookahead."""

    def word(text: str) -> str:
        return rf"\b{re.escape(fold(text))}\b"

    compiled = []
    for each in terms:
        needed = list(map(word, each.required))
        if each.either:
            needed.append("(?:" + "|".join(map(word, each.either)) + ")")
        compiled.append(re.compile("".join(rf"(?=[\s\S]*?{one})" for one in needed)))

    def count(article: Article) -> int:
        text = fold(f"{article.headline}\n{article.text}")
        return sum(one.match(text) is not None for one in compiled)

    return count


def fts_queries(rules: list[RuleText]) -> Callable[[Article], int]:
    """One full-text query per rule against a table that holds the article."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE page USING fts5(words)")
    narrowed = [narrow(rule.match.value) for rule in rules if rule.match]
    queries = [expression(each) for each in narrowed if each is not None]

    def count(article: Article) -> int:
        database.execute("DELETE FROM page")
        database.execute("INSERT INTO page VALUES (?)", (fold_article(article),))
        found = 0
        for query in queries:
            rows = database.execute("SELECT 1 FROM page WHERE page MATCH ?", (query,))
            found += rows.fetchone() is not None
        return found

    return count


def bare_scan(terms: list[Terms]) -> Callable[[Article], int]:
    """Find the words only: the floor for any design that must see them."""
    import daachorse  # of .venv/.peers; who asks for no peer needs none

    words = {fold(text) for each in terms for text in (*each.required, *each.either)}
    automaton = daachorse.CharwiseDoubleArrayAhoCorasick(sorted(words))
    return lambda a: len(automaton.find_overlapping(fold(f"{a.headline}\n{a.text}")))


def count_documents(articles: list[Article]) -> dict[str, int]:
    """Count in how many articles a token stands, as the archive's index knows."""
    counts: dict[str, int] = {}
    for article in articles:
        for token in read_article(article).story_tokens:
            counts[token] = counts.get(token, 0) + 1
    return counts


def measure(
    terms: list[Terms], archive: list[Article], articles: list[Article]
) -> dict[str, float]:
    """Measure ours and the peers on one number of rules."""
    texts = rules_of(terms)
    frequencies = count_documents(archive)
    gc.collect()
    begun = process_time()
    rules = compile_rules(texts, frequencies=frequencies)
    row = {"rules": float(len(terms)), "build": process_time() - begun}
    per_second(ours(rules), archive)  # a daemon has long seen the words of the press
    row["ours"] = per_second(ours(rules), articles)
    row["fired"] = sum(map(ours(rules), articles[:200])) / 200
    row["unranked"] = per_second(ours(compile_rules(texts)), articles)
    row["scan"] = per_second(bare_scan(terms), articles)
    if len(terms) <= 10_000:
        few = articles[: max(2, 10_000 // len(terms))]
        row["re"] = per_second(regexes(terms), few)
        row["fts5"] = per_second(fts_queries(texts), few)
    return row


def report(rows: list[dict[str, float]]) -> None:
    """Print the table."""
    heads = ["rules", "ours", "unranked", "re", "fts5", "scan"]
    print(
        "articles per CPU second; floor = what the issue asks; unranked = ours, no archive yet"
    )
    print(" ".join(f"{head:>9}" for head in [*heads, "floor", "fired", "build s"]))
    for row in rows:
        cells = [f"{row.get(head, float('nan')):>9,.{int(head in _SLOW)}f}" for head in heads]
        floor = FLOORS.get(int(row["rules"]), 0)
        print(" ".join(cells), f"{floor:>9,} {row['fired']:>9.2f} {row['build']:>9.2f}")


def main() -> None:
    """Measure, print a table, and with --json one object on the last line."""
    parser = argparse.ArgumentParser(description="matching articles against many rules")
    parser.add_argument("--json", action="store_true", help="one object on the last line")
    parser.add_argument("--fast", action="store_true", help="without 100,000 rules")
    asked = parser.parse_args()
    dice = random.Random(20261124)
    languages = [Language(code, dice) for code in ALPHABETS]
    articles = make_articles(languages, 1600, dice)
    archive, fresh = articles[:800], articles[800:]
    sizes = [100, 1_000, 10_000] + [100_000] * (not asked.fast)
    read = per_second(lambda article: read_article(article).story_tokens, fresh)  # it is lazy
    rows = [measure(list(make_terms(languages, n, dice)), archive, fresh) for n in sizes]
    report(rows)
    print(f"reading alone: {read:,.0f} articles per CPU second")
    if asked.json:
        print(json.dumps(to_figures(rows, read)))


def to_figures(rows: list[dict[str, float]], read: float) -> dict[str, float]:
    """Name the figures that are followed from run to run."""
    figures: dict[str, float] = {"articles_per_second_read_only": round(read)}
    for row in rows:
        size = int(row["rules"])
        figures[f"articles_per_second_{size}_rules"] = round(row["ours"])
        figures[f"build_seconds_{size}_rules"] = round(row["build"], 3)
        if "re" in row:
            figures[f"times_re_{size}_rules"] = round(row["ours"] / row["re"])
            figures[f"times_fts5_{size}_rules"] = round(row["ours"] / row["fts5"])
    return figures


if __name__ == "__main__":
    main()

"""Print how kinds of changes are told apart: python -m benchmarks.revisions [--json].

Each pair of versions (benchmarks/version_pairs.txt) is written for one kind; a row says what
they are taken for: several kinds are joined. A matrix for each hand: pairs that were written
with the rules, after them, and by people who had not seen them (docs/performance.md has what
those were taken for before the rules learned from them).
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from benchmarks.version_pairs import PAIRS, Pair
from storage.article import Article, Block
from storage.changes import find_changes

AROUND = ("The council met in Moscow on the coast.", "Nobody expected more of the day.")


def told(before: str, after: str) -> str:
    """Return the kinds found between two versions of which only one sentence differs."""
    found = find_changes(version(before), version(after))
    return " and ".join(change.kind for change in found) or "nothing"


def version(sentence: str) -> Article:
    """Return an article with the sentence between two others; empty: without it."""
    texts = filter(None, (AROUND[0], sentence, AROUND[1]))
    url = "https://news.example/a"
    return Article(source_id="news", url=url, body=tuple(Block(text=text) for text in texts))


def confusion(pairs: Iterable[Pair]) -> Counter[tuple[str, str]]:
    """Count for each kind what its pairs are taken for."""
    return Counter((pair.kind, told(pair.before, pair.after)) for pair in pairs)


def show(name: str, matrix: Counter[tuple[str, str]]) -> dict[str, object]:
    """Print a row for each kind, a column for each thing found; return the same as figures."""
    kinds = list(dict.fromkeys(kind for kind, _ in matrix))
    columns = kinds + sorted({found for _, found in matrix} - set(kinds))
    print(f"{name:<20}" + " ".join(f"{column[:11]:>11}" for column in columns))
    for kind in kinds:
        print(f"{kind:<20}" + " ".join(f"{matrix[kind, each] or '·':>11}" for each in columns))
    right = sum(matrix[kind, kind] for kind in kinds)
    print(f"{right} of {matrix.total()} pairs told as what they are\n")
    rows = {kind: {f: n for (k, f), n in matrix.items() if k == kind} for kind in kinds}
    return {"right": right, "pairs": matrix.total(), "matrix": rows}


def main() -> None:
    """Print the matrices."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    hands = groupby(PAIRS, key=lambda pair: pair.written)
    figures = {hand: show(hand, confusion(pairs)) for hand, pairs in hands}
    if options.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()

"""Print how kinds of changes are told apart: python -m benchmarks.revisions [--json].

Each pair of versions (benchmarks/version_pairs.py) is written for one kind; a row says what
they were taken for. A change of several kinds, or of none, stands under what was found, joined.
"""

import argparse
import json
from collections import Counter

from benchmarks.version_pairs import PAIRS
from storage.article import Article, Block
from storage.change_kinds import ChangeKind
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


def confusion() -> Counter[tuple[str, str]]:
    """Count for each kind what its pairs were taken for."""
    return Counter(
        (kind.value, told(before, after))
        for kind, pairs in PAIRS.items()
        for before, after in pairs
    )


def main() -> None:
    """Print the matrix: a row for each kind, a column for each thing found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    matrix = confusion()
    kinds = list(PAIRS)
    strange = sorted({found for _, found in matrix} - set(kinds))
    columns: list[str | ChangeKind] = [*kinds, *strange]
    print(" " * 20 + " ".join(f"{column[:11]:>11}" for column in columns))
    for kind in kinds:
        print(f"{kind:<20}" + " ".join(f"{matrix[kind, each] or '·':>11}" for each in columns))
    right = sum(matrix[kind, kind] for kind in kinds)
    print(f"{right} of {matrix.total()} pairs told as what they are")
    if options.json:
        rows = {kind: {f: n for (k, f), n in matrix.items() if k == kind} for kind in kinds}
        print(json.dumps({"right": right, "pairs": matrix.total(), "matrix": rows}))


if __name__ == "__main__":
    main()

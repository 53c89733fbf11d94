"""Print how kinds of changes are told apart: python -m benchmarks.revisions [--json].

Each pair of versions (benchmarks/version_pairs.py) is written for one kind; a row says what
they were taken for: several kinds are joined. The second matrix is of pairs written after the
rules, which were not changed for them.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping

from benchmarks.version_pairs import PAIRS, UNSEEN
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


def confusion(
    pairs: Mapping[ChangeKind, Iterable[tuple[str, str]]],
) -> Counter[tuple[str, str]]:
    """Count for each kind what its pairs were taken for."""
    return Counter(
        (kind.value, told(before, after))
        for kind, mine in pairs.items()
        for before, after in mine
    )


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
    """Print both matrices."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    sets = {"seen": PAIRS, "unseen": UNSEEN}
    figures = {name: show(name, confusion(pairs)) for name, pairs in sets.items()}
    if options.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()

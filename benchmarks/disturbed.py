"""Measure how far each field leans on one signal: pages changed as other publishers write.

    python -m benchmarks.disturbed [--json] [--only NAME] [SET ...]

A row is a disturbance (benchmarks/disturbances.py), a column a field's mean over the sets.
"""

import argparse
import json
import logging
import sys
from typing import Final

from benchmarks.disturbances import disturb, names
from benchmarks.extractors import read_by_presswatch
from benchmarks.scoring import score, total
from benchmarks.truth import CORPUS, Page, corpus
from crawler.charset import decode

SETS: Final = ("fundus", "fundus_eval", "aeb")
_COLUMNS: Final = (
    "body", "under 0.9", "blank", "paragraphs", "must/must-not", "title", "authors", "day",
    "minute", "captions",
)  # fmt: skip


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true", help="one JSON object as last line")
    parser.add_argument("--only", action="append", choices=list(names()), metavar="NAME")
    parser.add_argument("sets", nargs="*", metavar="SET", help="of the corpus")
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)
    if not CORPUS.exists():
        sys.exit(f"{CORPUS} is not there: nothing to measure")
    pages = [(page, decode(page.read())) for page in corpus(*(arguments.sets or SETS))]
    rows = {}
    print(_row("", dict.fromkeys(_COLUMNS, ""), _COLUMNS))
    for name in arguments.only or names():
        rows[name] = measure(pages, name)
        cells = {column: f"{value:.3f}" for column, value in rows[name].items()}
        print(_row(name, cells, _COLUMNS), flush=True)
    if arguments.json:
        print(json.dumps(rows))


def measure(pages: list[tuple[Page, str]], name: str) -> dict[str, float]:
    """Return the figures of presswatch on pages disturbed in one way."""
    answers = ((page, read_by_presswatch(page, disturb(html, name))) for page, html in pages)
    return total(score(page, answer) for page, answer in answers)


def _row(name: str, cells: dict[str, str], columns: tuple[str, ...]) -> str:
    filled = (f"{cells.get(column, '-') or column:>14}" for column in columns)
    return f"{name:18}" + "".join(filled)


if __name__ == "__main__":
    main()

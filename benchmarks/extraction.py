"""Measure extraction beside its peers: quality per data set, and CPU time over a bare parse.

    python -m benchmarks.extraction [--json] [--check] [--raise] [--only presswatch] [SET ...]

`--check` fails where presswatch falls under a pinned floor; `--raise` pins what it reaches now
and never lowers a floor. What "x parse" is stands in benchmarks/pace.py. A peer
that takes over 20 CPU seconds for a page answers nothing there; the page is counted.
"""

import argparse
import json
import logging
import sys
from pathlib import Path
from typing import Final

from benchmarks.extractors import EXTRACTORS
from benchmarks.pace import NOISE, read_all
from benchmarks.scoring import Answer, score, total
from benchmarks.truth import CORPUS, corpus

SETS: Final = ("fundus", "fundus_eval", "aeb", "trafilatura")
FLOORS: Final = Path(__file__).with_name("extraction_floors.json")
OURS: Final = "presswatch"
COLUMNS: Final = (
    "body", "exact", "under 0.9", "blank", "paragraphs", "must/must-not", "title", "authors",
    "day", "minute", "captions", "x parse",
)  # fmt: skip
_LESS_IS_BETTER: Final = frozenset({"under 0.9", "blank", "x parse"})
_SLACK: Final = 0.0005  # figures are pinned with three digits
_ROUNDS: Final = 5
_NOTHING: Final = Answer(title="", authors=(), dates=True)
Figures = dict[str, float]


def main() -> None:
    """Run what the command line asks for."""
    arguments = _arguments()
    logging.disable(logging.CRITICAL)
    if not CORPUS.exists():
        sys.exit(f"{CORPUS} is not there: nothing to measure")
    names = arguments.only or list(EXTRACTORS)
    results = {}
    for each in arguments.sets or SETS:
        results[each] = measure(each, names)
        print(_table(each, results[each]), flush=True)
    failures = _check(results) if arguments.check else []
    if arguments.pin:
        _pin(results)
    print(*failures, sep="\n", end="\n" if failures else "")
    if arguments.json:
        print(json.dumps(results))
    sys.exit(1 if failures else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true", help="one JSON object as last line")
    parser.add_argument("--check", action="store_true", help="fail below the floors")
    parser.add_argument("--raise", dest="pin", action="store_true", help="pin what is reached")
    parser.add_argument("--only", action="append", choices=list(EXTRACTORS))
    parser.add_argument("sets", nargs="*", metavar="SET", help="of " + ", ".join(SETS))
    return parser.parse_args()


def measure(name: str, contenders: list[str]) -> dict[str, Figures]:
    """Return the figures of each contender on one data set."""
    pages = [(page, page.read()) for page in corpus(name)]
    figures = {}
    for contender in contenders:
        rounds = _ROUNDS if contender == OURS else 1
        read, ratio = read_all(pages, EXTRACTORS[contender], rounds)
        answers = [answer or _NOTHING for answer in read]
        scores = [score(page, answer) for (page, _), answer in zip(pages, answers, strict=True)]
        figures[contender] = total(scores) | {"x parse": ratio}
        given_up = f", gave up on {read.count(None)}" if None in read else ""
        print(f"{name}: {contender} read {len(pages)} pages{given_up}", file=sys.stderr)
    return figures


def _table(name: str, table: dict[str, Figures]) -> str:
    columns = [column for column in COLUMNS if any(column in row for row in table.values())]
    lines = [f"\n{name:14}" + "".join(f"{column:>14}" for column in columns)]
    for contender, row in table.items():
        cells = (f"{row[c]:14.3f}" if c in row else f"{'-':>14}" for c in columns)
        lines.append(f"{contender:14}" + "".join(cells))
    return "\n".join(lines)


def _floors() -> dict[str, Figures]:
    if not FLOORS.exists():
        return {}
    floors: dict[str, Figures] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return floors


def _check(results: dict[str, dict[str, Figures]]) -> list[str]:
    """Return where presswatch is worse than it was pinned to be."""
    floors = _floors()
    failures = []
    for each, table in results.items():
        if each not in floors:
            failures.append(f"{each}: no floor is pinned")
        for measure_, floor in floors.get(each, {}).items():
            now = table[OURS][measure_]
            worse = now - floor if measure_ in _LESS_IS_BETTER else floor - now
            if worse > (NOISE * floor if measure_ == "x parse" else _SLACK):
                failures.append(f"{each}: {measure_} is {now:.4f}, pinned at {floor:.3f}")
    return failures


def _pin(results: dict[str, dict[str, Figures]]) -> None:
    """Write the better of the old floor and what is reached now."""
    floors = _floors()
    for each, table in results.items():
        pinned = floors.setdefault(each, {})
        for measure_, now in table[OURS].items():
            better = min if measure_ in _LESS_IS_BETTER else max
            pinned[measure_] = round(better(now, pinned.get(measure_, now)), 3)
    FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

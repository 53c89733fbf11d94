"""What operators read of failures is what the code says."""

import re
from pathlib import Path

from crawler.fetch.outcome import FailureKind, RefusalKind

OPERATIONS = Path(__file__).parents[3] / "docs" / "operations.md"
WEIGHTS = {"¼": 0.25, "½": 0.5, "1": 1.0}


def rows() -> dict[str, str]:
    text = OPERATIONS.read_text(encoding="utf-8").partition("## Why something was not")[2]
    table = [line.split("|") for line in text.partition("\n## ")[0].splitlines() if "|" in line]
    return {
        word: cells[2].strip() for cells in table for word in re.findall(r"`(\w+)`", cells[1])
    }


def test_the_table_names_every_failure_with_its_weight() -> None:
    weights = {word: WEIGHTS.get(weight) for word, weight in rows().items()}
    assert weights == {
        **{kind.value: kind.weight for kind in FailureKind},
        **{kind.value: None for kind in RefusalKind},
    }

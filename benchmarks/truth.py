"""Read the corpus of real pages and what is true of each, in place."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
DATASETS = ("fundus", "fundus_eval", "aeb", "newspaper4k", "readability", "trafilatura")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One saved page and its truth."""

    dataset: str
    id: str
    url: str
    truth: dict[str, Any]

    def read(self) -> bytes:
        """Return the page's bytes as its origin stores them."""
        return gzip.decompress((CORPUS / self.dataset / f"{self.id}.html.gz").read_bytes())


def corpus(*datasets: str) -> Iterator[Page]:
    """Yield the pages of the named data sets, of all where none is named."""
    for dataset in datasets or DATASETS:
        with (CORPUS / dataset / "truth.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                truth = json.loads(line)
                yield Page(
                    dataset=dataset, id=truth["id"], url=truth.get("url", ""), truth=truth
                )

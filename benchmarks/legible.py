"""Read every page of the corpus as it is and as restless sources' are cut: is it the same.

    python -m benchmarks.legible [--json]

What `crawler.extract.legible` leaves out may not be missed by any field of an article. Pages of
less text than that for which a script is asked are counted apart: they are read whole. Ends
with 1 where an article differs. CPU of one thread; the cut is made for restless sources alone.
"""

import argparse
import json
import sys
import time
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Final

from benchmarks.truth import Page, corpus
from crawler.extract import extract_article
from crawler.extract.legible import legible
from storage.article import Article

NOW: Final = datetime(2026, 11, 26, tzinfo=UTC)
THIN: Final = 250  # characters (crawler/workers/work.py)


def read(page: Page, html: bytes) -> Article:
    """Return the article without the values that lost, which are not kept."""
    return replace(extract_article(html, page.url, now=NOW), candidates={})


def differing(one: Article, other: Article) -> list[str]:
    """Return the names of the fields that differ."""
    return [
        each.name
        for each in fields(Article)
        if getattr(one, each.name) != getattr(other, each.name)
    ]


def main() -> None:
    """Print what differs and what the cut costs, and with --json one object."""
    parser = argparse.ArgumentParser(description="pages cut to what can be read of them")
    parser.add_argument("--json", action="store_true", help="one object on the last line")
    asked = parser.parse_args()
    pages = thin = differ = before = after = 0
    cutting = 0.0
    for page in corpus():
        html = page.read()
        begun = time.thread_time()
        cut = legible(html)
        cutting += time.thread_time() - begun
        pages, before, after = pages + 1, before + len(html), after + len(cut)
        article = read(page, cut)
        if sum(len(block.text) for block in article.body) < THIN:
            thin += 1
        elif names := differing(article, read(page, html)):
            differ += 1
            print(f"{page.dataset} {page.id}: {', '.join(names)}")
    micros = cutting / pages * 1e6
    print(f"{pages} pages, {differ} read otherwise, {thin} of little text are read whole")
    print(f"{after / before:.2f} of their bytes are legible; cut in {micros:.0f} µs a page")
    if asked.json:
        print(
            json.dumps(
                {"pages": pages, "differ": differ, "thin": thin, "cut_us": round(micros)}
            )
        )
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()

"""A search of the archive ends when its time is over, and says so."""

from datetime import timedelta
from pathlib import Path

import pytest

from config.config import Config
from config.settings import Settings
from crawler.searching import Bounds, answer, to_question
from tests.making import NOW, make_article
from tests.storage.keeping import keep, opened

CONFIG = Config(
    settings=Settings(),
    sources=(),
    terms=(),
    rules=(),
    channels=(),
    digests=(),
    fingerprint="",
    rules_fingerprint="",
)
ARTICLES = 20
LONG = "Nine ships with grain left the harbour for the other shore of the sea. " * 200


@pytest.mark.parametrize(
    ("milliseconds", "whole"),
    [
        pytest.param(1, False, id="within the first batch"),
        pytest.param(60_000, True, id="nothing is left"),
    ],
)
async def test_the_clock_is_looked_at_before_each_article(
    tmp_path: Path, milliseconds: int, *, whole: bool
) -> None:
    question = to_question("harbour", CONFIG, since=NOW - timedelta(days=1), limit=ARTICLES)
    within = timedelta(milliseconds=milliseconds)
    async with opened(tmp_path) as database:
        for number in range(ARTICLES):
            await keep(
                database, make_article(LONG, f"{number}", url=f"https://a.example/{number}")
            )
        found = await answer(database, question, Bounds(candidates=1000, within=within))
    assert (found.looked_at == ARTICLES, found.complete) == (whole, whole)
    assert len(found.found) == found.looked_at

"""A search returns candidates, newest first, page by page, and never an accident."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from storage.database import Database
from storage.search import BadSearch, search
from tests.making import NOW, make_article
from tests.storage.keeping import keep, opened

HOUR = timedelta(hours=1)
ARTICLES = (
    ("Zangazur corridor", "The road through Naxçıvan was opened by Əliyev."),
    ("Коридор", "Зангезурский коридор обсуждали в Ереване."),
    ("دالان", "كاراباخ و زنگزور در گفت‌وگوها"),
    ("Sport", "The corridor of the stadium was repainted, said the club."),
)


async def fill(database: Database) -> None:
    for number, (headline, text) in enumerate(ARTICLES):
        url = f"https://a.example/{number}"
        await keep(
            database, make_article(text, headline=headline, url=url), NOW + HOUR * number
        )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("corridor", [4, 1], id="newest first"),
        pytest.param("headline:corridor", [1], id="one column"),
        pytest.param("naxcivan AND eliyev", [1], id="folded"),
        pytest.param("зангезур*", [2], id="the beginning of a word"),
        pytest.param("کاراباخ", [3], id="Persian letters"),
        pytest.param("corridor NOT club", [1], id="without"),
        pytest.param("nothing", [], id="nothing"),
    ],
)
async def test_what_a_query_finds(tmp_path: Path, query: str, found: list[int]) -> None:
    async with opened(tmp_path) as database:
        await fill(database)
        assert await database.read(lambda tx: search(tx, query)) == found


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        pytest.param(NOW + HOUR, None, [4], id="since"),
        pytest.param(None, NOW + HOUR, [1], id="until, not included"),
        pytest.param(NOW, NOW + HOUR * 4, [4, 1], id="both"),
        pytest.param(NOW + HOUR * 9, None, [], id="after all"),
        pytest.param(None, NOW, [], id="before all"),
    ],
)
async def test_a_search_keeps_to_its_span(
    tmp_path: Path, since: datetime | None, until: datetime | None, found: list[int]
) -> None:
    async with opened(tmp_path) as database:
        await fill(database)
        ids = await database.read(lambda tx: search(tx, "corridor", since=since, until=until))
    assert ids == found


async def test_the_next_page_begins_where_the_last_ended(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await fill(database)
        first = await database.read(lambda tx: search(tx, "corridor", limit=1))
        after = await database.read(lambda tx: search(tx, "corridor", before_id=first[-1]))
    assert (first, after) == ([4], [1])


@pytest.mark.parametrize(
    "query", ['"', "a AND", "NEAR(", "nowhere:x", "", "*", "'; DROP TABLE x"]
)
async def test_a_query_the_index_cannot_read_is_said_to_be_bad(
    tmp_path: Path, query: str
) -> None:
    async with opened(tmp_path) as database:
        with pytest.raises(BadSearch):
            await database.read(lambda tx: search(tx, query))

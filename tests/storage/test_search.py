"""A search returns candidates, newest first, page by page, and never an accident."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from storage.database import Database
from storage.narrowing import AllOf, AnyOf, Holds, Narrowing
from storage.prepared import prepare
from storage.search import BLOCK, index_waiting, search
from storage.storing import store_article
from storage.transaction import Transaction
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


CORRIDOR = Holds("corridor")


@pytest.mark.parametrize("indexed", [0, 2, 4])
@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param(CORRIDOR, [4, 1], id="newest first"),
        pytest.param(AllOf((Holds("naxcivan"), Holds("eliyev"))), [1], id="folded"),
        pytest.param(Holds("зангезур", begins=True), [2], id="the beginning of a word"),
        pytest.param(Holds("کاراباخ"), [3], id="Persian letters"),
        pytest.param(AnyOf((Holds("ереване"), Holds("club"))), [4, 2], id="either"),
        pytest.param(Holds("nothing"), [], id="nothing"),
    ],
)
async def test_what_a_query_finds_among_indexed_and_waiting_articles(
    tmp_path: Path, query: Narrowing, found: list[int], indexed: int
) -> None:
    async with opened(tmp_path) as database:
        await fill(database)
        assert await database.write(lambda tx: index_waiting(tx, limit=indexed)) == indexed
        assert await database.read(lambda tx: search(tx, query)) == found


async def test_what_was_rolled_back_or_edited_while_it_waited_is_not_indexed(
    tmp_path: Path,
) -> None:
    url = "https://a.example/1"

    def fail(tx: Transaction) -> None:
        store_article(tx, prepare(make_article("A tram was opened.", url=url)), NOW)
        raise ValueError("as if something failed")

    async with opened(tmp_path) as database:
        with pytest.raises(ValueError, match="as if"):
            await database.write(fail)
        await keep(database, make_article("A railway was opened.", url=url))
        await keep(database, make_article("A motorway was opened.", url=url), NOW + HOUR)
        assert await database.write(index_waiting) == 1
        for word in ("tram", "railway"):
            assert await database.read(partial(search, narrowing=Holds(word))) == []
        assert await database.read(partial(search, narrowing=Holds("motorway"))) == [1]


async def test_a_full_block_is_indexed_and_an_edit_is_found_on_either_side_of_it(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as database:
        for number in range(BLOCK + 1):
            text = f"The {number}th ship of the year reached port number {number * 7}."
            await keep(database, make_article(text, url=f"https://a.example/{number}"), NOW)
        assert await database.write(index_waiting) == 1
        last = make_article("One more ship, the last one.", url="https://a.example/last")
        await keep(database, last, NOW + HOUR)
        for url, text in (
            ("https://a.example/7", "The 7th ferry reached port number 49."),
            ("https://a.example/last", "One more ferry, the last one."),
        ):
            await keep(database, make_article(text, url=url), NOW + HOUR * 2)
        ferries = await database.read(lambda tx: search(tx, Holds("ferry")))
        ships = await database.read(lambda tx: search(tx, Holds("ship"), limit=BLOCK * 2))
    assert ferries == [BLOCK + 2, 8]
    assert len(ships) == BLOCK
    assert not {BLOCK + 2, 8} & set(ships)


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
        ids = await database.read(lambda tx: search(tx, CORRIDOR, since=since, until=until))
    assert ids == found


async def test_the_next_page_begins_where_the_last_ended(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await fill(database)
        first = await database.read(lambda tx: search(tx, CORRIDOR, limit=1))
        after = await database.read(lambda tx: search(tx, CORRIDOR, before_id=first[-1]))
    assert (first, after) == ([4], [1])

"""An address has one article, whether the ledger says so or a row of its own."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from storage.article import Article
from storage.articles import article_by_url
from storage.connection import connect_writer
from storage.database import Database
from storage.found import Found
from storage.ledger import Ending, LedgerState, settle
from storage.migrate import migrate, migrations
from storage.noting import note_links
from storage.prepared import prepare
from storage.retention import purge
from storage.revising import Revised, Unchanged
from storage.storing import Kept, Purged, Stored, store_article
from storage.transaction import Transaction
from tests.making import NOW, make_article
from tests.storage.keeping import opened

A, B = "https://a.example/one", "https://a.example/two"
SHIPS = "Nine ships with grain left the harbour of Baku for Aktau on Tuesday, the port said."
ROADS = "The ministry of transport opened the road of 55 kilometres from Horadiz to Agband."
RAILS = "A railway to the south is to carry its first passengers before the next summer ends."
DAY = timedelta(days=1)


def fetched(tx: Transaction, link: str, article: Article) -> Kept:
    """Take in what a link of the ledger led to, as ingest does."""
    note_links(tx, "a", [Found(url=link, way="https://a.example/feed")], NOW)
    outcome = store_article(tx, prepare(article), NOW, link=link)
    ending = Ending(state=LedgerState.STORED, article_id=outcome.article_id)
    settle(tx, link, ending, NOW)
    return outcome


async def fetch(database: Database, link: str, text: str, url: str = "") -> Kept:
    article = make_article(text, url=url or link)
    return await database.write(lambda tx: fetched(tx, link, article))


async def at(database: Database, url: str) -> int | None:
    found = await database.read(lambda tx: article_by_url(tx, url))
    return getattr(found, "id", None)


def rows(tx: Transaction) -> int:
    return len(tx.fetch("SELECT 1 FROM article_urls"))


async def test_what_the_ledger_says_of_an_address_is_written_nowhere_else(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as database:
        assert isinstance(await fetch(database, A, SHIPS), Stored)
        assert isinstance(await fetch(database, A, SHIPS), Unchanged)
        assert isinstance(await fetch(database, A, ROADS), Revised)
        assert await at(database, A) == 1
        assert await database.read(rows) == 0


async def test_a_link_that_leads_to_another_address_is_none_of_the_article(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as database:
        led = await fetch(database, A, SHIPS, url=B)
        assert (await at(database, A), await at(database, B)) == (1, 1), "both lead to it"
        assert await fetch(database, B, SHIPS) == Unchanged(article_id=1, story_id=1)
        own = await fetch(database, A, ROADS)
        assert isinstance(led, Stored)
        assert isinstance(own, Stored), "a page of its own is no edit of the other one"
        assert isinstance(await fetch(database, A, ROADS), Unchanged)


async def test_a_link_that_leads_elsewhere_for_a_while_keeps_its_article(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as database:
        own = await fetch(database, A, SHIPS)
        assert isinstance(await fetch(database, A, ROADS, url=B), Stored)
        assert (await at(database, A), await at(database, B)) == (own.article_id, 2)
        back = await fetch(database, A, SHIPS)
        assert back == Unchanged(article_id=own.article_id, story_id=1)


async def test_a_purged_text_stays_away_and_its_new_address_does_not(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await fetch(database, A, SHIPS)
        await fetch(database, "https://a.example/newest", RAILS)
        late = NOW + DAY
        gone = await database.write(lambda tx: purge(tx, late, keep=timedelta(), by_source={}))
        assert gone == 1
        assert await fetch(database, A, ROADS) == Purged(article_id=1)
        assert await fetch(database, B, SHIPS) == Purged(article_id=1)
        assert isinstance(await fetch(database, B, ROADS), Stored)
        assert isinstance(await fetch(database, B, ROADS), Unchanged)


async def test_a_canary_that_no_way_led_to_is_known_again(tmp_path: Path) -> None:
    canary = prepare(make_article(SHIPS, url=A))
    async with opened(tmp_path) as database:
        for kind in (Stored, Unchanged):
            outcome = await database.write(lambda tx: store_article(tx, canary, NOW, link=A))
            assert isinstance(outcome, kind)


LINK = """
    INSERT INTO ledger
    VALUES (?, ?, '', 'a', 1, '', NULL, 'stored', '', ?, '', '', NULL, NULL, 1, 0)
"""


def test_an_older_database_says_the_same_of_every_address(tmp_path: Path) -> None:
    path, old = tmp_path / "press.sqlite", migrations()[:8]
    links = [(1, 11, 1), (2, 12, 1), (3, 13, 2), (4, 14, None)]
    urls = [(11, 1), (13, 7), (15, 1)]  # 12 led elsewhere, 13 does now, 15 is no link
    with closing(connect_writer(path)) as connection:
        migrate(connection, path, old, NOW)
        connection.executemany(LINK, links)
        connection.executemany("INSERT INTO article_urls VALUES (?, ?)", urls)
        migrate(connection, path, migrations(), NOW)
        kept = connection.execute("SELECT * FROM article_urls ORDER BY identity").fetchall()
    assert [tuple(row) for row in kept] == [(12, 0), (13, 7), (15, 1)]

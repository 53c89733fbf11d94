"""The lists by which stories are found hold what the stored signatures say, restart or not."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

from storage.candidates import candidates_by_words, catch_up
from storage.connection import connect_writer, use_log
from storage.migrate import migrate, migrations
from storage.prepared import prepare
from storage.retention import purge
from storage.signature import sign
from storage.storing import Revised, store_article
from storage.transaction import Transaction
from tests.making import NOW, make_article

MOST = 40


def text(number: int, word: str = "harbour") -> str:
    return (
        f"Captain Aliyev {number} of the {word} of Baku told us that {number * 3} ships with "
        f"cargo number {number * 7} had left for Aktau and Turkmenbashi by the evening."
    )


@contextmanager
def writer(folder: Path) -> Iterator[sqlite3.Connection]:
    path = folder / "press.sqlite"
    with closing(connect_writer(path)) as connection:
        use_log(connection)
        migrate(connection, path, migrations(), NOW)
        yield connection


def lists(connection: sqlite3.Connection) -> list[list[tuple[int, bytes]]]:
    return [
        [tuple(row) for row in connection.execute(query)]
        for query in (
            "SELECT * FROM recent_shingles WHERE key >= 0 ORDER BY key",
            "SELECT * FROM recent_names ORDER BY key",
        )
    ]


def store(tx: Transaction, number: int, word: str, hours: int) -> object:
    article = make_article(text(number, word), url=f"https://a.example/{number}")
    return store_article(tx, prepare(article), NOW + timedelta(hours=hours))


def test_a_new_writer_lists_what_the_last_one_did(tmp_path: Path) -> None:
    with writer(tmp_path) as connection:
        tx = Transaction(connection)
        for number in range(MOST // 4):
            store(tx, number, "harbour", number)
        assert isinstance(store(tx, 3, "station", MOST), Revised)
        late = NOW + timedelta(hours=MOST)
        assert purge(tx, late, keep=timedelta(hours=MOST - 1), by_source={}) == 1
        known = lists(connection)
    with writer(tmp_path) as connection:
        catch_up(Transaction(connection), MOST // 4)
        assert lists(connection) == known


def test_what_was_rolled_back_is_listed_no_more(tmp_path: Path) -> None:
    with writer(tmp_path) as connection:
        tx = Transaction(connection)
        store(tx, 1, "harbour", 0)
        known = lists(connection)
        tx.execute("BEGIN")
        store(tx, 2, "station", 1)
        tx.execute("ROLLBACK")
        assert lists(connection) == known


def test_a_list_names_the_newest_and_no_more_than_it_may(tmp_path: Path) -> None:
    with writer(tmp_path) as connection:
        tx = Transaction(connection)
        for number in range(MOST):
            store(tx, number, "harbour", 0)
        signature = sign(make_article(text(MOST)))
        assert candidates_by_words(tx, signature, MOST)
        assert max(len(ids) for table in lists(connection) for _, ids in table) == 16 * 4

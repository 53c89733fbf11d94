"""What finds a story in memory says what the stored signatures say, restart or not."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from storage.batch import Work, run_batch
from storage.candidates import Candidates
from storage.connection import connect_writer, use_log
from storage.listed import Listed
from storage.migrate import migrate, migrations
from storage.prepared import prepare
from storage.recent import Recent
from storage.retention import purge
from storage.revising import Revised
from storage.signature import Keys, Signature, sign
from storage.storing import catch_up, store_article
from storage.transaction import Transaction, Writer
from tests.making import NOW, make_article

MOST = 40


def text(number: int, word: str = "harbour") -> str:
    return (
        f"Captain Aliyev {number} of the {word} of Baku told us that {number * 3} ships with "
        f"cargo number {number * 7} had left for Aktau and Turkmenbashi by 17:55 that day."
    )


@contextmanager
def writer(folder: Path) -> Iterator[Writer]:
    path = folder / "press.sqlite"
    with closing(connect_writer(path)) as connection:
        use_log(connection)
        migrate(connection, path, migrations(), NOW)
        yield connection


def found(tx: Transaction, signatures: Iterable[Signature]) -> list[list[int]]:
    """Return the candidates for each of these articles, by words and by names."""
    by_words = [tx.candidates.by_words(signature.keys) for signature in signatures]
    return by_words + [tx.candidates.by_names(signature.keys) for signature in signatures]


def store(tx: Transaction, number: int, word: str, hours: int) -> object:
    article = make_article(text(number, word), url=f"https://a.example/{number}")
    return store_article(tx, prepare(article), NOW + timedelta(hours=hours))


def test_a_new_writer_knows_what_the_last_one_did(tmp_path: Path) -> None:
    words = [*((number, "harbour") for number in range(MOST // 4)), (3, "station")]
    signatures = [sign(make_article(text(*each))) for each in words]
    with writer(tmp_path) as connection:
        tx = Transaction(connection)
        for number in range(MOST // 4):
            store(tx, number, "harbour", number)
        assert isinstance(store(tx, 3, "station", MOST), Revised)
        late = NOW + timedelta(hours=MOST)
        assert purge(tx, late, keep=timedelta(hours=MOST - 1), by_source={}) == 1
        known = found(tx, signatures)
        assert known[3] != known[4]
        assert all(known)
    with writer(tmp_path) as connection:
        tx = Transaction(connection)
        catch_up(tx, MOST // 4)
        assert found(tx, signatures) == known


def test_an_edit_of_an_article_that_is_not_known_yet_is_left_for_later() -> None:
    candidates, named = Candidates(), Keys((), (1, 2), (55,))
    candidates.exchange(1, Keys((), (7,), ()), named)
    assert candidates.by_names(named) == []
    candidates.add(1, named)
    assert candidates.by_names(named) == [1]


def test_names_make_a_candidate_only_of_whom_a_figure_is_shared() -> None:
    candidates = Candidates()
    told = {1: Keys((), (1,), (55,)), 2: Keys((), (1, 2), (56,)), 3: Keys((), (1, 3), (55, 56))}
    for article_id, keys in told.items():
        candidates.add(article_id, keys)
    assert candidates.by_names(Keys((), (1, 2, 3), (55,))) == [3, 1]
    assert candidates.by_names(Keys((), (4,), (55,))) == []
    assert candidates.by_names(Keys((), (4,), (55, 56))) == [3]  # two rare figures say as much
    assert candidates.by_names(Keys((), (1, 2, 3), (57,))) == []
    assert candidates.by_names(Keys((), (1, 2, 3), ())) == []


@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside one that goes well"])
def test_what_was_rolled_back_is_known_no_more(tmp_path: Path, *, beside: bool) -> None:
    signatures = [sign(make_article(text(number))) for number in range(9)]

    def fail(tx: Transaction) -> None:
        store(tx, 2, "harbour", 1)
        assert isinstance(store(tx, 1, "station", 2), Revised)
        late, nothing = NOW + timedelta(hours=9), timedelta()
        assert purge(tx, late, keep=nothing, by_source={}, limit=1) == 1
        raise ValueError

    with writer(tmp_path) as connection:
        run_batch(connection, [lambda tx: store(tx, 1, "harbour", 0)])
        tx = Transaction(connection)
        known = found(tx, signatures)
        works: list[Work] = [lambda tx: store(tx, 5, "weather", 1), fail]
        run_batch(connection, works if beside else works[1:])
        run_batch(connection, [lambda tx: None])  # what is left of the last one goes now
        if not beside:
            assert found(tx, signatures) == known
        stored = 2 if beside else 1
        rows = tx.fetch("SELECT id, story_id, happened_at, signature FROM articles")
        at_hand = [tx.candidates.at_hand(row["id"]) for row in rows]
        assert len(rows) == stored
        assert at_hand[1:] == [tuple(row) for row in rows[1:]]
        assert at_hand[0] is None, "it was edited, in vain: it will be read"
        with writer(tmp_path) as other:
            catch_up(Transaction(other), stored)
            assert found(tx, signatures) == found(Transaction(other), signatures)


def test_old_articles_are_known_no_more() -> None:
    candidates = Candidates()
    keys = sign(make_article(text(1))).keys
    strange, named = Keys((1,), (2,), ()), Keys((1,), keys.names, keys.figures)
    told = {1: keys, 3 * 8192: keys, 6 * 8192 - 1: named, 7 * 8192: named}
    for article_id in range(1, 8 * 8192):
        candidates.add(article_id, told.get(article_id, strange))
        if article_id % 1000 == 0:
            candidates.commit()
    candidates.undo()
    assert candidates.by_words(keys) == [3 * 8192]
    assert candidates.by_names(keys) == [7 * 8192]


def test_an_article_may_grow_old_within_a_transaction() -> None:
    candidates, named = Candidates(), Keys((), (1, 2, 3), (55,))
    for article_id in (8191, 8192, 3 * 8192):
        candidates.add(article_id, named)
    assert candidates.by_names(named) == [3 * 8192]


class Both(RuleBasedStateMachine):
    """Recent keys beside a plain table of them."""

    make: Callable[[], Any] = partial(Recent, 8)

    def __init__(self) -> None:
        super().__init__()
        self.recent = self.make()
        self.table: dict[int, list[int]] = {}
        self.next_id = self.oldest = 1
        self.committed: tuple[dict[int, list[int]], int] = {}, 1

    @rule(keys=st.lists(st.integers(0, 40), min_size=1, max_size=4, unique=True))
    def add(self, keys: list[int]) -> None:
        self.recent.add(self.next_id, keys)
        self.table = self.table | {self.next_id: keys}
        self.next_id += 1

    @rule(data=st.data())
    @precondition(lambda self: self.table)
    def drop(self, data: st.DataObject) -> None:
        self.drop_one(data.draw(st.sampled_from(list(self.table))))

    def drop_one(self, gone: int) -> None:
        self.recent.drop(gone, self.table[gone])
        self.table = {known: keys for known, keys in self.table.items() if known != gone}

    @rule(data=st.data(), keys=st.lists(st.integers(0, 40), max_size=4, unique=True))
    @precondition(lambda self: self.table)
    def exchange(self, data: st.DataObject, keys: list[int]) -> None:
        changed = data.draw(st.sampled_from(list(self.table)))
        self.drop_one(changed)
        self.recent.add(changed, keys)
        self.table = self.table | {changed: keys}

    @rule(forgotten=st.integers(0, 3))
    def commit(self, forgotten: int) -> None:
        self.oldest = min(self.oldest + forgotten, self.next_id)
        self.recent.commit(self.oldest)
        self.table = {known: keys for known, keys in self.table.items() if known >= self.oldest}
        self.committed = self.table, self.next_id

    @rule()
    def undo(self) -> None:
        self.recent.undo()
        self.table, self.next_id = self.committed

    @rule(keys=st.lists(st.integers(0, 40), max_size=3), gone=st.integers(1, 9))
    def try_in_vain(self, keys: list[int], gone: int) -> None:
        mark = self.recent.mark()
        self.recent.add(self.next_id, keys)
        self.recent.drop(gone, self.table.get(gone, ()))
        self.recent.undo(mark)

    @invariant()
    def both_say_the_same(self) -> None:
        for key in range(41):
            newest = [known for known, keys in self.table.items() if key in keys][::-1][:16]
            having = self.recent.having((key,), self.oldest)
            assert having == ([newest] if newest else [])


class BothListed(Both):
    """The same for keys that return often."""

    make = partial(Listed, 16)


TestBoth, TestBothListed = Both.TestCase, BothListed.TestCase


@pytest.mark.parametrize("make", [partial(Recent, 4), partial(Listed, 16)])
def test_a_list_names_the_newest_and_no_more_than_it_may(
    make: Callable[[], Recent | Listed],
) -> None:
    recent = make()
    for number in range(1, MOST + 1):
        recent.add(number, (7, 11))
    assert recent.having((7,), 1) == [list(range(MOST, MOST - 16, -1))]
    assert recent.having((7,), MOST - 1) == [[MOST, MOST - 1]]

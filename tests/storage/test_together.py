"""Articles that are stored together end as if they had been stored one by one."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from storage.batch import Alike, Done, Outcome, Undone, Work, run_batch
from storage.connection import connect_writer, use_log
from storage.found import Found
from storage.ledger import Ending, LedgerState, settle
from storage.migrate import migrate, migrations
from storage.noting import note_links
from storage.prepared import prepare
from storage.storing import Arriving, Kept, catch_up, store_articles
from storage.transaction import Transaction, Writer
from tests.making import NOW, make_article

SITE = "https://a.example/"
TABLES = ("articles", "stories", "article_urls", "ledger", "revisions", "tombstones")
LONG = " ".join(f"word{number} of station {number * 7}" for number in range(1500))
# Two tell of one event, two of another and are too long to stay at hand; one has no words.
TEXTS = (
    "Captain Aliyev of the harbour of Baku said: 31 ships with 771 tons had left for Aktau.",
    "Captain Aliyev of the port of Baku told us: 31 ships with 771 tons had left for Aktau.",
    "A railway to the south is to carry its first passengers before the next summer ends.",
    LONG,
    f"{LONG} by the evening",
    "…",
)
ONE = st.tuples(
    st.integers(0, 3),  # the link that led to it
    st.one_of(st.none(), st.integers(0, 3)),  # where that led; None: nowhere else
    st.one_of(st.none(), st.integers(0, 3)),  # what the page calls itself; None: nothing
    st.integers(0, len(TEXTS) - 1),
)


def arriving(number: int, one: tuple[int, int | None, int | None, int]) -> Arriving:
    link, led, calls, text = one
    article = make_article(TEXTS[text], url=f"{SITE}{link if led is None else led}")
    named = replace(article, canonical_url="" if calls is None else f"{SITE}{calls}")
    at = NOW + timedelta(seconds=number)
    return Arriving(prepared=prepare(named), at=at, link=f"{SITE}{link}")


def keep(tx: Transaction, items: Sequence[Arriving]) -> list[Kept]:
    """Store the first of the articles and settle their links, as ingest does."""
    outcomes = store_articles(tx, items)
    for item, outcome in zip(items, outcomes, strict=False):
        ending = Ending(state=LedgerState.STORED, article_id=outcome.article_id)
        settle(tx, item.link, ending, item.at)
    return outcomes


def note(tx: Transaction) -> None:
    links = [Found(url=f"{SITE}{link}", way=f"{SITE}feed") for link in range(3)]
    note_links(tx, "a", links, NOW)


def fail(tx: Transaction, items: Sequence[Arriving]) -> list[Kept]:
    keep(tx, items)
    raise ValueError


def state(connection: Writer) -> dict[str, list[tuple[Any, ...]]]:
    asked = {table: f"SELECT * FROM {table}" for table in TABLES}  # noqa: S608 - our own tables
    return {
        table: [tuple(row) for row in connection.execute(query)]
        for table, query in asked.items()
    }


def run(folder: str, batches: Sequence[Sequence[Work]]) -> tuple[list[Any], Any, Any]:
    """Run batches in a new database; return results, rows, and what is found as candidates."""
    path = Path(folder) / "press.sqlite"
    with closing(connect_writer(path)) as connection:
        use_log(connection)
        migrate(connection, path, migrations(), NOW)
        run_batch(connection, [note])
        outcomes = [outcome for works in batches for outcome in run_all(connection, works)]
        results = [each.result if isinstance(each, Done) else None for each in outcomes]
        return results, state(connection), found(connection)


def run_all(connection: Writer, works: Sequence[Work]) -> list[Outcome]:
    """Run all of the works, in as many commits as a busy machine needs."""
    outcomes: list[Outcome] = []
    while len(outcomes) < len(works):
        outcomes += run_batch(connection, works[len(outcomes) :])
    return outcomes


def found(connection: Writer) -> list[list[int]]:
    tx = Transaction(connection)
    catch_up(tx, connection.execute("SELECT max(id) FROM articles").fetchone()[0] or 0)
    keys = [prepare(make_article(text)).signature.keys for text in TEXTS]
    by_words = [tx.candidates.by_words(each) for each in keys]
    return by_words + [tx.candidates.by_names(each) for each in keys]


@example(all_of_them=[(0, None, None, 3), (1, None, None, 4)])
@example(all_of_them=[(0, None, None, 0), (1, None, None, 0)])
@example(all_of_them=[(0, None, 2, 0), (2, None, None, 1)])
@given(all_of_them=st.lists(ONE, min_size=2, max_size=7))
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=40, deadline=None)
def test_together_is_one_by_one(
    all_of_them: list[tuple[int, int | None, int | None, int]],
) -> None:
    works = [Alike(keep, arriving(*each)) for each in enumerate(all_of_them)]
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        assert run(one, [works]) == run(other, [[work] for work in works])


def test_one_that_fails_takes_none_of_its_like_along(tmp_path: Path) -> None:
    ones = [arriving(number, (number, None, None, number)) for number in range(3)]

    def keep_but_one(tx: Transaction, items: Sequence[Arriving]) -> list[Kept]:
        return (fail if ones[1] in items else keep)(tx, items)

    works = [Alike(keep_but_one, each) for each in ones]
    results, rows, _ = run(str(tmp_path), [works])
    assert [result is None for result in results] == [False, True, False]
    assert [row[0] for row in rows["articles"]] == [1, 2]


@pytest.mark.parametrize("most", [1, 2, 9])
def test_works_that_are_alike_are_done_by_as_many_calls_as_they_need(
    tmp_path: Path, most: int
) -> None:
    calls: list[int] = []

    def add(tx: Transaction, items: Sequence[int], *, to: int) -> list[int]:
        calls.append(len(items))
        return [item + to for item in items[:most]]

    ten, hundred = partial(add, to=10), partial(add, to=100)
    works: list[Work] = [Alike(ten, 1), Alike(ten, 2), Alike(hundred, 3), lambda tx: 4]
    results, _, _ = run(str(tmp_path), [[*works, Alike(hundred, 5)]])
    assert results == [11, 12, 103, 4, 105]
    assert calls == [*([2, 1] if most == 1 else [2]), 1, 1]


def test_a_batch_of_which_all_fail_writes_nothing(tmp_path: Path) -> None:
    works = [Alike(fail, arriving(number, (number, None, None, 0))) for number in range(2)]
    path = tmp_path / "press.sqlite"
    with closing(connect_writer(path)) as connection:
        use_log(connection)
        migrate(connection, path, migrations(), NOW)
        outcomes = run_batch(connection, works)
        assert all(isinstance(outcome, Undone) for outcome in outcomes)
        assert state(connection)["articles"] == []

"""Every address ever seen stands in exactly one state, and none is lost or fetched twice."""

import random
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.canonical import identity
from storage.coverage import coverage, ledger_sums, troubled_links
from storage.found import Found
from storage.ledger import Ending, LedgerState, claim_links, load_link, retry_link, settle
from storage.noting import note_links
from storage.transaction import Transaction
from tests.making import NOW
from tests.storage.keeping import opened

FEED, MAP = "https://a.example/feed", "https://a.example/sitemap.xml"
LEASE = timedelta(minutes=5)
HOUR = timedelta(hours=1)
URLS = [f"https://a.example/{number}" for number in range(4)]


def found(*urls: str, way: str = FEED) -> list[Found]:
    return [Found(url=url, way=way, title=f"Title of {url}", published=NOW) for url in urls]


async def test_a_link_is_new_once_whatever_its_dress_and_way(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        first = await database.write(lambda tx: note_links(tx, "a", found(*URLS), NOW))
        dressed = found(*(f"{url}/?utm_source=x#y" for url in URLS), way=MAP)
        again = await database.write(lambda tx: note_links(tx, "a", dressed, NOW))
        twice = await database.write(
            lambda tx: note_links(tx, "a", found("https://a.example/9#a", "/9"), NOW)
        )
        ways = await database.read(lambda tx: coverage(tx, "a"))
    assert first == URLS
    assert again == []
    assert twice == ["https://a.example/9"]
    assert ways[FEED][LedgerState.WAITING] == 5
    assert MAP not in ways


async def test_row_44_forty_articles_in_shuffled_sliding_windows_are_read_once_each(
    tmp_path: Path,
) -> None:
    dice = random.Random(44)
    every = [f"https://a.example/news/{number}" for number in range(40)]
    windows = [every[start : start + 12] for start in (0, 4, 8, 12, 16, 20, 24, 28)]
    read: list[str] = []

    def poll(tx: Transaction, window: list[str], now: datetime) -> None:
        note_links(tx, "a", found(*dice.sample(window, len(window))), now)
        for link in claim_links(tx, "a", now, 99, LEASE):
            settle(tx, link.url, Ending(state=LedgerState.STORED, article_id=1), now)
            read.append(link.url)

    async with opened(tmp_path) as database:
        for number, window in enumerate([*windows, every[:12]]):  # at last the old ones again
            work = partial(poll, window=window, now=NOW + timedelta(days=60 * number))
            await database.write(work)
    assert sorted(read) == sorted(every)


async def test_links_are_claimed_in_the_order_found_and_by_one_alone(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await database.write(lambda tx: note_links(tx, "a", found(*URLS), NOW))
        some = await database.write(lambda tx: claim_links(tx, "a", NOW, 3, LEASE))
        rest = await database.write(lambda tx: claim_links(tx, "a", NOW, 3, LEASE))
        none = await database.write(lambda tx: claim_links(tx, "b", NOW, 3, LEASE))
        later = await database.write(lambda tx: claim_links(tx, "a", NOW + LEASE, 9, LEASE))
    assert [link.url for link in some] == URLS[:3]
    assert [link.url for link in rest] == URLS[3:]
    assert none == []
    assert [link.url for link in later] == URLS  # the leases have ended
    assert [link.attempts for link in later] == [2, 2, 2, 2]
    assert (some[0].title, some[0].published, some[0].way) == (
        f"Title of {URLS[0]}",
        NOW,
        FEED,
    )


async def test_what_is_new_does_not_wait_for_second_looks_that_are_long_due(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as database:
        stored = Ending(state=LedgerState.STORED, article_id=1, again=NOW)

        def days(tx: Transaction) -> list[list[str]]:
            note_links(tx, "a", found(*URLS[:2]), NOW - HOUR)
            for link in claim_links(tx, "a", NOW - HOUR, 9, LEASE):
                settle(tx, link.url, stored, NOW - HOUR)
            note_links(tx, "a", found(*URLS[2:]), NOW + HOUR)
            late = NOW + 2 * HOUR
            return [[x.url for x in claim_links(tx, "a", late, most, LEASE)] for most in (1, 9)]

        assert await database.write(days) == [[URLS[2]], [URLS[3], *URLS[:2]]]


async def test_a_settled_link_rests_until_it_is_due_again(tmp_path: Path) -> None:
    url = URLS[0]
    async with opened(tmp_path) as database:
        await database.write(lambda tx: note_links(tx, "a", found(url), NOW))
        await database.write(lambda tx: claim_links(tx, "a", NOW, 1, LEASE))
        await database.write(lambda tx: retry_link(tx, url, NOW + LEASE, "HTTP 503"))
        assert not await database.write(lambda tx: claim_links(tx, "a", NOW, 1, LEASE))
        at = NOW + LEASE
        [again] = await database.write(lambda tx: claim_links(tx, "a", at, 1, LEASE))
        assert (again.attempts, again.article_id) == (2, None)
        stored = Ending(state=LedgerState.STORED, article_id=7)
        await database.write(lambda tx: settle(tx, url, stored, at))
        assert not await database.write(
            lambda tx: claim_links(tx, "a", at + LEASE * 9, 1, LEASE)
        )
        stored = Ending(state=LedgerState.STORED, article_id=7, again=at + LEASE)
        await database.write(lambda tx: settle(tx, url, stored, at))
        [look] = await database.write(lambda tx: claim_links(tx, "a", at + LEASE, 1, LEASE))
        assert (look.attempts, look.article_id) == (1, 7)
        gone = Ending(state=LedgerState.DEAD, reason="HTTP 410")
        await database.write(lambda tx: settle(tx, url, gone, at))
        row = await database.read(lambda tx: load_link(tx, url))
    assert row is not None
    assert (row.state, row.article_id, row.reason) == (LedgerState.STORED, 7, "HTTP 410")


async def test_what_cannot_be_fetched_is_rejected_with_the_reason(tmp_path: Path) -> None:
    bad = [
        "javascript:alert(1)",
        "https://a.example/" + "a" * 2083,
        "https://a.example/\ud800x" * 99,
    ]
    async with opened(tmp_path) as database:
        new = await database.write(lambda tx: note_links(tx, "a", found(*bad), NOW))
        sums = await database.read(ledger_sums)
        rows = await database.read(lambda tx: troubled_links(tx, "a", NOW, NOW + HOUR, 10))
    assert new == []
    assert sums[LedgerState.REJECTED] == 3
    assert all(row.reason for row in rows)
    assert len(rows) == 3


async def test_a_source_has_its_own_latest_troubles_however_many_others_have(
    tmp_path: Path,
) -> None:
    def fail(tx: Transaction, source: str, number: int, at: datetime) -> None:
        note_links(tx, source, found(f"https://{source}.example/{number}"), NOW)
        state = LedgerState.DEAD if number % 2 else LedgerState.REJECTED
        settle(tx, f"https://{source}.example/{number}", Ending(state=state), at)

    async with opened(tmp_path) as database:
        for number in range(4):
            at = NOW + timedelta(minutes=number)
            await database.write(partial(fail, source="a", number=number, at=at))
            await database.write(partial(fail, source="b", number=number, at=at + HOUR))
        rows = await database.read(lambda tx: troubled_links(tx, "a", NOW, NOW + 2 * HOUR, 3))
    assert [row.url for row in rows] == [f"https://a.example/{n}" for n in (3, 2, 1)]


states = st.sampled_from([s for s in LedgerState if s is not LedgerState.WAITING])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("note"), st.integers(0, 9), st.integers(0, 2)),
        st.tuples(st.just("claim"), st.integers(1, 4), st.just(0)),
        st.tuples(st.just("settle"), st.integers(0, 9), states),
        st.tuples(st.just("retry"), st.integers(0, 9), st.just(0)),
    ),
    max_size=30,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps)
async def test_the_sums_account_for_every_address(
    tmp_path_factory: object, steps: list[tuple[str, int, object]]
) -> None:
    seen: set[str] = set()
    folder = tmp_path_factory.mktemp("ledger")  # type: ignore[attr-defined]
    async with opened(folder) as database:
        for step, number, extra in steps:
            url = f"https://a.example/{number}"
            if step == "note":
                link = found(f"{url}?utm_source={extra}", way=f"{FEED}{extra}")
                await database.write(lambda tx, link=link: note_links(tx, "a", link, NOW))  # type: ignore[misc]
                seen.add(identity(url))
            elif step == "claim":
                await database.write(lambda tx, n=number: claim_links(tx, "a", NOW, n, LEASE))  # type: ignore[misc]
            elif step == "retry":
                await database.write(lambda tx, url=url: retry_link(tx, url, NOW, "again"))  # type: ignore[misc]
            else:
                await database.write(
                    lambda tx, url=url, state=extra: settle(tx, url, Ending(state=state), NOW)  # type: ignore[misc]
                )
        sums = await database.read(ledger_sums)
        ways = await database.read(lambda tx: coverage(tx, "a"))
    assert sum(sums.values()) == len(seen)
    assert sum(sum(states.values()) for states in ways.values()) == len(seen)

"""What was put off by a clock that ran ahead is due as soon as it shows the right time."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from storage.alert_log import ToldRow, recently_told, record_told
from storage.digest_windows import (
    DigestIssue,
    begin_reader,
    keep_issue,
    last_end,
    load_issue,
    take_window,
)
from storage.found import Found
from storage.holds import due_holds
from storage.ledger import Ending, LedgerState, claim_links, retry_link, settle
from storage.noting import note_links
from storage.outbox import OutboxEntry, claim_due, enqueue, mark_sent
from storage.setback import bring_forward
from storage.sources import claim_due_sources, ensure_sources, load_source, save_source
from storage.subscriptions import due_subscriptions, want_subscription
from storage.transaction import Transaction
from tests.making import NOW
from tests.storage.keeping import opened

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WRONG = NOW + 72 * HOUR  # what the clock showed for a while
URL = "https://newsroom.example/one"


def message(key: str, hold: str | None = None) -> OutboxEntry:
    return OutboxEntry(
        key=key, channel="desk", kind="alert", payload="{}", due_at=WRONG, hold=hold
    )


def live_in_the_future(tx: Transaction) -> None:
    """Poll a source, put a link off and owe two messages while the clock is wrong."""
    ensure_sources(tx, ["a", "weekly"], NOW)
    for name, polled, due in (("a", WRONG, WRONG + HOUR), ("weekly", NOW, NOW + 100 * HOUR)):
        state = load_source(tx, name)
        assert state is not None
        save_source(tx, replace(state, last_polled=polled, next_at=due))
    note_links(tx, "a", [Found(url=URL, way="w")], WRONG)
    retry_link(tx, URL, WRONG + HOUR, "no answer")
    enqueue(tx, [message("one"), message("two", hold="quiet")], WRONG)
    want_subscription(tx, "a", "w", "https://hub.example/", "https://a.example/feed", WRONG)


async def test_row_81_sources_links_messages_and_hubs_are_due_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await database.write(live_in_the_future)
        nothing = await database.write(lambda tx: claim_due_sources(tx, NOW, 9, HOUR))
        assert await database.write(lambda tx: bring_forward(tx, NOW))
        due = await database.write(lambda tx: claim_due_sources(tx, NOW, 9, HOUR))
        links = await database.write(lambda tx: claim_links(tx, "a", NOW, 9, HOUR))
        sent = await database.write(lambda tx: claim_due(tx, NOW, limit=9, lease=HOUR))
        holds = await database.read(lambda tx: due_holds(tx, NOW))
        hubs = await database.read(lambda tx: due_subscriptions(tx, NOW, 9))
    assert not nothing
    assert [state.source_id for state in due] == ["a"]  # the other waits for what it waited for
    assert [link.url for link in links] == [URL]
    assert [row.key for row in sent] == ["one"]
    assert [hold.hold for hold in holds] == ["quiet"]
    assert [each.source_id for each in hubs] == ["a"]


@pytest.mark.parametrize("settled", [False, True])
async def test_row_81_what_is_due_again_is_so_once(tmp_path: Path, settled: bool) -> None:
    """Else an article would be fetched every minute, as long as a message waits."""
    async with opened(tmp_path) as database:
        await database.write(live_in_the_future)
        if settled:
            stored = Ending(state=LedgerState.STORED, again=WRONG + HOUR)
            await database.write(lambda tx: settle(tx, URL, stored, WRONG))
        assert await database.write(lambda tx: bring_forward(tx, NOW))
        [link] = await database.write(lambda tx: claim_links(tx, "a", NOW, 9, HOUR))
        assert link.url == URL
        assert not await database.write(lambda tx: bring_forward(tx, NOW))


async def test_with_a_clock_that_goes_on_nothing_is_brought_forward(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await database.write(live_in_the_future)
        assert not await database.write(lambda tx: bring_forward(tx, WRONG))


@pytest.mark.parametrize(
    ("ahead", "told_at"),
    [
        pytest.param(30 * DAY, NOW, id="a month"),
        pytest.param(
            3650 * DAY, NOW + 3650 * DAY, id="a battery is empty: what was told stays"
        ),
    ],
)
async def test_row_81_a_cooldown_is_counted_from_now(
    tmp_path: Path, ahead: timedelta, told_at: datetime
) -> None:
    told = ToldRow(
        channel="desk", story_id=1, source_id="a", rule_id="r", severity="high", kind="alert",
        key="r/1/desk", held=False, subject="S", outlets=1, languages=1, facts=(),
        told_at=NOW + ahead,
    )  # fmt: skip

    def tell(tx: Transaction) -> None:
        look(tx, ahead)
        record_told(tx, [told])

    async with opened(tmp_path) as database:
        await database.write(tell)
        assert await database.write(lambda tx: bring_forward(tx, NOW))
        found = await database.read(lambda tx: recently_told(tx, "r", NOW - HOUR))
        assert found == {"desk": (told_at,)}
        assert not await database.write(lambda tx: bring_forward(tx, NOW)), "once"


def look(tx: Transaction, ahead: timedelta) -> None:
    """Look at a source by a clock that runs ahead."""
    ensure_sources(tx, ["a"], NOW)
    state = load_source(tx, "a")
    assert state is not None
    save_source(tx, replace(state, last_polled=NOW + ahead, next_at=NOW + ahead))


def bring_out(tx: Transaction, start: int, end: int, words: bytes = b"right") -> bool:
    """Bring out the digest of a window, in days from now."""
    issue = DigestIssue(
        digest_id="d", start=NOW + start * DAY, end=NOW + end * DAY, subject="S", stories=1,
        content=words, composed_at=NOW + end * DAY, last_match=None,
    )  # fmt: skip
    key = f"digest/d/{end}/x"
    keep_issue(tx, issue)
    row = OutboxEntry(key=key, channel="digests", kind="digest", payload="{}", due_at=issue.end)
    return take_window(tx, "d", "x", issue.start, issue.end, key=key) and bool(
        enqueue(tx, [row], issue.end)
    )


async def test_row_81_digests_of_days_that_were_not_yet_come_again_on_their_day(
    tmp_path: Path,
) -> None:
    """Each day has one digest, and none is missed."""

    def ahead(tx: Transaction) -> None:
        look(tx, 31 * DAY)
        begin_reader(tx, "d", "x", NOW - DAY)
        assert bring_out(tx, -1, 30, b"by the wrong clock")
        assert bring_out(tx, 30, 31, b"by the wrong clock")
        for end in (30, 31):
            mark_sent(tx, f"digest/d/{end}/x", NOW + end * DAY)

    async with opened(tmp_path) as database:
        await database.write(ahead)
        await database.write(lambda tx: bring_forward(tx, NOW))
        assert await database.read(lambda tx: last_end(tx, "d", "x")) == NOW
        for day in range(31):
            assert await database.write(partial(bring_out, start=day, end=day + 1))
        issue = await database.read(
            lambda tx: load_issue(tx, "d", NOW + 30 * DAY, NOW + 31 * DAY)
        )
        assert issue is not None
        assert issue.content == b"right"

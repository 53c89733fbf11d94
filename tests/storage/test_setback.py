"""What was put off by a clock that ran ahead is due as soon as it shows the right time."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from storage.found import Found
from storage.holds import due_holds
from storage.ledger import claim_links, note_links, retry_link
from storage.outbox import OutboxEntry, claim_due, enqueue
from storage.setback import bring_forward
from storage.sources import claim_due_sources, ensure_sources, load_source, save_source
from storage.transaction import Transaction
from tests.making import NOW
from tests.storage.keeping import opened

HOUR = timedelta(hours=1)
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


async def test_sources_links_and_messages_are_due_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await database.write(live_in_the_future)
        nothing = await database.write(lambda tx: claim_due_sources(tx, NOW, 9, HOUR))
        assert await database.write(lambda tx: bring_forward(tx, NOW))
        due = await database.write(lambda tx: claim_due_sources(tx, NOW, 9, HOUR))
        links = await database.write(lambda tx: claim_links(tx, "a", NOW, 9, HOUR))
        sent = await database.write(lambda tx: claim_due(tx, NOW, limit=9, lease=HOUR))
        holds = await database.read(lambda tx: due_holds(tx, NOW))
    assert not nothing
    assert [state.source_id for state in due] == ["a"]  # the other waits for what it waited for
    assert [link.url for link in links] == [URL]
    assert [row.key for row in sent] == ["one"]
    assert [hold.hold for hold in holds] == ["quiet"]


async def test_with_a_clock_that_goes_on_nothing_is_brought_forward(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await database.write(live_in_the_future)
        assert not await database.write(lambda tx: bring_forward(tx, WRONG))

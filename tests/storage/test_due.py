"""What a dead process was reading is read again at once, and counts as not tried."""

from datetime import timedelta
from pathlib import Path

from storage.due import claim_reading, free_reading
from storage.found import Found
from storage.ledger import claim_links
from storage.noting import note_links
from storage.sources import claim_due_sources, ensure_sources
from storage.transaction import Transaction
from tests.making import NOW
from tests.storage.keeping import opened

LEASE = timedelta(minutes=15)
LINK = Found(url="https://a.example/1", way="https://a.example/feed", title="One")


async def test_row_79_row_83_a_start_takes_back_what_a_dead_process_had_claimed(
    tmp_path: Path,
) -> None:
    def live(tx: Transaction) -> list[object]:
        """Claim all there is, as a process does before it is killed; return what that was."""
        sources = [each.source_id for each in claim_due_sources(tx, NOW, 9, LEASE)]
        reading = claim_reading(tx, NOW, 9, LEASE)
        links = [(each.url, each.attempts) for each in claim_links(tx, "a", NOW, 9, LEASE)]
        return [sources, reading, links]

    def first(tx: Transaction) -> list[object]:
        ensure_sources(tx, ["a"], NOW)
        note_links(tx, "a", [LINK], NOW)
        free_reading(tx)
        return live(tx)

    def next_one(tx: Transaction) -> list[object]:
        free_reading(tx)
        return live(tx)

    async with opened(tmp_path) as database:
        everything = [["a"], ["a"], [(LINK.url, 1)]]
        assert await database.write(first) == everything
        assert await database.write(live) == [[], [], []]
        for _ in range(3):
            assert await database.write(next_one) == everything

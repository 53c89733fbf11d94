"""A channel whose receiver said 410 stays closed until a person opens it again."""

from pathlib import Path

from storage.channel_states import is_closed, note_failed, reopen
from storage.database import Database
from storage.transaction import Transaction
from tests.making import NOW

DESK = "https://desk.example/hook"


async def test_a_closed_channel_is_opened_by_hand_and_once(tmp_path: Path) -> None:
    def close(tx: Transaction) -> None:
        note_failed(tx, "hook", DESK, "410 Gone", NOW, closed=True)

    async with await Database.open(tmp_path / "presswatch.db", now=NOW) as database:
        await database.write(close)
        assert await database.read(lambda tx: is_closed(tx, "hook", DESK))
        assert await database.write(lambda tx: reopen(tx, "hook"))
        assert not await database.read(lambda tx: is_closed(tx, "hook", DESK))
        assert not await database.write(lambda tx: reopen(tx, "hook"))

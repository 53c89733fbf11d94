"""A channel whose receiver said 410 stays closed until a person opens it again."""

from collections.abc import Callable
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


async def test_row_76_what_fails_afterwards_opens_no_channel_but_another_address_does(
    tmp_path: Path,
) -> None:
    def fail(address: str, *, closed: bool) -> Callable[[Transaction], None]:
        return lambda tx: note_failed(tx, "hook", address, "it", NOW, closed=closed)

    async with await Database.open(tmp_path / "presswatch.db", now=NOW) as database:
        await database.write(fail(DESK, closed=True))
        await database.write(fail(DESK, closed=False))
        assert await database.read(lambda tx: is_closed(tx, "hook", DESK))
        await database.write(fail("https://new.example/hook", closed=False))
        assert not await database.read(lambda tx: is_closed(tx, "hook", DESK))

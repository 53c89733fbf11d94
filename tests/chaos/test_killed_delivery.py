"""Really killed around claim, send and mark, delivery loses nothing (rows 79 and 80)."""

import asyncio
import os
import sqlite3
import sys
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from storage.database import Database
from storage.outbox import OutboxState, list_messages
from storage.stamp import to_text
from tests.alerts.delivery.channels.receivers import answer, receiving
from tests.alerts.digest.test_press import SEVEN
from tests.chaos.lives import LOOKS

ROOT = Path(__file__).parents[2]
# `make chaos` lives them all.
LIVES, DIGEST_LIVES = (200, 50) if "CHAOS_SEEDS" in os.environ else (40, 30)
WINDOWS = "SELECT * FROM digest_windows WHERE key <> '' ORDER BY window_end"


async def live(kind: str, path: Path, where: str, lives: int) -> Counter[str]:
    """Let them live and die; return the borders they died at."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.chaos.lives", kind, str(path), where, str(lives), "7",
        cwd=ROOT,
    )  # fmt: skip
    assert await process.wait() == 0
    return Counter(path.with_suffix(".borders").read_text("ascii").splitlines())


async def test_row_79_alerts_survive_real_kills_and_come_at_most_once_more_per_kill(
    tmp_path: Path,
) -> None:
    path = tmp_path / "presswatch.db"
    async with receiving(*[answer("200 OK")] * (3 * LIVES)) as receiver:
        died = await live("alerts", path, f"{receiver.url}/hook", LIVES)
    copies = Counter(request.headers["webhook-id"] for request in receiver.requests)
    async with await Database.open(path, now=SEVEN) as database:
        messages = await database.read(lambda tx: list_messages(tx, limit=500))
    assert {row.state for row in messages} == {OutboxState.SENT}
    owed = {row.key for row in messages}
    assert set(copies) == owed, "whatever was owed has come"
    extra = sum(copies.values()) - len(copies)
    assert died["sent, not marked"] > 0
    assert died["sent, not marked"] <= extra <= LIVES
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


async def test_row_80_digests_survive_real_kills_around_the_minute_as_one_mail_each(
    tmp_path: Path,
) -> None:
    path, box = tmp_path / "presswatch.db", tmp_path / "mail"
    died = await live("digests", path, str(box), DIGEST_LIVES)
    assert set(died) == {"before a commit", "after a commit"}
    async with await Database.open(path, now=SEVEN) as database:
        keys = [row.key for row in await database.read(lambda tx: list_messages(tx))]
        windows = await database.read(lambda tx: tx.fetch(WINDOWS))
    assert sorted(keys) == sorted(row["key"] for row in windows), "one mail for each window"
    for reader in ("a@desk.test", "b@desk.test"):
        mine = [row for row in windows if row["recipient"] == reader]
        last = SEVEN + timedelta(days=DIGEST_LIVES // LOOKS - 1)  # the last look is early
        assert mine[-1]["window_end"] == to_text(last)
        assert len(mine) > 3, "a day each, two where all of a day's lives were killed"
        assert all(a["window_end"] == b["window_start"] for a, b in pairwise(mine))
    assert len(list(box.glob("*.eml"))) == len(windows)

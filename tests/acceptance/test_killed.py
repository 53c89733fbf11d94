"""Killed between any two steps of the path, the daemon loses no article and no alert."""

import asyncio
import contextlib
import gc
import os
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from config.load import load_config
from crawler.app import Ports, open_live
from crawler.demo.newsroom import Newsroom
from crawler.demo.receivers import Desk, Mailbox, newsroom_on_loopback
from crawler.demo.show import Moved, make_secret, write_config
from crawler.live.configuration import make_live
from crawler.once import poll_and_deliver
from crawler.places import Places
from storage.coverage import ledger_sums
from storage.ledger import LedgerState
from tests.acceptance.killing import Fate, Killed, MortalDatabase, MortalFetcher
from tests.crawler.workers.here_and_now import HereAndNow

ROUNDS = (1, 2, 3)
# A life has some 200 borders; CHAOS=1 dies at every one of them (`make chaos`).
EVERY = 1 if os.environ.get("CHAOS") else 13
CASES = 4


@dataclass
class World:
    """What stays when a process dies: the newsroom, the desk, the disk, the time."""

    newsroom: Newsroom
    mailbox: Mailbox
    desk: Desk
    places: Places
    clock: Moved

    async def live_once(self, fate: Fate) -> dict[LedgerState, int]:
        """Run one process through every round that is left, until it is done or dead."""
        MortalDatabase.fate = fate
        environ = {"DEMO_HOOK": self.desk.url, "DEMO_SECRET": self.desk.secret}
        live = make_live(load_config(self.places.config, environ))
        ports = Ports(
            clock=self.clock,
            fetcher=lambda real: MortalFetcher(real, fate),
            workers=HereAndNow(),
            database=MortalDatabase,
        )
        async with open_live(live, self.places, ports) as app:
            for number in ROUNDS:
                self.newsroom.round = max(self.newsroom.round, number)
                await poll_and_deliver(app)
                self.clock.by += timedelta(minutes=20)
            await app.dispatcher.step()
            return await app.database.read(ledger_sums)


@contextlib.asynccontextmanager
async def world(folder: Path) -> AsyncIterator[World]:
    mailbox, desk = Mailbox(), Desk(secret=make_secret())
    async with newsroom_on_loopback() as newsroom, mailbox.receiving(), desk.receiving():
        places = Places(config=folder / "config", data=folder / "data")
        write_config(places.config, newsroom, mailbox.port)
        yield World(newsroom, mailbox, desk, places, Moved())


async def bury() -> None:
    """Close what a killed process leaves open, as its kernel would."""
    gc.collect()
    for _ in range(5):  # the other ends notice it
        await asyncio.sleep(0)
    gc.collect()


def told(found: World) -> Counter[str]:
    """Count what reached the desk by its subject and key, however often."""
    mails = {str(mail["Message-ID"]) for _, mail in found.mailbox.mails}
    hooks = {each["webhook-id"] for each in found.desk.received}
    return Counter(key.partition("/")[0] for key in hooks) + Counter(mail=len(mails))


# A process that is killed closes nothing; its sockets and tasks are collected by the garbage
# collector of this one, which says so. The loop holds some of them until it is closed, so it is
# one of the test's own: what it leaves must not be collected, and complained of, in another.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("share", range(CASES))
def test_killed_between_any_two_steps_nothing_is_lost(tmp_path: Path, share: int) -> None:
    asyncio.run(die_at_a_share_of_the_borders(tmp_path, share))
    gc.collect()


async def die_at_a_share_of_the_borders(tmp_path: Path, share: int) -> None:
    async with world(tmp_path / "whole") as whole:
        undisturbed = Fate(at=0)
        sums = await whole.live_once(undisturbed)
    assert sums[LedgerState.WAITING] == 0
    assert whole.mailbox.mails
    for at in range(1 + share * EVERY, undisturbed.steps, CASES * EVERY):
        async with world(tmp_path / f"killed-{at}") as killed:
            with contextlib.suppress(Killed, BaseExceptionGroup):
                await killed.live_once(Fate(at=at))
            await bury()
            killed.clock.by += timedelta(hours=1)  # leases end
            after = await killed.live_once(Fate(at=0))
        assert after == sums, f"killed at step {at}"
        keys = Counter(each["webhook-id"] for each in killed.desk.received)
        assert max(keys.values()) <= 2, f"told {keys} when killed at step {at}"
        assert told(killed).keys() >= told(whole).keys(), f"killed at step {at}"

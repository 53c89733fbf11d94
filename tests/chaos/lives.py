"""Live many short lives on one database, each ended by a real SIGKILL: run as a process.

    python -m tests.chaos.lives alerts|digests DATABASE WHERE LIVES SEED

Each life is a fork, so that it begins at once and dies alone. Half of them die at a border
between two steps, in turn, the others at any moment. What a life had just done when it died at
a border stands in DATABASE.borders, one word a line. The last life is let live.
"""

import asyncio
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar, TypeVar

import httpx

from alerts.delivery.channels.maildir import MaildirSender
from alerts.delivery.channels.outcome import Outcome, Sender
from alerts.delivery.channels.webhook import WebhookSender
from alerts.delivery.dispatcher import Dispatcher
from alerts.delivery.message import Message
from alerts.delivery.operators import Operators
from alerts.digest.due import SETTLE
from alerts.notification import to_json
from config.settings import Secret
from storage.database import Database
from storage.outbox import OutboxEntry, enqueue
from storage.transaction import Transaction
from tests.alerts.digest.test_press import SEVEN, press
from tests.alerts.telling import MAIL_SETTINGS, Clock, make_live_channel, make_notification

T = TypeVar("T")
LOOKS = 5  # of a digest's lives, a second apart, before the next day comes
LONGEST = 0.08  # seconds a life has that dies at any moment


@dataclass(slots=True)
class Death:
    """Kill this process at its nth border."""

    at: int  # 0: never
    notes: Path
    steps: int = 0

    def border(self, name: str) -> None:
        self.steps += 1
        if self.at and self.steps >= self.at:
            with self.notes.open("a", encoding="ascii") as file:
                file.write(f"{name}\n")
            os.kill(os.getpid(), signal.SIGKILL)


class MortalDatabase(Database):
    """Write, unless the process dies before or after the commit."""

    death: ClassVar[Death]

    async def write(self, work: Callable[[Transaction], T]) -> T:
        self.death.border("before a commit")
        result = await super().write(work)
        self.death.border("after a commit")
        return result


@dataclass(frozen=True, slots=True)
class MortalSender:
    """Send, unless the process dies before or after."""

    real: Sender
    death: Death

    async def send(self, message: Message) -> Outcome:
        self.death.border("before sending")
        outcome = await self.real.send(message)
        self.death.border("sent, not marked")
        return outcome

    async def close(self) -> None:
        await self.real.close()


async def deliver_alerts(path: Path, where: str, number: int, death: Death) -> None:
    """Owe one more alert, then deliver what is owed; an hour lies between two lives."""

    def clock() -> datetime:
        return datetime.now(UTC) + timedelta(hours=number)

    now = clock()
    database = await MortalDatabase.open(path, now=now)
    async with httpx.AsyncClient(trust_env=False) as client:
        hook = WebhookSender(
            client=client, url=Secret(value=where, origin="test"), secrets=(), clock=clock
        )
        house = Dispatcher(
            database=database,
            channels={"desk": make_live_channel("desk", MortalSender(hook, death))},
            operators=Operators(channels=()),
            clock=clock,
        )
        entry = OutboxEntry(
            key=f"corridor/{number}/desk",
            channel="desk",
            kind="alert",
            payload=to_json(make_notification()),
            due_at=now,
            urgency=0,
        )
        await Database.write(database, lambda tx: enqueue(tx, [entry], now))
        await house.recover()
        await house.step()
    await database.close()


async def bring_out_digests(path: Path, where: str, number: int, death: Death) -> None:
    """Bring out what is due around the minute of one day after another; deliver in the end."""
    day, second = divmod(number, LOOKS)
    moment = SEVEN + timedelta(days=day) + SETTLE + timedelta(seconds=second - 1)
    database = await MortalDatabase.open(path, now=moment)
    await press(database, Clock(moment)).step()
    if not death.at and not number % LOOKS:
        box = MaildirSender(folder=Path(where), to=(), mail=MAIL_SETTINGS)
        house = Dispatcher(
            database=database,
            channels={"digests": make_live_channel("digests", box)},
            operators=Operators(channels=()),
            clock=Clock(moment),
        )
        await house.step()
    await database.close()


# What a life does, and how many borders it passes: one that delivers three messages some 24.
KINDS = {"alerts": (deliver_alerts, 24), "digests": (bring_out_digests, 4)}


def main(kind: str, path: Path, where: str, lives: int, seed: int) -> None:
    """Live them all."""
    chance = random.Random(seed)
    live, borders = KINDS[kind]
    notes = path.with_suffix(".borders")
    for number in range(lives + 1):
        last, at_border = number == lives, number % 2 == 0
        death = Death(at=0 if last or not at_border else 1 + number // 2 % borders, notes=notes)
        child = os.fork()
        if not child:
            MortalDatabase.death = death
            asyncio.run(live(path, where, number, death))
            os._exit(0)
        if not last and not at_border:
            time.sleep(chance.uniform(0, LONGEST))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if last and status:
            sys.exit("the last life was to end well")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))

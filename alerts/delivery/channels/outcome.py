"""Say what became of one message at one channel, and what a channel is."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from alerts.delivery.message import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The receiver has it."""

    note: str = ""  # its answer, for `channels test`


@dataclass(frozen=True, slots=True, kw_only=True)
class TryAgain:
    """It did not get through; another try may."""

    reason: str
    after: timedelta | None = None  # the receiver asked for it. None: it named no time
    ambiguous: bool = False  # it may have got through: the next try may bring a copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Dead:
    """It cannot get through: a person has to look."""

    reason: str
    closed: bool = False  # the receiver asked never to be called again


@dataclass(frozen=True, slots=True, kw_only=True)
class PartlySent:
    """Some recipients have it, others do not."""

    delivered: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]  # (recipient, reason): for good
    deferred: tuple[tuple[str, str], ...]  # (recipient, reason): another try may help


Outcome = Sent | TryAgain | Dead | PartlySent


class Sender(Protocol):
    """A channel that can be told."""

    async def send(self, message: Message) -> Outcome:
        """Send one message; every expected failure is an outcome, not an exception."""

    async def close(self) -> None:
        """Let go of connections; the next send opens them anew."""

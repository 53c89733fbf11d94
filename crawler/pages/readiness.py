"""Check that the daemon does its work: for probes, and for the commands that ask it.

Each check says in words how it stands, also when it holds.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from config.counting import count
from crawler.failing import Failing, is_run
from crawler.health import Health
from crawler.pages.answer import Ask
from crawler.pages.overview import canary_of
from storage.errors import DatabaseError
from storage.overview import oldest_due
from storage.transaction import Transaction

HELD_UP = 5.0  # seconds that the loop may wake late; after a suspended machine it is not ready
LATE = timedelta(minutes=15)  # due for so long and taken by nobody: a step hangs


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that must hold for the daemon to be doing its work."""

    name: str
    ok: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Whether the daemon is doing its work."""

    ready: bool
    checks: tuple[Check, ...]


async def readiness(ask: Ask) -> Readiness:
    """Check that the daemon does its work: polls, delivers, and the canary came through."""
    now, health = ask.state.clock(), ask.state.health
    writing = await _writes(ask, now)

    def look(tx: Transaction) -> Readiness:
        source, message = oldest_due(tx, now)
        canary = canary_of(tx, now)
        checks = (
            Check(name="database", ok=True, words="answers"),
            writing,
            _loop_turns(health.pulse.worst),
            _network_answers(health.network_down_since),
            _steps_succeed(health.failing),
            _on_time("polling", source, health, now),
            _on_time("delivery", message, health, now),
            Check(
                name="canary",
                ok=canary is None or not canary.overdue,
                words="none yet" if canary is None else "late" if canary.overdue else "came",
            ),
        )
        return Readiness(ready=all(check.ok for check in checks), checks=checks)

    return await ask.database.read(look)


def _loop_turns(late: float) -> Check:
    """Check that nothing holds the daemon's loop up."""
    words = f"woke at most {late * 1000:,.0f} ms late in the last minute"
    return Check(name="loop", ok=late <= HELD_UP, words=words)


def _network_answers(down_since: datetime | None) -> Check:
    """Check that anybody answers: when nobody does it is our own network that is down."""
    if down_since is None:
        return Check(name="network", ok=True, words="answers")
    words = f"nobody answers since {down_since:%d %b %H:%M} UTC, no source is blamed"
    return Check(name="network", ok=False, words=words)


def _steps_succeed(failing: Failing) -> Check:
    """Check that no step and no channel failed at its last try (a full disk fails them all)."""
    words = "; ".join(f"{name}: {why}" for name, why in failing if not is_run(name))
    return Check(name="steps", ok=not words, words=words or "all succeed")


async def _writes(ask: Ask, now: datetime) -> Check:
    """Check that a work handed to the writer is committed, and say when an article last was."""
    last = ask.state.health.last_commit
    stored = f"last article stored {minutes(now - last)} ago" if last else "no article yet"
    try:
        async with asyncio.timeout(HELD_UP):
            await ask.database.write(lambda tx: None)
    except TimeoutError:
        return Check(name="writing", ok=False, words=f"waits for longer than {HELD_UP:.0f} s")
    except DatabaseError as error:
        return Check(name="writing", ok=False, words=str(error))
    return Check(name="writing", ok=True, words=stored)


def _on_time(name: str, due: datetime | None, health: Health, now: datetime) -> Check:
    """Check that what is due is taken; what was due before the start counts from the start."""
    late = now - max(due, health.started_at) if due else timedelta()
    last = health.last_poll if name == "polling" else health.last_delivery
    words = f"on time, last {minutes(now - last)} ago" if last else "on time"
    if late > LATE:
        words = f"due for {minutes(late)}"
    return Check(name=name, ok=late <= LATE, words=words)


def minutes(span: timedelta) -> str:
    """Write a span in minutes."""
    if span < timedelta(minutes=1):
        return "less than a minute"
    return count(round(span / timedelta(minutes=1)), "minute")

"""Run a batch of works in one commit, each in a savepoint of its own.

Runs in the writer's thread; knows neither asyncio nor what the works do.
"""

import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from storage.transaction import Transaction

Work = Callable[[Transaction], Any]

# A commit is shared by at most this many works, and not held open for longer than this.
MOST_WORKS = 100
MOST_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Done:
    """The work is committed, and this is what it returned."""

    result: Any


@dataclass(frozen=True, slots=True)
class Undone:
    """Nothing of the work was written, for this reason."""

    error: BaseException


Outcome = Done | Undone


def run_batch(connection: sqlite3.Connection, works: Sequence[Work]) -> list[Outcome]:
    """Run as many of the works as one commit may hold; return an outcome for each that ran."""
    outcomes: list[Outcome] = []
    try:
        connection.execute("BEGIN IMMEDIATE")
        closing_time = time.monotonic() + MOST_SECONDS
        for work in works[:MOST_WORKS]:
            outcomes.append(_run_one(connection, work))
            if not connection.in_transaction:  # a full disk rolls everything back by itself
                return _all_undone(outcomes)
            if time.monotonic() > closing_time:
                break
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        return [Undone(error)] * (len(outcomes) or len(works))
    return outcomes


def _run_one(connection: sqlite3.Connection, work: Work) -> Outcome:
    connection.execute("SAVEPOINT work")
    try:
        result = work(Transaction(connection))
    except BaseException as error:  # noqa: BLE001 - handed to whoever asked for the work
        if connection.in_transaction:
            connection.execute("ROLLBACK TO work")
            connection.execute("RELEASE work")
        return Undone(error)
    connection.execute("RELEASE work")
    return Done(result)


def _all_undone(outcomes: list[Outcome]) -> list[Outcome]:
    cause = outcomes[-1]
    return [outcome if isinstance(outcome, Undone) else cause for outcome in outcomes]

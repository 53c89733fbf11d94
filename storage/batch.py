"""Run a batch of works in one commit, in which each counts or none of it does.

Runs in the writer's thread; knows neither asyncio nor what the works do. A savepoint for each
work would be dear: at every savepoint the search index writes out what it has gathered. So the
works run without; when one raises, all is rolled back and they run again, each in a savepoint.
"""

import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from storage.transaction import Transaction, Writer

Work = Callable[[Transaction], Any]

# A commit is shared by the works that waited for the last one, at most so many; slow ones among
# them hold it open no longer than this.
MOST_WORKS = 100
MOST_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Done:
    """The work is committed, and this is what it returned."""

    result: Any


@dataclass(frozen=True, slots=True)
class Undone:
    """Nothing of the work was written, for this reason."""

    error: BaseException


Outcome = Done | Undone


def run_batch(connection: Writer, works: Sequence[Work]) -> list[Outcome]:
    """Run as many of the works as one commit may hold; return an outcome for each that ran.

    A work may be run twice, so it changes nothing but the database.
    """
    outcomes: list[Outcome] = []
    try:
        outcomes = _run_all(connection, works[:MOST_WORKS], _run_bare)
        if len(outcomes) > 1 and isinstance(outcomes[-1], Undone) and connection.in_transaction:
            connection.execute("ROLLBACK")
            outcomes = _run_all(connection, works[: len(outcomes)], _run_saved)
        if not connection.in_transaction:  # a full disk rolls everything back by itself
            return [outcomes[-1]] * len(outcomes)
        if outcomes and _failed(outcomes):
            connection.execute("ROLLBACK")
        else:
            connection.execute("COMMIT")
            connection.candidates.commit()
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        return [Undone(error)] * (len(outcomes) or len(works))
    return outcomes


def _failed(outcomes: Sequence[Outcome]) -> bool:
    return all(isinstance(outcome, Undone) for outcome in outcomes)


def _run_all(
    connection: Writer,
    works: Sequence[Work],
    run: Callable[[Writer, Work], Outcome],
) -> list[Outcome]:
    """Run the works in one transaction, which stays open, until one cannot go on."""
    outcomes: list[Outcome] = []
    connection.candidates.undo()  # of a transaction that came to no commit
    connection.execute("BEGIN IMMEDIATE")
    closing_time = time.monotonic() + MOST_SECONDS
    for work in works:
        outcomes.append(run(connection, work))
        stuck = isinstance(outcomes[-1], Undone) and run is _run_bare
        if stuck or not connection.in_transaction or time.monotonic() > closing_time:
            break
    return outcomes


def _run_bare(connection: Writer, work: Work) -> Outcome:
    try:
        return Done(work(Transaction(connection)))
    except BaseException as error:  # noqa: BLE001 - handed to whoever asked for the work
        return Undone(error)


def _run_saved(connection: Writer, work: Work) -> Outcome:
    connection.execute("SAVEPOINT work")
    mark = connection.candidates.mark()
    try:
        result = work(Transaction(connection))
    except BaseException as error:  # noqa: BLE001 - handed to whoever asked for the work
        connection.candidates.undo(mark)
        if connection.in_transaction:
            connection.execute("ROLLBACK TO work")
            connection.execute("RELEASE work")
        return Undone(error)
    connection.execute("RELEASE work")
    return Done(result)

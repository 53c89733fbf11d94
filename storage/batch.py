"""Run a batch of works in one commit, in which each counts or none of it does.

Runs in the writer's thread; knows neither asyncio nor what the works do. A savepoint for each
work would be dear: at every savepoint the search index writes out what it has gathered. So the
works run without; when one raises, all is rolled back and they run again, each in a savepoint.

Works that are alike and stand next to each other may be done together: a statement for many
rows costs less than many statements, and what a step needs stays in the processor's caches.
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
class Alike:
    """A work on one item that may be done for several items at once."""

    # Returns a result for as many of the first items as it does together: at least one.
    together: Callable[[Transaction, Sequence[Any]], Sequence[Any]]
    item: Any

    def __call__(self, tx: Transaction) -> Any:
        """Do the work on this item alone."""
        return self.together(tx, (self.item,))[0]


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
    run: Callable[[Writer, Sequence[Work]], list[Outcome]],
) -> list[Outcome]:
    """Run the works in one transaction, which stays open, until one cannot go on."""
    outcomes: list[Outcome] = []
    connection.candidates.undo()  # of a transaction that came to no commit
    connection.execute("BEGIN IMMEDIATE")
    closing_time = time.monotonic() + MOST_SECONDS
    while len(outcomes) < len(works):
        outcomes += run(connection, works[len(outcomes) :])
        stuck = isinstance(outcomes[-1], Undone) and run is _run_bare
        if stuck or not connection.in_transaction or time.monotonic() > closing_time:
            break
    return outcomes


def _run_bare(connection: Writer, works: Sequence[Work]) -> list[Outcome]:
    """Run the first of the works, and what may be done together with it."""
    tx, alike = Transaction(connection), _alike(works)
    try:
        if len(alike) > 1:
            results = alike[0].together(tx, [work.item for work in alike])
            return [Done(result) for result in results]
        return [Done(works[0](tx))]
    except BaseException as error:  # noqa: BLE001 - handed to whoever asked for the work
        return [Undone(error)] * max(len(alike), 1)


def _alike(works: Sequence[Work]) -> list[Alike]:
    """Return the first of the works as long as one function does them together."""
    alike: list[Alike] = []
    for work in works:
        if not isinstance(work, Alike) or (alike and work.together is not alike[0].together):
            break
        alike.append(work)
    return alike


def _run_saved(connection: Writer, works: Sequence[Work]) -> list[Outcome]:
    """Run the first of the works in a savepoint."""
    connection.execute("SAVEPOINT work")
    mark = connection.candidates.mark()
    try:
        result = works[0](Transaction(connection))
    except BaseException as error:  # noqa: BLE001 - handed to whoever asked for the work
        connection.candidates.undo(mark)
        if connection.in_transaction:
            connection.execute("ROLLBACK TO work")
            connection.execute("RELEASE work")
        return [Undone(error)]
    connection.execute("RELEASE work")
    return [Done(result)]

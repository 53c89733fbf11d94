"""Write down what became of one attempt, and whom it obliges us to tell.

Runs inside one transaction: the mark, the channel's state and the operators' notice are one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.canary import CANARIES
from alerts.delivery.channels.outcome import Dead, Outcome, PartlySent, Sent, TryAgain
from alerts.delivery.open_channels import LiveChannel
from alerts.delivery.operators import (
    QUIET_KINDS,
    Operators,
    dead_letters,
    failing,
    owe,
    recovered,
)
from alerts.delivery.retry import GiveUp, may_come, next_try
from storage.canaries import canary_came
from storage.channel_states import failing_since, note_failed, note_sent
from storage.dead_letters import mark_dead, mark_recipient_dead
from storage.outbox import (
    OutboxRow,
    OutboxState,
    bring_forward,
    enqueue,
    list_messages,
    mark_retry,
    mark_sent,
    not_taken,
)
from storage.transaction import Transaction

FAILING_TOLD = timedelta(minutes=15)  # one blip is nobody's news
FAILING = timedelta(minutes=1)  # a receiver that took nothing so long was down


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt to send one message."""

    channel: LiveChannel
    row: OutboxRow
    operators: Operators
    now: datetime
    jitter: float  # a draw from [-1, 1]


def settle(tx: Transaction, attempt: Attempt, outcome: Outcome) -> str:
    """Mark the message; return sent, again or dead."""
    match outcome:
        case Sent(note=note):
            return _sent(tx, attempt, note)
        case Dead(reason=reason, closed=closed):
            _note_failed(tx, attempt, reason, closed=closed)
            return _dead(tx, attempt, reason)
        case TryAgain(reason=reason, after=after):
            _note_failed(tx, attempt, reason, closed=False)
            return _again(tx, attempt, reason, after)
        case PartlySent():
            return _partly(tx, attempt, outcome)


def _sent(tx: Transaction, attempt: Attempt, note: str) -> str:
    row, channel, now = attempt.row, attempt.channel, attempt.now
    mark_sent(tx, row.key, now, note=note)
    since = _note_taken(tx, attempt)
    if since is not None and now - since >= FAILING_TOLD:
        enqueue(tx, owe(attempt.operators, recovered(channel.id, since), now), now)
    if row.key.startswith(CANARIES):
        canary_came(tx, now)
    return "sent"


def _note_taken(tx: Transaction, attempt: Attempt) -> datetime | None:
    """Note that the channel works, and return since when it had failed.

    What it did not take is due now: else the alerts of a receiver's bad hour would come hours
    after it is well.
    """
    channel, now = attempt.channel, attempt.now
    since = failing_since(tx, channel.id)
    note_sent(tx, channel.id, channel.address, now)
    if since is not None and now - since >= FAILING:
        missed = (
            each.key
            for each in not_taken(tx, channel.id, now)
            if may_come(channel.schedule, each, since, now)
        )
        bring_forward(tx, missed, now)
    return since


def _note_failed(tx: Transaction, attempt: Attempt, reason: str, *, closed: bool) -> None:
    channel, now = attempt.channel, attempt.now
    note_failed(tx, channel.id, channel.address, reason, now, closed=closed)
    since = failing_since(tx, channel.id)
    loud = attempt.row.kind not in QUIET_KINDS
    if loud and since is not None and now - since >= FAILING_TOLD:
        enqueue(tx, owe(attempt.operators, failing(channel.id, since, reason), now), now)


def _dead(tx: Transaction, attempt: Attempt, reason: str) -> str:
    mark_dead(tx, attempt.row.key, reason, attempt.now)
    _tell_of_dead(tx, attempt)
    return "dead"


def _tell_of_dead(tx: Transaction, attempt: Attempt) -> None:
    if attempt.row.kind in QUIET_KINDS:
        return  # a notice about a lost notice would never end
    dead = list_messages(tx, state=OutboxState.DEAD, channel=attempt.channel.id)
    notice = dead_letters(attempt.channel.id, dead, attempt.now)
    enqueue(tx, owe(attempt.operators, notice, attempt.now), attempt.now)


def _again(
    tx: Transaction,
    attempt: Attempt,
    reason: str,
    after: timedelta | None,
    owed: tuple[str, ...] = (),
) -> str:
    row = attempt.row
    next_one = next_try(
        attempt.channel.schedule,
        attempts=row.attempts - row.abandoned,  # our own deaths are no failures of the receiver
        created_at=row.created_at,
        now=attempt.now,
        jitter=attempt.jitter,
        asked=after,
    )
    if isinstance(next_one, GiveUp):
        return _dead(tx, attempt, f"{next_one.reason}: {reason}")
    mark_retry(tx, row, next_one.at, reason, owed=owed)
    return "again"


def _partly(tx: Transaction, attempt: Attempt, outcome: PartlySent) -> str:
    """Settle each recipient: the refused are dead letters of their own, the others go on."""
    row, now = attempt.row, attempt.now
    if outcome.delivered:
        _note_taken(tx, attempt)
    if not outcome.delivered and not outcome.deferred and not row.recipients:
        return _dead(tx, attempt, "; ".join(f"{to}: {why}" for to, why in outcome.refused))
    for recipient, reason in outcome.refused:
        mark_recipient_dead(tx, row.key, recipient, reason, now)
    if outcome.refused:
        _tell_of_dead(tx, attempt)
    if not outcome.deferred:
        mark_sent(tx, row.key, now, note="refused by some, see their dead letters")
        return "sent"
    reason = "; ".join(f"{to}: {why}" for to, why in outcome.deferred)
    owed = tuple(to for to, _ in outcome.deferred)
    return _again(tx, attempt, reason, None, owed)

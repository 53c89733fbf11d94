"""Say of a message that was owed where it is: sent, waiting, in a round-up, given up on."""

from alerts.routing.hold import QUIET, is_first_look
from alerts.routing.telling import minute
from storage.holds import round_up_of
from storage.outbox import OutboxRow, OutboxState, load_message
from storage.transaction import Transaction


def whereabouts(tx: Transaction, key: str) -> str:
    """Return the kind of a key's message and what became of it: "alert, sent …"."""
    row = load_message(tx, key)
    if row is None:
        return "not owed"
    gathered = round_up_of(tx, key)
    if gathered is not None:
        return f"{row.kind}, gathered with others: {_said(gathered)}"
    return f"{row.kind}, {_said(row)}"


def _said(row: OutboxRow) -> str:
    match row.state:
        case OutboxState.SENT:
            return f"sent {minute(row.finished_at)}" if row.finished_at else "sent"
        case OutboxState.HELD:
            return f"{_held(row.hold or '')}, until {minute(row.due_at)} at the latest"
        case OutboxState.DEAD:
            return f"given up: {row.reason}; presswatch outbox retry {row.key}"
        case OutboxState.DROPPED:
            return f"dropped: {row.reason}"
        case _:
            return _waiting(row)


def _held(hold: str) -> str:
    if hold == QUIET:
        return "held back: the channel's quiet hours"
    if is_first_look(hold):
        return "held back: old news of an outlet new to us goes out as one message"
    return "held back: a storm, of which one summary goes out"


def _waiting(row: OutboxRow) -> str:
    if row.attempts and row.reason:
        return f"not through yet, again at {minute(row.due_at)}: {row.reason}"
    return f"waits, due {minute(row.due_at)}"

"""Word what became of the addresses in the ledger."""

from storage.ledger import LedgerState

FATES = {
    LedgerState.WAITING: "waiting",
    LedgerState.STORED: "stored",
    LedgerState.REVISION_OF: "edited",
    LedgerState.DUPLICATE_OF: "copied",
    LedgerState.REJECTED: "rejected",
    LedgerState.DEAD: "given up",
}

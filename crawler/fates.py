"""Word what became of the addresses in the ledger."""

from storage.ledger import LedgerState

FATES = {
    LedgerState.WAITING: "waiting",
    LedgerState.STORED: "stored",
    LedgerState.REVISION_OF: "edited versions",
    LedgerState.DUPLICATE_OF: "copies",
    LedgerState.REJECTED: "no articles",
    LedgerState.DEAD: "given up",
}

"""What we remember: articles, stories, the ledger of every URL, matches, the outbox."""

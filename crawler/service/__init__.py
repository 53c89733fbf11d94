"""The process that runs for months: bells, signals, upkeep, the status address."""

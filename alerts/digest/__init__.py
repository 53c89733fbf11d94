"""The digest: which windows are due, what stands in them, how it looks."""

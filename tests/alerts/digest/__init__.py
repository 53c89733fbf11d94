"""Digests: windows, what stands in them, how they look."""

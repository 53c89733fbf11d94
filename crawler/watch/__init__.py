"""Watching one source: look for links, read them, take in what they bring."""

"""The rule language: text becomes a tree, and every mistake in it is found at once."""

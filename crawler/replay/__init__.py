"""A past day once more: what was due by the rules of then, or by others."""

"""Show everything, offline, in half a minute."""

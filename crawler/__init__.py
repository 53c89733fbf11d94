"""Going out and bringing articles home; the daemon and the command line."""

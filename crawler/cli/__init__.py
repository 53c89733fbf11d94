"""The command line: `presswatch COMMAND`, each command in a file named for it."""

from crawler.cli.group import main

__all__ = ["main"]

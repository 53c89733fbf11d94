"""The command line: `presswatch COMMAND`, each command in a file named for it."""

import sys

from crawler.service.early import leave_when_told

__all__ = ["main"]


def main() -> None:
    """Run the command that the arguments name."""
    if sys.argv[1:2] == ["run"]:  # before the rest is loaded, which takes a while
        leave_when_told()
    from crawler.cli.group import main as begin

    begin()

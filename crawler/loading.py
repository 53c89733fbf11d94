"""Load a program that will run for long: what it is made of is never garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from alerts.collector import collector_at_rest

# Objects made before the collector looks for circles. A page leaves none that only it would
# find and is itself some 10,000; at Python's own 700 looking costs storing 3 to 9 per cent.
_GARBAGE: Final = 50_000


@contextmanager
def loading() -> Iterator[None]:
    """Keep the collector still while modules are loaded; it never looks at them again."""
    with collector_at_rest(freeze=True):
        yield
    collect_seldom()


def collect_seldom() -> None:
    """Let the collector look for circles as seldom as daemon and workers do."""
    gc.set_threshold(_GARBAGE)

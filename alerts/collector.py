"""Keep the garbage collector still while much is made that is no garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest(*, freeze: bool = False) -> Iterator[None]:
    """Keep the collector still, else it walks all that is there again and again.

    Of a hundred thousand rules that is half of the time to build. What is frozen lives as long
    as the process, and no collection later on has to walk it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if freeze:
            gc.freeze()
        if was_on:
            gc.enable()

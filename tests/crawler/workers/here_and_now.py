"""Workers for tests that are not about workers: they are this very process."""

from collections.abc import Callable
from typing import Any, TypeVar

from crawler.workers.pool import Done, Undone, Workers, WorkFault

T = TypeVar("T")


class HereAndNow(Workers):
    """Do the work in this process, so that a hundred lives take seconds."""

    def __init__(self) -> None:
        super().__init__(0, seconds=1, memory_mb=1)

    async def run(
        self, function: Callable[..., T], *arguments: Any, of: str = ""
    ) -> Done[T] | Undone:
        self.workload.answers["done"] += 1
        try:
            return Done(value=function(*arguments))
        except Exception as error:  # noqa: BLE001 - as a worker would
            return Undone(fault=WorkFault.RAISED, reason=repr(error))

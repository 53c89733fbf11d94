"""The work that goes to worker processes, as far as it is counted."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Workload:
    """What came of the work since the start, and how much is in hand."""

    answers: Counter[str] = field(default_factory=Counter)  # "done", or a WorkFault
    in_hand: int = 0  # given, and not answered yet

"""The facts about this run of the daemon that no table holds."""

from dataclasses import dataclass, field
from datetime import datetime

from alerts.explaining.plan import Plan
from config.errors import Mistake
from crawler.failing import Failing
from crawler.pulse import Pulse
from crawler.workload import Workload


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """An edit of the rules, and what it changes on the archive."""

    at: datetime
    plan: Plan
    waiting: bool  # for a person's yes; else it went live


@dataclass(slots=True, kw_only=True)
class Health:
    """What the daemon knows of itself; one object, written only by the daemon's own steps."""

    started_at: datetime
    last_poll: datetime | None = None  # a source's run ended, whatever came of it
    last_commit: datetime | None = None  # an article was stored
    last_delivery: datetime | None = None
    network_down_since: datetime | None = None
    rejected_config: tuple[Mistake, ...] = ()  # why an edit did not go live; empty: all is live
    rejected_plan: str = ""  # an edit that would fire too often and waits for a person's yes
    waits_for_start: tuple[str, ...] = ()  # settings that an edit changed; empty: all are live
    edit: Edit | None = None  # the last edit of the rules, as far as it could be tried
    pulse: Pulse = field(default_factory=Pulse)  # how late the loop wakes
    workload: Workload = field(default_factory=Workload)  # of the worker processes
    running: int = 0  # sources being read right now
    failing: Failing = field(default_factory=Failing)  # steps, channels, sources of ours

"""Let an edited configuration go live: all of it, checked, or nothing.

A file that cannot be read or compiled never replaces what runs; the mistakes are told and kept
for the status page and the digest. An edit of rules that would fire too often waits for a yes.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog

from alerts.explaining.plan import Plan
from config.errors import ConfigError, Mistake
from config.load import fingerprint
from crawler.live.configuration import Holder, Live, check_live
from crawler.live.planguard import Judged, read_accepted
from crawler.places import Places

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swapped:
    """The edit is live."""

    live: Live
    plan: Plan | None = None  # what it changes on the archive; None: no rule was edited


@dataclass(frozen=True, slots=True, kw_only=True)
class Same:
    """Nothing was edited since the last look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """The edit has mistakes; the old configuration goes on."""

    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The edit would newly fire too often; it waits for `rules plan --accept`."""

    reason: str
    plan: Plan | None = None  # what it would change on the archive


class PlanGuard(Protocol):
    """Whoever says whether an edit of rules may go live without a person's yes."""

    async def judge(self, old: Live, new: Live, now: datetime, accepted: str) -> Judged:
        """Say whether the edit may go live, and what it would change."""


class Reloader:
    """Look at the files and swap what is live when a good edit is there."""

    def __init__(
        self, places: Places, environ: Mapping[str, str], live: Holder, plan: PlanGuard
    ) -> None:
        self._places = places
        self._environ = environ
        self._live = live
        self._plan = plan
        self._accepted = read_accepted(places)
        self._seen = live().config.fingerprint
        self._suspect = ""  # the fingerprint of files that may have been read half saved

    async def look(
        self, now: datetime, *, force: bool = False
    ) -> Swapped | Same | Rejected | Waiting:
        """Compare the files with what was last seen; act only on a change."""
        seen = await asyncio.to_thread(fingerprint, self._places.config)
        accepted = read_accepted(self._places)
        if (seen, accepted) == (self._seen, self._accepted) and not force:
            return Same()
        try:
            live = await asyncio.to_thread(check_live, self._places.config, self._environ)
        except ConfigError as error:
            if self._is_half_saved(seen) and not force:
                return Same()
            self._seen, self._accepted = seen, accepted
            log.warning("edited configuration is not live", mistakes=str(error))
            return Rejected(mistakes=error.mistakes)
        self._seen, self._accepted = seen, accepted
        judged = await self._plan.judge(self._live(), live, now, accepted)
        if judged.reason:
            log.warning("edited rules wait for a yes", reason=judged.reason)
            return Waiting(reason=judged.reason, plan=judged.plan)
        log.info(
            "configuration is live", rules=len(live.config.rules), sources=len(live.sources)
        )
        return Swapped(live=live, plan=judged.plan)

    def _is_half_saved(self, seen: str) -> bool:
        """Tell whether files with mistakes are new: some editors write a file in pieces.

        What the next look finds as it was is said to be wrong.
        """
        new, self._suspect = seen != self._suspect, seen
        return new

"""Hold back an edit of rules that would fire too often, until a person has said yes."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from alerts.explaining.plan import Comparison, Plan
from crawler.archive import archive_slices
from crawler.live.configuration import Live
from crawler.places import Places
from storage.database import Database
from storage.ownership import hand_over


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Whether an edit of rules may go live, and what it would change."""

    reason: str = ""  # why it must wait; empty: it may go live
    plan: Plan | None = None  # None: the rules are the same, or a person has accepted them


class ArchivePlan:
    """Compare rules over the archive of the last weeks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def judge(self, old: Live, new: Live, now: datetime, accepted: str) -> Judged:
        """Say whether an edit may go live; part by part, so that a stop need not wait."""
        fingerprint = new.config.rules_fingerprint
        if fingerprint in {old.config.rules_fingerprint, accepted}:
            return Judged()
        settings = new.config.settings.plan
        comparison = Comparison(old.ruleset, new.ruleset)
        since = now - settings.since
        async for part in archive_slices(self._database, new.sources, since, now):
            await asyncio.to_thread(comparison.look, part)
        found = comparison.plan()
        if not found.refused(settings.max_new):
            return Judged(plan=found)
        reason = (
            f"the edited rules would newly fire up to {found.most_new_in_a_day} times a day, "
            f"more than plan.max_new = {settings.max_new}: look with 'presswatch rules plan', "
            "then say yes with 'presswatch rules plan --accept'"
        )
        return Judged(reason=reason, plan=found)


def read_accepted(places: Places) -> str:
    """Return the fingerprint of the rules a person last accepted; empty: none."""
    try:
        return places.accepted.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def accept(places: Places, fingerprint: str) -> None:
    """Let the rules of this fingerprint go live, however often they would fire."""
    part = places.accepted.with_suffix(".part")
    with part.open("w", encoding="ascii") as file:
        file.write(f"{fingerprint}\n")
        hand_over(file.fileno(), part.parent)
    part.replace(places.accepted)

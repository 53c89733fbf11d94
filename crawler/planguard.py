"""Hold back an edit of rules that would fire too often, until a person has said yes."""

import asyncio
from datetime import datetime

from alerts.plan import Plan, plan
from crawler.archive import read_archive
from crawler.live import Live
from crawler.places import Places
from storage.database import Database


class ArchivePlan:
    """Compare rules over the archive of the last weeks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def refuse(self, old: Live, new: Live, now: datetime, accepted: str) -> str:
        """Return why the edit must wait; empty: it may go live."""
        fingerprint = new.config.rules_fingerprint
        if fingerprint in {old.config.rules_fingerprint, accepted}:
            return ""
        settings = new.config.settings.plan
        archive = await read_archive(self._database, new.sources, now - settings.since, now)
        found: Plan = await asyncio.to_thread(plan, old.ruleset, new.ruleset, archive)
        if found.most_new_in_a_day <= settings.max_new:
            return ""
        return (
            f"the edited rules would newly fire up to {found.most_new_in_a_day} times a day, "
            f"more than plan.max_new = {settings.max_new}: look with 'presswatch rules plan', "
            "then say yes with 'presswatch rules plan --accept'"
        )


def read_accepted(places: Places) -> str:
    """Return the fingerprint of the rules a person last accepted; empty: none."""
    try:
        return places.accepted.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def accept(places: Places, fingerprint: str) -> None:
    """Let the rules of this fingerprint go live, however often they would fire."""
    part = places.accepted.with_suffix(".part")
    part.write_text(f"{fingerprint}\n", encoding="ascii")
    part.replace(places.accepted)

"""Say in a few lines what a daemon watches, as it starts. Pure."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from alerts.digest.due import NotDue, due_window
from config.counting import count, name_some
from config.digest import Digest
from config.errors import Mistake
from crawler.live.configuration import Live
from crawler.places import Places


def welcome(live: Live, places: Places, page: str, now: datetime) -> list[str]:
    """Return the lines; `page` is the status page's address, or why there is none."""
    config = live.config
    rules = [rule.id for rule in config.rules]
    shown = name_some(rules, 6)
    lines = [
        f"presswatch watches {count(len(live.sources), 'source')} and "
        f"{count(len(rules), 'rule')}{': ' if rules else ''}{shown}",
        f"  configuration  {places.config}/ (saved files go live within seconds)",
        f"  data           {places.database}",
    ]
    mail = config.settings.mail
    if mail.host is None:
        lines.append(
            f"  mail           no server is configured: every mail is a file in {places.mail}/"
        )
    else:
        lines.append(f"  mail           {mail.host}:{mail.port} ({mail.tls})")
    lines += [f"  next digest    {next_digest(digest, now)}" for digest in config.digests]
    lines.append(f"  status page    {page}")
    return lines


def files_not_live(places: Places, mistakes: Sequence[Mistake]) -> list[str]:
    """Return what to say when the files have mistakes and what last was live goes on."""
    if not mistakes:
        return []
    said = [line for mistake in mistakes for line in str(mistake).splitlines()]
    return [
        f"  NOT LIVE       {places.config}/ has mistakes; what last was live goes on:",
        *(f"    {line}" for line in said),
    ]


def next_digest(digest: Digest, now: datetime) -> str:
    """Write when a digest goes out next, in its readers' own time."""
    due = due_window(digest, now, now)
    at = due.next_at if isinstance(due, NotDue) else now
    local = at.astimezone(ZoneInfo(digest.timezone))
    return (
        f"{digest.name}: {local:%a %d %b %H:%M} ({digest.timezone}) to {', '.join(digest.to)}"
    )

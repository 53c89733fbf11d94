"""Look at the digests: planned, and sent."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from alerts.digest.due import NotDue, beginning, due_window
from alerts.digest.issue import unpack
from alerts.digest.leaving import staying
from alerts.wording import wording
from config.digest import Digest
from crawler.pages.answer import Ask, NotThere
from storage.digest_windows import last_end, load_issue
from storage.overview import issues
from storage.stamp import from_text, to_text
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLine:
    """One digest that was written."""

    digest_id: str
    start: datetime
    end: datetime
    start_text: str  # as the address of the issue wants them
    end_text: str
    subject: str
    stories: int
    readers: int
    composed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestLine:
    """One digest as it is planned."""

    id: str
    name: str
    readers: int
    left: tuple[str, ...]  # readers who took themselves off, and have no mail
    next_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Digests:
    """The digests: planned, and sent."""

    digests: tuple[DigestLine, ...]
    issues: tuple[IssueLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueInFull:
    """One digest as its readers have it, as text."""

    digest_id: str
    start: datetime
    end: datetime
    subject: str
    text: str
    direction: str  # of its language: ltr | rtl


async def digests(ask: Ask) -> Digests:
    """Look at the digests."""
    digests, now = ask.state.live().config.digests, ask.state.clock()

    def look(tx: Transaction) -> Digests:
        return Digests(
            digests=tuple(digest_line(tx, digest, now) for digest in digests),
            issues=tuple(
                IssueLine(
                    digest_id=each.digest_id,
                    start=each.start,
                    end=each.end,
                    start_text=to_text(each.start),
                    end_text=to_text(each.end),
                    subject=each.subject,
                    stories=each.stories,
                    readers=each.readers,
                    composed_at=each.composed_at,
                )
                for each in issues(tx)
            ),
        )

    return await ask.database.read(look)


async def digest(ask: Ask) -> IssueInFull:
    """Look at one digest as it was sent."""
    name = str(ask.path["digest_id"])
    start, end = _moment(str(ask.path["start"])), _moment(str(ask.path["end"]))
    issue = await ask.database.read(lambda tx: load_issue(tx, name, start, end))
    if issue is None:
        raise NotThere(f"There is no digest {name!r} of this window.")
    content = unpack(issue.content)
    return IssueInFull(
        digest_id=issue.digest_id,
        start=issue.start,
        end=issue.end,
        subject=issue.subject,
        text=str(content["text"]),
        direction=wording(str(content["language"])).direction,
    )


def digest_line(tx: Transaction, digest: Digest, now: datetime) -> DigestLine:
    """Return one planned digest with its next hour."""
    readers = staying(tx, digest)
    ends = [last_end(tx, digest.id, reader) for reader in readers]
    first = beginning(digest, now)  # of a reader who never had it
    due = due_window(digest, min((end or first for end in ends), default=first), now)
    next_at = due.next_at if isinstance(due, NotDue) else now
    return DigestLine(
        id=digest.id,
        name=digest.name,
        readers=len(readers),
        left=tuple(reader for reader in digest.to if reader not in readers),
        next_at=next_at.astimezone(ZoneInfo(digest.timezone)),
    )


def _moment(text: str) -> datetime:
    try:
        moment = from_text(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except ValueError as error:
        raise NotThere("There is no digest of this window.") from error

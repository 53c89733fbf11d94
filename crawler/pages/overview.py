"""Look at everything at once: is it well, what came in, what is owed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from alerts.canary import RULE_ID, SOURCE_ID
from alerts.promise import Promise
from crawler.pages.answer import Ask
from crawler.pages.digests import DigestLine, digest_line
from crawler.pages.lines import SourceLine, StoryLine
from crawler.pages.sources import source_lines
from crawler.pages.stories import story_lines
from crawler.version import our_version
from storage.canaries import latest_canary
from storage.outbox import outbox_sums
from storage.overview import (
    Sums,
    Wanted,
    articles_by_hour,
    latest_stories,
    sums,
)
from storage.transaction import Transaction

TROUBLED = ("failing", "silent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something a person should look at."""

    what: str
    words: str
    link: str  # where to look; empty: nowhere
    who: str = ""  # the source it is about; empty: us


@dataclass(frozen=True, slots=True, kw_only=True)
class Canary:
    """The latest canary."""

    entered_at: datetime
    came_at: datetime | None  # None: not (yet) come out
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything at a glance."""

    version: str
    started_at: datetime
    last_poll: datetime | None
    last_commit: datetime | None
    last_delivery: datetime | None
    polling: int  # sources being read right now
    loop_late_s: float  # by how much the loop woke too late, at worst, in the last minute
    sources: dict[str, int]  # how many are in each condition
    rules: int
    stored: Sums
    articles_by_hour: tuple[int, ...]  # of the last 24 hours, this one last
    links: dict[str, int]  # addresses of these sources, by state of the ledger
    outbox: dict[str, int]  # messages by state
    digests: tuple[DigestLine, ...]
    canary: Canary | None  # None: none was let in yet
    troubles: tuple[Trouble, ...]  # empty: all is well
    stories: tuple[StoryLine, ...]  # the latest that a rule matched


async def overview(ask: Ask) -> Overview:
    """Look at everything at once."""
    now, live, health = ask.state.clock(), ask.state.live(), ask.state.health

    def look(tx: Transaction) -> Overview:
        lines = source_lines(tx, live.config.sources, now, live.config.settings.alerts)
        links = sum((Counter(line.links) for line in lines), Counter[str]())
        owed = {state.value: n for state, n in outbox_sums(tx).items()}
        canary = canary_of(tx, now)
        return Overview(
            version=our_version(),
            started_at=health.started_at,
            last_poll=health.last_poll,
            last_commit=health.last_commit,
            last_delivery=health.last_delivery,
            polling=health.running,
            loop_late_s=round(health.pulse.worst, 4),
            sources=dict(Counter(line.condition for line in lines)),
            rules=len(live.config.rules),
            stored=sums(tx, but_of=RULE_ID),
            articles_by_hour=by_hour(tx, now),
            links=dict(links),
            outbox=owed,
            digests=tuple(digest_line(tx, digest, now) for digest in live.config.digests),
            canary=canary,
            troubles=(
                *_own_troubles(ask),
                *_canary_trouble(canary),
                *_outbox_trouble(owed),
                *_source_troubles(lines, blame=not ask.state.health.network_down_since),
            ),
            stories=tuple(
                story_lines(tx, latest_stories(tx, Wanted(matched=True, limit=12)), live)
            ),
        )

    return await ask.database.read(look)


def by_hour(tx: Transaction, now: datetime) -> tuple[int, ...]:
    """Return how many articles came in each of the last 24 hours."""
    hours = [now - timedelta(hours=back) for back in reversed(range(24))]
    counts = articles_by_hour(tx, hours[0], but_of=SOURCE_ID)
    return tuple(counts[f"{hour.astimezone(UTC):%Y-%m-%dT%H}"] for hour in hours)


def canary_of(tx: Transaction, now: datetime) -> Canary | None:
    """Return the latest canary; None: none was let in yet."""
    row = latest_canary(tx)
    if row is None:
        return None
    overdue = row.came_at is None and now > row.due_by
    return Canary(entered_at=row.entered_at, came_at=row.came_at, overdue=overdue)


def _own_troubles(ask: Ask) -> list[Trouble]:
    health = ask.state.health
    found = []
    if health.network_down_since:
        words = f"nobody out there answers since {health.network_down_since:%Y-%m-%d %H:%M}Z."
        found.append(Trouble(what="Our network is down", words=words, link=""))
    what = "An edit did not go live"
    found += [
        Trouble(what=what, words=str(mistake).splitlines()[0], link="/rules")
        for mistake in health.rejected_config
    ]
    if health.rejected_plan:
        words = health.rejected_plan
        found.append(Trouble(what="An edit waits for a yes", words=words, link="/rules"))
    if health.waits_for_start:
        words = f"{', '.join(health.waits_for_start)} of settings.yaml: restart when it suits."
        found.append(
            Trouble(what="Edited settings wait for the next start", words=words, link="")
        )
    return found + [
        Trouble(what=f"“{name}” failed", words=words, link="") for name, words in health.failing
    ]


def _canary_trouble(canary: Canary | None) -> list[Trouble]:
    if canary is None or not canary.overdue:
        return []
    words = "A made-up article went in and did not come out: alerts may be stuck."
    return [Trouble(what="The canary is missing", words=words, link="/outbox")]


def _outbox_trouble(owed: dict[str, int]) -> list[Trouble]:
    dead = owed.get("dead", 0)
    if not dead:
        return []
    words = f"{dead} could not be delivered: look, then retry or drop."
    return [Trouble(what="Dead letters", words=words, link="/outbox?state=dead")]


def _source_troubles(lines: list[SourceLine], *, blame: bool) -> list[Trouble]:
    """Say which sources are troubled; none is failing or silent while nobody answers us."""
    return [
        Trouble(
            who=line.name, what=line.condition, words=line.words, link=f"/sources/{line.id}"
        )
        for line in lines
        if blame and line.condition in TROUBLED
    ] + [
        Trouble(who=line.name, what=what, words=words, link=f"/sources/{line.id}")
        for line in lines
        for what, words in promise_words(line.promise)
    ]


def promise_words(promise: Promise) -> Iterator[tuple[str, str]]:
    """Say in a word and a sentence how a source's promise is broken, or its clock off."""
    for kept in promise.broken:
        yield "late", f"{kept.said} in the last day; the budget is one in twenty"
    if promise.clock:
        yield "its clock", str(promise.clock)

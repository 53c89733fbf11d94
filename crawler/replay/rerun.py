"""Go through a past day again: match, route and compose by the doors it went through live.

What came in, in which order, and what happened to it is taken from the store; so is how sources
and channels fared, and when messages were on their way. Everything that follows from it is
worked out anew by the code that does it live.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from alerts.delivery.templating import Templates
from alerts.digest.due import Window, window_since
from alerts.digest.gather import Surroundings, gather_facts
from alerts.digest.issue import contents, unpack
from alerts.digest.observed import observed_again
from alerts.digest.press import write_issue
from alerts.plain import one_line
from crawler.live.configuration import Live
from crawler.watch.ingest import News, match, tell
from storage.alert_log import ToldRow, told_between
from storage.arrivals import newest_arrival
from storage.articles import load_articles
from storage.digest_windows import DigestIssue, issues_between, issues_composed, keep_issue
from storage.matches import Match, matches_between, newest_match
from storage.outbox import OutboxRow, load_message
from storage.past import Happening, Past
from storage.prepared import prepared_again
from storage.revising import Revised
from storage.storing import Stored
from storage.transaction import Transaction

# From the moment at which a digest begins to be written to the last of what it has read.
LATE: Final = timedelta(minutes=1)
KEPT_LESS: Final = "it was written by a presswatch that kept less, or other things, beside it"
NO_DIGEST: Final = "no digest of that name was configured then"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What matched and was told in a span."""

    matches: tuple[Match, ...]
    told: tuple[ToldRow, ...]
    messages: dict[str, OutboxRow]  # by key


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One digest, as it was written and as it would be."""

    digest_id: str
    end: datetime
    then: dict[str, Any]
    now: dict[str, Any] | None = None  # None: it cannot be written again
    why: str = ""  # not


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerun:
    """A past span, as it is remembered and as it went once more."""

    then: Record
    now: Record
    mails: tuple[Mail, ...]
    articles: int
    edits: int
    renewed: frozenset[tuple[int, int]]  # article, version: what is kept of it is of later
    undecided: tuple[tuple[str, str], ...]  # rule id, why
    headlines: Mapping[int, str]  # of the articles that matched


def rerun(
    tx: Transaction,
    day: Window,
    live: Callable[[datetime], Live],
    templates: Templates,
    *,
    kept_since: datetime,
) -> Rerun:
    """Go through a day and the windows of the digests that ended on it.

    What came before the first moment of which all is kept is taken as it was recorded.
    """
    mine = issues_between(tx, day.start, day.end)
    since = max(kept_since, min((day.start, *(issue.start for issue in mine))))
    until = max((day.end, *(issue.composed_at + LATE for issue in mine)))
    then, issues = record(tx, day), issues_composed(tx, since, until)
    past = Past(tx, since, until)
    mails: list[Mail] = []
    undecided: dict[tuple[str, str], None] = {}
    for step in in_order(past.happenings, issues):
        if isinstance(step, Happening):
            undecided |= dict.fromkeys(_happen(tx, past, step, live(step.at)))
        elif mail := _compose(tx, past, step, live, templates, shown=step in mine):
            mails.append(mail)
    past.send(newest_arrival(tx) + 1, until)
    now = record(tx, day)
    ours = [each for each in past.happenings if day.start <= each.at < day.end]
    return Rerun(
        then=then,
        now=now,
        mails=tuple(mails),
        articles=sum(isinstance(each.outcome, Stored) for each in ours),
        edits=sum(isinstance(each.outcome, Revised) for each in ours),
        renewed=frozenset(each.version for each in past.happenings if each.renewed),
        undecided=tuple(undecided),
        headlines=_headlines(tx, (*then.matches, *now.matches)),
    )


def _headlines(tx: Transaction, matches: Iterable[Match]) -> dict[int, str]:
    matched = load_articles(tx, {match.article_id for match in matches})
    return {stored.id: one_line(stored.article.headline) for stored in matched}


def record(tx: Transaction, span: Window) -> Record:
    """Read what matched and was told in a span, as the database remembers it."""
    told = told_between(tx, span.start, span.end)
    found = (load_message(tx, key) for key in dict.fromkeys(row.key for row in told))
    return Record(
        matches=tuple(matches_between(tx, span.start, span.end)),
        told=tuple(told),
        messages={message.key: message for message in found if message},
    )


def in_order(
    happenings: Sequence[Happening], issues: Sequence[DigestIssue]
) -> Iterator[Happening | DigestIssue]:
    """Yield articles, edits and digests as they came, each digest after what it has read."""
    read = sorted((_last_arrival(each), each.composed_at, at) for at, each in enumerate(issues))
    waiting = deque((last, issues[at]) for last, _, at in read)
    for happening in happenings:
        while waiting and waiting[0][0] < happening.id:
            yield waiting.popleft()[1]
        yield happening
    yield from (issue for _, issue in waiting)


def _last_arrival(issue: DigestIssue) -> int:
    known: int = unpack(issue.content).get("last_arrival", 0)
    return known


def _happen(
    tx: Transaction, past: Past, happening: Happening, live: Live
) -> tuple[tuple[str, str], ...]:
    """Match an article and owe what it owes; return what could not be decided."""
    past.move(happening)
    page = prepared_again(past.content(*happening.version))
    matched = match(page, live, happening.at)
    news = News(
        page=page, matched=matched, live=live, at=happening.at, backlog=happening.backlog
    )
    tell(tx, news, happening.outcome)
    return matched.set_aside


def _compose(
    tx: Transaction,
    past: Past,
    issue: DigestIssue,
    live: Callable[[datetime], Live],
    templates: Templates,
    *,
    shown: bool,
) -> Mail | None:
    """Write a digest again; one that is not shown only leaves its mark for the next."""
    mark = replace(issue, last_match=newest_match(tx), content=b"")
    if not shown:
        keep_issue(tx, mark)
        return None
    past.settle(issue.composed_at)
    then = unpack(issue.content)
    seen = observed_again(then.pop("observed", None))
    then.pop("last_arrival", None)
    mail = Mail(digest_id=issue.digest_id, end=issue.end, then=then)
    if seen is None:
        keep_issue(tx, mark)
        return replace(mail, why=KEPT_LESS)
    configured = live(issue.composed_at)
    digest = next((p for p in configured.config.digests if p.id == issue.digest_id), None)
    if digest is None:
        keep_issue(tx, mark)
        return replace(mail, why=NO_DIGEST)
    around = Surroundings(config=configured.config, ruleset=configured.ruleset, observed=seen)
    window = window_since(digest, issue.start, issue.end)
    written = write_issue(gather_facts(tx, digest, window, around), templates)
    keep_issue(tx, replace(mark, stories=written.written.stories))
    return replace(mail, now=contents(written))

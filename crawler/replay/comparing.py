"""Compare a past day with the same day gone through again: what differs, and why. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import unified_diff
from enum import StrEnum

from alerts.digest.due import Window
from alerts.explaining.plan import touched
from alerts.routing.telling import Telling, read_tellings
from config.rule import RuleText
from config.text import Located
from crawler.live.configuration import Live
from crawler.replay.rerun import Mail, Record, Rerun
from crawler.replay.rules_of_then import Then
from crawler.version import our_version
from storage.alert_log import ToldRow
from storage.matches import Match

NO_MATCH = "it did not match"
PURGED = "its article has been purged since"
RENEWED = "the page was renewed since, and only its later words are kept"
NOWHERE = Located(value="", path="", line=0, column=0)
Version = tuple[int, int, str]  # article, version, rule


class Side(StrEnum):
    """How a day differs from the same day gone through again."""

    MORE = "+"  # it would be told, and was not
    LESS = "-"  # it was told, and would not be
    OTHERWISE = "~"  # both, in other words
    MATCHED = "(+)"  # it would match, with nothing told by that alone
    UNMATCHED = "(-)"  # it matched, with nothing told by that alone, and would not


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One rule on one story that goes otherwise."""

    rule_id: str
    side: Side
    at: datetime
    story_id: int
    article_id: int | None  # None: what an article without a match adds to a story
    what: str  # "alert", "update"; "match"
    channel: str  # empty: of a match that nobody is told
    headline: str  # empty: the article is not known
    why: str  # it was not told then, or is not now
    cause: str  # of the difference, as far as it is known


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDifference:
    """One digest that reads otherwise, or cannot be written again."""

    digest_id: str
    end: datetime
    why: str = ""  # it cannot be compared
    lines: tuple[str, ...] = ()  # of its text: what goes (-) and what comes (+)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a replay came to."""

    articles: int
    edits: int
    matches: int
    messages: int
    digests: int
    alerts: tuple[Difference, ...]
    mails: tuple[MailDifference, ...]
    undecided: tuple[tuple[str, str], ...]

    @property
    def identical(self) -> bool:
        """Tell whether the day would have gone as it went."""
        return not (self.alerts or self.mails)


@dataclass(frozen=True, slots=True, kw_only=True)
class Causes:
    """What may make a day go otherwise."""

    rules: Mapping[str, str]  # rule id → what happened to it
    version: str = ""  # empty: the same presswatch

    def of(self, rule_id: str, *, renewed: bool) -> str:
        """Return the likeliest cause of a difference; empty: nothing is known of one."""
        return self.rules.get(rule_id) or (RENEWED if renewed else self.version)


def compare(run: Rerun, causes: Causes) -> Compared:
    """Say what differs between a day as it is remembered and as it went again."""
    told = list(_told_otherwise(run, causes))
    said = {(each.rule_id, each.article_id) for each in told}
    matched = _matched_otherwise(run, causes)
    alerts = told + [each for each in matched if (each.rule_id, each.article_id) not in said]
    return Compared(
        articles=run.articles,
        edits=run.edits,
        matches=len(run.then.matches),
        messages=len(run.then.messages),
        digests=len(run.mails),
        alerts=tuple(sorted(alerts, key=lambda each: (each.rule_id, each.at, each.side))),
        mails=tuple(found for mail in run.mails if (found := _mail(mail))),
        undecided=run.undecided,
    )


def likely_causes(then: Then, day: Window) -> Causes:
    """Return what may have changed since a day."""
    rules: dict[str, str] = {}
    for at in then.during(day) if then.rules else ():
        rules |= edited_rules(then.as_it_was(at), then.live(at))
    versions = dict.fromkeys(then.span(at).version for at in then.during(day))
    older = ", ".join(each for each in versions if each != our_version())
    return Causes(
        rules=rules,
        version=f"presswatch was {older} then, and is {our_version()}" if older else "",
    )


def edited_rules(then: Live, now: Live) -> dict[str, str]:
    """Return what happened to the rules between two configurations."""
    before = {rule.id: _telling(rule) for rule in then.config.rules}
    after = {rule.id: _telling(rule) for rule in now.config.rules}
    edited = touched(then.ruleset, now.ruleset)
    edited |= {rule for rule in before.keys() & after.keys() if before[rule] != after[rule]}
    return {
        rule: "the rule is new" if rule not in before
        else "the rule is gone" if rule not in after
        else "the rule was edited"
        for rule in edited
    }  # fmt: skip


def _telling(rule: RuleText) -> RuleText:
    """Return all of a rule but its expressions, which the plan of an edit compares."""
    return replace(rule, place=NOWHERE, match=None, exclude=None, score=None, tests=())


def _told_otherwise(run: Rerun, causes: Causes) -> Iterator[Difference]:
    """Yield what is told more, less and in other words."""
    then, now = _Side(run.then), _Side(run.now)
    for before, after in _pairs(run.then.told, run.now.told):
        row = before or after
        if row is None or (before and after and _says_the_same(run, before, after)):
            continue
        version = (before and then.version(before)) or (after and now.version(after)) or None
        if after is None:
            side, why = Side.LESS, now.why(version, row)
        elif before is None:
            side, why = Side.MORE, then.why(version, row)
        else:
            side, why = Side.OTHERWISE, _otherwise(before, after)
        # Nothing alerts but a match, and a match goes with its article.
        purged = version is None and row.kind == "alert"
        renewed = version is not None and version[:2] in run.renewed
        yield Difference(
            rule_id=row.rule_id,
            side=side,
            at=row.told_at,
            story_id=row.story_id,
            article_id=version[0] if version else None,
            what=row.kind,
            channel=row.channel,
            headline=run.headlines.get(version[0], "") if version else "",
            why=why,
            cause=PURGED if purged else causes.of(row.rule_id, renewed=renewed),
        )


def _pairs(
    then: Sequence[ToldRow], now: Sequence[ToldRow]
) -> Iterator[tuple[ToldRow | None, ToldRow | None]]:
    """Bring together what was told under one key, or else of one event by one rule."""
    left = {(row.key, row.rule_id): row for row in now}
    alone: list[ToldRow] = []
    for row in then:
        if same := left.pop((row.key, row.rule_id), None):
            yield row, same
        else:
            alone.append(row)
    events: dict[tuple[object, ...], ToldRow] = {}
    for row in left.values():
        if events.setdefault(_event(row), row) is not row:
            yield None, row
    for row in alone:
        yield row, events.pop(_event(row), None)
    yield from ((None, row) for row in events.values())


def _event(row: ToldRow) -> tuple[object, ...]:
    return row.rule_id, row.channel, row.story_id, row.told_at


def _otherwise(then: ToldRow, now: ToldRow) -> str:
    if then.kind != now.kind:
        return f"as an {now.kind}"
    if then.severity != now.severity:
        return f"as {now.severity}"
    return "with other rules" if then.key != now.key else "in other words"


def _says_the_same(run: Rerun, then: ToldRow, now: ToldRow) -> bool:
    """Tell whether a message that is told both times says the same.

    An update that others join later is known only as it went out; words are kept for a month.
    """
    before, after = run.then.messages.get(then.key), run.now.messages.get(now.key)
    waits = after is not None and not after.attempts and then.kind == "update"
    if waits or before is None or after is None:
        return (then.kind, then.severity) == (now.kind, now.severity)
    return then == now and before.payload in {after.payload, "{}"}


def _matched_otherwise(run: Rerun, causes: Causes) -> Iterator[Difference]:
    """Yield matches that are there only once, or by other words."""
    then, now = _Side(run.then), _Side(run.now)
    for version in dict.fromkeys((*then.matches, *now.matches)):
        before, after = then.matches.get(version), now.matches.get(version)
        match = before or after
        if match is None or (before and after and _fields(before) == _fields(after)):
            continue
        side = (
            Side.OTHERWISE if before and after else Side.UNMATCHED if before else Side.MATCHED
        )
        yield Difference(
            rule_id=match.rule_id,
            side=side,
            at=match.matched_at,
            story_id=match.story_id,
            article_id=match.article_id,
            what="match",
            channel="",
            headline=run.headlines.get(match.article_id, ""),
            why="by other words, or set aside for another reason"
            if before and after
            else NO_MATCH,
            cause=causes.of(match.rule_id, renewed=version[:2] in run.renewed),
        )


def _fields(match: Match) -> tuple[object, ...]:
    return match.severity, match.score, match.evidence_json, match.tellings_json


def _tellings(match: Match) -> tuple[Telling, ...]:
    return read_tellings(match.rule_id, match.tellings_json)


class _Side:
    """A record, to be asked by what it is compared by."""

    def __init__(self, record: Record) -> None:
        self.matches: dict[Version, Match] = {
            (match.article_id, match.revision, match.rule_id): match for match in record.matches
        }
        self._versions = {
            (telling.key, telling.rule_id): version
            for version, match in self.matches.items()
            for telling in _tellings(match)
            if telling.key
        }

    def version(self, row: ToldRow) -> Version | None:
        """Return the version of an article by which a row was told; None: by no match."""
        return self._versions.get((row.key, row.rule_id))

    def why(self, version: Version | None, row: ToldRow) -> str:
        """Return why what the other side tells is not told on this one."""
        match = self.matches.get(version) if version else None
        if match is None:
            return NO_MATCH if version else "there was nothing to add"
        for telling in _tellings(match):
            if telling.channel in {"", row.channel}:
                return telling.silence or f"told as {telling.key}"
        return "its channels were others"


def _mail(mail: Mail) -> MailDifference | None:
    """Return how a digest reads otherwise; None: it does not."""
    if mail.now is None:
        return MailDifference(digest_id=mail.digest_id, end=mail.end, why=mail.why)
    if mail.then == mail.now:
        return None
    before, after = (
        [each["subject"], *each["text"].splitlines()] for each in (mail.then, mail.now)
    )
    lines = list(unified_diff(before, after, n=0, lineterm=""))[2:]
    told = tuple(line for line in lines if len(line) > 1 and not line.startswith("@@"))
    other = ", ".join(key for key in mail.now if mail.then.get(key) != mail.now[key])
    return MailDifference(
        digest_id=mail.digest_id, end=mail.end, lines=told or (f"~ only: {other}",)
    )

"""The value that routing decides on: what has just happened to a story."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.notification import ArticleNote, ChangeNote, Item, Notification, RuleNote, StoryNote
from alerts.routing.facts import NO_FACTS, Facts
from config.rule import RuleText, Severity

# The loudest first; the place in this row is the urgency of an outbox row.
LOUDNESS = (Severity.URGENT, Severity.HIGH, Severity.NORMAL, Severity.DIGEST)


class EventKind(StrEnum):
    """What happened."""

    NEW = "new"  # an article with words of its own, whether it starts the story or joins it
    COPY = "copy"  # the words of an article we have, in another outlet
    REVISION = "revision"  # an article we have was edited


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedRule:
    """A rule that matched, with what is told of it."""

    rule: RuleText
    note: RuleNote


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEvent:
    """One article that came in or was edited, seen as news about its story."""

    kind: EventKind
    article: ArticleNote
    story: StoryNote  # this article included
    matches: tuple[MatchedRule, ...]  # may be empty: a copy counts even if no rule matches it
    facts: Facts = NO_FACTS  # the figures it states
    changes: tuple[ChangeNote, ...] = ()
    material: bool = True  # of a revision: more than spelling and commas
    silent_edit: bool = False
    revision: int = 1
    backlog: bool = False  # it was there long before we first looked where it was found
    ceased: tuple[str, ...] = ()  # ids of rules that matched the revision before, not this one


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one channel has been told about the story."""

    severity: Severity  # the loudest so far
    rules: tuple[str, ...]  # ids, in the order they were told
    alerts: int
    updates: int
    last_alert: datetime
    last: datetime  # alert or update
    outlets: int
    languages: int
    facts: frozenset[str]  # figures it was told, or could read in what it was told of
    subject: str  # of the first message: mail programs thread by it
    waiting_key: str = ""  # an update nobody has begun to send; empty: there is none
    waiting: Notification | None = None  # what it says
    waiting_facts: frozenset[str] = frozenset()  # and which figures it knows


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertHistory:
    """Everything routing must know of the past; keys are (rule id, channel id)."""

    told: Mapping[str, Told]  # by channel id
    from_source: Mapping[tuple[str, str], datetime]  # last alert of the rule about this source
    of_rule: Mapping[tuple[str, str], datetime]  # last alert of the rule at all
    recent: Mapping[tuple[str, str], tuple[datetime, ...]]  # messages within the storm's time
    counts: Mapping[str, int]  # rule id → matches in its threshold's time, with this one
    stories: Mapping[str, tuple[Item, ...]]  # rule id → the stories that were counted


def loudest(severities: tuple[Severity, ...]) -> Severity:
    """Return the loudest of several severities."""
    return min(severities, key=LOUDNESS.index)


def louder(one: Severity, other: Severity) -> bool:
    """Tell whether one is louder than the other."""
    return LOUDNESS.index(one) < LOUDNESS.index(other)

"""Turn one event into the messages it owes, on every channel, and what to remember of them.

Pure: the past comes in as an AlertHistory, and the answer is written to the database by the
caller, in the transaction that stores the article.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from alerts.notification import Notification, NotificationKind, iso, to_json
from alerts.plain import one_line, shorten
from alerts.routing.backlog import LONGEST
from alerts.routing.decision import Alert, Aside, Silence, Update, decide
from alerts.routing.event import LOUDNESS, AlertHistory, MatchedRule, StoryEvent, Told, loudest
from alerts.routing.hold import QUIET, first_look_of, storm_of
from alerts.routing.quiet import quiet_until
from alerts.routing.reasons import is_spread, stated
from alerts.routing.standing import stand
from alerts.routing.telling import Telling
from alerts.wording import Wording, wording
from config.channel import Channel
from config.rule import RuleText, Severity
from config.settings import AlertSettings
from storage.alert_log import ToldRow
from storage.outbox import OutboxEntry

COPIES_GATHER = timedelta(minutes=30)  # between two messages of a thread that bring only copies
SUBJECT_MOST = 120
URGENT_PATIENCE = timedelta(minutes=30)  # where its rule names no escalate_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """What one event owes, and why it owes no more."""

    entries: tuple[OutboxEntry, ...] = ()
    told: tuple[ToldRow, ...] = ()
    tellings: tuple[Telling, ...] = ()  # at least one of every rule that matched


@dataclass(frozen=True, slots=True, kw_only=True)
class _Message:
    """One message to one channel, decided but not yet put into an envelope."""

    event: StoryEvent
    channel: Channel
    told: Told | None
    decision: Alert | Update
    now: datetime


def route(
    event: StoryEvent,
    channels: Sequence[Channel],
    history: AlertHistory,
    now: datetime,
    *,
    settings: AlertSettings,
) -> Routed:
    """Decide for every channel."""
    standing = stand(event.matches, history, now)
    entries: list[OutboxEntry] = []
    told: list[ToldRow] = []
    tellings = [*_set_aside("", standing.aside), *_unheard(standing.rules, channels)]
    for channel in channels:
        rules = tuple(each for each in standing.rules if takes(channel, each))
        decision = decide(event, channel, rules, history, now)
        if not isinstance(decision, Update):
            tellings += _set_aside(channel.id, decision.aside)
        if isinstance(decision, Silence):
            continue
        message = _Message(event=event, channel=channel, told=history.told.get(channel.id),
                           decision=decision, now=now)  # fmt: skip
        entry = _entry(message, history, settings)
        entries.append(entry)
        told.extend(_rows(message, entry))
        tellings += [
            Telling(rule_id=each.rule.id, channel=channel.id, key=entry.key)
            for each in decision.rules
        ]
    return Routed(entries=tuple(entries), told=tuple(told), tellings=tuple(tellings))


def takes(channel: Channel, match: MatchedRule) -> bool:
    """Tell whether a rule's alerts go to a channel."""
    return hears(channel, match.rule, match.note.severity)


def hears(channel: Channel, rule: RuleText, severity: Severity) -> bool:
    """Tell whether a rule's alerts of a severity would go to a channel."""
    named = rule.alert.channels
    wanted = channel.id in named if named else channel.default
    return wanted and severity in channel.severities


def _set_aside(channel: str, aside: Aside) -> list[Telling]:
    return [Telling(rule_id=rule, channel=channel, silence=why) for rule, why in aside]


def _unheard(rules: Sequence[MatchedRule], channels: Sequence[Channel]) -> Iterator[Telling]:
    """Say which rules alert on no channel at all."""
    for each in rules:
        if not any(takes(channel, each) for channel in channels):
            named = ", ".join(each.rule.alert.channels) or "that is a default"
            why = f"no channel ({named}) takes alerts of severity {each.note.severity}"
            yield Telling(rule_id=each.rule.id, silence=why)


def _entry(message: _Message, history: AlertHistory, settings: AlertSettings) -> OutboxEntry:
    notification = _notification(message, history)
    hold, due_at = _hold(message, notification, history, settings)
    return OutboxEntry(
        key=_key(message),
        channel=message.channel.id,
        kind=notification.kind,
        payload=to_json(notification),
        due_at=due_at,
        urgency=LOUDNESS.index(notification.severity),
        story_id=message.event.story.id,
        hold=hold,
        escalate_at=_escalate_at(message),
        replaces=isinstance(message.decision, Update),
    )


def _key(message: _Message) -> str:
    told, story = message.told, message.event.story.id
    root = f"{_lead(message)}/{story}/{message.channel.id}"
    if told is None:
        return root
    if isinstance(message.decision, Update):
        return told.waiting_key or f"{root}/update-{told.updates + 1}"
    return f"{root}/{told.alerts + 1}"


def _lead(message: _Message) -> str:
    """Return the rule that names the message: the loudest, or the one that began the thread."""
    rules = message.decision.rules
    if not rules:
        return message.told.rules[0] if message.told else ""
    return min(rules, key=lambda each: LOUDNESS.index(each.note.severity)).rule.id


def _notification(message: _Message, history: AlertHistory) -> Notification:
    event, decision, told = message.event, message.decision, message.told
    words = wording(message.channel.language)
    severity = told.severity if told else Severity.NORMAL
    if decision.rules and isinstance(decision, Alert):
        severity = loudest(tuple(each.note.severity for each in decision.rules))
    counted = [each.rule.id for each in decision.rules if each.rule.threshold is not None]
    fresh = Notification(
        kind=NotificationKind.ALERT if isinstance(decision, Alert) else NotificationKind.UPDATE,
        severity=severity,
        subject=_subject(message, severity),
        created_at=iso(message.now),
        reasons=decision.reasons,
        stated=stated(event, told),
        story=event.story,
        article=event.article,
        rules=tuple(each.note for each in decision.rules),
        changes=event.changes,
        silent_edit=event.silent_edit,
        items=tuple(item for rule in counted for item in history.stories.get(rule, ())),
        thread=f"story.{event.story.id}",
    )
    waiting = told.waiting if told and isinstance(decision, Update) else None
    return _joined(waiting, fresh, words) if waiting else fresh


def _joined(waiting: Notification, fresh: Notification, words: Wording) -> Notification:
    """Add what a waiting update says to the one that takes its place."""
    known = {rule.id for rule in fresh.rules}
    kept = tuple(each for each in waiting.reasons if not is_spread(words, each))
    return replace(
        fresh,
        created_at=waiting.created_at,
        reasons=tuple(dict.fromkeys((*kept, *fresh.reasons))),
        stated=tuple(dict.fromkeys((*waiting.stated, *fresh.stated))),
        rules=(*fresh.rules, *(rule for rule in waiting.rules if rule.id not in known)),
        changes=tuple(dict.fromkeys((*waiting.changes, *fresh.changes))),
        silent_edit=waiting.silent_edit or fresh.silent_edit,
    )


def _subject(message: _Message, severity: Severity) -> str:
    if message.told and isinstance(message.decision, Update):
        return f"Re: {message.told.subject}"
    word = wording(message.channel.language)[severity].upper()
    loud = f"[{word}] " if severity in LOUDNESS[:2] else ""
    rules = message.decision.rules
    lead = next((each.rule.name for each in rules if each.rule.id == _lead(message)), "")
    more = f" +{len(rules) - 1}" if len(rules) > 1 else ""
    line = one_line(f"{loud}{lead}{more}: {message.event.article.headline}")
    return shorten(line, SUBJECT_MOST)


def _hold(
    message: _Message,
    notification: Notification,
    history: AlertHistory,
    settings: AlertSettings,
) -> tuple[str | None, datetime]:
    """Return the hold a message waits in, and until when."""
    quiet = quiet_until(message.channel.quiet, message.now)
    if quiet and notification.severity is not Severity.URGENT:
        return QUIET, quiet
    if message.event.backlog and isinstance(message.decision, Alert):
        return first_look_of(message.event.article.source_id), message.now + LONGEST
    if storm := _storm(message, history, settings):
        return storm
    return None, _due(message)


def _storm(
    message: _Message, history: AlertHistory, settings: AlertSettings
) -> tuple[str, datetime] | None:
    """Return the storm a message is part of: all its rules have said enough already."""
    rules = [each.rule.id for each in message.decision.rules] or [_lead(message)]
    ends = []
    for rule in rules:
        recent = history.recent.get((rule, message.channel.id), ())
        if len(recent) < settings.storm_count:
            return None
        ends.append(recent[-settings.storm_count] + settings.storm_within)
    return storm_of(_lead(message)), max(*ends, message.now)


def _due(message: _Message) -> datetime:
    if isinstance(message.decision, Alert) or message.decision.soon or not message.told:
        return message.now
    return max(message.now, message.told.last + COPIES_GATHER)


def _escalate_at(message: _Message) -> datetime | None:
    if isinstance(message.decision, Update):
        return None
    waits = [_patience(each) for each in message.decision.rules]
    given = [wait for wait in waits if wait is not None]
    return message.now + min(given) if given else None


def _patience(match: MatchedRule) -> timedelta | None:
    """Return how long a rule's alert may take; None: for as long as it does."""
    if match.rule.alert.escalate_after is not None:
        return match.rule.alert.escalate_after
    return URGENT_PATIENCE if match.note.severity is Severity.URGENT else None


def _rows(message: _Message, entry: OutboxEntry) -> list[ToldRow]:
    event, told = message.event, message.told
    named = [(each.rule.id, each.note.severity) for each in message.decision.rules]
    if not named and told:
        named = [(told.rules[0], told.severity)]
    loud = loudest(tuple(severity for _, severity in named))
    facts = tuple(sorted(event.facts.stated | (told.waiting_facts if told else frozenset())))
    subject = told.subject if told else _subject(message, loud)
    return [
        ToldRow(
            channel=message.channel.id,
            story_id=event.story.id,
            source_id=event.article.source_id,
            rule_id=rule,
            severity=severity,
            kind="alert" if isinstance(message.decision, Alert) else "update",
            key=entry.key,
            held=entry.hold is not None,
            subject=subject,
            outlets=len(event.story.outlets),
            languages=len(event.story.languages),
            facts=facts,
            told_at=message.now,
        )
        for rule, severity in named
    ]

"""Decide what one channel is told of one event: an alert, an update, or nothing.

One event, one alert: a story is alerted once per channel. What comes later updates the same
thread; only a louder rule, or new facts once the cooldown has passed, alert again.
"""

from dataclasses import dataclass
from datetime import datetime

from alerts.routing import reasons
from alerts.routing.event import (
    AlertHistory,
    EventKind,
    MatchedRule,
    StoryEvent,
    Told,
    louder,
    loudest,
)
from alerts.wording import wording
from config.channel import Channel
from config.rule import Per


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Tell it as a message of its own."""

    rules: tuple[MatchedRule, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Add it to the story's thread."""

    rules: tuple[MatchedRule, ...]
    reasons: tuple[str, ...]
    soon: bool  # new facts and edits; mere copies wait for more of their kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Tell nothing on this channel."""

    reason: str


def decide(
    event: StoryEvent,
    channel: Channel,
    rules: tuple[MatchedRule, ...],
    history: AlertHistory,
    now: datetime,
) -> Alert | Update | Silence:
    """Decide for one channel, given the rules that may alert on it."""
    told = history.told.get(channel.id)
    if told is None:
        return _first(event, channel, rules, history, now)
    words = wording(channel.language)
    raised = tuple(each for each in rules if louder(each.note.severity, told.severity))
    if raised:
        after = loudest(tuple(each.note.severity for each in raised))
        return Alert(rules=rules, reasons=(reasons.raised(words, told.severity, after),))
    news = reasons.news(words, event, told)
    again = tuple(each for each in rules if _again(event, each, bool(news), told, now))
    if again:
        return Alert(rules=again, reasons=news or (reasons.another(words, event),))
    return _update(event, channel, rules, told, news)


def _first(
    event: StoryEvent,
    channel: Channel,
    rules: tuple[MatchedRule, ...],
    history: AlertHistory,
    now: datetime,
) -> Alert | Silence:
    if not rules:
        return Silence(reason="no rule of this channel matches")
    allowed = tuple(each for each in rules if _begins(event, each))
    if not allowed:
        return Silence(reason=f"these rules do not alert on {event.kind}")
    fresh = tuple(each for each in allowed if not _cooling(each, channel, history, now))
    if not fresh:
        return Silence(reason="cooldown")
    first = reasons.beginning(wording(channel.language), event, fresh)
    return Alert(rules=fresh, reasons=first)


def _begins(event: StoryEvent, match: MatchedRule) -> bool:
    """Tell whether a rule alerts on the event that first brings a story to a channel."""
    if event.kind is EventKind.REVISION:
        return _takes_edit(event, match)
    return "new" in match.rule.events or "copy" in match.rule.events


def _takes_edit(event: StoryEvent, match: MatchedRule) -> bool:
    wanted = {"edit", "material_edit"} if event.material else {"edit"}
    return not wanted.isdisjoint(match.rule.events)


def _cooling(
    match: MatchedRule, channel: Channel, history: AlertHistory, now: datetime
) -> bool:
    """Tell whether a rule has alerted too lately for a story that is new to the channel."""
    key = (match.rule.id, channel.id)
    last = None
    if match.rule.threshold is not None:
        last = history.of_rule.get(key)  # one alert for the wave, not one for each drop
    elif match.rule.alert.per is Per.SOURCE:
        last = history.from_source.get(key)
    return last is not None and now - last < match.rule.alert.cooldown


def _again(
    event: StoryEvent, match: MatchedRule, news: bool, told: Told, now: datetime
) -> bool:
    """Tell whether a told story alerts anew for this rule."""
    if event.kind is EventKind.REVISION:
        wanted = news and _takes_edit(event, match)
    elif match.rule.alert.per is Per.ARTICLE:
        return event.kind is EventKind.NEW and "new" in match.rule.events
    else:
        wanted = news or "copy" in match.rule.events
    return wanted and now - told.last_alert >= match.rule.alert.cooldown


def _update(
    event: StoryEvent,
    channel: Channel,
    rules: tuple[MatchedRule, ...],
    told: Told,
    news: tuple[str, ...],
) -> Update | Silence:
    if not channel.updates:
        return Silence(reason="this channel takes no updates")
    words = wording(channel.language)
    also, spread = reasons.added(words, rules, told), reasons.spread(words, event, told)
    if not (news or also or spread):
        return Silence(reason="nothing new for this thread")
    return Update(rules=rules, reasons=(*news, *also, *spread), soon=bool(news or also))

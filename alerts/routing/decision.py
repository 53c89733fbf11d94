"""Decide what one channel is told of one event: an alert, an update, or nothing.

One event, one alert: a story is alerted once per channel. What comes later updates the same
thread; only a louder rule, or new facts once the cooldown has passed, alert again.
"""

from collections.abc import Callable
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
from alerts.routing.telling import minute
from alerts.wording import wording
from config.channel import Channel
from config.rule import Per

NOTHING_NEW = "this article adds no figures, names, edits or outlets to it"
Aside = tuple[tuple[str, str], ...]  # ids of rules that are not told, and why


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Tell it as a message of its own."""

    rules: tuple[MatchedRule, ...]
    reasons: tuple[str, ...]
    aside: Aside = ()  # what it does not tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Add it to the story's thread."""

    rules: tuple[MatchedRule, ...]
    reasons: tuple[str, ...]
    soon: bool  # new facts and edits; mere copies wait for more of their kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Tell nothing on this channel."""

    aside: Aside


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
    again, aside = _sift(rules, lambda each: _not_again(event, each, bool(news), told, now))
    if again:
        return Alert(rules=again, reasons=news or (reasons.another(words, event),), aside=aside)
    return _update(event, channel, rules, told, news)


def _first(
    event: StoryEvent,
    channel: Channel,
    rules: tuple[MatchedRule, ...],
    history: AlertHistory,
    now: datetime,
) -> Alert | Silence:
    fresh, aside = _sift(rules, lambda each: _not_first(event, each, channel, history, now))
    if not fresh:
        return Silence(aside=aside)
    first = reasons.beginning(wording(channel.language), event, fresh)
    return Alert(rules=fresh, reasons=first, aside=aside)


def _sift(
    rules: tuple[MatchedRule, ...], silence: Callable[[MatchedRule], str]
) -> tuple[tuple[MatchedRule, ...], Aside]:
    """Return the rules nothing keeps silent, and the others with what does."""
    judged = [(each, silence(each)) for each in rules]
    return (
        tuple(each for each, why in judged if not why),
        tuple((each.rule.id, why) for each, why in judged if why),
    )


def _not_first(
    event: StoryEvent,
    match: MatchedRule,
    channel: Channel,
    history: AlertHistory,
    now: datetime,
) -> str:
    """Return why a rule does not alert on a story new to the channel; empty: it does."""
    if event.kind is EventKind.REVISION:
        if not _takes_edit(event, match):
            return _edit_unwanted(event)
    elif "new" not in match.rule.events and "copy" not in match.rule.events:
        return "the rule asks for edits only (events:)"
    return _cooling(match, channel, history, now)


def _takes_edit(event: StoryEvent, match: MatchedRule) -> bool:
    """Tell whether a rule asks for an edit of this kind."""
    said = {"edit", *(change.kind for change in event.changes)}
    if event.material:
        said |= {"material_edit", "silent_edit"} if event.silent_edit else {"material_edit"}
    return not said.isdisjoint(match.rule.events)


def _edit_unwanted(event: StoryEvent) -> str:
    if event.material:
        kinds = ", ".join(dict.fromkeys(change.kind for change in event.changes)) or "edit"
        return f"it was an edit ({kinds}), and the rule does not ask for such (events:)"
    return "the edit changed no more than the wording"


def _cooling(match: MatchedRule, channel: Channel, history: AlertHistory, now: datetime) -> str:
    """Return until when a rule has alerted too lately for a story new to the channel."""
    key = (match.rule.id, channel.id)
    last = None
    if match.rule.threshold is not None:
        last = history.of_rule.get(key)  # one alert for the wave, not one for each drop
    elif match.rule.alert.per is Per.SOURCE:
        last = history.from_source.get(key)
    return _cooldown(match, last, now) if last is not None else ""


def _cooldown(match: MatchedRule, last: datetime, now: datetime) -> str:
    """Return until when the rule is silent after its last alert; empty: it no longer is."""
    ends = last + match.rule.alert.cooldown
    if now >= ends:
        return ""
    return f"its cooldown: it alerted {minute(last)}, so not again before {minute(ends)}"


def _not_again(
    event: StoryEvent, match: MatchedRule, news: bool, told: Told, now: datetime
) -> str:
    """Return why a told story does not alert anew for this rule; empty: it does."""
    before = f"the story was told {minute(told.last)}"
    if event.kind is EventKind.REVISION:
        if not _takes_edit(event, match):
            return f"{before}; {_edit_unwanted(event)}"
        wanted = news
    elif match.rule.alert.per is Per.ARTICLE:
        wanted = event.kind is EventKind.NEW and "new" in match.rule.events
        return "" if wanted else f"{before}; this article repeats it"
    else:
        wanted = news or "copy" in match.rule.events
    return _cooldown(match, told.last_alert, now) if wanted else f"{before}; {NOTHING_NEW}"


def _update(
    event: StoryEvent,
    channel: Channel,
    rules: tuple[MatchedRule, ...],
    told: Told,
    news: tuple[str, ...],
) -> Update | Silence:
    before = f"the story was told {minute(told.last)}"
    if not channel.updates:
        return _all_aside(rules, f"{before}; the channel takes no updates (updates: false)")
    words = wording(channel.language)
    also, spread = reasons.added(words, rules, told), reasons.spread(words, event, told)
    if not (news or also or spread):
        return _all_aside(rules, f"{before}; {NOTHING_NEW}")
    return Update(rules=rules, reasons=(*news, *also, *spread), soon=bool(news or also))


def _all_aside(rules: tuple[MatchedRule, ...], why: str) -> Silence:
    return Silence(aside=tuple((each.rule.id, why) for each in rules))

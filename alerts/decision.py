"""Decide what one channel is told of one event: an alert, an update, or nothing.

One event, one alert: a story is alerted once per channel. What comes later updates the same
thread; only a louder rule, or new facts once the cooldown has passed, alert again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.event import AlertHistory, EventKind, MatchedRule, StoryEvent, Told, louder, loudest
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
    raised = tuple(each for each in rules if louder(each.note.severity, told.severity))
    if raised:
        after = loudest(tuple(each.note.severity for each in raised))
        return Alert(rules=rules, reasons=(f"raised from {told.severity} to {after}",))
    news = _news(event, rules, told)
    again = tuple(each for each in rules if _again(event, each, bool(news), told, now))
    if again:
        return Alert(rules=again, reasons=news or (_arrival(event),))
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
    return Alert(rules=fresh, reasons=_beginning(event, fresh))


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


def _beginning(event: StoryEvent, rules: tuple[MatchedRule, ...]) -> tuple[str, ...]:
    counted = tuple(
        f"{each.note.count} within {_span(each.rule.threshold.within)}"
        for each in rules
        if each.rule.threshold is not None
    )
    first = "new after an edit" if event.kind is EventKind.REVISION else "new story"
    return counted or (first,)


def _news(event: StoryEvent, rules: tuple[MatchedRule, ...], told: Told) -> tuple[str, ...]:
    """Return what the thread does not know yet, copies apart."""
    news = []
    if event.kind is not EventKind.COPY and (fresh := sorted(event.facts - told.facts)):
        news.append(f"new figures: {', '.join(fresh[:5])}")
    if event.kind is EventKind.REVISION and event.material and event.changes:
        kinds = dict.fromkeys(change.kind for change in event.changes)
        stamp = ", page stamp not updated" if event.silent_edit else ""
        news.append(f"changed after publication ({', '.join(kinds)}{stamp})")
    news += [f"no longer matches {rule}" for rule in event.ceased if rule in told.rules]
    return tuple(news)


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


def _arrival(event: StoryEvent) -> str:
    return f"another article: {event.article.newsroom}"


def _update(
    event: StoryEvent,
    channel: Channel,
    rules: tuple[MatchedRule, ...],
    told: Told,
    news: tuple[str, ...],
) -> Update | Silence:
    if not channel.updates:
        return Silence(reason="this channel takes no updates")
    added = tuple(each for each in rules if each.rule.id not in told.rules)
    also = tuple(f"also matches {each.rule.name}" for each in added)
    spread = _spread(event, told)
    if not (news or also or spread):
        return Silence(reason="nothing new for this thread")
    return Update(rules=rules, reasons=(*news, *also, *spread), soon=bool(news or also))


def _spread(event: StoryEvent, told: Told) -> tuple[str, ...]:
    outlets, languages = len(event.story.outlets), len(event.story.languages)
    if outlets <= told.outlets and languages <= told.languages:
        return ()
    tongues = f", {languages} languages" if languages > 1 else ""
    return (f"now {outlets} {'outlet' if outlets == 1 else 'outlets'}{tongues}",)


def _span(time: timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    return f"{minutes // 60} h" if minutes % 60 == 0 else f"{minutes} min"

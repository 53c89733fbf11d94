"""Where routing meets the database: read the past, decide, write down what is owed.

Called inside the transaction that stores the article, so that an article is never there
without the messages it owes.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from alerts.notification import Item, from_json
from alerts.plain import one_line
from alerts.routing.event import (
    AlertHistory,
    EventKind,
    MatchedRule,
    StoryEvent,
    Told,
    loudest,
)
from alerts.routing.report import match_rows
from alerts.routing.routing import Routed, route
from alerts.routing.telling import Telling, tellings_json
from config.channel import Channel
from config.rule import Per, RuleText, Severity
from config.settings import AlertSettings
from storage.alert_log import ToldRow, last_told, recently_told, record_told, told_of_story
from storage.articles import load_articles
from storage.matches import (
    count_matches,
    matches_of_story,
    recent_matches,
    record_matches,
    record_tellings,
)
from storage.outbox import OutboxState, enqueue, load_message
from storage.transaction import Transaction

STORIES_SHOWN = 10  # of those a threshold counted


def tell_story(
    tx: Transaction,
    event: StoryEvent,
    channels: Sequence[Channel],
    now: datetime,
    *,
    settings: AlertSettings,
) -> Routed:
    """Record the matches of an event, decide who is told, owe the messages.

    Call it for every article stored or revised, matched or not: a copy that matches nothing
    still updates the thread of its story.
    """
    event = replace(event, ceased=_ceased(tx, event))
    record_matches(tx, event.article.id, event.story.id, event.revision, match_rows(event), now)
    history = load_history(tx, event, now, settings=settings)
    event = replace(event, matches=tuple(_counted(each, history) for each in event.matches))
    routed = route(event, channels, history, now, settings=settings)
    enqueue(tx, routed.entries, now)
    record_told(tx, routed.told)
    record_tellings(tx, event.article.id, event.revision, _by_rule(routed.tellings))
    return routed


def _by_rule(tellings: Sequence[Telling]) -> dict[str, str]:
    """Return what is kept beside each match."""
    rules = dict.fromkeys(each.rule_id for each in tellings)
    return {
        rule: tellings_json(each for each in tellings if each.rule_id == rule) for rule in rules
    }


def load_history(
    tx: Transaction, event: StoryEvent, now: datetime, *, settings: AlertSettings
) -> AlertHistory:
    """Read everything routing must know of the past of this story and these rules."""
    told = _told(tx, event.story.id)
    rules = {each.rule.id: each.rule for each in event.matches}
    counted = [(rule, rule.threshold) for rule in rules.values() if rule.threshold]
    about = event.article.source_id
    return AlertHistory(
        told=told,
        from_source={
            (rule.id, channel): at
            for rule in rules.values()
            if rule.alert.per is Per.SOURCE
            for channel, at in _last_told(tx, rule, now, source_id=about).items()
        },
        of_rule={
            (rule.id, channel): at
            for rule, _ in counted
            for channel, at in _last_told(tx, rule, now).items()
        },
        recent={
            (rule_id, channel): at
            for rule_id in {*rules, *(each.rules[0] for each in told.values() if each.rules)}
            for channel, at in recently_told(tx, rule_id, now - settings.storm_within).items()
        },
        counts={
            rule.id: count_matches(tx, rule.id, now - threshold.within, threshold.by)
            for rule, threshold in counted
        },
        stories={
            rule.id: _stories(tx, rule, now - threshold.within) for rule, threshold in counted
        },
    )


def _last_told(
    tx: Transaction, rule: RuleText, now: datetime, *, source_id: str | None = None
) -> dict[str, datetime]:
    """Return when each channel was last alerted by a rule that may not have cooled down."""
    return last_told(tx, rule.id, now - rule.alert.cooldown, source_id=source_id)


def _stories(tx: Transaction, rule: RuleText, since: datetime) -> tuple[Item, ...]:
    """Return the newest stories a threshold counted, one line each."""
    matches = recent_matches(tx, rule.id, since, limit=STORIES_SHOWN * 5)
    first = {match.story_id: match.article_id for match in matches}
    chosen = list(first.values())[:STORIES_SHOWN]
    return tuple(
        Item(
            headline=one_line(stored.article.headline) or stored.article.url,
            url=stored.article.url,
            newsroom=one_line(stored.article.newsroom) or stored.article.source_id,
            severity=rule.severity,
            rules=(rule.id,),
        )
        for stored in load_articles(tx, chosen)
    )


def _counted(match: MatchedRule, history: AlertHistory) -> MatchedRule:
    count = history.counts.get(match.rule.id)
    return match if count is None else replace(match, note=replace(match.note, count=count))


def _ceased(tx: Transaction, event: StoryEvent) -> tuple[str, ...]:
    """Return the rules that matched the revision before, and do not match this one."""
    if event.kind is not EventKind.REVISION:
        return ()
    earlier = [
        match for match in matches_of_story(tx, event.story.id)
        if match.article_id == event.article.id and match.revision < event.revision
    ]  # fmt: skip
    last = max((match.revision for match in earlier), default=0)
    now = {each.rule.id for each in event.matches}
    # Only the edit that took the words away says so, not every edit after it.
    if last < event.revision - 1:
        return ()
    return tuple(
        match.rule_id
        for match in earlier
        if match.revision == last and match.rule_id not in now
    )


def _told(tx: Transaction, story_id: int) -> dict[str, Told]:
    channels: dict[str, list[ToldRow]] = {}
    for row in told_of_story(tx, story_id):
        channels.setdefault(row.channel, []).append(row)
    return {channel: _summary(tx, rows) for channel, rows in channels.items()}


def _summary(tx: Transaction, rows: list[ToldRow]) -> Told:
    """Sum up what a channel was told; an update that still waits counts as not told."""
    waiting = _waiting(tx, rows[-1])
    done = [row for row in rows if not waiting or row.key != rows[-1].key] or rows
    keys = dict.fromkeys((row.key, row.kind) for row in rows)
    return Told(
        severity=loudest(tuple(Severity(row.severity) for row in done)),
        rules=tuple(dict.fromkeys(row.rule_id for row in done)),
        alerts=sum(kind == "alert" for _, kind in keys),
        updates=sum(kind == "update" for _, kind in keys),
        last_alert=max(row.told_at for row in done if row.kind == "alert" or row is rows[0]),
        last=max(row.told_at for row in done),
        outlets=max(row.outlets for row in done),
        languages=max(row.languages for row in done),
        facts=frozenset(fact for row in done for fact in row.facts),
        subject=rows[0].subject,
        waiting_key=rows[-1].key if waiting else "",
        waiting=from_json(waiting) if waiting else None,
        waiting_facts=frozenset(rows[-1].facts) if waiting else frozenset(),
    )


def _waiting(tx: Transaction, row: ToldRow) -> str:
    """Return the payload of an update nobody has begun to send; empty: there is none."""
    if row.kind != "update":
        return ""
    message = load_message(tx, row.key)
    waits = message and not message.attempts and message.state in _WAITING
    return message.payload if message and waits else ""


_WAITING = frozenset({OutboxState.PENDING, OutboxState.HELD})

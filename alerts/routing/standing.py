"""Decide which of the rules that matched may alert at all today.

Muted, expired, digest-only and not-yet-at-their-threshold rules are set aside with the reason.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from alerts.routing.event import AlertHistory, MatchedRule
from alerts.wording import wording
from config.counting import count
from config.rule import RuleText, Severity, Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The rules that may alert, and the others with the reason why not."""

    rules: tuple[MatchedRule, ...]
    aside: tuple[tuple[str, str], ...]  # (rule id, reason)


def stand(matches: tuple[MatchedRule, ...], history: AlertHistory, now: datetime) -> Standing:
    """Sift the rules that matched."""
    rules, aside = [], []
    for match in matches:
        if reason := _aside(match.rule, history, now):
            aside.append((match.rule.id, reason))
        else:
            rules.append(match)
    return Standing(rules=tuple(rules), aside=tuple(aside))


def is_muted(rule: RuleText, now: datetime) -> bool:
    """Tell whether a rule is muted: until the morning of its date, in its file's zone."""
    return rule.mute_until is not None and _today(rule, now) < rule.mute_until


def is_expired(rule: RuleText, now: datetime) -> bool:
    """Tell whether a rule has expired: from the morning of its date on, in its file's zone."""
    return rule.expires is not None and _today(rule, now) >= rule.expires


def _today(rule: RuleText, now: datetime) -> date:
    return now.astimezone(ZoneInfo(rule.timezone)).date()


def _aside(rule: RuleText, history: AlertHistory, now: datetime) -> str:
    if is_expired(rule, now):
        return f"the rule has expired (expires: {rule.expires})"
    if is_muted(rule, now):
        return f"the rule is muted (mute_until: {rule.mute_until})"
    if rule.severity is Severity.DIGEST:
        return "its severity is digest: it alerts nobody"
    if rule.threshold is not None:
        return _below(rule.threshold, history.counts.get(rule.id, 0))
    return ""


def _below(threshold: Threshold, found: int) -> str:
    if found >= threshold.count:
        return ""
    within = wording("en").exactly(threshold.within)
    return f"{count(found, threshold.by)} within {within}: its threshold is {threshold.count}"

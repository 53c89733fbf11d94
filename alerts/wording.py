"""The fixed words of alerts and digests, in every language we write.

Numbers stand after a colon where a language would bend the noun behind them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One language's words."""

    language: str
    direction: str  # ltr | rtl
    days: tuple[str, ...]  # Monday first, short
    months: tuple[str, ...]  # January first, short
    words: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """Return one phrase; a template that asks for an unknown one fails."""
        return self.words[name]

    def say(self, name: str, **values: object) -> str:
        """Return a phrase with its blanks filled; n=1 takes the form for one, if there is."""
        if values.get("n") == 1 and f"{name}_one" in self.words:
            name = f"{name}_one"
        return self.words[name].format(**values)

    def day(self, at: datetime) -> str:
        """Write a day: Tue 14 Oct."""
        return f"{self.days[at.weekday()]} {at.day} {self.months[at.month - 1]}"

    def time(self, at: datetime) -> str:
        """Write a day and a time: Tue 14 Oct 07:00."""
        return f"{self.day(at)} {at:%H:%M}"


def wording(language: str) -> Wording:
    """Return the words of a language, English where we do not write it."""
    return LANGUAGES.get(language.split("-")[0].lower(), ENGLISH)


ENGLISH = Wording(
    language="en",
    direction="ltr",
    days=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun",
            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    words={
        "urgent": "urgent",
        "high": "high",
        "normal": "normal",
        "digest": "digest",
        "published": "published",
        "seen": "first seen",
        "why": "Why it matched",
        "why_now": "Why now",
        "origin": "Origin",
        "copies": "{n} copies",
        "copies_one": "1 copy",
        "outlets": "Outlets ({n})",
        "changed": "What changed",
        "before": "before",
        "after": "after",
        "silent_edit": "page stamp not updated",
        "more": "and {n} more",
        "rules": "Rules",
        "messages": "{n} messages",
        "messages_one": "1 message",
        "in_digest": "All of them stand in the next digest.",
        "open": "Read the article",
        "by": "By",
        "sent_by": "Sent by presswatch",
        "headline": "headline",
        "lead": "lead",
        "body": "body",
        "caption": "caption",
        "credit": "credit",
        "byline": "byline",
        "attribution": "attribution",
        "section": "section",
        "tag": "tag",
        "summary": "standfirst",
        "any": "text",
        "s_urgent": "{n} urgent",
        "s_stories": "{n} stories",
        "s_stories_one": "1 story",
        "s_down": "{n} sources down",
        "s_down_one": "1 source down",
        "s_gaps": "{n} gaps",
        "s_gaps_one": "1 gap",
        "s_quiet": "no matches ({ok}/{all} sources checked)",
        "s_incomplete": "INCOMPLETE: {failed} of {all} sources failed",
        "state": "State",
        "covers": "{start} to {end} ({zone})",
        "covers_days": "This mail covers {n} days: a run was missed.",
        "st_stories": "Stories",
        "st_articles": "Articles read",
        "st_checked": "Sources checked",
        "st_failed": "Failed",
        "st_gaps": "Gaps",
        "st_of": "{ok} of {all}",
        "quiet_proof": "Nothing matched, and everything was checked: "
        "{ok} of {all} sources answered, {articles} articles were read, {gaps} gaps.",
        "quiet_doubt": "Nothing matched, but not everything could be checked: "
        "{failed} of {all} sources failed, {gaps} gaps.",
        "silent_days": "No match for {n} days in a row. Is the rule set still what you want?",
        "canary_ok": "Canary came through at {at}.",
        "canary_bad": "Today's canary has not come through.",
        "gap": "{source}: nothing seen from {start} to {end}",
        "urgent_sent": "Urgent, already sent",
        "sent_at": "sent {at}",
        "not_sent": "NOT DELIVERED",
        "update": "Update",
        "late": "published {day}, seen {seen}",
        "changes": "Changed after publication",
        "near": "Near misses",
        "near_why": "{rule} but for {reason}",
        "trend": "Trend, 14 days",
        "rule": "Rule",
        "total": "Total",
        "today": "Last",
        "sources": "Source health",
        "h_well": "well",
        "h_down": "down",
        "h_stale": "quiet",
        "h_layout": "layout changed?",
        "src_down": "failing since {at}",
        "src_never": "never answered",
        "src_stale": "quiet for {quiet}; usually every {usual}",
        "src_layout": "layout changed? {share} of its articles came without a body",
        "src_slow": "slowest from publication to alert: {minutes} min",
        "src_well": "All {n} sources answer in their own rhythm.",
        "rule_health": "Rules and delivery",
        "r_noisy": "noisy: {n} stories in this window",
        "r_silent": "silent for {n} days",
        "r_expiring": "expires on {day}",
        "r_expired": "expired on {day}",
        "r_muted": "muted until {day}",
        "r_rejected": "An edit of the rules was rejected, the old ones stay live: {reason}",
        "d_dead": "{channel}: {n} not delivered ({reason})",
        "d_failing": "{channel}: failing since {at} ({reason})",
        "d_closed": "{channel}: closed by its receiver",
        "copied": "{n} stories of earlier days were copied further, without new facts.",
        "copied_one": "1 story of an earlier day was copied further, without new facts.",
        "story_copies": "+{n} outlets",
        "story_copies_one": "+1 outlet",
        "rules_commit": "Rules",
        "window": "Window",
        "archive": "Archive",
        "unsubscribe": "To mute a rule set mute_until in its file; to leave, write to {desk}.",
        "owner": "Owner",
        "paragraph": "¶{n}",
        "attached": "the whole list is attached (digest.jsonl)",
        "score": "score {n}",
        "photo": "Photo",
        "hours": "{n} h",
        "minutes": "{n} min",
        "days": "{n} d",
    },
)  # fmt: skip
LANGUAGES: dict[str, Wording] = {"en": ENGLISH}

"""Plan the daily canary: a made-up article that must come out at a test channel.

It enters by the real path; if it does not come out in its time, the operators are told by
another way. Pure: who lets it in and who alarms is decided by the caller.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from alerts.localtime import at_local
from config.rule import AlertPlan, RuleText, Severity
from config.text import Located
from storage.article import Article, Block

CANARIES = "presswatch-canary/"  # begins the outbox key: rule/story/channel
RULE_ID = "presswatch-canary"
SOURCE_ID = "presswatch-canary"
WORD = "presswatchcanary"
TIME = timedelta(minutes=30)  # from entering to coming out


@dataclass(frozen=True, slots=True, kw_only=True)
class Canary:
    """One day's canary."""

    key: str  # canary/2026-11-24
    article: Article
    rule: RuleText
    due_by: datetime


def is_due(last_entered: datetime | None, at: str, zone: ZoneInfo, now: datetime) -> bool:
    """Tell whether today's canary (HH:MM, local) should go in now."""
    local = now.astimezone(zone).date()
    hours, minutes = at.split(":")
    moment = at_local(local, time(int(hours), int(minutes)), zone)
    return now >= moment and (last_entered is None or last_entered < moment)


def make_canary(channel: str, now: datetime) -> Canary:
    """Write the article and the rule that must find it; both belong to nobody else."""
    stamp = f"{now:%Y-%m-%d}"
    place = Located(value=RULE_ID, path="(presswatch)", line=1, column=1)
    rule = RuleText(
        id=RULE_ID,
        place=place,
        name="Canary",
        severity=Severity.URGENT,  # quiet hours and storms must not hold it
        match=Located(value=WORD, path="(presswatch)", line=1, column=1),
        alert=AlertPlan(channels=(channel,), cooldown=timedelta()),
        digest=None,
    )
    article = Article(
        source_id=SOURCE_ID,
        url=f"https://canary.presswatch.invalid/{now:%Y%m%dT%H%M%S}",
        newsroom="presswatch",
        headline=f"Canary of {stamp}",
        published_at=now,
        language="en",
        body=(
            Block(text=f"{WORD}: this article is made up. It entered at {now:%H:%M} UTC."),
            Block(text=f"If you read it, the way from page to message is open ({stamp})."),
        ),
    )
    return Canary(key=f"canary/{stamp}", article=article, rule=rule, due_by=now + TIME)


def story_key(story_id: int, channel: str) -> str:
    """Return the outbox key under which a canary comes out."""
    return f"{CANARIES}{story_id}/{channel}"

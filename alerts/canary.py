"""Write the daily canary: a made-up article, and the rule that must find it.

Pure. It enters by the real path (canary_watch.py), so it belongs to nobody's source and stands
in no digest.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from alerts.localtime import at_local
from config.rule import Alerting, Per, RuleText, Severity
from config.text import Located
from storage.article import Article, Block

RULE_ID = "presswatch-canary"
SOURCE_ID = "presswatch-canary"
CANARIES = f"{RULE_ID}/"  # begins its outbox key: rule/story/channel
WORD = "presswatchcanary"
TIME = timedelta(minutes=30)  # from entering to coming out


def is_due(last_entered: datetime | None, at: time, zone: ZoneInfo, now: datetime) -> bool:
    """Tell whether today's canary (at a local time) should go in now."""
    today = now.astimezone(zone).date()
    moment = at_local(today, at, zone)
    return now >= moment and (last_entered is None or last_entered < moment)


def canary_key(now: datetime) -> str:
    """Return the name of a day's canary."""
    return f"canary/{now:%Y-%m-%d}"


def canary_rule(channel: str) -> RuleText:
    """Return the rule that finds canaries; compile it together with the analysts' own."""
    place = Located(value=RULE_ID, path="(presswatch)", line=1, column=1)
    return RuleText(
        id=RULE_ID,
        place=place,
        name="Canary",
        severity=Severity.URGENT,  # quiet hours must not hold it
        match=Located(value=WORD, path="(presswatch)", line=1, column=1),
        # Tomorrow's canary reads like today's: it must be told all the same.
        alert=Alerting(channels=(channel,), cooldown=timedelta(), per=Per.ARTICLE),
        digest=None,
    )


def canary_article(now: datetime) -> Article:
    """Write the article that enters now."""
    stamp = f"{now:%Y-%m-%d}"
    return Article(
        source_id=SOURCE_ID,
        url=f"https://canary.presswatch.invalid/{now:%Y/%m/%d/%H%M%S}",
        newsroom="presswatch",
        headline=f"Canary of {stamp}",
        published_at=now,
        language="en",
        body=(
            Block(text=f"{WORD}: this article is made up. It entered at {now:%H:%M} UTC."),
            Block(text=f"Whoever reads it knows that the way was open on {stamp}."),
        ),
    )

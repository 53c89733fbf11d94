"""Give a notification its words: subject, text, page and payload.

Pure but for reading templates.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from alerts.delivery.message import Message
from alerts.delivery.templating import Templates
from alerts.judging import Judging, no_address
from alerts.notification import Notification, payload
from alerts.plain import one_line, safe_link
from alerts.wording import Wording, wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """How one channel is spoken to."""

    templates: Templates
    zone: ZoneInfo
    language: str = "en"
    judging: Judging | None = None  # None: its messages hold no address to judge a match at


def render(
    key: str, notification: Notification, voice: Voice, *, to: tuple[str, ...] = ()
) -> Message:
    """Write one notification in every form a channel may want."""
    words = wording(voice.language)
    article = notification.article
    link = safe_link(article.url) if article else ""
    values = {
        "n": notification,
        "w": words,
        "title": one_line(notification.subject),
        "link": link,
        "published": _time(article.published_at, voice.zone, words) if article else "",
        "zone": voice.zone.key,
        "judge": voice.judging.address if voice.judging else no_address,
        "seen": _time(article.first_seen, voice.zone, words) if article else "",
    }
    return Message(
        key=key,
        kind=notification.kind,
        severity=notification.severity,
        created_at=datetime.fromisoformat(notification.created_at),
        subject=one_line(notification.subject),
        text=voice.templates.text("alert.txt.j2", **values),
        html=voice.templates.page("alert.html.j2", **values),
        link=link,
        payload=payload(notification),
        to=to,
        thread=notification.thread,
        language=words.language,
    )


def _time(iso: str, zone: ZoneInfo, words: Wording) -> str:
    """Write a time in the readers' zone; a day without a time stays a day."""
    if not iso:
        return ""
    if len(iso) == len("2026-11-24"):
        day = date.fromisoformat(iso)
        return words.day(datetime(day.year, day.month, day.day, tzinfo=zone)) + f" {day.year}"
    at = datetime.fromisoformat(iso).astimezone(zone)
    return f"{words.day(at)} {at.year} {at:%H:%M}"

"""Write the sample that `presswatch channels test NAME` sends."""

from datetime import datetime

from alerts.delivery.message import Message
from alerts.delivery.render import Voice, render
from alerts.notification import (
    ArticleNote,
    EvidenceNote,
    Notification,
    NotificationKind,
    RuleNote,
    StoryNote,
    iso,
)
from config.rule import Severity


def sample_message(channel: str, voice: Voice, now: datetime) -> Message:
    """Return a message that looks like an alert and says that it is none."""
    sentence = "This is a sample: if you can read it, the channel works in every script."
    notification = Notification(
        kind=NotificationKind.SAMPLE,
        severity=Severity.NORMAL,
        subject=f"presswatch sample for {channel}: Порты Каспия, بندرهای خزر, Xəzər limanları",
        created_at=iso(now),
        reasons=("asked for by presswatch channels test",),
        story=StoryNote(id=0, outlets=("Harbour Courier",), articles=1, languages=("en",)),
        article=ArticleNote(
            id=0,
            url="https://newsroom.example/sample",
            headline="A sample article about the ports of the Caspian",
            newsroom="Harbour Courier",
            source_id="sample",
            first_seen=iso(now),
            language="en",
        ),
        rules=(
            RuleNote(
                id="sample",
                name="Sample",
                severity=Severity.NORMAL,
                evidence=(
                    EvidenceNote(field="body", block=1, words="a sample", sentence=sentence),
                ),
            ),
        ),
    )
    return render(f"sample/{channel}/{now:%Y%m%dT%H%M%S%fZ}", notification, voice)

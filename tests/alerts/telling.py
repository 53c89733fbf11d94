"""Make the values that tests of routing and delivery speak of."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.delivery.channels.outcome import Outcome, Sender, Sent
from alerts.delivery.message import Message
from alerts.delivery.open_channels import LiveChannel
from alerts.delivery.render import Voice, render
from alerts.delivery.retry import WEBHOOK, Schedule
from alerts.delivery.templating import Templates
from alerts.notification import (
    ArticleNote,
    EvidenceNote,
    Notification,
    NotificationKind,
    RuleNote,
    StoryNote,
)
from alerts.routing.event import AlertHistory, EventKind, MatchedRule, StoryEvent, Told
from config.channel import Channel, ChannelKind
from config.rule import RuleText, Severity
from config.settings import MailSettings
from config.text import Located
from tests.making import NOW

UTC_ZONE = ZoneInfo("UTC")
TEMPLATES = Templates()
VOICE = Voice(templates=TEMPLATES, zone=UTC_ZONE)
MAIL_SETTINGS = MailSettings(
    sender="presswatch <desk@desk.test>", reply_to="editor@desk.test", domain="desk.test"
)


def make_rule(
    id: str = "corridor",  # noqa: A002 - the field's own name
    severity: Severity = Severity.HIGH,
    **changes: object,
) -> RuleText:
    """Make a rule; alert=… and the like change it."""
    place = Located(value=id, path="config/rules/test.yaml", line=1, column=1)
    values: dict[str, object] = {
        "id": id,
        "place": place,
        "name": id.title(),
        "severity": severity,
        "match": replace(place, value="corridor"),
    }
    return RuleText(**(values | changes))  # type: ignore[arg-type]  # a table of changes


def make_match(rule: RuleText | None = None, *, count: int | None = None) -> MatchedRule:
    """Make a rule that matched."""
    rule = rule or make_rule()
    evidence = EvidenceNote(
        field="body",
        block=2,
        words="Zangazur corridor",
        sentence="They discussed the opening of the Zangazur corridor.",
    )
    note = RuleNote(
        id=rule.id,
        name=rule.name,
        severity=rule.severity,
        evidence=(evidence,),
        count=count,
    )
    return MatchedRule(rule=rule, note=note)


def make_note(**changes: object) -> ArticleNote:
    """Make what is told of an article."""
    values: dict[str, object] = {
        "id": 7,
        "url": "https://newsroom.example/a",
        "headline": "Ministers discuss the Zangazur corridor",
        "newsroom": "Newsroom",
        "source_id": "newsroom",
        "published_at": "2026-11-24T06:40:00Z",
        "first_seen": "2026-11-24T06:55:00Z",
        "language": "en",
    }
    return ArticleNote(**(values | changes))  # type: ignore[arg-type]  # a table of changes


def make_message(**changes: object) -> Message:
    """Make a message as a channel sends it."""
    message = render("corridor/42/duty", make_notification(), VOICE)
    return replace(message, **changes)  # type: ignore[arg-type]  # a table of changes


def make_event(
    *matches: MatchedRule,
    kind: EventKind = EventKind.NEW,
    outlets: tuple[str, ...] = ("Newsroom",),
    languages: tuple[str, ...] = ("en",),
    story: int = 42,
    **changes: object,
) -> StoryEvent:
    """Make an event of a story."""
    note = StoryNote(id=story, outlets=outlets, articles=len(outlets), languages=languages)
    values: dict[str, object] = {
        "kind": kind,
        "article": make_note(),
        "story": note,
        "matches": matches or (make_match(),),
    }
    return StoryEvent(**(values | changes))  # type: ignore[arg-type]  # a table of changes


def make_channel(id: str = "duty", **changes: object) -> Channel:  # noqa: A002 - the field's own name
    """Make a default mail channel."""
    values: dict[str, object] = {
        "id": id,
        "kind": ChannelKind.EMAIL,
        "to": ("duty@desk.test",),
        "default": True,
    }
    return Channel(**(values | changes))  # type: ignore[arg-type]  # a table of changes


def make_told(**changes: object) -> Told:
    """Make what a channel was told an hour ago."""
    ago = NOW - timedelta(hours=1)
    values: dict[str, object] = {
        "severity": Severity.HIGH,
        "rules": ("corridor",),
        "alerts": 1,
        "updates": 0,
        "last_alert": ago,
        "last": ago,
        "outlets": 1,
        "languages": 1,
        "facts": frozenset(),
        "subject": "[HIGH] Corridor: Ministers discuss the Zangazur corridor",
    }
    return Told(**(values | changes))  # type: ignore[arg-type]  # a table of changes


def make_history(told: dict[str, Told] | None = None, **changes: object) -> AlertHistory:
    """Make a past in which nothing was told, unless said otherwise."""
    values: dict[str, object] = {
        "told": told or {},
        "from_source": {},
        "of_rule": {},
        "recent": {},
        "counts": {},
        "stories": {},
    }
    return AlertHistory(**(values | changes))  # type: ignore[arg-type]  # a table of changes


def make_notification(**changes: object) -> Notification:
    """Make an alert."""
    event = make_event()
    values: dict[str, object] = {
        "kind": NotificationKind.ALERT,
        "severity": Severity.HIGH,
        "subject": "[HIGH] Corridor: Ministers discuss the Zangazur corridor",
        "created_at": "2026-11-24T07:00:00Z",
        "reasons": ("new story",),
        "story": event.story,
        "article": event.article,
        "rules": (event.matches[0].note,),
        "thread": "story.42",
    }
    return Notification(**(values | changes))  # type: ignore[arg-type]  # a table of changes


class FakeSender:
    """A channel that answers as it is told to, and keeps what it was sent."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.sent: list[Message] = []

    async def send(self, message: Message) -> Outcome:
        self.sent.append(message)
        return self.outcomes.pop(0) if self.outcomes else Sent()

    async def close(self) -> None:
        """Nothing is held open."""


class Clock:
    """A clock that tests move."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


def make_live_channel(name: str, sender: Sender, schedule: Schedule = WEBHOOK) -> LiveChannel:
    """Make a channel in front of a fake sender."""
    return LiveChannel(
        id=name, sender=sender, schedule=schedule, voice=VOICE, address=f"{name}.test"
    )

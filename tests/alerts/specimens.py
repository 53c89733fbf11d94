"""One message of each kind that people get, as full as it comes: for tests and pictures."""

from dataclasses import replace

from alerts.notification import (
    ChangeNote,
    EvidenceNote,
    Item,
    Notification,
    NotificationKind,
    RuleNote,
    StoryNote,
)
from config.rule import Severity
from tests.alerts.telling import make_note, make_notification

PERSIAN = "رئیسان بندرها گفتند برنامهٔ واحد کشتی‌های خزر از ماه مارس آغاز می‌شود."
BODY = EvidenceNote(
    field="body",
    block=2,
    words="Zangazur corridor",
    sentence="The two ministers discussed the opening of the Zangazur corridor, the railway to "
    "Nakhchivan and the border trade in Moscow today, according to Report.",
)
HEADLINE = EvidenceNote(
    field="headline",
    block=None,
    words="Zangazur corridor",
    sentence="Ministers discuss the Zangazur corridor",
)
LOUD = RuleNote(
    id="zangezur-corridor",
    name="Zangezur corridor",
    severity=Severity.URGENT,
    owner="desk",
    evidence=(HEADLINE, BODY),
)
QUIET = RuleNote(
    id="border-trade",
    name="Border trade",
    severity=Severity.NORMAL,
    score=35,
    evidence=(replace(BODY, words="border trade"),),
)
STORY = StoryNote(
    id=42,
    outlets=("Trend", "APA", "Report", "Azertag", "IRNA", "پیک بندر", "Interfax"),
    articles=9,
    languages=("en", "fa", "ru"),
    origins=("Report",),
)
ARTICLE = make_note(
    authors=("Nigar Bayramli",),
    summary="The talks in Moscow are the third this year; a timetable is expected in March.",
)
CHANGES = (
    ChangeNote(
        kind="number",
        before="The fire injured 12 dockers, the harbour master said.",
        after="The fire injured 17 dockers, the harbour master said.",
    ),
    ChangeNote(
        kind="attribution_removed",
        before="The ministry, citing Report, denied that the line was closed.",
        after="The ministry denied that the line was closed.",
    ),
)


def specimens() -> dict[str, Notification]:
    """Return an alert, an update, a Persian alert, a round-up and a notice."""
    alert = make_notification(
        severity=Severity.URGENT,
        subject="[URGENT] Zangezur corridor +1: Ministers discuss the Zangazur corridor",
        article=ARTICLE,
        story=STORY,
        rules=(LOUD, QUIET),
    )
    update = replace(
        alert,
        kind=NotificationKind.UPDATE,
        subject=f"Re: {alert.subject}",
        reasons=("new figures: 17", "now 7 outlets, 3 languages"),
        rules=(LOUD,),
        changes=CHANGES,
        silent_edit=True,
    )
    return {
        "alert": alert,
        "update": update,
        "persian": _persian(alert),
        "roundup": _roundup(),
        "notice": Notification(
            kind=NotificationKind.NOTICE,
            severity=Severity.HIGH,
            subject="presswatch cannot reach ops-webhook",
            created_at=alert.created_at,
            lines=(
                "Failing since 2026-11-24T06:20:00Z: HTTP 503, from a receiver with many words",
                "Nothing is lost: it is tried again.",
            ),
        ),
    }


def _persian(alert: Notification) -> Notification:
    article = make_note(
        headline="بندرهای خزر بر سر برنامهٔ واحد کشتی‌ها توافق کردند",
        newsroom="پیک بندر",
        language="fa",
        summary=PERSIAN,
    )
    evidence = EvidenceNote(field="body", block=1, words="کشتی‌های خزر", sentence=PERSIAN)
    return replace(alert, article=article, rules=(replace(LOUD, evidence=(evidence,)),))


def _roundup() -> Notification:
    headlines = (
        "بندرهای خزر بر سر برنامهٔ واحد کشتی‌ها توافق کردند و دربارهٔ اسکله‌ها گفت‌وگو شد",
        "Ports on the Caspian agree on one timetable for ferries, pilots and winter ice",
        "Порты Каспия договорились о едином расписании паромов",
    )
    return Notification(
        kind=NotificationKind.ROUNDUP,
        severity=Severity.HIGH,
        subject="Held in quiet hours: 23 messages",
        created_at="2026-11-24T06:40:00Z",
        items=tuple(
            Item(
                headline=headlines[n % 3],
                url=f"https://newsroom.example/{n}",
                newsroom="Harbour Courier",
                severity=Severity.HIGH if n < 2 else Severity.NORMAL,
                rules=("caspian-ports",),
            )
            for n in range(6)
        ),
        more=17,
        counts=(("caspian-ports", 18), ("border", 5)),
    )

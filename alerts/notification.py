"""The value of one notification: what is told, apart from how it looks.

It is frozen when the match is committed, travels through the outbox as JSON, and is what a
webhook receives (docs/webhook-payload.schema.json describes it).
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from config.rule import Severity

T = TypeVar("T")
DIGESTS = "digests"  # the channel of digest mails; its readers stand in digests.yaml


class NotificationKind(StrEnum):
    """Why somebody is told."""

    ALERT = "alert"  # a story nobody was told of on this channel, or louder or with new facts
    UPDATE = "update"  # more about a story already told: copies, facts, edits
    ROUNDUP = "roundup"  # what was held in quiet hours or in a storm
    DIGEST = "digest"
    NOTICE = "notice"  # something of ours is broken, or works again
    ESCALATION = "escalation"  # an urgent alert did not get through in its time
    CANARY = "canary"
    SAMPLE = "sample"  # `presswatch channels test`


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleNote:
    """What is told of an article."""

    id: int
    url: str
    headline: str
    newsroom: str
    source_id: str
    authors: tuple[str, ...] = ()
    published_at: str = ""  # ISO 8601, a day alone where the page names no time; empty: unknown
    first_seen: str = ""
    language: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryNote:
    """What is told of the story the article belongs to."""

    id: int
    outlets: tuple[str, ...]  # names, the first to publish first
    articles: int
    languages: tuple[str, ...]
    origins: tuple[str, ...] = ()  # who is cited: "Report"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceNote:
    """The words that made a rule match, and where."""

    field: str
    block: int | None  # paragraph, caption, tag …, counted from 1; None: the field has one text
    words: str
    sentence: str

    @property
    def paragraph(self) -> int | None:
        """Return the number readers know it by; None: it stands in no paragraph of the text."""
        return self.block if self.field == "body" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleNote:
    """One rule that matched."""

    id: str
    name: str
    severity: Severity
    owner: str = ""
    score: int | None = None
    count: int | None = None  # of a threshold over time: how many have matched
    evidence: tuple[EvidenceNote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNote:
    """One edit of an article that is already out."""

    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a round-up."""

    headline: str
    url: str
    newsroom: str
    severity: Severity
    rules: tuple[str, ...]
    told_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """Everything that is told in one message."""

    kind: NotificationKind
    severity: Severity
    subject: str  # one clean line
    created_at: str
    reasons: tuple[str, ...] = ()  # why now: "new story", "now 7 outlets, 2 languages"
    stated: tuple[str, ...] = ()  # the article's sentences with the new figures and names
    story: StoryNote | None = None
    article: ArticleNote | None = None
    rules: tuple[RuleNote, ...] = ()
    changes: tuple[ChangeNote, ...] = ()
    silent_edit: bool = False  # changed while the page's own stamp did not
    items: tuple[Item, ...] = ()
    more: int = 0  # items that are only counted
    counts: tuple[tuple[str, int], ...] = ()  # of a round-up: rule → messages
    lines: tuple[str, ...] = ()  # of a notice
    thread: str = ""  # story.42 and the like; empty: a thread of its own

    @property
    def type(self) -> str:
        """Return the webhook's event type."""
        return f"presswatch.{self.kind}"


def to_json(notification: Notification) -> str:
    """Write a notification for the outbox."""
    return json.dumps(asdict(notification), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Notification:
    """Read what to_json wrote; unknown keys of a newer version are passed over."""
    raw: dict[str, Any] = json.loads(text)
    story, article = raw.get("story"), raw.get("article")
    return Notification(
        kind=NotificationKind(raw["kind"]),
        severity=Severity(raw["severity"]),
        subject=raw["subject"],
        created_at=raw["created_at"],
        reasons=tuple(raw.get("reasons", ())),
        stated=tuple(raw.get("stated", ())),
        story=_build(StoryNote, story) if story else None,
        article=_build(ArticleNote, article) if article else None,
        rules=tuple(_rule(rule) for rule in raw.get("rules", ())),
        changes=tuple(_build(ChangeNote, change) for change in raw.get("changes", ())),
        silent_edit=bool(raw.get("silent_edit")),
        items=tuple(_item(item) for item in raw.get("items", ())),
        more=int(raw.get("more", 0)),
        counts=tuple((name, int(count)) for name, count in raw.get("counts", ())),
        lines=tuple(raw.get("lines", ())),
        thread=raw.get("thread", ""),
    )


def payload(notification: Notification) -> dict[str, Any]:
    """Return what a webhook receives; empty parts are left out."""
    data = {
        name: value
        for name, value in json.loads(to_json(notification)).items()
        if value not in (None, "", [], 0, False)
    }
    at = data.pop("created_at")
    return {"type": notification.type, "timestamp": at, "data": data}


def _rule(raw: Mapping[str, Any]) -> RuleNote:
    evidence = tuple(_build(EvidenceNote, each) for each in raw["evidence"])
    return _build(
        RuleNote, {**raw, "severity": Severity(raw["severity"]), "evidence": evidence}
    )


def _item(raw: Mapping[str, Any]) -> Item:
    return _build(Item, {**raw, "severity": Severity(raw["severity"])})


def _build(kind: type[T], raw: Mapping[str, Any]) -> T:
    known = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in raw.items()
        if name in kind.__dataclass_fields__  # type: ignore[attr-defined]  # every kind is a dataclass
    }
    return kind(**known)


def iso(at: datetime) -> str:
    """Write a time for a notification: UTC, to the second."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")

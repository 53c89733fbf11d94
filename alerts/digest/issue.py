"""Keep what was written for a window, and turn it into one mail per reader."""

import base64
import json
import zlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from alerts.delivery.mail import build_mail
from alerts.delivery.message import Attachment, Message, Picture
from alerts.digest.due import Window
from alerts.digest.facts import DigestFacts, Health
from alerts.digest.leaving import Leaving, leave_address
from alerts.digest.observed import Observed, to_plain
from alerts.digest.page import Written, window_id
from alerts.notification import DIGESTS, NotificationKind
from alerts.routing.event import LOUDNESS
from config.rule import Severity
from config.settings import MailSettings
from storage.digest_windows import DigestIssue, keep_issue, load_issue, take_window
from storage.outbox import OutboxEntry, OutboxRow, enqueue
from storage.stamp import from_text, to_text
from storage.transaction import Transaction


class IssueLost(Exception):  # noqa: N818 - says what it is
    """A digest mail is owed whose text is not there: a person must look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One digest as it was written, and for whom."""

    facts: DigestFacts
    written: Written


def issue_key(digest_id: str, recipient: str, window: Window) -> str:
    """Return the outbox key of one mail: the same however often we try."""
    return f"digest/{digest_id}/{window.end:%Y%m%dT%H%M%SZ}/{recipient}"


def publish(tx: Transaction, issue: Issue, readers: tuple[str, ...], now: datetime) -> int:
    """Owe one mail per reader who has not had this window; return how many are new.

    The window's row and the outbox's row are one transaction: a second run finds both or none.
    """
    facts, window = issue.facts, issue.facts.window
    entries = []
    for reader in readers:
        key = issue_key(facts.digest.id, reader, window)
        if take_window(tx, facts.digest.id, reader, window.start, window.end, key=key):
            leaving = Leaving(digest_id=facts.digest.id, reader=reader)
            way_out = leave_address(tx, facts.public, leaving)
            entries.append(_entry(facts, reader, key, way_out, now))
    if entries:
        keep_issue(tx, _pack(issue, now))
    return 0 if is_left_out(facts) else enqueue(tx, entries, now)


def is_left_out(facts: DigestFacts) -> bool:
    """Tell whether the readers want no mail: nothing matched, and everything is well.

    A quiet day on which something failed is told even to those who want no empty digest.
    """
    quiet = not (facts.stories or facts.changes)
    well = all(source.health is Health.WELL for source in facts.sources)
    return not facts.digest.when_empty and quiet and well and not (facts.gaps or facts.delivery)


def issue_message(tx: Transaction, row: OutboxRow) -> Message:
    """Make the mail of one reader from the issue that was kept."""
    name = json.loads(row.payload)
    start, end = from_text(name["start"]), from_text(name["end"])
    issue = load_issue(tx, name["digest"], start, end)
    if issue is None:
        raise IssueLost(f"{name['digest']} {name['start']}")
    message = message_of(row.key, unpack(issue.content), row.recipients, issue.composed_at)
    return replace(message, unsubscribe=name.get("unsubscribe", ""))


def message_of(
    key: str, content: dict[str, Any], to: tuple[str, ...], created_at: datetime
) -> Message:
    """Make a mail from what was kept of a digest."""
    attachments = (
        [Attachment(name="digest.jsonl", content_type="application/x-ndjson",
                    content=content["jsonl"].encode())]
        if content["jsonl"]
        else []
    )  # fmt: skip
    return Message(
        key=key,
        kind=NotificationKind.DIGEST,
        severity=Severity.DIGEST,
        created_at=created_at,
        subject=content["subject"],
        text=content["text"],
        html=content["html"],
        to=to,
        language=content["language"],
        list_id=content["list_id"],
        headers=tuple((name, value) for name, value in content["headers"]),
        attachments=tuple(attachments),
        pictures=tuple(
            Picture(
                cid=each["cid"],
                content_type=each["type"],
                content=base64.b64decode(each["content"]),
            )
            for each in content["pictures"]
        ),
    )


def contents(issue: Issue) -> dict[str, Any]:
    """Return everything a mail needs, as plain values."""
    written, facts = issue.written, issue.facts
    return {
        "subject": written.subject,
        "text": written.text,
        "html": written.html,
        "jsonl": written.jsonl,
        "language": written.language,
        "list_id": facts.digest.id,
        "headers": [
            ["X-Presswatch-Window", window_id(facts)],
            ["X-Presswatch-Rules", facts.rules_fingerprint or "none"],
        ],
        "pictures": [
            {
                "cid": each.cid,
                "type": each.content_type,
                "content": base64.b64encode(each.content).decode(),
            }
            for each in written.pictures
        ],
    }


def preview_files(issue: Issue, settings: MailSettings) -> dict[str, bytes]:
    """Return what `digest preview` writes: the page, the text, and the mail as it would go."""
    facts, written = issue.facts, issue.written
    window = facts.window
    reader = facts.digest.to[:1]
    key = issue_key(facts.digest.id, "".join(reader), window)
    message = message_of(key, contents(issue), reader, window.end)
    return {
        f"{facts.digest.id}.html": written.html.encode(),
        f"{facts.digest.id}.txt": written.text.encode(),
        f"{facts.digest.id}.eml": build_mail(message, reader, settings).content,
    }


def unpack(content: bytes) -> dict[str, Any]:
    """Read what was kept."""
    unpacked: dict[str, Any] = json.loads(zlib.decompress(content))
    return unpacked


def _pack(issue: Issue, now: datetime) -> DigestIssue:
    facts = issue.facts
    seen = {"observed": to_plain(Observed.of(facts)), "last_arrival": facts.last_arrival}
    content = json.dumps(contents(issue) | seen, ensure_ascii=False).encode()
    return DigestIssue(
        digest_id=facts.digest.id,
        start=facts.window.start,
        end=facts.window.end,
        subject=issue.written.subject,
        stories=issue.written.stories,
        content=zlib.compress(content, 6),
        composed_at=now,
        last_match=facts.last_match,
    )


def _entry(
    facts: DigestFacts, reader: str, key: str, way_out: str, now: datetime
) -> OutboxEntry:
    name = {
        "digest": facts.digest.id,
        "start": to_text(facts.window.start),
        "end": to_text(facts.window.end),
        "unsubscribe": way_out,
    }
    return OutboxEntry(
        key=key,
        channel=DIGESTS,
        kind=NotificationKind.DIGEST,
        payload=json.dumps(name),
        due_at=now,
        urgency=LOUDNESS.index(Severity.DIGEST),
        recipients=(reader,),
    )

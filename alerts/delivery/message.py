"""The value a channel sends: one message in every form that a channel may want."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from alerts.notification import NotificationKind
from config.rule import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture inside a mail's HTML, shown by its cid."""

    cid: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message, rendered."""

    key: str  # the same on every try
    kind: NotificationKind
    severity: Severity
    created_at: datetime
    subject: str  # one clean line
    text: str
    html: str = ""  # empty: text alone
    link: str = ""  # where a tap should lead; empty: nowhere
    payload: Mapping[str, Any] = field(default_factory=dict)
    to: tuple[str, ...] = ()  # those still owed; empty: whomever the channel names
    thread: str = ""  # "story.42"; empty: a thread of its own
    language: str = "en"
    list_id: str = ""  # of a digest: "daily.caspian"
    unsubscribe: str = ""  # https address that takes this one reader off by a POST; empty: none
    headers: tuple[tuple[str, str], ...] = ()  # our own X- headers
    attachments: tuple[Attachment, ...] = ()
    pictures: tuple[Picture, ...] = ()


_ATOM = re.compile(r"[A-Za-z0-9!$%&*+=?^_{|}~-]+(?:\.[A-Za-z0-9!$%&*+=?^_{|}~-]+)*")
_LOCAL_MOST, _READABLE_MOST = 64, 40  # RFC 5321 4.5.3.1.1


def message_id(key: str, domain: str) -> str:
    """Return the Message-ID of a key: the key itself, or what can be read of it and a mark."""
    whole = key.split("#", 1)[0]  # a copy set aside for one recipient is the same message
    local = whole.replace("/", ".")
    if not _ATOM.fullmatch(local) or len(local) > _LOCAL_MOST:
        mark = hashlib.blake2b(whole.encode(), digest_size=8).hexdigest()
        readable = re.sub(r"[^A-Za-z0-9-]+", ".", whole)[:_READABLE_MOST].strip(".")
        local = f"{readable or 'presswatch'}.{mark}"
    return f"<{local}@{domain}>"

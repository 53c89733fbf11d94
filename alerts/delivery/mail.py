"""Put a message into the form of an e-mail.

Nothing gets into its header that we did not write.
Pure: the same message makes the same bytes on every try.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from email import policy
from email.headerregistry import BaseHeader, HeaderRegistry
from email.message import EmailMessage, MIMEPart
from email.utils import format_datetime, parseaddr
from typing import Any, Literal
from urllib.parse import quote

from alerts.delivery.message import Message, message_id
from alerts.notification import NotificationKind
from alerts.plain import one_line
from config.rule import Severity
from config.settings import MailSettings

MESSAGE_MOST = 10 * 1024 * 1024  # many servers take no larger one
EXPECTED = frozenset(
    [
        "from",
        "reply-to",
        "to",
        "subject",
        "date",
        "message-id",
        "in-reply-to",
        "references",
        "auto-submitted",
        "x-auto-response-suppress",
        "precedence",
        "list-id",
        "list-unsubscribe",
        "list-unsubscribe-post",
        "importance",
        "content-language",
        "x-presswatch-window",
        "x-presswatch-rules",
        "x-presswatch-key",
        "mime-version",
        "content-type",
        "content-transfer-encoding",
    ]
)
_CONVERSATION = {
    NotificationKind.ALERT,
    NotificationKind.UPDATE,
    NotificationKind.ESCALATION,
}


# Machines read these letter by letter: however long, they must not become encoded words.
_VERBATIM = frozenset(
    [
        "in-reply-to",
        "references",
        "list-id",
        "list-unsubscribe",
        "x-presswatch-window",
        "x-presswatch-rules",
        "x-presswatch-key",
    ]
)


class UnsafeMail(Exception):  # noqa: N818 - says what it is
    """The mail would carry a header that we did not write: it must not be sent."""


class _Verbatim(policy.EmailPolicy):
    """Break what machines read between two values, and nowhere else."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Write one header."""
        if name.lower() in _VERBATIM and str(value).isascii():
            values = str(value).replace(", ", ",\r\n ")
            return f"{name}: {values}\r\n".encode()
        return super().fold_binary(name, value)


class _Kinds(HeaderRegistry):
    """Make the class of each kind of header once: the library makes one for every header."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, type[BaseHeader]] = {}

    def __getitem__(self, name: str) -> type[BaseHeader]:
        """Return the class for a name."""
        if name not in self._made:
            self._made[name] = super().__getitem__(name)
        return self._made[name]


_POLICY = _Verbatim(linesep="\r\n", header_factory=_Kinds())
_AS_THEY_ARE = bytes(octet for octet in range(127) if octet != ord("="))  # in quoted-printable


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """An e-mail ready to be handed to a server or written to a file."""

    sender: str  # of the envelope
    recipients: tuple[str, ...]
    content: bytes
    message_id: str


def build_mail(message: Message, to: Sequence[str], settings: MailSettings) -> Mail:
    """Write the mail; the header names everyone in to, the envelope only those still owed.

    Raises UnsafeMail if the finished header holds a field that is not ours.
    """
    mail = EmailMessage(policy=_POLICY)
    _write_body(mail, message)
    _write_header(mail, message, to, settings)
    content = mail.as_bytes()
    refuse_strange_headers(content)
    if len(content) > MESSAGE_MOST:
        raise UnsafeMail(f"{len(content)} bytes are more than a mail may have")
    return Mail(
        sender=parseaddr(settings.sender)[1],
        recipients=tuple(message.to or to),
        content=content,
        message_id=message_id(message.key, settings.domain),
    )


def refuse_strange_headers(content: bytes) -> None:
    """Raise UnsafeMail if the header block has a field we never write, or one twice."""
    header = content.split(b"\r\n\r\n", 1)[0]
    names = [
        line.split(b":", 1)[0].decode("ascii", "replace").lower()
        for line in header.split(b"\r\n")
        if not line.startswith((b" ", b"\t"))
    ]
    strange = [name for name in names if name not in EXPECTED or names.count(name) > 1]
    if strange:
        raise UnsafeMail(f"unexpected header: {', '.join(sorted(set(strange)))}")


def _write_header(
    mail: EmailMessage, message: Message, to: Sequence[str], settings: MailSettings
) -> None:
    mail["From"] = settings.sender
    if settings.reply_to:
        mail["Reply-To"] = settings.reply_to
    mail["To"] = ", ".join(to or message.to) or "undisclosed-recipients:;"
    mail["Subject"] = one_line(message.subject)
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = message_id(message.key, settings.domain)
    if message.thread:
        root = f"<{message.thread}@{settings.domain}>"
        mail["In-Reply-To"] = root
        mail["References"] = root
    mail["Content-Language"] = message.language
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notes, no loops
    mail["X-Auto-Response-Suppress"] = "All"
    mail["Precedence"] = "bulk"
    _write_list(mail, message, settings)
    if message.severity is Severity.URGENT and message.kind in _CONVERSATION:
        mail["Importance"] = "high"
    for name, value in message.headers:
        mail[name] = one_line(value)
    mail["X-Presswatch-Key"] = one_line(message.key)


def _write_list(mail: EmailMessage, message: Message, settings: MailSettings) -> None:
    name = message.list_id or "alerts"
    mail["List-Id"] = f"<{name}.{settings.domain}>"
    desk = parseaddr(settings.reply_to or settings.sender)[1]
    by_mail = f"<mailto:{desk}?subject={quote(f'unsubscribe {name}')}>"
    if message.unsubscribe:  # RFC 8058: both headers or neither
        mail["List-Unsubscribe"] = f"{by_mail}, <{message.unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    else:
        mail["List-Unsubscribe"] = by_mail


def _write_body(mail: EmailMessage, message: Message) -> None:
    mail.set_content(message.text, cte=_encoding(message.text))
    if message.html:
        mail.add_alternative(message.html, subtype="html", cte=_encoding(message.html))
        if message.pictures:
            _add_pictures(mail, message)
    for attachment in message.attachments:
        main, sub = attachment.content_type.split("/", 1)
        mail.add_attachment(
            attachment.content, maintype=main, subtype=sub, filename=attachment.name
        )
    # A boundary drawn by lot would make every try a different mail.
    seed = hashlib.blake2b(message.key.encode(), digest_size=12).hexdigest()
    for depth, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"=_{seed}_{depth}")


def _add_pictures(mail: EmailMessage, message: Message) -> None:
    html = list(mail.iter_parts())[-1]
    for picture in message.pictures:
        main, sub = picture.content_type.split("/", 1)
        assert isinstance(html, MIMEPart)  # noqa: S101 - add_alternative makes nothing else
        html.add_related(picture.content, maintype=main, subtype=sub, cid=f"<{picture.cid}>")


def _encoding(text: str) -> Literal["7bit", "quoted-printable", "base64"]:
    """Choose the shorter form: base64 for Cyrillic and Persian, where each letter costs six."""
    if text.isascii() and max(map(len, text.splitlines()), default=0) < 990:
        return "7bit"
    octets = text.encode()
    printable = len(octets) + 2 * len(octets.translate(None, _AS_THEY_ARE))
    return "base64" if len(octets) * 4 / 3 < printable else "quoted-printable"

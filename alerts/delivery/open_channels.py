"""Open the channels: from what people wrote of each to what a message can be handed to."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx

from alerts.delivery.channels.apprise import AppriseSender
from alerts.delivery.channels.chat import ChatSender
from alerts.delivery.channels.maildir import MaildirSender
from alerts.delivery.channels.outcome import Sender
from alerts.delivery.channels.smtp import SmtpSender
from alerts.delivery.channels.webhook import WebhookSender
from alerts.delivery.render import Voice
from alerts.delivery.retry import MAIL, Schedule, schedule_of
from alerts.delivery.templating import Templates
from alerts.judging import CHANNEL, Judging, judging_in_mail
from alerts.notification import DIGESTS
from config.channel import Channel, ChannelKind
from config.settings import MailSettings, Secret, Settings

MAIL_LEASE = timedelta(minutes=25)  # connecting, a dialogue, and ten minutes after DATA
HTTP_LEASE = timedelta(minutes=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveChannel:
    """One channel, ready to take messages."""

    id: str
    sender: Sender
    schedule: Schedule
    voice: Voice
    address: str = ""  # fingerprint of where it leads: a new address opens a closed channel
    lease: timedelta = HTTP_LEASE


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What all channels are opened with."""

    folder: Path  # where mails land when no mail server is configured
    templates: Templates
    clock: Callable[[], datetime]
    key: bytes | None = None  # that signs the addresses in mails; None: they have none


def open_channels(
    channels: Sequence[Channel],
    settings: Settings,
    clients: Callable[[Channel], httpx.AsyncClient],
    means: Means,
) -> dict[str, LiveChannel]:
    """Open every channel, and the one that digests go by; clients: the guarded one to use."""
    zone = ZoneInfo(settings.timezone)
    opened = {
        each.id: LiveChannel(
            id=each.id,
            sender=_sender(each, settings.mail, clients, means),
            schedule=schedule_of(each.kind),
            voice=Voice(
                templates=means.templates,
                zone=zone,
                language=each.language,
                judging=_judging(each, settings, means.key),
            ),
            address=fingerprint(each),
            lease=MAIL_LEASE if each.kind in _MAILS else HTTP_LEASE,
        )
        for each in channels
    }
    opened[DIGESTS] = LiveChannel(
        id=DIGESTS,
        sender=_mail((), settings.mail, means.folder),
        schedule=MAIL,
        voice=Voice(templates=means.templates, zone=zone),
        lease=MAIL_LEASE,
    )
    return opened


def fingerprint(channel: Channel) -> str:
    """Return a short mark of where a channel leads; it tells nothing of the address."""
    parts = (channel.kind, channel.url.value if channel.url else "", channel.chat or "")
    whole = "\n".join((*parts, *channel.to))
    return hashlib.blake2b(whole.encode(), digest_size=8).hexdigest()


_MAILS = frozenset({ChannelKind.EMAIL, ChannelKind.MAILDIR})


def _judging(channel: Channel, settings: Settings, key: bytes | None) -> Judging | None:
    """Return where what a mail tells is judged; a chat or a webhook holds no such address."""
    if channel.kind not in _MAILS:
        return None
    public = settings.status.public or ""
    return judging_in_mail(key, public, f"{CHANNEL}{channel.id}")


def _sender(
    channel: Channel,
    mail: MailSettings,
    clients: Callable[[Channel], httpx.AsyncClient],
    means: Means,
) -> Sender:
    url = channel.url or Secret(value="", origin="channels.yaml")
    match channel.kind:
        case ChannelKind.MAILDIR:
            return MaildirSender(folder=means.folder, to=channel.to, mail=mail)
        case ChannelKind.EMAIL:
            return _mail(channel.to, mail, means.folder)
        case ChannelKind.APPRISE:
            return AppriseSender(url=url)
        case ChannelKind.WEBHOOK:
            client = clients(channel)
            return WebhookSender(
                client=client, url=url, secrets=channel.secrets, clock=means.clock
            )
        case (
            ChannelKind.SLACK | ChannelKind.TEAMS | ChannelKind.DISCORD
            | ChannelKind.TELEGRAM | ChannelKind.NTFY
        ) as chat:  # fmt: skip
            client = clients(channel)
            return ChatSender(
                kind=chat, client=client, url=url, clock=means.clock, chat=channel.chat or ""
            )


def _mail(to: tuple[str, ...], mail: MailSettings, folder: Path) -> Sender:
    if mail.host is None:
        return MaildirSender(folder=folder, to=to, mail=mail)
    return SmtpSender(settings=mail, to=to)

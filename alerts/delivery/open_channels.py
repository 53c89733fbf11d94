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


def open_channels(
    channels: Sequence[Channel],
    settings: Settings,
    clients: Callable[[Channel], httpx.AsyncClient],
    *,
    folder: Path,
    templates: Templates,
    clock: Callable[[], datetime],
) -> dict[str, LiveChannel]:
    """Open every channel, and the one that digests go by; clients gives the guarded one to use.

    Mails land below folder when no mail server is configured.
    """
    zone = ZoneInfo(settings.timezone)
    opened = {
        each.id: LiveChannel(
            id=each.id,
            sender=_sender(each, settings.mail, clients, folder, clock),
            schedule=schedule_of(each.kind),
            voice=Voice(templates=templates, zone=zone, language=each.language),
            address=fingerprint(each),
            lease=MAIL_LEASE if each.kind in _MAILS else HTTP_LEASE,
        )
        for each in channels
    }
    opened[DIGESTS] = LiveChannel(
        id=DIGESTS,
        sender=_mail((), settings.mail, folder),
        schedule=MAIL,
        voice=Voice(templates=templates, zone=zone),
        lease=MAIL_LEASE,
    )
    return opened


def fingerprint(channel: Channel) -> str:
    """Return a short mark of where a channel leads; it tells nothing of the address."""
    parts = (channel.kind, channel.url.value if channel.url else "", channel.chat or "")
    whole = "\n".join((*parts, *channel.to))
    return hashlib.blake2b(whole.encode(), digest_size=8).hexdigest()


_MAILS = frozenset({ChannelKind.EMAIL, ChannelKind.MAILDIR})


def _sender(
    channel: Channel,
    mail: MailSettings,
    clients: Callable[[Channel], httpx.AsyncClient],
    folder: Path,
    clock: Callable[[], datetime],
) -> Sender:
    url = channel.url or Secret(value="", origin="channels.yaml")
    match channel.kind:
        case ChannelKind.MAILDIR:
            return MaildirSender(folder=folder, to=channel.to, mail=mail)
        case ChannelKind.EMAIL:
            return _mail(channel.to, mail, folder)
        case ChannelKind.APPRISE:
            return AppriseSender(url=url)
        case ChannelKind.WEBHOOK:
            client = clients(channel)
            return WebhookSender(client=client, url=url, secrets=channel.secrets, clock=clock)
        case (
            ChannelKind.SLACK | ChannelKind.TEAMS | ChannelKind.DISCORD
            | ChannelKind.TELEGRAM | ChannelKind.NTFY
        ) as chat:  # fmt: skip
            client = clients(channel)
            return ChatSender(
                kind=chat, client=client, url=url, clock=clock, chat=channel.chat or ""
            )


def _mail(to: tuple[str, ...], mail: MailSettings, folder: Path) -> Sender:
    if mail.host is None:
        return MaildirSender(folder=folder, to=to, mail=mail)
    return SmtpSender(settings=mail, to=to)

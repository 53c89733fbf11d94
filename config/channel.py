"""What channels.yaml says: the ways in which people are told."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from config.rule import Severity
from config.settings import Secret


class ChannelKind(StrEnum):
    """Every kind of channel there is."""

    EMAIL = "email"
    WEBHOOK = "webhook"
    SLACK = "slack"
    TEAMS = "teams"
    DISCORD = "discord"
    TELEGRAM = "telegram"
    NTFY = "ntfy"
    APPRISE = "apprise"
    MAILDIR = "maildir"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """When a channel holds all but urgent alerts; start == end is an error."""

    start: time  # from here on alerts wait …
    end: time  # … and here they come, as one message
    timezone: str  # IANA name


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One way to tell somebody."""

    id: str  # unique; rules name it under alert: channels
    kind: ChannelKind  # what carries the message
    to: tuple[str, ...] = ()  # e-mail addresses
    url: Secret | None = None  # chat addresses hold their key, so every URL is kept as a secret
    secrets: tuple[Secret, ...] = ()  # webhook signing keys, the newest first
    chat: str | None = None  # Telegram chat, ntfy topic
    # which alerts it takes; digest-only rules have the digest
    severities: tuple[Severity, ...] = (Severity.URGENT, Severity.HIGH, Severity.NORMAL)
    quiet: QuietHours | None = None  # hours in which all but urgent alerts wait
    default: bool = False  # takes the alerts of rules that name no channel
    updates: bool = True  # later copies and facts of a told story are told too
    language: str = "en"  # of the words around an alert

"""Write mails as .eml files into a folder: what happens when no mail server is configured."""

import asyncio
import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from alerts.delivery.channels.outcome import Dead, Outcome, Sent, TryAgain
from alerts.delivery.mail import UnsafeMail, build_mail
from alerts.delivery.message import Message
from config.settings import MailSettings
from storage.ownership import hand_over, make_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class MaildirSender:
    """A folder of .eml files, one per message: the same message again is the same file."""

    folder: Path
    to: tuple[str, ...]
    mail: MailSettings

    async def send(self, message: Message) -> Outcome:
        """Write the file whole or not at all."""
        try:
            mail = build_mail(message, self.to or message.to, self.mail)
        except UnsafeMail as error:
            return Dead(reason=str(error))
        path = self.folder / file_name(message, mail.recipients)
        try:
            await asyncio.to_thread(_write, path, mail.content)
        except OSError as error:
            return TryAgain(reason=f"{path}: {error.strerror}")
        return Sent(note=f"no mail server is configured; written to {path}")

    async def close(self) -> None:
        """Nothing is held open."""


def file_name(message: Message, recipients: Sequence[str]) -> str:
    """Name the file by time, key and a fingerprint; nothing of it can leave the folder."""
    readable = re.sub(r"[^A-Za-z0-9-]+", "-", message.key)[:80].strip("-")
    whole = "\n".join((message.key, *recipients))
    mark = hashlib.blake2b(whole.encode(), digest_size=4).hexdigest()
    return f"{message.created_at:%Y%m%dT%H%M%SZ}-{readable}-{mark}.eml"


def _write(path: Path, content: bytes) -> None:
    make_folder(path.parent)
    draft = path.with_suffix(".part")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        hand_over(file.fileno(), path.parent)
        os.fsync(file.fileno())
    draft.replace(path)

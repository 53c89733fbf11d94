"""Hand mails to the desk's mail server; the one module that knows aiosmtplib.

One connection carries many mails. Each recipient has a result of its own. A connection that is
lost once the mail's text was on its way is ambiguous: the next try carries the same Message-ID.
"""

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass, field

import aiosmtplib

from alerts.delivery.channels.outcome import Dead, Outcome, PartlySent, Sent, TryAgain
from alerts.delivery.mail import Mail, UnsafeMail, build_mail
from alerts.delivery.message import Message
from config.nearby import is_loopback
from config.settings import MailSettings

# RFC 5321 4.5.3.2 asks for these at least.
CONNECT_SECONDS, COMMAND_SECONDS, DATA_SECONDS = 30.0, 300.0, 600.0
QUIT_SECONDS = 1.0  # for a goodbye: nothing hangs on it, and the daemon may be on its way out


class _NoServer(Exception):  # noqa: N818 - says what it is
    """No connection to the mail server came about; the message says why."""


@dataclass(slots=True, kw_only=True)
class SmtpSender:
    """The mail server, for one channel's recipients."""

    settings: MailSettings
    to: tuple[str, ...] = ()
    tls: ssl.SSLContext | None = None  # None: the system's authorities
    _server: aiosmtplib.SMTP | None = field(default=None, init=False)

    async def send(self, message: Message) -> Outcome:
        """Send one mail to those still owed."""
        if self._would_tell_password():
            return Dead(
                reason="the password must not go over the net in the clear: set mail.tls"
            )
        try:
            mail = build_mail(message, self.to or message.to, self.settings)
        except UnsafeMail as error:
            return Dead(reason=str(error))
        try:
            return await _hand_over(await self._connect(), mail)
        except _NoServer as error:
            return TryAgain(reason=f"{self.settings.host}: {error}")
        except BaseException:
            self._drop()  # cancelled in the middle of a dialogue: it cannot be taken up again
            raise

    async def close(self) -> None:
        """Say goodbye to the server, if it still listens."""
        server, self._server = self._server, None
        if server is not None:
            with suppress(aiosmtplib.SMTPException, OSError):
                await server.quit(timeout=QUIT_SECONDS)
            server.close()

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None

    async def _connect(self) -> aiosmtplib.SMTP:
        """Return a connection that answers, the one in hand if it does."""
        if self._server is not None and self._server.is_connected:
            try:
                await self._server.rset(timeout=CONNECT_SECONDS)
            except (aiosmtplib.SMTPException, OSError):
                self._drop()
            else:
                return self._server
        self._drop()
        settings = self.settings
        server = aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            username=settings.user,
            password=settings.password.value if settings.password else None,
            local_hostname=settings.domain if settings.domain.isascii() else None,
            use_tls=settings.tls == "tls",
            start_tls=settings.tls == "starttls",  # True: no STARTTLS, no mail
            tls_context=self.tls,
            timeout=COMMAND_SECONDS,
        )
        try:
            async with asyncio.timeout(CONNECT_SECONDS + COMMAND_SECONDS):
                await server.connect(timeout=CONNECT_SECONDS)
        except (aiosmtplib.SMTPException, OSError, ssl.SSLError) as error:
            raise _NoServer(f"{_said(error)}{_advice(error)}") from error
        self._server = server
        return server

    def _would_tell_password(self) -> bool:
        settings = self.settings
        open_wire = settings.tls == "none" and not is_loopback(settings.host or "")
        return bool(settings.user and open_wire)


async def _hand_over(server: aiosmtplib.SMTP, mail: Mail) -> Outcome:
    try:
        await server.mail(mail.sender, timeout=COMMAND_SECONDS)
    except aiosmtplib.SMTPSenderRefused as error:
        return _by_code(error)
    except (aiosmtplib.SMTPException, OSError) as error:
        return TryAgain(reason=_said(error))
    result = await _name_recipients(server, mail.recipients)
    if not result.delivered:
        return result
    try:
        await server.data(mail.content, timeout=DATA_SECONDS)
    except aiosmtplib.SMTPDataError as error:
        return _data_refused(result, error)
    except (aiosmtplib.SMTPException, OSError) as error:
        return _ambiguous(result, error)
    return result if result.refused or result.deferred else Sent(note=mail.message_id)


async def _name_recipients(server: aiosmtplib.SMTP, recipients: tuple[str, ...]) -> PartlySent:
    """Return whom the server takes the mail for (named as delivered until DATA says else)."""
    taken: list[str] = []
    refused: list[tuple[str, str]] = []
    deferred: list[tuple[str, str]] = []
    for recipient in recipients:
        try:
            await server.rcpt(recipient, timeout=COMMAND_SECONDS)
        except aiosmtplib.SMTPRecipientRefused as error:
            (refused if error.code >= 500 else deferred).append((recipient, _said(error)))
        except UnicodeEncodeError:
            refused.append((recipient, "not an address this server can write"))
        except (aiosmtplib.SMTPException, OSError) as error:
            deferred.append((recipient, _said(error)))
        else:
            taken.append(recipient)
    if not server.is_connected:  # lost before DATA: nobody has it
        deferred += [(recipient, "connection lost before the mail") for recipient in taken]
        taken = []
    return PartlySent(delivered=tuple(taken), refused=tuple(refused), deferred=tuple(deferred))


def _data_refused(result: PartlySent, error: aiosmtplib.SMTPDataError) -> Outcome:
    if not (result.refused or result.deferred):
        return _by_code(error)
    fate = tuple((recipient, _said(error)) for recipient in result.delivered)
    if error.code >= 500:
        return PartlySent(delivered=(), refused=result.refused + fate, deferred=result.deferred)
    return PartlySent(delivered=(), refused=result.refused, deferred=result.deferred + fate)


def _ambiguous(result: PartlySent, error: Exception) -> Outcome:
    reason = f"connection lost after DATA, a copy may be on its way: {_said(error)}"
    if not result.refused:
        return TryAgain(reason=reason, ambiguous=True)
    fate = tuple((recipient, reason) for recipient in result.delivered)
    return PartlySent(delivered=(), refused=result.refused, deferred=result.deferred + fate)


def _by_code(error: aiosmtplib.SMTPResponseException) -> TryAgain | Dead:
    said = _said(error)
    return Dead(reason=said) if error.code >= 500 else TryAgain(reason=said)


def _advice(error: Exception) -> str:
    """Say what to do about a greeting that failed, where that is not said by its own words."""
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return "; look at mail.user and mail.password"
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return (
            "; write mail.host as the certificate names it, and let this machine trust who "
            "signed it (update-ca-certificates)"
        )
    return ""


def _said(error: Exception) -> str:
    """Return the server's answer as one line, or what happened on the way to it."""
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"{error.code} {' '.join(str(error.message).split())}"[:300]
    return (" ".join(str(error).split()) or type(error).__name__)[:300]

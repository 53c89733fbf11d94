"""Mails by a real SMTP server that misbehaves (limits, rows 70 to 74)."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from typing import Any

import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from alerts.delivery.channels.outcome import Dead, PartlySent, Sent, TryAgain
from alerts.delivery.channels.smtp import SmtpSender
from alerts.delivery.message import Message
from alerts.notification import NotificationKind
from config.rule import Severity
from config.settings import MailSettings, Secret
from tests.alerts.telling import MAIL_SETTINGS
from tests.making import NOW

TO = ("a@desk.test", "b@desk.test", "c@desk.test")


class Handler:
    """A mail server that takes everything, but for what it is told to refuse."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.connections = 0
        self.rcpt: dict[str, str] = {}  # address → answer
        self.data: list[str] = []  # answers, the next first
        self.auths: list[str] = []
        self.hang = asyncio.Event()
        self.deaf: set[str] = set()  # commands that have no answer

    async def handle_RSET(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        return await self.answer("RSET", "250 OK")

    async def handle_QUIT(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        return await self.answer("QUIT", "221 Bye")

    async def answer(self, command: str, answer: str) -> str:
        if command in self.deaf:
            await self.hang.wait()
        return answer

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if address in self.rcpt:
            return self.rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        answer = self.data.pop(0) if self.data else "250 OK"
        if answer == "hang":
            await self.hang.wait()
        if answer in {"drop", "250 OK"}:
            self.taken.append(envelope)
        if answer == "drop":  # taken, and then the line is cut before the answer
            server.transport.abort()
        return answer

    def authenticate(
        self, server: Any, session: Any, envelope: Any, how: str, data: Any
    ) -> Any:
        self.auths.append(how)
        return AuthResult(success=True)


@asynccontextmanager
async def served(handler: Handler, *, tls: bool = False, **options: Any) -> AsyncIterator[int]:
    """Serve on loopback; tls: from the first byte."""
    context = server_tls() if tls else None

    def connect() -> SMTP:
        handler.connections += 1
        return SMTP(handler, hostname="mail.test", **options)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(connect, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        handler.hang.set()
        server.close()
        await server.wait_closed()


CA = trustme.CA()


def server_tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    CA.issue_cert("127.0.0.1").configure_cert(context)
    return context


def our_tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    CA.configure_trust(context)
    return context


def settings(port: int, **changes: object) -> MailSettings:
    values = {"host": "127.0.0.1", "port": port, "tls": "none"}
    return replace(MAIL_SETTINGS, **(values | changes))  # type: ignore[arg-type]  # a table of changes


def message(**changes: object) -> Message:
    values: dict[str, object] = {
        "key": "corridor/42/duty",
        "kind": NotificationKind.ALERT,
        "severity": Severity.URGENT,
        "created_at": NOW,
        "subject": "[URGENT] Corridor: Порты Каспия",
        "text": "کریدور زنگزور\n",
        "html": "<p>کریدور زنگزور</p>",
        "thread": "story.42",
    }
    return Message(**(values | changes))  # type: ignore[arg-type]  # a table of changes


async def test_a_mail_arrives_whole() -> None:
    handler = Handler()
    async with served(handler) as port:
        sender = SmtpSender(settings=settings(port), to=TO)
        assert isinstance(await sender.send(message()), Sent)
        await sender.close()
    (envelope,) = handler.taken
    assert tuple(envelope.rcpt_tos) == TO
    assert envelope.mail_from == "desk@desk.test"
    assert isinstance(envelope.content, bytes)
    mail = message_from_bytes(envelope.content, policy=policy.default)
    assert mail["Subject"] == "[URGENT] Corridor: Порты Каспия"
    assert mail["Message-ID"] == "<corridor.42.duty@desk.test>"
    assert mail["In-Reply-To"] == mail["References"] == "<story.42@desk.test>"
    assert mail["Importance"] == "high"


async def test_one_connection_carries_many_mails() -> None:
    handler = Handler()
    async with served(handler) as port:
        sender = SmtpSender(settings=settings(port), to=TO)
        for n in range(5):
            assert isinstance(await sender.send(message(key=f"k/{n}")), Sent)
        await sender.close()
        assert isinstance(await sender.send(message(key="k/6")), Sent), "and opens anew"
        await sender.close()
    assert (len(handler.taken), handler.connections) == (6, 2)


async def test_row_70_row_71_each_recipient_has_a_result_of_their_own() -> None:
    """Limits, rows 70 and 71."""
    handler = Handler()
    handler.rcpt = {"b@desk.test": "550 5.1.1 no such user", "c@desk.test": "451 greylisted"}
    async with served(handler) as port:
        sender = SmtpSender(settings=settings(port), to=TO)
        outcome = await sender.send(message())
        assert outcome == PartlySent(
            delivered=("a@desk.test",),
            refused=(("b@desk.test", "550 5.1.1 no such user"),),
            deferred=(("c@desk.test", "451 greylisted"),),
        )
        handler.rcpt = {}
        again = await sender.send(message(to=("c@desk.test",)))
        await sender.close()
    assert isinstance(again, Sent)
    assert [tuple(e.rcpt_tos) for e in handler.taken] == [("a@desk.test",), ("c@desk.test",)]


async def test_nobody_accepted_is_no_mail() -> None:
    handler = Handler()
    handler.rcpt = dict.fromkeys(TO, "450 try later")
    async with served(handler) as port:
        outcome = await SmtpSender(settings=settings(port), to=TO).send(message())
    assert isinstance(outcome, PartlySent)
    assert not outcome.delivered
    assert len(outcome.deferred) == 3
    assert not handler.taken


@pytest.mark.parametrize(
    ("answer", "refused", "deferred"),
    [
        ("451 full", ("b@desk.test",), ("a@desk.test", "c@desk.test")),
        ("554 spam", ("b@desk.test", "a@desk.test", "c@desk.test"), ()),
    ],
)
async def test_row_70_row_71_who_was_refused_stays_so_whatever_comes_of_the_others(
    answer: str, refused: tuple[str, ...], deferred: tuple[str, ...]
) -> None:
    handler = Handler()
    handler.rcpt, handler.data = {"b@desk.test": "550 no such user"}, [answer]
    async with served(handler) as port:
        sender = SmtpSender(settings=settings(port), to=TO)
        outcome = await sender.send(message())
        await sender.close()
    assert isinstance(outcome, PartlySent)
    assert not outcome.delivered
    assert tuple(to for to, _ in outcome.refused) == refused
    assert tuple(to for to, _ in outcome.deferred) == deferred


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        pytest.param("451 4.3.0 queue full", TryAgain, id="4xx is tried again"),
        pytest.param("421 4.3.2 closing", TryAgain, id="421 is tried again"),
        pytest.param("554 5.7.1 spam", Dead, id="5xx is not"),
    ],
)
async def test_row_70_row_71_4xx_and_5xx_after_data_are_told_apart(
    answer: str, kind: type
) -> None:
    handler = Handler()
    handler.data = [answer]
    async with served(handler) as port:
        sender = SmtpSender(settings=settings(port), to=TO)
        outcome = await sender.send(message())
        await sender.close()
    assert isinstance(outcome, TryAgain | Dead)
    assert isinstance(outcome, kind)
    assert answer.split()[-1] in outcome.reason


async def test_row_72_a_line_cut_after_data_is_ambiguous_and_the_copy_has_the_same_id() -> None:
    """Limits, row 72."""
    handler = Handler()
    handler.data = ["drop"]
    async with served(handler) as port:
        sender = SmtpSender(settings=settings(port), to=TO)
        first = await sender.send(message())
        assert isinstance(first, TryAgain)
        assert first.ambiguous
        assert isinstance(await sender.send(message()), Sent)
        await sender.close()
    one, other = (envelope.content for envelope in handler.taken)
    assert one == other, "the very same mail"


async def test_row_73_a_hung_server_can_be_left() -> None:
    """Limits, row 73: stopping waits for nobody."""
    handler = Handler()
    handler.data = ["hang"]
    async with served(handler) as port:
        sender = SmtpSender(settings=settings(port), to=TO)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await sender.send(message())
        handler.data = []
        assert isinstance(await sender.send(message()), Sent), "and begun anew"
        await sender.close()


@pytest.mark.parametrize("deaf", ["RSET", "QUIT"])
async def test_row_73_a_server_that_is_deaf_between_mails_is_left_at_once(
    deaf: str,
) -> None:
    handler = Handler()
    async with served(handler) as port:
        sender = SmtpSender(settings=settings(port), to=TO)
        assert isinstance(await sender.send(message()), Sent)
        handler.deaf = {deaf, "QUIT"}
        if deaf == "RSET":
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.3):
                    await sender.send(message())
            handler.deaf = {"QUIT"}
            async with asyncio.timeout(5):
                assert isinstance(await sender.send(message()), Sent), "and begun anew"
        async with asyncio.timeout(3):
            await sender.close()


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_row_74_without_tls_nothing_is_sent_in_the_clear(tls: str) -> None:
    """Limits, row 74: STARTTLS stripped; no mail and no password."""
    handler = Handler()
    password = Secret(value="hunter2", origin="test")
    async with served(handler, authenticator=handler.authenticate) as port:
        mail = settings(port, tls=tls, user="desk", password=password)
        outcome = await SmtpSender(settings=mail, to=TO, tls=our_tls()).send(message())
    assert isinstance(outcome, TryAgain)
    assert "hunter2" not in outcome.reason
    assert (handler.taken, handler.auths) == ([], [])


async def test_row_74_without_starttls_no_mail_goes_though_no_password_is_at_stake() -> None:
    handler = Handler()
    async with served(handler) as port:
        sender = SmtpSender(settings=settings(port, tls="starttls"), to=TO, tls=our_tls())
        assert isinstance(await sender.send(message()), TryAgain)
    assert handler.taken == []


async def test_starttls_and_login_work_when_offered() -> None:
    handler = Handler()
    password = Secret(value="hunter2", origin="test")
    options: dict[str, Any] = {"tls_context": server_tls(), "require_starttls": True}
    async with served(handler, authenticator=handler.authenticate, **options) as port:
        mail = settings(port, tls="starttls", user="desk", password=password)
        sender = SmtpSender(settings=mail, to=TO, tls=our_tls())
        assert isinstance(await sender.send(message()), Sent)
        await sender.close()
    assert len(handler.auths) == 1


async def test_tls_from_the_first_byte_works() -> None:
    handler = Handler()
    async with served(handler, tls=True) as port:
        sender = SmtpSender(settings=settings(port, tls="tls"), to=TO, tls=our_tls())
        assert isinstance(await sender.send(message()), Sent)
        await sender.close()


async def test_a_certificate_of_a_stranger_is_refused() -> None:
    handler = Handler()
    async with served(handler, tls=True) as port:
        sender = SmtpSender(settings=settings(port, tls="tls"), to=TO)
        outcome = await sender.send(message())
    assert isinstance(outcome, TryAgain)
    assert "update-ca-certificates" in outcome.reason
    assert not handler.taken


async def test_row_74_a_password_never_goes_over_the_net_in_the_clear() -> None:
    mail = replace(
        MAIL_SETTINGS, host="mail.desk.test", tls="none", user="desk",
        password=Secret(value="hunter2", origin="test"),
    )  # fmt: skip
    outcome = await SmtpSender(settings=mail, to=TO).send(message())
    assert isinstance(outcome, Dead)


async def test_a_server_that_is_not_there_is_tried_again() -> None:
    handler = Handler()
    async with served(handler) as port:
        pass
    outcome = await SmtpSender(settings=settings(port), to=TO).send(message())
    assert isinstance(outcome, TryAgain)

"""A reader leaves by an address that only we can write, and only that digest (RFC 8058)."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.delivery.channels.maildir import MaildirSender
from alerts.delivery.dispatcher import Dispatcher
from alerts.delivery.mail import build_mail
from alerts.delivery.operators import Operators
from alerts.digest.due import SETTLE, beginning
from alerts.digest.leaving import PATH, Leaving, leave_address, leave_token, read_leaving
from alerts.digest.press import Press
from config.settings import Settings, StatusSettings
from storage.database import Database
from storage.leaving import come_back, leave, left
from storage.signing import load_key
from tests.alerts.digest.test_press import DAILY, SEVEN, surroundings
from tests.alerts.telling import (
    MAIL_SETTINGS,
    TEMPLATES,
    Clock,
    make_live_channel,
    make_message,
)

KEY = b"k" * 32
READER = Leaving(digest_id="caspian", reader="a@desk.test")


@given(st.from_regex(r"[a-z][a-z0-9-]{0,60}", fullmatch=True), st.emails())
def test_a_token_says_who_leaves_what(digest_id: str, reader: str) -> None:
    leaving = Leaving(digest_id=digest_id, reader=reader)
    assert read_leaving(KEY, leave_token(KEY, leaving)) == leaving


@given(st.data())
def test_row_68_a_token_that_was_touched_is_nobodys(data: st.DataObject) -> None:
    token = leave_token(KEY, READER)
    at = data.draw(st.integers(0, len(token) - 2))  # the last letter has spare bits
    letter = data.draw(st.sampled_from("AQgw09-_"))
    touched = token[:at] + letter + token[at + 1 :]
    assert touched == token or read_leaving(KEY, touched) is None


@pytest.mark.parametrize("token", ["", "x", "é", "=" * 40, "A" * 5000, "../..", "%00"])
def test_what_is_no_token_is_refused(token: str) -> None:
    assert read_leaving(KEY, token) is None


def test_a_token_of_another_house_is_refused() -> None:
    assert read_leaving(b"other", leave_token(KEY, READER)) is None


async def test_row_68_without_a_public_https_address_there_is_no_way_out(
    database: Database,
) -> None:
    for public in ("", "http://watch.example.org"):
        address = await database.write(
            lambda tx, public=public: leave_address(tx, public, READER)  # type: ignore[misc]  # public is bound here
        )
        assert address == ""
    assert await database.read(load_key) is None


def test_row_68_both_headers_or_neither_and_never_as_an_encoded_word() -> None:
    """Limits, row 68: however long the address, a mail program reads it letter by letter."""
    address = f"https://a-long-name.of-a-desk.example.org{PATH}{'x' * 120}"
    mail = parsed(replace(make_message(), list_id="caspian", unsubscribe=address))
    desk = "<mailto:editor@desk.test?subject=unsubscribe%20caspian>"
    assert mail["List-Unsubscribe"] == f"{desk}, <{address}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    plain = parsed(make_message())
    assert plain["List-Unsubscribe-Post"] is None
    assert "https:" not in plain["List-Unsubscribe"]


def test_a_thread_survives_the_longest_of_domains() -> None:
    """A Message-ID as an encoded word is a thread that no mail program finds."""
    domain = f"{'long.' * 14}example.org"
    message = make_message(thread="story.42")
    content = build_mail(
        message, ("a@desk.test",), replace(MAIL_SETTINGS, domain=domain)
    ).content
    header = content.split(b"\r\n\r\n")[0].decode()
    for name in ("References", "In-Reply-To"):
        assert f"{name}: <story.42@{domain}>\r\n" in header
    assert f"List-Id: <alerts.{domain}>\r\n" in header


def parsed(message: object) -> EmailMessage:
    content = build_mail(message, ("a@desk.test",), MAIL_SETTINGS).content  # type: ignore[arg-type]  # a Message
    assert b"\r\nList-Unsubscribe: <mailto:" in content
    mail = message_from_bytes(content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


async def test_each_readers_mail_has_a_way_out_of_its_own(
    database: Database, tmp_path: Path
) -> None:
    clock = Clock(SEVEN + SETTLE)
    await press_in_public(database, clock).step()
    clock.forward(days=1)
    await press_in_public(database, clock).step()
    box = MaildirSender(folder=tmp_path / "mail", to=(), mail=MAIL_SETTINGS)
    house = Dispatcher(
        database=database,
        channels={"digests": make_live_channel("digests", box)},
        operators=Operators(channels=()),
        clock=clock,
    )
    await house.step()
    key = await database.read(load_key)
    assert key
    for file in (tmp_path / "mail").glob("*.eml"):
        mail = message_from_bytes(file.read_bytes(), policy=policy.default)
        address = mail["List-Unsubscribe"].split("<")[-1].rstrip(">")
        assert address.startswith(f"https://watch.example.org{PATH}")
        leaving = read_leaving(key, address.rpartition("/")[2])
        assert leaving == Leaving(digest_id="caspian", reader=mail["To"])
        assert "https://watch.example.org/digests" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # it has one


async def test_who_left_has_no_mail_until_they_come_back_to_a_fresh_window(
    database: Database,
) -> None:
    clock = Clock(SEVEN + SETTLE)
    house = press_in_public(database, clock)
    await house.step()
    clock.forward(days=1)
    assert await database.write(lambda tx: leave(tx, "caspian", "a@desk.test", clock.now))
    assert not await database.write(lambda tx: leave(tx, "caspian", "a@desk.test", clock.now))
    assert await house.step() == 1
    clock.forward(days=3)
    assert list(await database.read(lambda tx: left(tx, "caspian"))) == ["a@desk.test"]
    begin = beginning(DAILY, clock.now)
    assert await database.write(lambda tx: come_back(tx, "caspian", "a@desk.test", begin))
    assert not await database.write(lambda tx: come_back(tx, "caspian", "a@desk.test", begin))
    assert await house.step() == 1, "the other one's three days"
    clock.forward(days=1)
    assert await house.step() == 2
    starts = await database.read(
        lambda tx: [
            row["window_start"][:10]
            for row in tx.fetch(
                "SELECT window_start FROM digest_windows WHERE recipient = 'a@desk.test'"
                " AND key <> ''"
            )
        ]
    )
    assert starts == [f"{SEVEN + timedelta(days=4):%Y-%m-%d}"], "not the days they were away"


def press_in_public(database: Database, clock: Clock) -> Press:
    around = surroundings()
    status = StatusSettings(public="https://watch.example.org/")
    config = replace(around.config, settings=Settings(status=status))
    return Press(
        database=database,
        digests=(DAILY,),
        around=lambda: replace(around, config=config),
        templates=TEMPLATES,
        clock=clock,
    )

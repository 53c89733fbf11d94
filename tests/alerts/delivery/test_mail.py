"""What strangers write cannot get into a header or run in a page (limits, rows 59 to 69)."""

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from alerts.delivery.mail import EXPECTED, UnsafeMail, build_mail, refuse_strange_headers
from alerts.delivery.message import Attachment, message_id
from alerts.delivery.render import render
from alerts.notification import NotificationKind
from alerts.plain import isolate, one_line, safe_link
from config.rule import Severity
from tests.alerts.telling import (
    MAIL_SETTINGS,
    VOICE,
    make_message,
    make_note,
    make_notification,
)

TO = ("duty@desk.test",)
EVIL = (
    "Peace\r\nBcc: all@desk.test",
    "=?utf-8?q?Hi=0D=0ABcc:_x@y.test?= talks",
    "=?=?utf-8?q?Hi=0D=0ABcc:_x?=utf-8?q?Hi=0D=0ABcc:_x?=",
    "Peace\u2028Bcc: all@desk.test\u2029",
    "Peace\x85Bcc: all@desk.test\x0b\x0c",
    "\u202egnp.exe\u2066 talks",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{7*7191}} {% for x in y %}",
    "z" + "\u0301" * 60,
)


def mail_of(headline: str, **changes: object) -> EmailMessage:
    notification = make_notification(
        subject=headline, article=make_note(headline=headline, newsroom=headline), **changes
    )
    message = render("corridor/42/duty", notification, VOICE)
    mail = build_mail(message, TO, MAIL_SETTINGS)
    parsed = message_from_bytes(mail.content, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


@pytest.mark.parametrize("headline", EVIL)
def test_row_59_row_60_a_headline_stays_a_headline(headline: str) -> None:
    mail = mail_of(headline)
    assert {name.lower() for name in mail.keys()} <= EXPECTED  # noqa: SIM118 - a mail's own keys, with doubles
    assert mail["Bcc"] is None
    assert mail["To"] == "duty@desk.test"
    page = mail.get_body(("html",))
    assert page is not None
    html = page.get_content()
    tree = LexborHTMLParser(html)
    assert tree.css("script, img, iframe, object, form, link") == []
    assert "50337" not in html, "7 * 7191 is not reckoned"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_row_60_no_text_at_all_makes_a_header_of_its_own(text: str) -> None:
    mail = mail_of(text)
    assert {name.lower() for name in mail.keys()} <= EXPECTED  # noqa: SIM118 - as above
    assert len(mail.get_all("Subject") or ()) == 1


@given(st.text(st.one_of(st.characters(), st.sampled_from("\ud800\udfff=?_\n")), max_size=300))
def test_row_37_row_38_one_line_is_one_line_and_stays_so(text: str) -> None:
    line = one_line(text)
    assert line == one_line(line)
    assert len(line.splitlines()) <= 1
    assert "=?" not in line
    line.encode()  # no lone surrogate


@pytest.mark.parametrize("text", EVIL)
def test_row_60_whatever_stands_in_a_message_is_cleaned_once_more(text: str) -> None:
    """Not all messages are rendered from a headline: notices name what a server said."""
    message = make_message(
        key=f"k/{text}", subject=text, headers=(("X-Presswatch-Rules", text),)
    )
    mail = message_from_bytes(
        build_mail(message, TO, MAIL_SETTINGS).content, policy=policy.default
    )
    assert {name.lower() for name in mail.keys()} <= EXPECTED  # noqa: SIM118 - as above
    assert "all@desk.test" not in str(mail["Bcc"])


def test_row_60_a_mail_with_a_header_that_is_not_ours_is_not_made() -> None:
    message = make_message(headers=(("Bcc", "all@desk.test"),))
    with pytest.raises(UnsafeMail, match="bcc"):
        build_mail(message, TO, MAIL_SETTINGS)


def test_row_60_a_header_that_is_not_ours_is_refused() -> None:
    """CPython 3.11.7 writes what an encoded word holds as headers of its own."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["Subject"] = "=?utf-8?q?Hi=0D=0ABcc:_x@desk.test?="
    mail["From"] = "a@desk.test"
    mail.set_content("x")
    content = mail.as_bytes()
    if b"\r\nBcc:" in content:
        with pytest.raises(UnsafeMail, match="bcc"):
            refuse_strange_headers(content)
    with pytest.raises(UnsafeMail, match="bcc"):
        refuse_strange_headers(b"From: a@b.test\r\nBcc: x@y.test\r\n\r\n")
    with pytest.raises(UnsafeMail, match="to"):
        refuse_strange_headers(b"To: a@b.test\r\nTo: x@y.test\r\n\r\n")


def test_row_69_an_alert_has_the_headers_of_an_automatic_mail() -> None:
    """Limits, rows 68 and 69."""
    mail = mail_of("Peace", severity=Severity.URGENT)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["Precedence"] == "bulk"
    assert mail["Importance"] == "high"
    assert mail["List-Id"] == "<alerts.desk.test>"
    assert mail["List-Unsubscribe"].startswith("<mailto:editor@desk.test?subject=")
    assert mail["List-Unsubscribe-Post"] is None, "no public endpoint: both or neither"
    assert mail["Reply-To"] == "editor@desk.test"
    assert mail["Content-Language"] == "en"


def test_alerts_of_one_story_are_one_thread() -> None:
    first, second = mail_of("Peace"), mail_of("Peace", kind=NotificationKind.UPDATE)
    assert first["References"] == second["References"] == "<story.42@desk.test>"


def test_the_same_message_is_the_same_mail_on_every_try() -> None:
    message = render("corridor/42/duty", make_notification(), VOICE)
    one, other = (build_mail(message, TO, MAIL_SETTINGS).content for _ in range(2))
    assert one == other


def test_text_comes_first_and_says_everything() -> None:
    mail = mail_of("کریدور زنگزور")
    text, html = (part for part in mail.iter_parts())
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert "https://newsroom.example/a" in text.get_content()
    assert "Zangazur corridor" in text.get_content()


def test_persian_travels_as_base64() -> None:
    message = render("k", make_notification(), VOICE)
    persian = "بندرهای خزر بر سر برنامهٔ واحد کشتی‌ها توافق کردند\n" * 20
    mail = build_mail(replace(message, text=persian), TO, MAIL_SETTINGS)
    parts = list(message_from_bytes(mail.content, policy=policy.default).iter_parts())
    assert parts[0]["Content-Transfer-Encoding"] == "base64"


def test_a_mail_that_is_too_large_is_not_sent() -> None:
    message = render("k", make_notification(), VOICE)
    much = Attachment(
        name="x.bin", content_type="application/x-binary", content=b"x" * 11_000_000
    )
    with pytest.raises(UnsafeMail, match="bytes"):
        build_mail(replace(message, attachments=(much,)), TO, MAIL_SETTINGS)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://newsroom.example/a?b=1", "https://newsroom.example/a?b=1"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("data:text/html,<script>", ""),
        ("file:///etc/passwd", ""),
        ("//newsroom.example", ""),
        ("https://desk:pass@newsroom.example/", ""),
        ("https://аррӏе.com/", "https://xn--80ak6aa92e.com/"),
        ("not an address", ""),
    ],
)
def test_row_62_only_addresses_of_the_web_become_links(url: str, safe: str) -> None:
    """Limits, row 62."""
    assert safe_link(url) == safe


@pytest.mark.parametrize(
    ("key", "id_"),
    [
        ("corridor/42/duty", "<corridor.42.duty@desk.test>"),
        ("corridor/42/duty#a@desk.test", "<corridor.42.duty@desk.test>"),
    ],
)
def test_the_message_id_is_the_key(key: str, id_: str) -> None:
    assert message_id(key, "desk.test") == id_


@pytest.mark.parametrize(
    "key", ["a b/1/c", "x" * 200, "digest/c/20261124T030000Z/a@desk.test", "..", "қазақ/1/x"]
)
def test_a_key_that_is_no_address_has_a_mark(key: str) -> None:
    id_ = message_id(key, "desk.test")
    local = id_.removeprefix("<").removesuffix("@desk.test>")
    assert re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", local), "a dot-atom"
    assert len(local) <= 64
    assert id_ == message_id(key, "desk.test") != message_id(f"{key}x", "desk.test")


def test_a_digests_message_id_can_be_read() -> None:
    key = "digest/daily/20261014T030000Z/analysts@desk.test"
    id_ = message_id(key, "desk.test")
    assert re.fullmatch(
        r"<digest\.daily\.20261014T030000Z\.analysts\.d\.[0-9a-f]{16}@desk\.test>", id_
    )


def test_persian_inside_an_english_line_is_isolated() -> None:
    assert isolate("پیک بندر") == "\u2068پیک بندر\u2069"
    assert isolate("Valley Post") == "Valley Post"

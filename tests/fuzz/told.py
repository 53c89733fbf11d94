"""Fuzzed: what we tell people and their machines, when every word of it is a stranger's."""

import csv
import io
import json
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes
from xml.etree import ElementTree as ET

from selectolax.lexbor import LexborHTMLParser

from alerts.delivery.channels.chat import BODIES, ChatSender
from alerts.delivery.channels.webhook import PAYLOAD_MOST, fit
from alerts.delivery.mail import EXPECTED, UnsafeMail, build_mail
from alerts.delivery.message import Message
from alerts.delivery.render import render
from alerts.digest.page import HTML_MOST, write_digest
from alerts.notification import EvidenceNote, from_json, to_json
from config.settings import Secret
from crawler.logs import safe
from storage.article import Block
from storage.articles import StoredArticle
from storage.export import atom_feed, csv_lines, json_lines
from tests.alerts.digest.issues import make_facts
from tests.alerts.telling import (
    MAIL_SETTINGS,
    TEMPLATES,
    VOICE,
    Clock,
    make_note,
    make_notification,
)
from tests.making import NOW, make_article

TO = ("duty@desk.test",)
ACTIVE = (
    "script, iframe, object, embed, form, img[src^=http], link, base, meta[http-equiv=refresh]"
)


def words_of(data: bytes) -> str:
    """Return the bytes as text that a page can have given: any, but no lone surrogate."""
    return data.decode("utf-8", "replace")


def written(text: str) -> Message:
    """Render an alert whose every word is a stranger's."""
    note = make_note(headline=text, newsroom=text, url=text, authors=(text,), summary=text)
    notification = make_notification(subject=text, article=note)
    rule = notification.rules[0]
    quote = EvidenceNote(field="body", block=1, words=text[:20], sentence=text)
    notification = replace(notification, rules=(replace(rule, evidence=(quote,)),))
    assert from_json(to_json(notification)) == notification
    return render("r/1/duty", notification, VOICE)


def is_inert(html: str) -> None:
    """Hold that a page has nothing that acts, and that no link leads but to the web."""
    tree = LexborHTMLParser(html)
    assert not tree.css(ACTIVE)
    for node in tree.css("*"):
        names = node.attributes
        assert not any(name.lower().startswith("on") for name in names), names
        link = (names.get("href") or "").lower()
        assert link.startswith(("http://", "https://", "mailto:", "cid:", "#")) or not link


def write_mail(data: bytes) -> None:
    """Write an alert as a mail."""
    with suppress(UnsafeMail):
        message = written(words_of(data))
        is_inert(message.html)
        mail = build_mail(message, TO, MAIL_SETTINGS)
        assert {name.lower() for name in message_from_bytes(mail.content)} <= EXPECTED


def write_digest_page(data: bytes) -> None:
    """Write a digest whose outlets, headlines and quotes are a stranger's."""
    text = words_of(data)
    facts = make_facts(12)
    stories = tuple(
        replace(
            story,
            article=replace(story.article, headline=text, newsroom=text, url=text),
            rules=tuple(
                replace(rule, evidence=tuple(replace(e, sentence=text) for e in rule.evidence))
                for rule in story.rules
            ),
        )
        for story in facts.stories
    )
    sources = tuple(replace(source, error=text) for source in facts.sources)
    found = write_digest(replace(facts, stories=stories, sources=sources), TEMPLATES)
    is_inert(found.html)
    assert "\n" not in found.subject
    assert len(found.html.encode()) <= HTML_MOST or len(text) > 10_000


def write_payload(data: bytes) -> None:
    """Write an alert for a webhook and every chat."""
    message = written(words_of(data))
    body = fit(dict(message.payload))
    assert len(body.encode()) <= PAYLOAD_MOST
    json.loads(body)
    for kind, write in BODIES.items():
        sender = ChatSender(
            kind=kind, client=None, url=Secret(value="https://chat.example", origin="x"),  # type: ignore[arg-type]  # nothing is sent
            clock=Clock(NOW), chat="desk",
        )  # fmt: skip
        json.dumps(write(sender, message)[1], ensure_ascii=False).encode()


def write_export(data: bytes) -> None:
    """Write an article as a feed, a table and JSON."""
    text = words_of(data)
    article = replace(
        make_article(), headline=text, authors=(text,), url=text, body=(Block(text=text),)
    )
    stored = StoredArticle(
        id=1, story_id=1, revision=1, first_seen=NOW, last_seen=NOW, fetched_at=NOW,
        article=article,
    )  # fmt: skip
    feed = ET.fromstring(atom_feed([stored], feed_id="tag:x", title=text, updated=NOW))  # noqa: S314 - our own
    for link in feed.iter("{http://www.w3.org/2005/Atom}link"):
        assert link.attrib["href"].startswith(("http://", "https://"))
    head, row = csv.reader(io.StringIO("".join(csv_lines([stored])), newline=""))
    assert len(head) == len(row)
    assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@")) for cell in row)
    (line,) = json_lines([stored])
    json.loads(line.encode())


def write_log(data: bytes) -> None:
    """Write a stranger's words into the log."""
    line = safe(words_of(data))
    assert "\n" not in line
    assert "\x1b" not in line
    assert "\u202e" not in line

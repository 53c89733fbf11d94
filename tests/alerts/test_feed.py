"""A rule's stories can be read in any feed reader."""

from datetime import timedelta
from pathlib import Path

import feedparser

from alerts.feed import FeedEntry, load_entries, write_feed
from alerts.history import tell_story
from config.settings import AlertSettings
from storage.articles import Stored, store_article
from storage.database import Database, Transaction
from storage.folded import fold_article
from storage.signature import sign
from tests.alerts.telling import make_channel, make_event, make_match, make_note, make_rule
from tests.making import NOW, make_article

ENTRY = FeedEntry(
    story_id=42,
    url="https://newsroom.example/a",
    headline="Ports <b>agree</b> & more\x00",
    newsroom="پیک بندر",
    language="fa",
    rules=("corridor", "ports"),
    sentence="کریدور زنگزور",
    matched_at=NOW,
)


def test_a_reader_reads_what_we_wrote() -> None:
    parsed = feedparser.parse(
        write_feed("Corridor", "corridor", [ENTRY], NOW, domain="desk.test")
    )
    assert not parsed.bozo
    assert parsed.feed.title == "Corridor"
    (entry,) = parsed.entries
    assert entry.link == ENTRY.url
    assert entry.id == "tag:desk.test,2026:presswatch/story/42"
    assert entry.author == "پیک بندر"
    assert [tag.term for tag in entry.tags] == ["corridor", "ports"]
    assert entry.updated == "2026-11-24T07:00:00Z"


def test_an_empty_feed_is_a_feed() -> None:
    parsed = feedparser.parse(write_feed("Quiet", "quiet", [], NOW, domain="desk.test"))
    assert not parsed.bozo
    assert parsed.entries == []


async def test_a_desks_feed_has_each_story_once(tmp_path: Path) -> None:
    rules = (make_rule("corridor"), make_rule("ports"))

    def fill(tx: Transaction) -> None:
        for n, words in enumerate(("the corridor opens", "a port closes"), 1):
            article = make_article(
                f"Today {words}.", url=f"https://newsroom.example/{n}", headline=words
            )
            stored = store_article(tx, article, sign(article), fold_article(article), NOW)
            assert isinstance(stored, Stored)
            matches = [make_match(rule) for rule in rules[:n]]
            event = make_event(
                *matches, story=stored.story_id, article=make_note(id=stored.article_id)
            )
            tell_story(tx, event, [make_channel()], NOW, settings=AlertSettings())

    async with await Database.open(tmp_path / "presswatch.db", now=NOW) as database:
        await database.write(fill)
        since = NOW - timedelta(days=7)
        entries = await database.read(lambda tx: load_entries(tx, rules, since))
        alone = await database.read(lambda tx: load_entries(tx, rules[1:], since))
    assert sorted(entry.headline for entry in entries) == [
        "a port closes",
        "the corridor opens",
    ]
    assert [entry.headline for entry in alone] == ["a port closes"]

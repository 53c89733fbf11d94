"""A feed holds each story that its rules matched, once."""

from datetime import timedelta
from pathlib import Path

from alerts.feed import feed_articles
from alerts.routing.history import tell_story
from config.settings import AlertSettings
from storage.database import Database
from storage.prepared import prepare
from storage.storing import Stored, store_article
from storage.transaction import Transaction
from tests.alerts.telling import make_channel, make_event, make_match, make_note, make_rule
from tests.making import NOW, make_article


async def test_a_desks_feed_has_each_story_once(tmp_path: Path) -> None:
    rules = (make_rule("corridor"), make_rule("ports"))

    def fill(tx: Transaction) -> None:
        for n, words in enumerate(("the corridor opens", "a port closes"), 1):
            url = f"https://newsroom.example/{n}"
            article = make_article(f"Today {words}.", url=url, headline=words)
            stored = store_article(tx, prepare(article), NOW)
            assert isinstance(stored, Stored)
            matches = [make_match(rule) for rule in rules[:n]]
            note = make_note(id=stored.article_id)
            event = make_event(*matches, story=stored.story_id, article=note)
            tell_story(tx, event, [make_channel()], NOW, settings=AlertSettings())

    async with await Database.open(tmp_path / "presswatch.db", now=NOW) as database:
        await database.write(fill)
        since = NOW - timedelta(days=7)
        both = await database.read(lambda tx: feed_articles(tx, rules, since))
        alone = await database.read(lambda tx: feed_articles(tx, rules[1:], since))
    assert [each.article.headline for each in both] == ["a port closes", "the corridor opens"]
    assert [each.article.headline for each in alone] == ["a port closes"]

"""Exactly one digest per reader and window, whatever happens around the minute."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes, policy
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from alerts.canary import canary_article
from alerts.delivery.channels.maildir import MaildirSender
from alerts.delivery.dispatcher import Dispatcher
from alerts.delivery.operators import Operators
from alerts.digest.carried import Carried
from alerts.digest.due import SETTLE, Window
from alerts.digest.facts import Health
from alerts.digest.gather import Surroundings, gather_facts
from alerts.digest.issue import unpack
from alerts.digest.page import write_digest
from alerts.digest.press import Press
from alerts.matching.reading import read_article
from alerts.matching.ruleset import RuleSet, compile_rules
from alerts.routing.event import EventKind
from alerts.routing.history import tell_story
from alerts.routing.report import report, story_note
from config.config import Config
from config.digest import Digest
from config.rule import Severity
from config.settings import AlertSettings, Settings
from config.text import Located
from storage.article import Article
from storage.database import Database
from storage.digest_windows import issues_since
from storage.matches import matches_of_story
from storage.outbox import list_messages
from storage.prepared import prepare
from storage.revising import Revised, Unchanged
from storage.sources import ensure_sources, load_source, save_source
from storage.stories import load_story
from storage.storing import Stored, store_article
from storage.transaction import Transaction
from tests.alerts.digest.issues import make_digest
from tests.alerts.telling import (
    MAIL_SETTINGS,
    TEMPLATES,
    Clock,
    make_channel,
    make_live_channel,
    make_rule,
)
from tests.making import make_article, make_source

SEVEN = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
DAILY = make_digest(timezone="UTC", at=time(7), to=("a@desk.test", "b@desk.test"))
PLACE = Located(value="Zangazur corridor", path="rules.yaml", line=1, column=1)
LOUD = make_rule(
    "corridor",
    Severity.URGENT,
    match=replace(PLACE, value="corridor NEAR/5 (Zangazur OR Baku)"),
)
WINDOW = Window(start=SEVEN - timedelta(days=1), end=SEVEN)
TEXT = "The two ministers discussed the opening of the Zangazur corridor in Moscow today."


def surroundings(*digests: Digest) -> Surroundings:
    return Surroundings(
        config=Config(
            settings=Settings(),
            sources=(make_source(), make_source("valley", "https://valley.example")),
            terms=(),
            rules=(LOUD,),
            channels=(),
            digests=digests,
            fingerprint="",
            rules_fingerprint="3f9ac1d2",
        ),
        ruleset=RULES,
    )


def press(database: Database, clock: Clock, *digests: Digest) -> Press:
    return Press(
        database=database,
        digests=digests or (DAILY,),
        around=surroundings,
        templates=TEMPLATES,
        clock=clock,
    )


RULES: RuleSet = compile_rules([LOUD], [])


def take_in(tx: Transaction, article: Article, now: datetime) -> None:
    """Take an article in as ingest does."""
    stored = store_article(tx, prepare(article), now)
    assert isinstance(stored, Stored | Revised | Unchanged)
    story = load_story(tx, stored.story_id)
    assert story is not None
    if isinstance(stored, Unchanged):
        return
    kind = EventKind.REVISION if isinstance(stored, Revised) else EventKind.NEW
    matches = RULES.match(read_article(article), now=now).matches
    event = report(
        article,
        story_note(story, {}),
        matches,
        kind=kind,
        article_id=stored.article_id,
        now=now,
    )
    tell_story(tx, event, [make_channel()], now, settings=AlertSettings())


async def test_every_reader_has_each_window_once(database: Database) -> None:
    clock = Clock(SEVEN - timedelta(hours=1))
    house = press(database, clock)
    assert await house.step() == 0, "a new installation mails nothing at once"
    clock.now = SEVEN + SETTLE
    assert await house.step() == 2
    assert await house.step() == 0
    clock.forward(days=1)
    assert await house.step() == 2
    keys = [row.key for row in await database.read(list_messages)]
    assert len(set(keys)) == 4


async def test_a_story_shows_the_newest_telling_that_states_more(database: Database) -> None:
    fire = (
        "A fire at a depot of the Zangazur corridor killed {} people, Baku said.",
        "Forty wagons with 900 tons of grain burned down at the depot near Horadiz by 8 p.m.",
        "The line between Horadiz and Aghband, which 120 men had repaired, remains closed.",
    )
    tellings = ("three", "three"), ("seven", "seven"), ("seven again", "seven")
    for hour, (headline, toll) in enumerate(tellings):
        article = make_article(
            *(text.format(toll) for text in fire),
            headline=f"Depot fire, {headline}",
            source_id=("newsroom", "valley", "newsroom")[hour],
            url=f"https://newsroom.example/{hour}",
        )
        at = SEVEN - timedelta(hours=9 - hour)
        await database.write(partial(take_in, article=article, now=at))
    around = surroundings(DAILY)
    facts = await database.read(lambda tx: gather_facts(tx, DAILY, WINDOW, around))
    (story,) = facts.stories
    assert story.article.headline == "Depot fire, three"
    assert story.latest is not None
    assert story.latest.headline == "Depot fire, seven"
    assert "Newest: Depot fire, seven" in write_digest(facts, TEMPLATES).text


async def test_a_match_knows_the_digest_that_carried_it(database: Database) -> None:
    clock = Clock(SEVEN - timedelta(hours=2))
    house = press(database, clock)
    await house.step()
    article = make_article(TEXT)
    await database.write(lambda tx: take_in(tx, article, SEVEN - timedelta(hours=1)))

    def told(tx: Transaction, addresses: tuple[str, ...]) -> list[tuple[str, str]]:
        (match,) = matches_of_story(tx, 1)
        config = surroundings(DAILY).config
        return list(Carried(tx, match.matched_at, addresses, config).by(match))

    mine, other = (article.url,), ("https://newsroom.example/other",)
    waits = "not in a digest yet; the next one takes it in"
    assert await database.read(lambda tx: told(tx, mine)) == [("caspian", waits)]
    clock.now = SEVEN + SETTLE
    await house.step()
    shown = "in the digest of 2026-11-24 07:00Z"
    assert await database.read(lambda tx: told(tx, mine)) == [("caspian", shown)]
    ((_, why),) = await database.read(lambda tx: told(tx, other))
    assert why.startswith("not shown in the digest of 2026-11-24 07:00Z")


async def test_row_80_a_window_that_begins_within_one_already_sent_is_sent_to_nobody(
    database: Database,
) -> None:
    house = press(database, Clock(SEVEN + SETTLE))
    readers = ("a@desk.test", "b@desk.test")
    early = Window(start=WINDOW.start, end=WINDOW.end - timedelta(hours=1))
    assert await house.bring_out(DAILY, early, readers) == 2
    assert await house.bring_out(DAILY, WINDOW, readers) == 0
    rest = Window(start=early.end, end=WINDOW.end)
    assert await house.bring_out(DAILY, rest, readers) == 2


async def test_row_80_fifty_kills_around_the_minute_leave_one_digest(tmp_path: Path) -> None:
    """Limits, row 80: a kill is leaving off there and opening the database anew."""
    path, clock = tmp_path / "presswatch.db", Clock(SEVEN - timedelta(seconds=25))
    for kill in range(50):
        database = await Database.open(path, now=clock.now)
        house = press(database, clock)
        if kill % 3:
            await house.step()
        else:  # written, but killed before the window and the mail were committed
            await house.preview(DAILY, WINDOW)
        await database.close()
        clock.forward(seconds=1)
    database = await Database.open(path, now=clock.now)
    messages = await database.read(list_messages)
    await database.close()
    assert sorted(row.recipients[0] for row in messages) == ["a@desk.test", "b@desk.test"]


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Baku"]
)
@pytest.mark.parametrize("month", [3, 10, 11, 4])
async def test_row_81_one_mail_a_day_over_every_change_of_the_clock(
    database: Database, zone: str, month: int
) -> None:
    """A scheduler that rings too often, at 02:30, in the weeks when clocks are changed."""
    digest = make_digest(timezone=zone, at=time(2, 30))
    clock = Clock(datetime(2026, month, 1, tzinfo=UTC))
    house = press(database, clock, digest)
    for _ in range(9 * 24):
        await house.step()
        clock.forward(hours=1)
    ends = await database.read(
        lambda tx: [
            row["window_end"] for row in tx.fetch("SELECT window_end FROM digest_windows")
        ]
    )
    days = {datetime.fromisoformat(end).astimezone(ZoneInfo(zone)).date() for end in ends}
    assert len(ends) == len(days) in {9, 10}, "the beginning and one a day"


async def test_row_81_hours_lived_twice_stand_in_the_next_digest_and_in_one_only(
    database: Database,
) -> None:
    clock = Clock(SEVEN + SETTLE - timedelta(days=1))
    house = press(database, clock)
    await house.step()
    first = make_article(TEXT, url="https://newsroom.example/first")
    await database.write(lambda tx: take_in(tx, first, SEVEN - timedelta(hours=1)))
    clock.now = SEVEN + SETTLE
    await house.step()
    again = make_article(
        "Freight to Baku along the corridor doubled in a month, customs said on Monday.",
        headline="Freight doubles",
        url="https://newsroom.example/again",
    )
    # The clock is set back by three hours, and the last of them is lived again.
    await database.write(lambda tx: take_in(tx, again, SEVEN - timedelta(hours=2)))
    for _ in range(3):
        clock.forward(days=1)
        await house.step()
    issues = await database.read(lambda tx: issues_since(tx, DAILY.id, SEVEN))
    seen = [unpack(issue.content)["text"] for issue in issues]
    assert [again.url in text for text in seen] == [True, False, False]
    assert [first.url in text for text in seen] == [False, False, False]


async def test_a_new_reader_begins_with_the_window_at_hand(database: Database) -> None:
    clock = Clock(SEVEN + SETTLE)
    await press(database, clock, make_digest(timezone="UTC", to=("a@desk.test",))).step()
    clock.forward(days=2)
    both = make_digest(timezone="UTC", to=("a@desk.test", "new@desk.test"))
    assert await press(database, clock, both).step() == 1, "two days in one for the old one"
    clock.forward(days=1)
    assert await press(database, clock, both).step() == 2
    starts = await database.read(
        lambda tx: [
            row["window_start"][:10]
            for row in tx.fetch("SELECT * FROM digest_issues ORDER BY window_end")
        ]
    )
    assert starts == ["2026-11-24", "2026-11-26"]


@pytest.fixture
async def full(database: Database) -> Database:
    """Fill a day: a story, its copy, a near miss, and a source that fails."""
    seen = SEVEN - timedelta(hours=3)

    def fill(tx: Transaction) -> None:
        ensure_sources(tx, ["newsroom", "valley"], seen)
        for source in ("newsroom", "valley"):
            state = load_source(tx, source)
            assert state is not None
            ok = replace(state, last_polled=seen, last_success=seen)
            bad = replace(state, last_polled=seen, failures=3.0, last_error="HTTP 503")
            save_source(tx, ok if source == "newsroom" else bad)
        take_in(tx, make_article(TEXT), seen)
        copy = make_article(TEXT, url="https://valley.example/copy", source_id="valley")
        take_in(tx, copy, seen + timedelta(minutes=9))
        other = make_article(
            "The corridor to the old and very long harbour of Baku",
            headline="Rain",
            url="https://newsroom.example/r",
        )
        take_in(tx, other, seen)
        take_in(tx, canary_article(seen), seen)  # no outlet's: nobody counts it as read

    await database.write(fill)
    return database


async def test_a_digest_tells_what_came_and_what_was_checked(full: Database) -> None:
    facts = await full.read(lambda tx: gather_facts(tx, DAILY, WINDOW, surroundings()))
    (story,) = facts.stories
    assert story.article.headline == "Ministers discuss the Zangazur corridor"
    assert story.outlets == ("Valley",)
    assert story.rules[0].evidence[0].words == "Zangazur corridor"
    assert facts.articles == 3
    assert [source.health for source in facts.sources] == [Health.WELL, Health.DOWN]
    (near,) = facts.near
    assert near.article.headline == "Rain"
    assert str(near.reason) == "nearest pair 9 apart, body ¶1"
    assert facts.trends[0].counts == (0,) * 13 + (1,)
    assert facts.urgent[0].sent_at is None, "the alert still waits"


async def test_a_digest_arrives_as_a_whole_mail(full: Database, tmp_path: Path) -> None:
    clock = Clock(SEVEN + SETTLE)
    await press(full, clock).bring_out(DAILY, WINDOW, DAILY.to)
    mails = MaildirSender(folder=tmp_path / "mail", to=(), mail=MAIL_SETTINGS)
    house = Dispatcher(
        database=full,
        channels={"digests": make_live_channel("digests", mails)},
        operators=Operators(channels=()),
        clock=clock,
    )
    assert (await house.step()).sent == 2
    files = sorted((tmp_path / "mail").glob("*.eml"))
    mails_to = [message_from_bytes(f.read_bytes(), policy=policy.default) for f in files]
    assert sorted(mail["To"] for mail in mails_to) == ["a@desk.test", "b@desk.test"]
    mail = mails_to[0]
    assert mail["Subject"] == "Caspian watch Tue 24 Nov: INCOMPLETE: 1 of 2 sources failed"
    assert mail["List-Id"] == "<caspian.desk.test>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Presswatch-Window"] == "caspian.20261123T0700Z-20261124T0700Z"
    parts = [part.get_content_type() for part in mail.walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]


async def test_yesterdays_story_is_not_repeated_unless_it_changed(database: Database) -> None:
    before, after = SEVEN - timedelta(hours=20), SEVEN + timedelta(hours=2)

    def fill(tx: Transaction) -> None:
        take_in(tx, make_article(TEXT), before)
        copy = make_article(TEXT, url="https://valley.example/copy", source_id="valley")
        take_in(tx, copy, after)

    await database.write(fill)
    window = Window(start=SEVEN, end=SEVEN + timedelta(days=1))
    facts = await database.read(lambda tx: gather_facts(tx, DAILY, window, surroundings()))
    assert (facts.stories, facts.copied) == ((), 1)


@pytest.mark.parametrize(("failures", "mails"), [(0.0, 0), (3.0, 1)])
async def test_an_empty_digest_may_be_left_out_but_never_a_failure(
    database: Database, failures: float, mails: int
) -> None:
    def fill(tx: Transaction) -> None:
        ensure_sources(tx, ["newsroom", "valley"], SEVEN)
        for source in ("newsroom", "valley"):
            state = load_source(tx, source)
            assert state is not None
            error = "HTTP 503" if failures else ""
            seen = replace(state, last_polled=SEVEN, last_success=SEVEN, failures=failures)
            save_source(tx, replace(seen, last_error=error))

    await database.write(fill)
    digest = make_digest(timezone="UTC", at=time(7), when_empty=False)
    clock = Clock(SEVEN + SETTLE)
    assert await press(database, clock, digest).bring_out(digest, WINDOW, digest.to) == mails
    assert await press(database, clock, digest).bring_out(digest, WINDOW, digest.to) == 0


async def test_days_without_a_match_are_counted(database: Database) -> None:
    clock = Clock(SEVEN + SETTLE - timedelta(days=1))
    house = press(database, clock)
    for _ in range(7):
        await house.step()
        clock.forward(days=1)
    issue = await house.preview(
        DAILY, Window(start=SEVEN + timedelta(days=5), end=SEVEN + timedelta(days=6))
    )
    assert issue.facts.silent_days == 7
    assert "No match for 7 days in a row" in issue.written.text

"""How long articles took on their way is read from the ledger, the articles and the outbox."""

from datetime import datetime, timedelta
from pathlib import Path

from storage.alert_log import ToldRow, record_told
from storage.database import Database
from storage.found import Found
from storage.lags import Lags, Passage, lags
from storage.ledger import Ending, LedgerState, settle
from storage.noting import note_links
from storage.outbox import OutboxEntry, enqueue, mark_sent
from storage.ways import WayState, save_way
from tests.making import NOW, make_article
from tests.storage.keeping import keep, opened

MIN = timedelta(minutes=1)
WAY = "https://newsroom.example/feed"


async def see(
    database: Database, name: str, noted: datetime, read: datetime | None, published: datetime
) -> None:
    """Note an address, and store its article when it is read; None: it still waits."""
    url = f"https://newsroom.example/{name}"
    found = [Found(url=url, title=name, way=WAY)]
    await database.write(lambda tx: note_links(tx, "newsroom", found, noted))
    if read is None:
        return
    article = make_article(f"All the text of {name}.", url=url, published_at=published)
    stored = await keep(database, article, read)
    ending = Ending(state=LedgerState.STORED, article_id=stored.article_id)
    await database.write(lambda tx: settle(tx, url, ending, read))


def seconds(passages: tuple[Passage, ...]) -> list[float]:
    return sorted(each.seconds for each in passages)


async def read_lags(database: Database, source_id: str | None = None) -> Lags:
    return await database.read(lambda tx: lags(tx, NOW, NOW + 60 * MIN, source_id))


async def test_an_article_is_measured_from_its_stamp_to_its_address_to_its_match(
    tmp_path: Path,
) -> None:
    way = WayState(source_id="newsroom", url=WAY, kind="feed", first_read=NOW)
    async with opened(tmp_path) as database:
        await database.write(lambda tx: save_way(tx, way))
        await see(database, "first-look", NOW, NOW + 2 * MIN, NOW - 40 * MIN)
        await see(database, "was-there", NOW + 10 * MIN, NOW + 12 * MIN, NOW - 40 * MIN)
        await see(database, "fresh", NOW + 10 * MIN, NOW + 13 * MIN, NOW + 5 * MIN)
        await see(database, "waits", NOW + 40 * MIN, None, NOW)
        found = await read_lags(database)
        other = await read_lags(database, "elsewhere")
    assert seconds(found.seen) == [300.0]
    assert seconds(found.matched) == [120.0, 180.0, 1200.0]
    assert [each.seconds for each in found.matched if each.known_at is None] == [1200.0]
    assert other == Lags()
    assert set(found.by_source()) == {"newsroom"}


async def test_an_alert_is_measured_until_somebody_has_it_and_not_while_it_is_held_back(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as database:
        for number, (held, sent) in enumerate(
            ((False, 2 * MIN), (True, 30 * MIN), (False, None))
        ):
            entry = OutboxEntry(
                key=f"rule/{number}/desk", channel="desk", kind="alert", payload="{}",
                due_at=NOW, story_id=number, hold="quiet" if held else None,
            )  # fmt: skip
            told = ToldRow(
                channel="desk", story_id=number, source_id="newsroom", rule_id="rule",
                severity="high", kind="alert", key=entry.key, held=held, subject="s",
                outlets=1, languages=1, facts=(), told_at=NOW,
            )  # fmt: skip
            await database.write(lambda tx, entry=entry: enqueue(tx, [entry], NOW))  # type: ignore[misc]
            await database.write(lambda tx, told=told: record_told(tx, [told]))  # type: ignore[misc]
            if sent:
                key, at = entry.key, NOW + sent
                await database.write(lambda tx, key=key, at=at: mark_sent(tx, key, at))  # type: ignore[misc]
        found = await read_lags(database)
    assert seconds(found.delivered) == [120.0, 3600.0]
    assert {each.channel for each in found.delivered} == {"desk"}


async def test_only_what_was_seen_since_then_is_read(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        for number in range(40):
            at = NOW + (number - 30) * MIN
            await see(database, f"article-{number}", at, at + MIN, at - MIN)
        found = await read_lags(database)
    assert len(found.matched) == 10

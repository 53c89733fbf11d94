"""The last word on a match counts; it goes with the match, and none is kept without one."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from storage.backup import backup
from storage.database import Database
from storage.doctor import examine_all
from storage.judgements import (
    Judgement,
    JudgementTally,
    Verdict,
    judge,
    judgements_since,
    load_judgement,
    matched_article,
    take_back,
    tally_judgements,
)
from storage.matches import MatchRow, record_matches
from storage.retention import purge
from storage.storing import Stored
from tests.making import NOW, make_article
from tests.storage.keeping import keep, opened

DAY = timedelta(days=1)
SAID = Judgement(
    article_id=1, rule_id="corridor", verdict=Verdict.NOISE, judge="leyla", judged_at=NOW
)
LONG_AGO = NOW - 1000 * DAY


async def fill(database: Database) -> None:
    """Store two articles of one story, and one of another; each story's first matched."""
    road = "The two ministers discussed the opening of the road with great care on Tuesday."
    snow = "Snow fell in the mountains while the harvest of apples went on below."
    for number, words in enumerate((road, road, snow), 1):
        article = make_article(words, url=f"https://a.example/{number}", source_id=f"s{number}")
        kept = await keep(database, article, NOW + DAY * number)
        assert isinstance(kept, Stored)
        if number != 2:
            await match(database, kept, NOW + DAY * number)


async def match(database: Database, kept: Stored, now: datetime) -> None:
    row = MatchRow(rule_id="corridor", severity="normal", evidence_json="[]")
    await database.write(
        lambda tx: record_matches(tx, kept.article_id, kept.story_id, 1, [row], now)
    )


async def test_the_last_word_counts_and_can_be_taken_back(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await fill(database)
        later = replace(SAID, verdict=Verdict.USEFUL, judge="", judged_at=NOW + DAY)
        for said in (SAID, later):
            await database.write(lambda tx, said=said: judge(tx, said))  # type: ignore[misc]  # said is bound here
        assert await database.read(lambda tx: judgements_since(tx, LONG_AGO)) == [later]
        assert await database.read(lambda tx: load_judgement(tx, 1, "corridor")) == later
        assert await database.write(lambda tx: take_back(tx, 1, "corridor"))
        assert not await database.write(lambda tx: take_back(tx, 1, "corridor"))
        assert await database.read(lambda tx: judgements_since(tx, LONG_AGO)) == []


async def test_judgements_are_counted_by_rule_within_their_time(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await fill(database)
        for said in (SAID, replace(SAID, article_id=3, verdict=Verdict.USEFUL)):
            await database.write(lambda tx, said=said: judge(tx, said))  # type: ignore[misc]  # said is bound here
        tally = [JudgementTally(rule_id="corridor", useful=1, noise=1)]
        assert await database.read(lambda tx: tally_judgements(tx, NOW - DAY)) == tally
        assert await database.read(lambda tx: tally_judgements(tx, NOW)) == []
        for rule, number in (("corridor", 2), ("other", 0)):
            found = await database.read(
                lambda tx, rule=rule: judgements_since(tx, LONG_AGO, rule)  # type: ignore[misc]  # rule is bound here
            )
            assert len(found) == number


async def test_a_match_is_found_by_its_article_or_by_another_of_its_story(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as database:
        await fill(database)

        async def meant(article: int, rule: str = "corridor") -> int | None:
            return await database.read(lambda tx: matched_article(tx, article, rule))

        assert [await meant(each) for each in (1, 2, 3, 4)] == [1, 1, 3, None]
        assert await meant(1, "other") is None


async def test_a_judgement_goes_with_its_article_and_into_the_backup(tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    async with opened(tmp_path) as database:
        await fill(database)
        await database.write(lambda tx: judge(tx, SAID))
        backup(tmp_path / "press.sqlite", copy)
        await database.write(
            lambda tx: purge(tx, NOW + 9 * DAY, keep=timedelta(), by_source={}, limit=1)
        )
        assert await database.read(lambda tx: judgements_since(tx, LONG_AGO)) == []
    async with await Database.open(copy, now=NOW) as saved:
        assert await saved.read(lambda tx: judgements_since(tx, LONG_AGO)) == [SAID]


async def test_the_doctor_finds_a_judgement_without_its_match(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await fill(database)
        await database.write(lambda tx: judge(tx, SAID))
        await database.write(lambda tx: judge(tx, replace(SAID, article_id=2)))
    found = [each.what for each in examine_all(tmp_path / "press.sqlite") if each.problem]
    assert "judgements without their match" in found

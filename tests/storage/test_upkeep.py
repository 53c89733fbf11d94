"""Old articles go and stay away, copies are whole, and the doctor finds what is wrong."""

import asyncio
import csv
import json
import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from storage.articles import Missing, articles_between, load_article
from storage.backup import backup, restore
from storage.doctor import Finding, examine_all, examine_versions
from storage.errors import DatabaseCorrupt, DatabaseInUse, DatabaseMissing
from storage.export import COLUMNS, atom_feed, csv_lines, json_lines
from storage.found import Found
from storage.ledger import Ending, LedgerState, settle
from storage.narrowing import Holds
from storage.noting import note_links
from storage.retention import purge
from storage.search import index_waiting, search
from storage.stories import load_story
from storage.storing import Purged, Stored
from tests.making import NOW, make_article
from tests.storage.keeping import keep, opened

DAY = timedelta(days=1)
TEXTS = (
    "The two ministers discussed the opening of the road with great care on Tuesday morning.",
    "Snow fell in the mountains while the harvest of apples went on in the valleys below.",
    "A ferry with a cargo of steel pipes left the harbour for the eastern shore at dawn.",
)


def page(number: int) -> str:
    return f"https://a.example/{number}"


async def fill(folder: Path) -> None:
    async with opened(folder) as database:
        for number, text in enumerate(TEXTS):
            article = make_article(text, url=page(number), source_id="ab"[number % 2])
            await keep(database, article, NOW + DAY * number)


@pytest.mark.parametrize(
    ("keep_for", "by_source", "left"),
    [
        pytest.param(DAY * 2, {}, [2, 3], id="by age"),
        pytest.param(None, {}, [1, 2, 3], id="for ever"),
        pytest.param(None, {"b": DAY}, [1, 3], id="one source alone"),
        pytest.param(DAY, {"a": DAY * 99}, [1, 3], id="one source longer"),
        pytest.param(timedelta(0), {}, [3], id="the newest stays"),
    ],
)
async def test_old_articles_go(
    tmp_path: Path, keep_for: timedelta | None, by_source: dict[str, timedelta], left: list[int]
) -> None:
    await fill(tmp_path)
    now = NOW + DAY * 3 - timedelta(hours=1)
    async with opened(tmp_path) as database:
        while await database.write(
            lambda tx: purge(tx, now, keep=keep_for, by_source=by_source, limit=1)
        ):
            pass
        kept = await database.read(lambda tx: articles_between(tx, NOW, now))
    assert [one.id for one in kept] == left
    assert not [one for one in examine_all(tmp_path / "press.sqlite") if one.grave]
    assert not orphans(tmp_path)


def orphans(folder: Path) -> list[Finding]:
    found = examine_all(folder / "press.sqlite")
    return [one for one in found if one.problem and "of them" in one.problem]


async def test_what_was_purged_never_comes_back_as_new(tmp_path: Path) -> None:
    gone = make_article(TEXTS[0], url=page(0))
    async with opened(tmp_path) as database:
        link = [Found(url=page(0), way="https://a.example/feed")]
        await database.write(lambda tx: note_links(tx, "a", link, NOW))
        await keep(database, gone)
        stored = Ending(state=LedgerState.STORED, article_id=1)
        await database.write(lambda tx: settle(tx, page(0), stored, NOW))
        await keep(database, make_article(TEXTS[1], url=page(1)), NOW + DAY)
        late = NOW + DAY * 9
        assert await database.write(lambda tx: purge(tx, late, keep=DAY, by_source={})) == 1
        assert await database.write(lambda tx: note_links(tx, "a", link, late)) == []
        assert await keep(database, gone, late) == Purged(article_id=1)
        elsewhere = make_article(TEXTS[0], url="https://b.example/other")
        assert await keep(database, elsewhere, late) == Purged(article_id=1)
        fresh = await keep(database, make_article(TEXTS[2], url=page(2)), late)
        assert isinstance(fresh, Stored)
        assert fresh.article_id == 3
        purged = Missing(purged=True, purged_at=late)
        assert await database.read(lambda tx: load_article(tx, 1)) == purged
        assert await database.read(lambda tx: load_article(tx, 99)) == Missing(purged=False)
        assert await database.read(lambda tx: load_story(tx, 1)) is None
        assert await database.read(lambda tx: search(tx, Holds("tuesday"))) == []


async def test_a_storys_id_is_given_to_no_other(tmp_path: Path) -> None:
    """What was told of a story is known by its id: another's would be thought told."""
    async with opened(tmp_path) as database:
        await keep(database, make_article(TEXTS[0], url=page(0), source_id="a"))
        await keep(database, make_article(TEXTS[1], url=page(1), source_id="b"))
        copy = make_article(TEXTS[0], "So it is said.", url=page(2), source_id="c")
        joined = await keep(database, copy, NOW + DAY)
        assert isinstance(joined, Stored)
        assert joined.story_id == 1
        late = NOW + DAY * 9
        await database.write(lambda tx: purge(tx, late, keep=None, by_source={"b": DAY}))
        fresh = await keep(database, make_article(TEXTS[2], url=page(3)), late)
    assert isinstance(fresh, Stored)
    assert fresh.story_id == 3


async def test_row_89_a_backup_made_while_writing_is_one_moment_and_sound(
    tmp_path: Path,
) -> None:
    path, copy = tmp_path / "press.sqlite", tmp_path / "copy.sqlite"
    async with opened(tmp_path) as database:
        articles = [make_article(TEXTS[n % 3], f"It is {n}.", url=page(n)) for n in range(60)]
        writing = asyncio.gather(*(keep(database, article) for article in articles))
        size = await asyncio.to_thread(backup, path, copy)
        await writing
    assert size == copy.stat().st_size
    assert not [one for one in examine_all(copy) if one.grave]
    with pytest.raises(FileExistsError):
        backup(path, copy)
    assert not any(tmp_path.glob("*.part"))  # noqa: ASYNC240 - a folder of the test's own


async def test_a_restored_copy_takes_the_place_and_the_old_file_is_kept(tmp_path: Path) -> None:
    path, copy = tmp_path / "press.sqlite", tmp_path / "copy.sqlite"
    await fill(tmp_path)
    backup(path, copy)
    async with opened(tmp_path) as database:
        await keep(database, make_article("Something that came later on.", url=page(9)))
        with pytest.raises(DatabaseInUse):
            await asyncio.to_thread(restore, copy, path, NOW)
    aside = restore(copy, path, NOW)
    async with opened(tmp_path) as database:
        kept = await database.read(lambda tx: articles_between(tx, NOW, NOW + DAY * 9))
    assert len(kept) == 3
    assert aside is not None
    with closing(sqlite3.connect(aside)) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (4,)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root writes for another user")
async def test_what_root_restores_belongs_to_the_user_of_the_service(tmp_path: Path) -> None:
    path, copy = tmp_path / "press.sqlite", tmp_path / "copy.sqlite"
    await fill(tmp_path)
    backup(path, copy)
    os.chown(tmp_path, 10001, 10002)
    restore(copy, path, NOW)
    found = path.stat()
    assert (found.st_uid, found.st_gid, found.st_mode & 0o777) == (10001, 10002, 0o600)


async def test_a_bad_copy_is_not_restored(tmp_path: Path) -> None:
    await fill(tmp_path)
    path, copy = tmp_path / "press.sqlite", tmp_path / "copy.sqlite"
    before = path.read_bytes()
    with pytest.raises(DatabaseMissing):
        restore(copy, path, NOW)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("CREATE TABLE other (x)")
    with pytest.raises(DatabaseCorrupt, match="none of presswatch"):
        restore(copy, path, NOW)
    copy.write_bytes(before[: len(before) // 2])
    with pytest.raises(DatabaseCorrupt):
        restore(copy, path, NOW)
    assert path.read_bytes() == before


async def test_the_doctor_calls_an_older_schema_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "press.sqlite"
    await fill(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9")
    last = examine_all(path)[-1]
    assert "start 'presswatch run'" in last.problem
    assert not last.grave


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
async def test_the_doctor_names_a_database_that_its_service_may_not_write(
    tmp_path: Path,
) -> None:
    path = tmp_path / "press.sqlite"
    await fill(tmp_path)
    os.chown(tmp_path, 10001, 10001)
    (grave,) = [one for one in examine_all(path) if one.grave]
    assert f"chown --reference={tmp_path} {path}" in grave.problem


async def test_the_doctor_names_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "press.sqlite"
    assert examine_all(path)[-1].problem == "nothing is stored here yet: presswatch run"
    await fill(tmp_path)
    async with opened(tmp_path) as database:
        await database.write(index_waiting)
    assert not orphans(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DELETE FROM stories WHERE id = 2")
        connection.execute("DELETE FROM articles WHERE id = 3")
    assert {one.what for one in orphans(tmp_path)} == {
        "articles without their story",
        "stories without an article",
        "searchable texts without their article",
        "stories that miscount their articles",
    }
    path.write_bytes(path.read_bytes()[:-9000])
    assert [one for one in examine_all(path) if one.grave]


@pytest.mark.parametrize(
    ("name", "version", "faulty"),
    [
        ("Python", (3, 11, 14), True),
        ("Python", (3, 13, 0), False),
        ("SQLite", (3, 40, 1), True),
        ("SQLite", (3, 51, 3), False),
        ("Expat", (2, 5, 0), True),
        ("Expat", (2, 6, 0), False),
    ],
)
def test_row_99_versions_with_known_faults_are_named(
    name: str, version: tuple[int, ...], faulty: bool
) -> None:
    running = {"Python": (9,), "SQLite": (9,), "Expat": (9,)} | {name: version}
    found = {one.what.split()[0]: one.problem for one in examine_versions(running)}
    assert bool(found[name]) is faulty


EVIL = '=HYPERLINK("http://x","y")\r\n\x0b<script>alert(1)</script> \ud800'


async def test_row_63_exports_hold_every_article_and_nothing_that_acts(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await keep(database, make_article(TEXTS[0], headline=EVIL, url=page(0)))
        headline, author = "  -1+1", "＝1＋1"
        evil = replace(
            make_article(TEXTS[1], headline=headline, url="javascript:x"), authors=(author,)
        )
        await keep(database, evil)
        stored = await database.read(lambda tx: articles_between(tx, NOW, NOW + DAY))
    lines = [json.loads(line) for line in json_lines(stored)]
    assert [line["article"]["body"] for line in lines] == [[TEXTS[0]], [TEXTS[1]]]

    rows = list(csv.DictReader("".join(csv_lines(stored)).splitlines(keepends=True)))
    assert tuple(rows[0]) == COLUMNS
    assert [row["text"] for row in rows] == list(TEXTS[:2])
    cells = [cell.lstrip(" ") for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r＝＋－＠")]

    text = atom_feed(stored, feed_id="urn:x:rule", title="Rule & co", updated=NOW)
    feed = ET.fromstring(text)  # noqa: S314 - our own words
    atom = "{http://www.w3.org/2005/Atom}"
    assert len({entry.findtext(f"{atom}id") for entry in feed.iter(f"{atom}entry")}) == 2
    assert [link.get("href") for link in feed.iter(f"{atom}link")] == [page(0)]
    assert "<script" not in text

"""What was live is kept, each text once, for as long as an article can ask for it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from storage.configurations import (
    Configuration,
    configuration_files,
    configurations,
    forget_configurations,
    note_configuration,
)
from storage.database import Database
from storage.transaction import Transaction
from tests.making import NOW, make_article
from tests.storage.keeping import keep, opened

DAY = timedelta(days=1)
FIRST = Configuration(
    since=NOW,
    version="1",
    fingerprint="a",
    rules_fingerprint="r",
    files={"settings.yaml": b"version: 1", "rules/a.yaml": b"rules: []"},
)
EDITED = replace(
    FIRST, since=NOW + DAY, fingerprint="b", files={**(FIRST.files or {}), "rules/a.yaml": b"x"}
)


async def note(database: Database, *live: Configuration) -> None:
    for each in live:
        await database.write(lambda tx, each=each: note_configuration(tx, each))  # type: ignore[misc]  # bound at once


def texts(tx: Transaction) -> int:
    row = tx.one("SELECT count(*) AS n FROM configuration_files")
    return int(row["n"]) if row else 0


async def test_a_text_is_kept_once_and_a_start_with_the_same_notes_nothing(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as database:
        await note(database, FIRST, replace(FIRST, since=NOW + DAY / 2), EDITED)
        kept = await database.read(configurations)
        assert [each.fingerprint for each in kept] == ["a", "b"]
        assert await database.read(texts) == 3
        again = await database.read(lambda tx: configuration_files(tx, kept[1].id))
        assert again == EDITED.files


async def test_another_presswatch_with_the_same_files_is_noted(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await note(database, FIRST, replace(FIRST, version="2"))
        assert [each.version for each in await database.read(configurations)] == ["1", "2"]


async def test_files_that_could_not_be_read_at_once_are_supplied(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await note(database, replace(FIRST, files=None))
        assert [each.kept for each in await database.read(configurations)] == [False]
        await note(database, FIRST)
        assert [each.kept for each in await database.read(configurations)] == [True]


async def test_what_no_article_was_matched_by_is_let_go_of(tmp_path: Path) -> None:
    async with opened(tmp_path) as database:
        await note(database, FIRST, EDITED)
        await keep(database, make_article(), NOW + DAY / 2)
        await database.write(forget_configurations)
        assert len(await database.read(configurations)) == 2
        await database.write(lambda tx: tx.execute("DELETE FROM articles"))
        await keep(database, make_article(url="https://a.example/2"), NOW + DAY * 2)
        await database.write(forget_configurations)
        assert [each.fingerprint for each in await database.read(configurations)] == ["b"]
        assert await database.read(texts) == 2

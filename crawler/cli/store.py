"""Open what is there for one command: the configuration, and the database beside a daemon."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from alerts.explaining.plan import Archived
from config.counting import count_mistakes
from config.errors import Mistake
from config.secrets import AnySecret
from config.words import did_you_mean
from crawler.archive import MOST, read_archive
from crawler.cli.places import FOUND_PROBLEMS, WRONG_USE, leave
from crawler.clock import utc_now
from crawler.fates import FATES
from crawler.live.configuration import Live, load_live
from crawler.live.kept import Start, read_edited, read_live
from crawler.places import Places
from crawler.progress import progress
from storage.articles import Missing, StoredArticle, article_by_url, load_article
from storage.database import Database
from storage.ledger import load_link
from storage.stories import load_story
from storage.tallies import articles_read
from storage.transaction import Transaction

T = TypeVar("T")
STORY = "story/"  # begins the name of a story where an article may stand


def read(data_dir: Path, work: Callable[[Transaction], T]) -> T:
    """Read from the database beside a running daemon."""
    return visit(data_dir, lambda database: database.read(work))


def write(data_dir: Path, work: Callable[[Transaction], T]) -> T:
    """Write to the database, which a running daemon may hold open too."""
    return visit(data_dir, lambda database: database.write(work))


def visit(data_dir: Path, work: Callable[[Database], Awaitable[T]]) -> T:
    """Open the database, do the work, close it again."""

    async def visited() -> T:
        place = Places(config=Path("config"), data=data_dir).database
        database = await Database.visit(place)
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(visited())


def live_config(config_dir: Path) -> Live:
    """Load and compile the configuration as its files stand now; no secret is asked for."""
    return load_live(config_dir, AnySecret())


def live_or_last(there: Places) -> Live:
    """Load the configuration to work by; where it has mistakes, what last was live.

    What runs is then shown all the same, and the mistakes are said beside it. No secret is
    asked for: an analyst who searches or plans need not know the daemon's.
    """
    return _saying(there, read_live(there, AnySecret()))


def edited_rules(there: Places) -> Live:
    """Load the rules as they are edited; mistakes of other files are said, and stop nothing."""
    return _saying(there, read_edited(there))


def _saying(there: Places, start: Start) -> Live:
    if start.mistakes:
        click.echo(not_shown(there, start.mistakes), err=True)
    return start.live


def not_shown(there: Places, mistakes: Sequence[Mistake]) -> str:
    """Say that the files are not what is shown, and what to do."""
    found = count_mistakes(mistakes)
    return f"{there.config}/ has {found}, what last was live goes on: presswatch check"


def article_or_leave(data_dir: Path, name: str) -> StoredArticle:
    """Return an article by its number or its address, or end the command with what it knows."""
    stored, why = read(data_dir, lambda tx: _article_or_why(tx, name))
    if isinstance(stored, Missing):
        leave(why, FOUND_PROBLEMS)
    return stored


def _article_or_why(tx: Transaction, name: str) -> tuple[StoredArticle | Missing, str]:
    stored = find_article(tx, name)
    return stored, why_missing(tx, name, stored) if isinstance(stored, Missing) else ""


def why_missing(tx: Transaction, name: str, missing: Missing) -> str:
    """Say what became of an article that is not there, by the ledger where it knows."""
    if missing.purged:
        on = f" on {missing.purged_at:%Y-%m-%d}" if missing.purged_at else ""
        return f"{name}: was there and was purged{on}"
    link = load_link(tx, name)
    if link is None:
        return f"{name}: was never seen; try 'presswatch search'"
    reason = f": {link.reason}" if link.reason else ""
    return f"{name}: seen {link.noted_at:%Y-%m-%d %H:%M}Z, {FATES[link.state]}{reason}"


def find_article(tx: Transaction, name: str) -> StoredArticle | Missing:
    """Return an article by its number or its address; story/12: the first of a story."""
    number = name.removeprefix(STORY)
    if number != name and number.isdecimal():
        story = load_story(tx, int(number))
        return load_article(tx, story.first_article_id if story else 0)
    digits = name.removeprefix("#")
    return load_article(tx, int(digits)) if digits.isdigit() else article_by_url(tx, name)


def load_archive(data_dir: Path, live: Live, since: timedelta) -> list[Archived]:
    """Read the archive of a span, with a counter on a terminal."""
    now = utc_now()
    total = read(data_dir, lambda tx: articles_read(tx, now - since, now))
    with progress("reading the archive", min(total, MOST)) as advance:
        return visit(
            data_dir,
            lambda database: read_archive(database, live.sources, now - since, now, advance),
        )


def leave_unknown_rule(name: str, live: Live) -> NoReturn:
    """End the command, naming the rule that was meant, or those there are."""
    known = [each.id for each in live.config.rules]
    meant = did_you_mean(name, known) or f"there are {', '.join(known)}"
    leave(f"no rule is called {name!r}; {meant}", WRONG_USE)

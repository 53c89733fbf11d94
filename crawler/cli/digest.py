"""`presswatch digest`: preview the next one, or send it now."""

import sys
import tempfile
import webbrowser
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import click

from alerts.digest.due import beginning
from alerts.digest.issue import preview_files
from alerts.digest.press import Press
from config.counting import count
from config.digest import Digest
from crawler.cli.places import FOUND_PROBLEMS, WRONG_USE, Span, hand_down, leave, places
from crawler.cli.store import live_or_last, read, visit, write
from crawler.clock import utc_now
from crawler.digesting import bring_out_now, open_press, open_window
from crawler.health import Health
from crawler.live.configuration import Holder, Live
from crawler.logs import configure
from crawler.places import Places
from storage.database import Database
from storage.leaving import come_back, left

span_option = click.option(
    "--since", type=Span(), help="Look back so far (default: since the last digest)."
)


@click.group()
@click.pass_context
@places
def digest(ctx: click.Context, config_dir: Path, data_dir: Path) -> None:
    """Preview or send a digest."""
    hand_down(ctx, config_dir, data_dir)


def digest_of(live: Live, name: str | None) -> Digest:
    """Return the digest of that name; without a name the first."""
    digests = {digest.id: digest for digest in live.config.digests}
    if not digests:
        leave("no digest is configured in digests.yaml", WRONG_USE)
    if name is not None and name not in digests:
        leave(f"no digest is called {name!r}; there are {', '.join(digests)}", WRONG_USE)
    return digests[name] if name else next(iter(digests.values()))


def press_for(live: Live, there: Places) -> Callable[[Database], Press]:
    """Return what opens the press on a database; logged is only what goes wrong."""
    configure("auto", level="warning")
    health = Health(started_at=utc_now())
    return lambda database: open_press(database, Holder(live), health, there, utc_now)


@digest.command(short_help="Write the next digest to look at; send nothing.")
@click.argument("name", required=False)
@span_option
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Where to write.")
@places
def preview(
    name: str | None,
    since: timedelta | None,
    out: Path | None,
    config_dir: Path,
    data_dir: Path,
) -> None:
    """Write the next digest as HTML, text and .eml; nothing is sent.

    On a terminal the HTML is opened in the browser.
    """
    there = Places(config=config_dir, data=data_dir)
    live = live_or_last(there)
    digest = digest_of(live, name)
    press = press_for(live, there)
    folder = out or Path(tempfile.mkdtemp(prefix="presswatch-digest-"))
    page = visit(
        data_dir, lambda database: write_preview(press(database), live, since, (digest, folder))
    )
    if sys.stdout.isatty():
        webbrowser.open(page.absolute().as_uri())


async def write_preview(
    press: Press, live: Live, since: timedelta | None, what: tuple[Digest, Path]
) -> Path:
    """Write one digest into a folder; return the HTML file."""
    digest, folder = what
    issue = await press.preview(digest, await open_window(press, digest, digest.to[0], since))
    folder.mkdir(parents=True, exist_ok=True)
    click.echo(issue.written.subject)
    for name, content in preview_files(issue, live.config.settings.mail).items():
        (folder / name).write_bytes(content)
        click.echo(folder / name)
    return folder / f"{digest.id}.html"


@digest.command()
@click.argument("name", required=False)
@places
def readers(name: str | None, config_dir: Path, data_dir: Path) -> None:
    """List a digest's readers, and who has left it."""
    digest = digest_of(live_or_last(Places(config=config_dir, data=data_dir)), name)
    gone = read(data_dir, lambda tx: left(tx, digest.id))
    for reader in digest.to:
        click.echo(
            f"{reader}  left {gone[reader]:%Y-%m-%d %H:%M}Z" if reader in gone else reader
        )


@digest.command()
@click.argument("name")
@click.argument("reader")
@places
def resubscribe(name: str, reader: str, config_dir: Path, data_dir: Path) -> None:
    """Send the digest NAME again to a READER who has left it."""
    digest = digest_of(live_or_last(Places(config=config_dir, data=data_dir)), name)
    begin = beginning(digest, utc_now())
    if not write(data_dir, lambda tx: come_back(tx, digest.id, reader, begin)):
        leave(f"{reader}: has not left the digest {digest.id}", FOUND_PROBLEMS)
    click.echo(f"{reader}: gets the digest {digest.id} again")


@digest.command(short_help="Send the digest NAME now, ahead of its hour.")
@click.argument("name", required=False)
@places
def send(name: str | None, config_dir: Path, data_dir: Path) -> None:
    """Owe the digest NAME now, ahead of its hour; a running daemon delivers it.

    Its window ends now: the next one begins where this ends.
    """
    there = Places(config=config_dir, data=data_dir)
    live = live_or_last(there)
    digest = digest_of(live, name)
    press = press_for(live, there)
    owed = visit(data_dir, lambda database: bring_out_now(press(database), digest))
    click.echo(f"{count(owed, 'mail')} owed; a running daemon sends it, or 'presswatch once'")

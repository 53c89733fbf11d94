"""`presswatch evidence`: check and show what proves what pages said when a rule matched."""

import sys
from pathlib import Path

import click

from config.counting import count
from crawler.cli.places import FOUND_PROBLEMS, WRONG_USE, as_json, hand_down, leave, places
from crawler.cli.store import article_or_leave, live_or_last
from crawler.places import Places
from storage.packets import BrokenPacket, Sealed, damaged_in, packets


@click.group()
@click.pass_context
@places
def evidence(ctx: click.Context, config_dir: Path, data_dir: Path) -> None:
    """Check and show what proves what pages said when a rule matched."""
    hand_down(ctx, config_dir, data_dir)


@evidence.command(short_help="Check every byte of the packets in FOLDER, offline.")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@places
def verify(folder: Path | None, config_dir: Path, data_dir: Path) -> None:
    """Check every byte of the packets in FOLDER (default: that of the settings), offline.

    The first packet that is not as it was written is named. The last line holds the newest
    seal: kept elsewhere, it proves that none was taken from the end. Exit status 1: broken.
    """
    there = folder or configured(Places(config=config_dir, data=data_dir))
    first: Sealed | None = None
    last: Sealed | None = None
    try:
        for each in packets(there):
            first, last = first or each, each
    except (BrokenPacket, OSError) as error:
        leave(str(error), FOUND_PROBLEMS)
    if changed := damaged_in(there):
        leave(f"{changed[0]}: set apart, for it was not as it was written", FOUND_PROBLEMS)
    if first is None or last is None:
        leave(f"{there}: holds no packets", FOUND_PROBLEMS)
    whole = count(last.number - first.number + 1, "packet")
    click.echo(f"{whole}, number {first.number} to {last.number}, all as they were written")
    click.echo(f"seal of number {last.number}: {last.seal}")


@evidence.command(short_help="Show what is kept of ARTICLE.")
@click.argument("article")
@click.option("--page", is_flag=True, help="Write the newest page's bytes instead.")
@places
def show(article: str, *, page: bool, config_dir: Path, data_dir: Path) -> None:
    """Show the hashes and rules kept of ARTICLE (its number or address), and where they lie."""
    folder = configured(Places(config=config_dir, data=data_dir))
    stored = article_or_leave(data_dir, article).article
    try:
        ours = [each for each in packets(folder) if each.url in {stored.url, article}]
    except (BrokenPacket, OSError) as error:
        leave(f"{error}; presswatch evidence verify", FOUND_PROBLEMS)
    if not ours:
        leave(f"{stored.url}: nothing is kept of it", FOUND_PROBLEMS)
    if page:
        if sys.stdout.isatty():  # it would obey what a stranger wrote
            leave("a page's bytes go into a file: … --page > page.html", WRONG_USE)
        sys.stdout.buffer.write(ours[-1].page.block)
        return
    for each in ours:
        place = {"file": str(each.file), "from": each.start, "to": each.end}
        about = {"url": each.url, "at": each.page.fields["WARC-Date"], "seal": each.seal}
        click.echo(as_json(place | about | each.says))


def configured(there: Places) -> Path:
    """Return the folder that the settings name, or leave."""
    folder = there.evidence(live_or_last(there).config.settings.evidence)
    if folder is None:
        leave("no evidence is kept: name evidence: folder: in settings.yaml", WRONG_USE)
    return folder

"""`presswatch demo`: everything, offline, in half a minute."""

import asyncio
from pathlib import Path

import click

from crawler.cli.places import places


@click.command()
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for what the demo writes (default: a new temporary one).",
)
@places
def demo(keep: Path | None, config_dir: Path, data_dir: Path) -> None:
    """Show everything, offline, in half a minute.

    A small newsroom on loopback publishes, copies and silently edits; a mail server and a
    webhook receive what a desk would. Your own config/ and data/ are not touched.
    """
    from crawler.demo.show import show
    from crawler.logs import configure

    configure("people", level="error")
    asyncio.run(show(click.echo, keep))

"""`presswatch run` and `presswatch once`: watch for months, or look once and leave."""

import asyncio
import os
import sys
from pathlib import Path

import click

from crawler.cli.places import FOUND_PROBLEMS, places
from crawler.loading import loading


@click.command()
@places
def run(config_dir: Path, data_dir: Path) -> None:
    """Watch: poll the sources, tell the desk, send the digests, until told to stop.

    SIGTERM or Ctrl-C ends it after the step in hand; SIGHUP or a saved file reloads config/.
    """
    with loading():
        from crawler.line_writer import LineWriter
        from crawler.places import Places
        from crawler.service.daemon import run_daemon

    out = LineWriter(sys.stdout)
    wanted = Places(config=config_dir, data=data_dir)

    async def watch() -> None:
        await run_daemon(wanted, os.environ, say=lambda line: out.write(f"{line}\n"))
        # All is closed. Python would wait for its threads, and a file of config/ on a server
        # that is gone keeps the one that reads it for ever.
        os._exit(0)

    asyncio.run(watch())


@click.command()
@places
def once(config_dir: Path, data_dir: Path) -> None:
    """Poll what is due, deliver what is owed, and leave.

    For a machine without a daemon (cron), and for tests. Exit status 1: a source failed.
    """
    from crawler.logs import configure
    from crawler.once import look_once
    from crawler.places import Places

    configure("auto", level="warning")  # what went well is in the last line
    done = asyncio.run(look_once(Places(config=config_dir, data=data_dir), os.environ))
    click.echo(str(done))
    if done.failed:
        raise SystemExit(FOUND_PROBLEMS)

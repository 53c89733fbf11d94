"""`presswatch channels`: list them, send a sample over one."""

import asyncio
import os
from dataclasses import replace
from pathlib import Path

import click

from alerts.delivery.channels.outcome import Dead, PartlySent, Sent, TryAgain
from alerts.delivery.open_channels import Means, open_channels
from alerts.delivery.sample import sample_message
from alerts.delivery.templating import Templates
from config.channel import Channel, ChannelKind
from config.secrets import IN_FILE, fetch_secret
from config.settings import Secret, Settings
from config.words import Misread
from crawler.app import Clients
from crawler.cli.places import FOUND_PROBLEMS, WRONG_USE, hand_down, leave, places
from crawler.cli.store import live_or_last, write
from crawler.clock import utc_now
from crawler.places import Places
from storage.channel_states import reopen


@click.group(invoke_without_command=True)
@click.pass_context
@places
def channels(ctx: click.Context, config_dir: Path, data_dir: Path) -> None:
    """List the channels; send a test message."""
    hand_down(ctx, config_dir, data_dir)
    if ctx.invoked_subcommand is None:
        ctx.invoke(listing, config_dir=config_dir, data_dir=data_dir)


@channels.command(name="list")
@places
def listing(config_dir: Path, data_dir: Path) -> None:
    """List the channels, and where they lead."""
    live = live_or_last(Places(config=config_dir, data=data_dir))
    for each in live.config.channels:
        where = ", ".join(each.to) or (each.url.origin if each.url else "files in data/mail/")
        loud = ", ".join(each.severities)
        click.echo(f"{each.id:16} {each.kind:9} {where:24} [{loud}]{' default' * each.default}")


@channels.command(name="test")
@click.argument("name")
@places
def test_command(name: str, config_dir: Path, data_dir: Path) -> None:
    """Send a sample over the channel NAME and show the answer."""
    data = Places(config=config_dir, data=data_dir)
    config = live_or_last(data).config
    known = {each.id: each for each in config.channels}
    if name not in known:
        leave(f"no channel is called {name!r}; there are {', '.join(known)}", WRONG_USE)
    channel, settings = with_secrets(known[name], config.settings)
    outcome = asyncio.run(send_sample(channel, settings, data))
    match outcome:
        case Sent(note=note):
            click.echo(f"{name}: sent. {note}")
            if data.database.exists() and write(data_dir, lambda tx: reopen(tx, name)):
                click.echo(f"{name}: was closed by its receiver (410), and is open again.")
        case PartlySent(delivered=taken, refused=refused, deferred=deferred):
            click.echo(f"{name}: taken for {', '.join(taken) or 'nobody'}")
            rows = [f"{to}: {why}" for to, why in (*refused, *deferred)]
            leave("\n".join(rows), FOUND_PROBLEMS)
        case TryAgain(reason=reason) | Dead(reason=reason):
            leave(f"{name}: not sent: {reason}", FOUND_PROBLEMS)


def with_secrets(channel: Channel, settings: Settings) -> tuple[Channel, Settings]:
    """Fetch the secrets of this channel alone: a colleague's need not be known here."""
    missing: list[str] = []

    def fetched(known: Secret | None) -> Secret | None:
        if known is None or known.origin == IN_FILE:
            return known
        try:
            return fetch_secret(known.origin, os.environ)
        except Misread as error:
            hint = f" ({error.hint})" if error.hint else ""
            missing.append(f"{channel.id}: what it needs {error}{hint}")
            return known

    secrets = tuple(each for known in channel.secrets if (each := fetched(known)))
    ready = replace(channel, url=fetched(channel.url), secrets=secrets)
    if channel.kind is ChannelKind.EMAIL:
        mail = replace(settings.mail, password=fetched(settings.mail.password))
        settings = replace(settings, mail=mail)
    if missing:
        leave("\n".join(missing), WRONG_USE)
    return ready, settings


async def send_sample(
    channel: Channel, settings: Settings, there: Places
) -> Sent | PartlySent | TryAgain | Dead:
    """Send one sample message."""
    clients = Clients(frozenset(settings.fetch.allow_private))
    try:
        opened = open_channels(
            [channel],
            settings,
            clients.of,
            Means(folder=there.mail, templates=Templates(there.templates), clock=utc_now),
        )[channel.id]
        message = sample_message(channel.id, opened.voice, utc_now())
        return await opened.sender.send(message)
    finally:
        await clients.close()
